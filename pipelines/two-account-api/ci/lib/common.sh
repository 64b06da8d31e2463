#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What all scripts share: messages, inputs and outputs, facts about the host, temporary folders, signals.
# Sourced by ci/*.sh, never run. It changes nothing but the traps and the umask of the script that sources it.

if [ -z "${BASH_VERSINFO:-}" ] || ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
  echo "error: bash 4.4 or later is needed" >&2
  exit 2
fi
umask 077

# ---- messages: all on standard error, so that standard output carries results alone

say() { printf '%s\n' "$*" >&2; }

# annotation error|warning TEXT: a message; on GitHub it stands on the run's page, too.
annotation() {
  local text=$2
  if [ "${HOST:-}" = github ]; then
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    printf '::%s::%s\n' "$1" "${text//$'\n'/%0A}" >&2
  else
    printf '%s: %s\n' "$1" "$text" >&2
  fi
}

problem() { annotation error "$*"; }

# caution TEXT: what a person should see, and what is no error.
caution() { annotation warning "$*"; }

fail() {
  problem "$*"
  exit 1
}

# wrong TEXT: the call itself is wrong (a missing variable, a missing tool): exit code 2.
wrong() {
  problem "$*"
  exit 2
}

# quoted: passes standard input on as text that somebody else wrote: no control characters, and nothing that a host
# takes for a command to itself (a line that starts with :: or holds ##[).
quoted() { tr -d '\000-\010\013-\037\177' | sed -e 's/##\[/## [/g' -e 's/^/  | /' >&2; }

# quoted_live: the same line by line as they come, for what runs long.
quoted_live() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line//$'\t'/  }
    line=${line//[[:cntrl:]]/}
    printf '  | %s\n' "${line//'##['/'## ['}" >&2
  done
}

# one_line TEXT: the same for a short text inside a message.
one_line() { printf '%s' "$1" | tr -d '\000-\037\177' | sed -e 's/##\[/## [/g' -e 's/::/: :/g' | cut -c 1-300; }

# ---- inputs

