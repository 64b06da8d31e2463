#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Sends one message to a webhook of Slack. EVENT says of what: "result", how what changed an environment ended; "waits", that
# its gate begins to wait for a person; "drift", that a scheduled plan found something. A message that can't be sent is a
# warning and fails nothing: what it is about has ended already.
#
# The address is a secret: it is an argument of no program and stands in no log. What others wrote reaches the message
# escaped, and is no command to Slack.
#
# RESULTS is a JSON list of {"stack", "job", "result"}; result names the variable that says how that job ended, in the
# host's own word, or in ours: "waits", for an apply whose plan somebody has yet to confirm. A variable that is empty
# belongs to a job that never began.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT EVENT WEBHOOK; of results and drift RESULTS and what it names; of a gate
#   GATE (reviewers, workflow, job or approvals) GATE_PLACE GATE_APPROVERS
#   may be given: ACTION STACK_CHOSEN GATE_TWICE WEBHOOK_SECRET
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

newline=$'\n'
text= # the message, in Slack's own markup

# warn TEXT: what a person should see, and what fails nothing.
warn() {
  caution "$*"
  summary "**No message was sent**: $(markdown "$*")"
}

# plain TEXT: as words in Slack's markup, whatever it holds ("Formatting text for app surfaces").
plain() { one_line "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g'; }

# ended VARIABLE: how a job ended: good, bad, stopped, waits, or nothing where it never began.
ended() {
  [[ $1 =~ ^RESULT_[A-Z0-9_]+$ ]] || wrong "RESULTS names the variable '$(one_line "$1")'"
  case ${!1:-} in
    success) echo good ;;
    failure | failed) echo bad ;;
    cancelled | canceled) echo stopped ;;
    waits) echo waits ;;
    '' | skipped) ;;
    *) echo bad ;;
  esac
}

# last_job: the job with which a stack's run is at its end.
last_job() {
  case ${ACTION:-} in
    infra) echo apply ;;
    rollback | destroy) echo "$ACTION" ;;
    *) echo deploy ;;
  esac
}

# read_results: afterwards began (yes where any job did), good (yes where all is well, waits where only a person is missing)
# and lines, one for each stack.
declare -A told=()
read_results() {
  local stack job variable end last waits=
  local -a stacks=()
  last=$(last_job)
  [ "$EVENT" = result ] || last=drift
  began='' good=yes lines=''
  while read -r stack job variable; do
    if [ -n "${STACK_CHOSEN:-}" ] && [ "$STACK_CHOSEN" != all ] && [ "$STACK_CHOSEN" != "$stack" ]; then continue; fi
    if [ -z "${told[$stack]+there}" ]; then
      stacks+=("$stack")
      told[$stack]=
    fi
    end=$(ended "$variable") || exit 2
    [ -z "$end" ] || began=yes
    # Where an apply waits, what comes after it stops for that alone.
    case $end,${told[$stack]} in
      bad,planned* | stopped,planned*) ;;
      bad,*) told[$stack]="*$job failed*" ;;
      stopped,*) told[$stack]="*$job was stopped*" ;;
      waits,*) told[$stack]="planned, and not applied: who has read the plan starts the form again with its fingerprint as CONFIRM" ;;
      good,*) if [ "$job" = "$last" ]; then told[$stack]=$(well "$job"); fi ;;
    esac
  done < <(printf '%s' "$RESULTS" | jq -r '.[] | "\(.stack) \(.job) \(.result)"')
  for stack in "${stacks[@]}"; do
    case ${told[$stack]} in
      '')
        good=
        told[$stack]="*$last did not run*"
        ;;
      '*'*) good= ;;
      planned*) waits=yes ;;
    esac
    lines+="$newline• \`$stack\`: ${told[$stack]}"
  done
  if [ -n "$good" ] && [ -n "$waits" ]; then good=waits; fi
}

well() {
  case $1 in
    deploy) echo "deployed" ;;
    apply) echo "the platform is applied" ;;
    rollback) echo "rolled back" ;;
    destroy) echo "destroyed" ;;
    drift) echo "as it was deployed" ;;
  esac
}

