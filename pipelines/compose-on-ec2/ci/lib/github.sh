#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# How guards ask GitHub about the settings of the repository. Sourced, never run.
# Variables: GITHUB_TOKEN GITHUB_REPOSITORY GITHUB_API_URL (https://api.github.com) GATE_ENVIRONMENT

: "${GITHUB_API_URL:=https://api.github.com}"

# ask PATH FILE TYPE: GitHub's answer, a JSON value of that type; the script stops where there is none. Scripts say in
# $unfound what it means that GitHub finds nothing, and in $mend what to set. The token is never an argument.
unfound='' mend=''
ask() {
  local code
  : >"$2"
  code=$(printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN" |
    curl -sS --retry 3 --max-time 20 -H @- -H 'Accept: application/vnd.github+json' -H 'X-GitHub-Api-Version: 2022-11-28' \
      -o "$2" -w '%{http_code}' -- "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/$1") ||
    fail "GitHub can't be asked whether the gate of $GATE_ENVIRONMENT is configured"
  if [ "$code" = 404 ] && [ -n "$unfound" ]; then fail "$unfound: $mend"; fi
  if [ "$code" != 200 ]; then
    # GitHub ends its answer without a new line, and what comes next has to begin one.
    { cat -- "$2"; echo; } | quoted
    fail "GitHub answers $code to whether the gate of $GATE_ENVIRONMENT is configured: $mend"
  fi
  jq -es --arg type "$3" 'length == 1 and (.[0] | type == $type)' "$2" >/dev/null 2>&1 || unknown_answer
}

# unknown_answer: nothing is read out of an answer that the script doesn't know.
unknown_answer() { fail "GitHub's answer about $GATE_ENVIRONMENT is not what its API describes"; }