# need VAR "what it should hold" [VAR "what it should hold"]...: names every variable that is missing, then stops.
need() {
  local missing=
  while [ $# -gt 0 ]; do
    if [ -z "${!1:-}" ]; then
      problem "$1 is missing: it should hold $2"
      missing=yes
    fi
    shift 2
  done
  [ -z "$missing" ] || exit 2
}

# number VAR DEFAULT: gives VAR its default, and stops where it isn't a whole number.
number() {
  [ -n "${!1:-}" ] || printf -v "$1" '%s' "$2"
  [[ ${!1} =~ ^[0-9]{1,6}$ ]] || wrong "$1 should hold a whole number, not '$(one_line "${!1}")'"
}

# tools NAME...: names every command that isn't installed, then stops.
tools() {
  local name missing=
  for name in "$@"; do
    command -v "$name" >/dev/null 2>&1 || missing="$missing $name"
  done
  [ -z "$missing" ] || wrong "these commands are needed and not on PATH:$missing"
}

# Libraries add what they need: names of variables, each followed by what it should hold, and commands.
# shellcheck disable=SC2034 # read by the scripts
needs=() needed_tools=()

# choose_libraries VARIABLE LIBRARY...: VARIABLE is a word (CLOUD, REGISTRY, RUNTIME) for which the project has these libraries, so
# that lib/LIBRARY-WORD.sh can be sourced. The generator takes along those of the words that the project uses.
choose_libraries() {
  local variable=$1 word=${!1:-} library file known=
  shift
  # shellcheck disable=SC2154 # set by every script
  for library in "$@"; do
    if [[ $word =~ ^[a-z][a-z0-9-]*$ ]] && [ -f "$here/lib/$library-$word.sh" ]; then continue; fi
    for file in "$here/lib/$library"-*.sh; do
      file=${file##*/"$library"-}
      [ "$file" = '*.sh' ] || known="$known $variable=${file%.sh}"
    done
    wrong "$variable holds '$(one_line "$word")', and these scripts were generated for${known:- no $variable}"
  done
}

is_digest() { [[ $1 =~ ^sha256:[0-9a-f]{64}$ ]]; }

# ---- results

# output NAME VALUE: hands a result to the jobs that follow, and prints it.
output() {
  [[ $1 =~ ^[A-Za-z_][A-Za-z0-9_]*$ && $2 != *[$'\n\r']* ]] || fail "$1 can't be handed on: it is not one line"
  if [ "$HOST" = github ] && [ -n "${GITHUB_OUTPUT:-}" ]; then
    printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
  elif [ -n "${OUTPUT_FILE:-}" ]; then
    printf '%s=%s\n' "$1" "$2" >>"$OUTPUT_FILE"
  fi
  printf '%s=%s\n' "$1" "$2"
}

# mask VALUE: the host replaces VALUE by *** in all that is logged from here on. Only GitHub can; elsewhere nothing may
# be printed at all.
mask() {
  if [ "$HOST" = github ] && [ -n "$1" ]; then printf '::add-mask::%s\n' "$1" >&2; fi
}

# summary TEXT: a line of Markdown for the run's page, where the host has one. The caller escapes what others wrote.
summary() {
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then printf '%s\n' "$*" >>"$GITHUB_STEP_SUMMARY"; fi
}

# markdown TEXT: TEXT as plain words in Markdown, whatever it holds.
markdown() { one_line "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/[][\\`*_|~@#!()]/\\&/g'; }

# summary_block: standard input as it stands, in a block of its own on the run's page; what is too long is cut.
summary_block() {
  local text fence='```'
  [ -n "${GITHUB_STEP_SUMMARY:-}" ] || { cat >/dev/null; return 0; }
  text=$(tr -d '\000-\010\013-\037\177' | cut -c 1-500 | sed -e '801,$d')
  # A fence that is longer than any in the text can't be closed by it.
  while [[ $text == *"$fence"* ]]; do fence="$fence\`"; done
  printf '\n%s\n%s\n%s\n\n' "${fence}text" "$text" "$fence" >>"$GITHUB_STEP_SUMMARY"
}

# ---- temporary folders, signals, and what has to happen at the end

temporary_folders=()
exit_functions=()
attended_group=
attended_alone= # yes where a signal is for the command itself, which tells those that it started

# temporary_folder VAR: makes a folder that only this user can read and that is removed at the end; its path is in VAR.
temporary_folder() {
  local made
  made=$(mktemp -d) || fail "can't make a temporary folder"
  temporary_folders+=("$made")
  printf -v "$1" '%s' "$made"
}

# at_exit FUNCTION: called at the end with the exit code, in a subshell, so that none can keep the others from being
# called; the last one added is called first.
at_exit() { exit_functions=("$1" "${exit_functions[@]}"); }

# attended COMMAND...: runs it so that a signal to this script ends it, with all that it started, at once.
attended() {
  local status=0
  set -m
  "$@" </dev/null &
  attended_group=$!
  set +m
  wait "$attended_group" || status=$?
  attended_group=
  return "$status"
}

# attended_quoted COMMAND...: the same, with all that the command prints passed on as somebody else's text. Where
# attended_copy names a file, it gets a copy.
attended_copy=
attended_quoted() {
  local status=0 folder reader
  folder=$(mktemp -d) || fail "can't make a temporary folder"
  temporary_folders+=("$folder")
  mkfifo -- "$folder/pipe" || fail "can't make a pipe"
  # It outlives the signals that stop this script, and whoever shows its output: a command whose output nobody reads would
  # be killed by that.
  (
    trap '' HUP INT TERM PIPE
    set +e
    if [ -n "$attended_copy" ]; then tee -- "$attended_copy"; else cat; fi | quoted_live
  ) <"$folder/pipe" &
  reader=$!
  attended "$@" >"$folder/pipe" 2>&1 || status=$?
  wait "$reader" || true
  return "$status"
}

# attended_commands VAR: the same for the project's own commands, the program text that VAR holds, in the folder
# COMMANDS_DIR (without one, here).
attended_commands() {
  # shellcheck disable=SC2016 # it is for the shell that is started
  attended bash -c 'cd -- "$1" && exec bash -euo pipefail -c -- "$2"' bash "${COMMANDS_DIR:-.}" "${!1}"
}

# end_attended: for at_exit, where what a signal stopped has to end by itself (it writes down what it did, and gives
# back a lock) before anything else is put in order. The signal itself it has had already.
end_attended() {
  [ -n "$attended_group" ] && is_alive "$attended_group" || return 0
  say "waiting until what runs has put its own things in order"
  while is_alive "$attended_group"; do sleep 0.2; done
}

# is_alive PID: whether that process still runs; one that ended and that nobody waited for yet does not.
is_alive() {
  kill -0 "$1" 2>/dev/null || return 1
  [ ! -r "/proc/$1/stat" ] || ! grep -q ') Z ' "/proc/$1/stat" 2>/dev/null
}

# pause SECONDS: a sleep that doesn't delay a signal.
pause() { attended sleep "$1"; }

stopped() {
  # The terminal may be gone, or what showed the output may have had the signal too: that nobody reads is no reason to stop.
  trap '' PIPE
  say "stopped by SIG$1" || true
  if [ -n "$attended_group" ] && [ -n "$attended_alone" ]; then
    kill -TERM "$attended_group" 2>/dev/null || true
  elif [ -n "$attended_group" ]; then
    kill -TERM -- "-$attended_group" 2>/dev/null || true
  fi
  exit "$2"
}

finish() {
  local status=$? name
  # From here on the end is put in order; a second signal must not leave that half done.
  trap - EXIT
  trap '' HUP INT TERM PIPE
  set +e
  for name in "${exit_functions[@]}"; do ("$name" "$status"); done
  [ ${#temporary_folders[@]} -eq 0 ] || rm -rf -- "${temporary_folders[@]}"
  exit "$status"
}

trap finish EXIT
trap 'stopped HUP 129' HUP
trap 'stopped INT 130' INT
trap 'stopped TERM 143' TERM

# ---- facts about the host

# host_facts: fills HOST, COMMIT, RUN_URL and JOB where they are absent, and RUN_REF and RUN_COMMIT, on which the run
# itself is; nothing at a terminal.
host_facts() {
  # On a host its own variable decides: whoever starts a run there may add a HOST, and a terminal is asked for less.
  if [ "${GITLAB_CI:-}" = true ]; then
    HOST=gitlab
  elif [ "${GITHUB_ACTIONS:-}" = true ]; then
    HOST=github
  fi
  # Some shells export a HOST of their own, the machine's name: only our three words count.
  case ${HOST:-} in
    github | gitlab | terminal) ;;
    *) HOST=terminal ;;
  esac
  case $HOST in
    github)
      COMMIT=${COMMIT:-${GITHUB_SHA:-}}
      RUN_URL=${RUN_URL:-${GITHUB_SERVER_URL:-}/${GITHUB_REPOSITORY:-}/actions/runs/${GITHUB_RUN_ID:-}}
      JOB=${JOB:-${GITHUB_JOB:-}}
      RUN_REF=${GITHUB_REF:-}
      RUN_COMMIT=${GITHUB_SHA:-}
      ;;
    gitlab)
      COMMIT=${COMMIT:-${CI_COMMIT_SHA:-}}
      RUN_URL=${RUN_URL:-${CI_PIPELINE_URL:-}}
      JOB=${JOB:-${CI_JOB_NAME:-}}
      RUN_REF=${CI_COMMIT_TAG:+refs/tags/$CI_COMMIT_TAG}
      RUN_REF=${RUN_REF:-${CI_COMMIT_BRANCH:+refs/heads/$CI_COMMIT_BRANCH}}
      RUN_COMMIT=${CI_COMMIT_SHA:-}
      ;;
    terminal)
      COMMIT=${COMMIT:-$(git -C "${CONTENT_DIR:-.}" rev-parse --verify --quiet HEAD 2>/dev/null || true)}
      RUN_URL=${RUN_URL:-terminal:$(id -un)@$(uname -n)}
      JOB=${JOB:-terminal}
      RUN_REF=
      # shellcheck disable=SC2034 # read by terraform.sh
      RUN_COMMIT=
      ;;
  esac
  export HOST COMMIT RUN_URL JOB
}
host_facts