# of_run: which commit, who started it, and where to look.
of_run() {
  local who=${GITHUB_TRIGGERING_ACTOR:-${GITHUB_ACTOR:-${GITLAB_USER_LOGIN:-}}} line=
  if [[ ${COMMIT:-} =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]]; then line="Commit \`${COMMIT:0:12}\`, "; fi
  # Nobody starts a schedule.
  if [ -n "$who" ] && [ "$EVENT" != drift ]; then line+="started by $(plain "$who"): "; fi
  if [[ $RUN_URL =~ ^https?://[A-Za-z0-9._:/@%~+-]+$ ]]; then
    line+="<$RUN_URL|the run>"
  else
    line+=$(plain "$RUN_URL")
  fi
  printf '%s' "$line"
}

tell_result() {
  local what=$EVENT
  read_results
  if [ -z "$began" ]; then
    say "nothing of $ENVIRONMENT began, so there is nothing to tell"
    exit 0
  fi
  case $what,$good in
    result,waits) text=":hand: *$project*: *$environment* waits for a person" ;;
    result,yes) text=":white_check_mark: *$project*: *$environment* is well" ;;
    result,) text=":x: *$project*: *$environment* did not end well" ;;
    drift,yes) text=":white_check_mark: *$project*: *$environment* is as it was deployed" ;;
    drift,) text=":warning: *$project*: *$environment* is not what was deployed there, or could not be looked at" ;;
  esac
  text+="$lines$newline$(of_run)"
  case $what,$good in
    result,) text+="${newline}The jobs that failed say why in their logs; who started the run looks first." ;;
    drift,) text+="${newline}The jobs say in their logs what differs." ;;
  esac
}

tell_gate() {
  local who place
  who=$(printf '%s' "$GATE_APPROVERS" | jq -r 'if type == "array" and all(.[]; type == "string") then join(", ") else error("no list") end') ||
    wrong "GATE_APPROVERS should hold a JSON list of names"
  who=$(plain "$who")
  place=$(plain "$GATE_PLACE")
  text=":hand: *$project*: *$environment* waits for a person"
  case $GATE in
    reviewers)
      text+="${newline}Reviewers of the environment $place are asked: ${who:-nobody is named}"
      if [ "${GATE_TWICE:-false}" = true ]; then
        text+="${newline}The platform changes too, so they are asked twice: for the apply, then for the release"
      fi
      ;;
    approvals) text+="${newline}It needs approvals${who:+ by $who}, and then a person who starts the job $place" ;;
    job) text+="${newline}A person starts the job $place${who:+: $who}" ;;
    workflow)
      text=":arrow_up: *$project*: *$environment* can be promoted"
      text+="${newline}A person starts the workflow $place${who:+: $who}"
      ;;
    *) wrong "GATE should hold reviewers, workflow, job or approvals, not '$(one_line "$GATE")'" ;;
  esac
  text+="$newline$(of_run)"
}

# send: the address reaches curl by its standard input.
send() {
  local folder code
  temporary_folder folder
  printf '%s' "$text" | jq -Rs '{text: ., unfurl_links: false, unfurl_media: false}' >"$folder/message" || fail "the message can't be made"
  code=$(printf 'url = "%s"\n' "$WEBHOOK" |
    curl -sS --config - --proto '=https' --max-time 20 --retry 3 -H 'Content-Type: application/json' --data-binary "@$folder/message" \
      -o "$folder/answer" -w '%{http_code}' 2>"$folder/said") || code=000
  if [ "$code" = 200 ]; then
    say "sent"
    return 0
  fi
  # What curl says holds the server's name at the most; what Slack answers, a word.
  if [ -s "$folder/said" ]; then head -c 300 "$folder/said" | quoted; fi
  if [ -s "$folder/answer" ]; then head -c 300 "$folder/answer" | quoted; fi
  warn "Slack did not take the message (${code/000/no answer})"
}

tools jq curl
need PROJECT "the project's name" ENVIRONMENT "the environment that is told of" EVENT "result, waits or drift"
# shellcheck disable=SC2153 # the two are not one
project=$(plain "$PROJECT")
environment=$(plain "$ENVIRONMENT")
case $EVENT in
  result | drift)
    need RESULTS "the JSON list of the jobs that are told of, as the generated pipeline has it"
    printf '%s' "$RESULTS" | jq -e 'type == "array" and length > 0 and all(.[]; (.stack | type == "string" and test("^[a-z][a-z0-9-]*$"))
        and (.job | type == "string" and test("^[a-z]+$")) and (.result | type == "string"))' >/dev/null 2>&1 ||
      wrong 'RESULTS should hold a JSON list of {"stack", "job", "result"}'
    tell_result
    ;;
  waits)
    need GATE "how the gate is built" GATE_PLACE "the environment, job or workflow that a person goes to" GATE_APPROVERS "a JSON list"
    tell_gate
    ;;
  *) wrong "EVENT should hold result, waits or drift, not '$(one_line "$EVENT")'" ;;
esac
say "the message:"
printf '%s\n' "$text" | quoted
if [ -z "${WEBHOOK:-}" ]; then
  warn "the secret ${WEBHOOK_SECRET:-WEBHOOK} is missing or empty: it should hold the address of a Slack webhook, and this job is to see it" \
    "(pipewright.yaml names it under delivery.notify)"
elif ! [[ $WEBHOOK =~ ^https://[A-Za-z0-9._~:/?#@!\&*+,\;=%-]+$ ]]; then
  warn "the secret ${WEBHOOK_SECRET:-WEBHOOK} does not hold the address of a Slack webhook: it should begin with https:// and be one line"
else
  send
fi
