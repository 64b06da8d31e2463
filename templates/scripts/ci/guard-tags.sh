#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Is the gate really configured? Where a tag releases, whoever may push it releases. So this asks GitHub whether active
# rulesets keep such tags to those whom they let pass: nobody else may create, move or delete one. Whatever can't be
# answered counts as no. Who is let past a ruleset GitHub shows only to those who may change it.
#
# Variables (docs: scripts.md): GATE_ENVIRONMENT GATE_REFS GITHUB_TOKEN GITHUB_REPOSITORY
#   GITHUB_API_URL (https://api.github.com)
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/github.sh
. "$here/lib/github.sh"

tools jq curl
need GATE_ENVIRONMENT "the name of the environment whose gate is asked for" \
  GATE_REFS 'a JSON list of the tags that release, as refs/tags/v*' \
  GITHUB_REPOSITORY "owner/name" GITHUB_TOKEN "the job's token"
printf '%s' "$GATE_REFS" | jq -e 'type == "array" and length > 0 and all(.[]; type == "string" and startswith("refs/tags/")
  and (test("[?~{}\\[\\]\\\\\\n]|\\*\\*") | not))' >/dev/null 2>&1 ||
  wrong 'GATE_REFS should hold a JSON list of patterns of tags, literals and *, as ["refs/tags/v*"]'
refs=$(printf '%s' "$GATE_REFS" | jq -r 'join(", ")')
settings="https://github.com/$GITHUB_REPOSITORY/settings/rules"
# shellcheck disable=SC2034 # read by ask
mend="under Settings, Rules, Rulesets ($settings) make a tag ruleset with the enforcement status Active that targets ${refs//refs\/tags\//} and \
restricts creations, updates and deletions, and put those who release on its bypass list"
folder=
temporary_folder folder

# A list shows neither what a ruleset covers nor its rules, so each one that is active is asked for.
: >"$folder/listed"
page=1
while :; do
  [ "$page" -le 10 ] || fail "$GITHUB_REPOSITORY has more rulesets than can be looked at"
  ask "rulesets?includes_parents=true&targets=tag&per_page=100&page=$page" "$folder/page" array
  jq -e 'all(.[]; type == "object" and (.id | type == "number" and . == floor) and (.enforcement | type == "string"))' \
    "$folder/page" >/dev/null 2>&1 || unknown_answer
  jq -c '.[] | select((.target // "tag") == "tag")' "$folder/page" >>"$folder/listed"
  [ "$(jq length "$folder/page")" -ge 100 ] || break
  page=$((page + 1))
done
: >"$folder/rulesets"
for id in $(jq 'select(.enforcement == "active") | .id' "$folder/listed"); do
  ask "rulesets/$id?includes_parents=true" "$folder/one" object
  cat "$folder/one" >>"$folder/rulesets"
done

# Patterns are those of Ruby's fnmatch with FNM_PATHNAME: "**/" is any number of folders, any other "*" stops at "/". A
# pattern covers a tag's surely where it matches that one's own text, whose "*" only a "*" can match. An exclusion
# surely leaves a tag's pattern alone where what stands before the first or after the last wildcard differs.
jq -rn --argjson refs "$GATE_REFS" --slurpfile listed "$folder/listed" --slurpfile rulesets "$folder/rulesets" '
  def patterns: . // [] | if type == "array" and all(.[]; type == "string") then . else error("no list of patterns") end;
  def expression: gsub("(?<c>[.+^$()|])"; "\\\(.c)") | split("/") | . as $parts | [range(length) as $i | $parts[$i]
    | if $i == ($parts | length) - 1 then gsub("\\*+"; "[^/]*") elif . == "**" then "(?:[^/]+/)*"
      else gsub("\\*+"; "[^/]*") + "/" end] | "\\A" + add + "\\z";
  def covers($ref): . == "~ALL" or
    ((test("[?~{}\\[\\]\\\\]") | not) and . != "" and (expression as $e | $ref | test($e)));
  def fixed: gsub("[?~{}\\[\\]\\\\]"; "*") | split("*") | [first // "", last // ""];
  def apart($one; $other): ($one | startswith($other) | not) and ($other | startswith($one) | not);
  def apart_at_end($one; $other): ($one | endswith($other) | not) and ($other | endswith($one) | not);
  def touches($ref): fixed as $own | ($ref | fixed) as $its
    | (apart($own[0]; $its[0]) or apart_at_end($own[1]; $its[1])) | not;
  def rule: if type == "object" and (.type | type) == "string" then . else error("no rule") end;
  [$rulesets[] | select(.target == "tag" and .enforcement == "active")
    | {name: "the ruleset \u0027\(.name)\u0027", open: ((.current_user_can_bypass // "never") != "never"),
       include: (.conditions.ref_name.include | patterns), exclude: (.conditions.ref_name.exclude | patterns),
       kinds: [.rules // [] | if type == "array" then .[] else error("no rules") end | rule
         | select(.type != "update" or .parameters.update_allows_fetch_and_merge != true) | .type]}] as $active
  | def missing($ref): [$active[] | select(.open | not) | select(any(.include[]; covers($ref)))
        | select(any(.exclude[]; touches($ref)) | not) | .kinds[]] as $kinds
      | {creation: "create", update: "move", deletion: "delete"} | to_entries[]
      | select(.key as $key | $kinds | index($key) | not) | "whoever may push may \(.value) \($ref)";
  [$refs[] | missing(.)] as $problems
  | if $problems == [] then empty else
      $problems[],
      ($listed[] | select(.enforcement != "active") | "the ruleset \u0027\(.name)\u0027 is "
        + (if .enforcement == "evaluate" then "only evaluated, not enforced" else .enforcement end)),
      ($active[] | select(.open) | "\(.name) can be bypassed by jobs of this repository, and so by whoever may push"),
      ($active[] | . as $one | $refs[] as $ref
        | if any($one.include[]; covers($ref)) then
            $one.exclude[] | select(touches($ref)) | "\($one.name) excludes \(.), which may be among \($ref)"
          else "\($one.name) doesn\u0027t surely cover \($ref)" end)
    end
' >"$folder/problems" || unknown_answer

if [ -s "$folder/problems" ]; then
  quoted <"$folder/problems"
  fail "the gate of $GATE_ENVIRONMENT is not configured as pipewright.yaml says: $mend"
fi
say "$refs may be created, moved and deleted only by those on the ruleset's bypass list (who is on it, its own page shows)"
