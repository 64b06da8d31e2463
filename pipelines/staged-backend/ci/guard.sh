#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Is the gate really configured? A GitHub environment that nobody made has no rules at all, and a job that names it
# makes it. So this asks GitHub whether the environment exists, needs an approval by those who are named in
# pipewright.yaml and by nobody else, waits long enough, and is restricted to the right refs. Whatever can't be answered
# counts as no.
#
# With GATE_REVIEWERS=false nobody is asked: on a plan without reviewers the gate is that a person starts the workflow, and
# what is checked are the refs.
#
# Variables (docs: scripts.md): GATE_ENVIRONMENT GATE_APPROVERS GATE_REVIEWERS (true) GATE_WAIT_MINUTES (0) GATE_REFS ([])
#   GITHUB_TOKEN GITHUB_REPOSITORY GITHUB_API_URL (https://api.github.com)
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/github.sh
. "$here/lib/github.sh"

tools jq curl
need GATE_ENVIRONMENT "the name of the environment whose gate is asked for" \
  GATE_APPROVERS 'a JSON list of who approves: "org/team" for a team, a login for a user' \
  GITHUB_REPOSITORY "owner/name" GITHUB_TOKEN "the job's token (permissions: actions: read)"
number GATE_WAIT_MINUTES 0
[ -n "${GATE_REFS:-}" ] || GATE_REFS='[]'
words='type == "array" and all(.[]; type == "string" and . != "")'
case ${GATE_REVIEWERS:=true} in
  true)
    printf '%s' "$GATE_APPROVERS" | jq -e "$words and length > 0" >/dev/null 2>&1 ||
      wrong 'GATE_APPROVERS should hold a JSON list of "org/team" and users, at least one'
    ;;
  false)
    printf '%s' "$GATE_APPROVERS" | jq -e "$words and length == 0" >/dev/null 2>&1 ||
      wrong 'GATE_APPROVERS should hold an empty JSON list where GATE_REVIEWERS is false'
    ;;
  *) wrong "GATE_REVIEWERS should hold true or false" ;;
esac
printf '%s' "$GATE_REFS" | jq -e "$words" >/dev/null 2>&1 || wrong "GATE_REFS should hold a JSON list of refs"
settings="https://github.com/$GITHUB_REPOSITORY/settings/environments"
mend="set it under Settings, Environments ($settings)"
unfound="the environment $GATE_ENVIRONMENT of $GITHUB_REPOSITORY does not exist, or this job may not see it (permissions: actions: read)"
folder=
temporary_folder folder

name=$(jq -rn --arg name "$GATE_ENVIRONMENT" '$name | @uri')
ask "environments/$name" "$folder/environment" object

# All problems at once, one a line; nothing where the gate is as it should be.
jq -r --argjson approvers "$GATE_APPROVERS" --argjson minutes "$GATE_WAIT_MINUTES" \
  --argjson reviewers "$GATE_REVIEWERS" --arg owner "${GITHUB_REPOSITORY%%/*}" '
  def rules(kind): [.protection_rules // [] | .[] | select(.type == kind)];
  ([rules("required_reviewers")[] | .reviewers // [] | .[]
    | if .type == "User" and (.reviewer.login | type) == "string" then .reviewer.login
      elif .type == "Team" and (.reviewer.slug | type) == "string" then "\($owner)/\(.reviewer.slug)"
      else "a reviewer of the unknown kind \(.type | tostring)" end]) as $have
  | ($have | map(ascii_downcase)) as $low
  | ($approvers | map(ascii_downcase)) as $want
  | (if $reviewers and ($have | length) == 0 then "it needs nobody\u0027s approval" else empty end),
    ($have[] | select(ascii_downcase as $h | $want | index($h) | not) | "\(.) may approve, and should not"),
    ($approvers[] | select(ascii_downcase as $a | $low | index($a) | not) | "\(.) should approve, and is not asked"),
    ([rules("wait_timer")[] | .wait_timer // 0 | numbers] | (max // 0)
      | select(. < $minutes) | "it waits \(.) minutes, and should wait \($minutes)"),
    (if (.deployment_branch_policy | type) != "object" then "every branch and tag may be deployed to it" else empty end)
' "$folder/environment" >"$folder/problems" || unknown_answer

if jq -e '.deployment_branch_policy.custom_branch_policies == true' "$folder/environment" >/dev/null; then
  ask "environments/$name/deployment-branch-policies?per_page=100" "$folder/refs" object
  jq -r --argjson refs "$GATE_REFS" '
    ($refs | map(if startswith("refs/") then . else "refs/heads/" + . end)) as $want
    | (if (.branch_policies | type) != "array" then error("no list") else empty end),
      (if .total_count != (.branch_policies | length) then "it lists more refs than can be looked at" else empty end),
      (.branch_policies[] | (if (.type // "branch") == "tag" then "refs/tags/" else "refs/heads/" end) + .name
        | select(. as $r | $want | index($r) | not) | "\(.) may be deployed to it, and should not")
  ' "$folder/refs" >>"$folder/problems" || unknown_answer
elif jq -e '.deployment_branch_policy.protected_branches == true' "$folder/environment" >/dev/null; then
  # "Protected branches only" lets every branch through while the repository protects none.
  [ "$GATE_REFS" = '[]' ] || printf 'it is open to all protected branches, and should name %s\n' \
    "$(printf '%s' "$GATE_REFS" | jq -r 'join(", ")')" >>"$folder/problems"
elif jq -e '.deployment_branch_policy | type == "object"' "$folder/environment" >/dev/null; then
  echo "its deployment refs are restricted in a way that this script does not know" >>"$folder/problems"
fi

if [ -s "$folder/problems" ]; then
  quoted <"$folder/problems"
  fail "the gate of $GATE_ENVIRONMENT is not configured as pipewright.yaml says: $mend"
fi
if jq -e '.can_admins_bypass == true' "$folder/environment" >/dev/null; then
  say "note: administrators of $GITHUB_REPOSITORY can go past the gate of $GATE_ENVIRONMENT"
fi
if [ "$GATE_REVIEWERS" = true ]; then
  say "the gate of $GATE_ENVIRONMENT is configured: $(printf '%s' "$GATE_APPROVERS" | jq -r 'join(", ")') approve"
else
  say "the environment $GATE_ENVIRONMENT is restricted to $(printf '%s' "$GATE_REFS" | jq -r 'join(", ")')"
fi