# github_token AUDIENCE: prints a token of this job for that audience. Neither the request's key nor the token is ever
# an argument, because arguments are seen by every process of the machine.
github_token() {
  local answer token
  if [ -z "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] || [ -z "${ACTIONS_ID_TOKEN_REQUEST_TOKEN:-}" ]; then
    fail "GitHub gave this job no way to ask for a token: the job needs 'permissions: id-token: write'"
  fi
  answer=$(printf 'Authorization: bearer %s\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" |
    curl -sS --fail --retry 4 --max-time 20 -H @- "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=$(printf '%s' "$1" | jq -Rr @uri)") ||
    fail "GitHub gave this job no token"
  token=$(printf '%s' "$answer" | jq -r '.value // empty') || token=
  [ -n "$token" ] || fail "GitHub's answer holds no token"
  printf '%s' "$token"
}

need_commit() {
  need COMMIT "the full id of the commit, for example of git rev-parse HEAD"
  [[ $COMMIT =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] ||
    wrong "COMMIT should hold the full id of a commit (40 hex digits), not '$(one_line "$COMMIT")'"
}

# on_ref PATTERN: whether the run is on that ref; * is a wildcard that stops at "/".
on_ref() {
  local pattern
  pattern=$(printf '%s' "$1" | sed -e 's/[][\\.^$+?(){}|]/\\&/g' -e 's/\*/[^\/]*/g')
  [[ $RUN_REF =~ ^$pattern$ ]]
}

# check_ref: where the pipeline says on which ref this may run, it runs on that one; at a terminal nobody asks.
check_ref() {
  if [ -z "${EXPECT_REF:-}" ] || [ "$HOST" = terminal ]; then return 0; fi
  on_ref "$EXPECT_REF" ||
    fail "$ENVIRONMENT is changed from $(one_line "$EXPECT_REF"), and this run is on $(one_line "$RUN_REF")"
}

# ---- the list of services

# need_services: SERVICES is what the generator wrote, and names are names, before anything uses them. A pipeline names
# the file that it stands in.
need_services() {
  if [ -z "${SERVICES:-}" ] && [ -n "${SERVICES_FILE:-}" ]; then
    [ -f "$SERVICES_FILE" ] || wrong "SERVICES_FILE names no file: '$(one_line "$SERVICES_FILE")'"
    SERVICES=$(cat -- "$SERVICES_FILE")
  fi
  need SERVICES "the JSON list of this target's services (or SERVICES_FILE the name of the file that holds it, below ci/)"
  # shellcheck disable=SC2153 # SERVICE is another variable
  printf '%s' "$SERVICES" | jq -e 'type == "array" and length > 0 and all(.[];
      type == "object" and (.name | type == "string" and test("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))
      and (.image_of // .name | type == "string" and test("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))
      and (.content | type == "object") and all(.minimum // 1, .maximum // 1; type == "number" and . >= 0 and . == floor)
      and (.migrate // [] | type == "array")
      and (.repository // "" | type == "string" and test("^[a-z0-9./_:-]*$"))
      and (.source // "" | type == "string" and test("^[a-z0-9./_:-]*$")))
      and (map(.name) | length == (unique | length))
      and ([.. | strings | explode[] | select(. == 0)] | length == 0)' >/dev/null 2>&1 ||
    wrong "SERVICES should hold a JSON list of services, each with its name, repository and content"
  read_services
}

# read_services: reads SERVICES once; later questions start no process.
declare -A service_values=()
service_list=()
read_services() {
  local name key value
  while IFS= read -r -d '' name && IFS= read -r -d '' key && IFS= read -r -d '' value; do
    [ "$key" != name ] || service_list+=("$name")
    service_values[$name/$key]=$value
  done < <(printf '%s' "$SERVICES" | jq -j '.[] | .name as $name
    | {name, image_of: (.image_of // .name), repository, source: (.source // .repository), family, service, container, group,
       minimum: (.minimum // 1), maximum, migrate: (.migrate // [] | if length > 0 then tojson else "" end),
       smoke: (if .smoke then "yes" else "" end), smoke_path: (.smoke.path // "/"), smoke_status: (.smoke.status // 0),
       smoke_contains: (.smoke.contains // "")}
    | to_entries[] | "\($name)\u0000\(.key)\u0000\(.value // "")\u0000"')
}

# service_names: the names of all services, one a line, in their order.
service_names() { printf '%s\n' "${service_list[@]}"; }

# service_value NAME KEY: one of the values that read_services knows; nothing where it isn't given.
service_value() { printf '%s' "${service_values[$1/$2]:-}"; }

# content_value NAME FILTER: what the jq filter says of the content of that service; nothing where it says null.
content_value() {
  printf '%s' "$SERVICES" | jq -r --arg name "$1" ".[] | select(.name == \$name) | .content | ($2) | values"
}

# is_service NAME: whether it is one of SERVICES. In a pipe into grep -q the names could be cut off, which counts as no.
is_service() { [[ $1 != *[[:space:]]* && " ${service_list[*]} " == *" $1 "* ]]; }

# need_service: SERVICE is one of SERVICES.
need_service() {
  need SERVICE "the name of the service, one of SERVICES"
  is_service "$SERVICE" ||
    wrong "SERVICE should hold one of $(service_names | paste -s -d ' ' -), not '$(one_line "$SERVICE")'"
}

# may_name_service: SERVICE is empty or "all", and is empty afterwards, or it is one of SERVICES, of which one may be
# called all.
may_name_service() {
  if [ "${SERVICE:-}" = all ] && ! is_service all; then SERVICE=; fi
  [ -z "${SERVICE:-}" ] || need_service
}

# digest_variable NAME: the variable that carries a service's digest from the build: DIGEST_ and the name in capitals.
digest_variable() { printf 'DIGEST_%s' "$1" | tr 'a-z-' 'A-Z_'; }

# sha256 [FILE]: the SHA-256 of a file or of standard input, in hex.
sha256() {
  local line
  if command -v sha256sum >/dev/null 2>&1; then
    line=$(sha256sum "$@") || return 1
  else
    line=$(shasum -a 256 "$@") || return 1
  fi
  printf '%s' "${line%% *}"
}
