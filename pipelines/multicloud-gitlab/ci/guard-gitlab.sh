#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Is the gate really configured? GitLab writes into a job's token whether the job's ref is protected, and, where the job
# names an environment, whether that is. So this reads such a token, whose audience nothing trusts. Whatever the token
# doesn't say counts as no.
#
# Variables (docs: scripts.md): GATE_ID_TOKEN (asked for under id_tokens) GATE_PLAN (free, premium or ultimate)
#   GATE_ENVIRONMENT
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

tools jq
need GATE_ID_TOKEN "a token of this job (id_tokens) with an audience that nothing trusts" GATE_ENVIRONMENT "the environment" \
  GATE_PLAN "the plan of the GitLab group: free, premium or ultimate"
case $GATE_PLAN in free | premium | ultimate) ;; *) wrong "GATE_PLAN should hold free, premium or ultimate" ;; esac

# The token is never an argument; nothing of it but these claims is printed.
claims=$(printf '%s' "$GATE_ID_TOKEN" | jq -Rc 'split(".") | if length == 3 then .[1] else error("no token") end
  | gsub("-"; "+") | gsub("_"; "/") | . + ("=" * ((4 - length % 4) % 4) // "") | @base64d | fromjson
  | if type == "object" then {ref, ref_type, ref_protected, environment, environment_protected} else error("no claims") end' 2>/dev/null) ||
  claims=
[ -n "$claims" ] || fail "GATE_ID_TOKEN holds no token of GitLab"

claim() { printf '%s' "$claims" | jq -r --arg name "$1" '.[$name] // "" | tostring'; }

ref=$(one_line "$(claim ref)")
kind=$(claim ref_type)
problems=
if [ "$(claim ref_protected)" != true ]; then
  problems=yes
  if [ "$kind" = tag ]; then
    problem "the tag $ref is not protected, so whoever may push it may change $GATE_ENVIRONMENT: protect it under" \
      "Settings, Repository, Protected tags"
  else
    problem "the branch $ref is not protected, so whoever may push to it may change $GATE_ENVIRONMENT: protect it" \
      "under Settings, Repository, Protected branches"
  fi
fi
if [ "$GATE_PLAN" != free ]; then
  if [ "$(claim environment)" != "$GATE_ENVIRONMENT" ]; then
    problems=yes
    problem "this job's token names the environment '$(one_line "$(claim environment)")', not $GATE_ENVIRONMENT: the job needs" \
      "'environment: { name: $GATE_ENVIRONMENT }'"
  elif [ "$(claim environment_protected)" != true ]; then
    problems=yes
    problem "the environment $GATE_ENVIRONMENT is not protected, so nobody is asked: protect it under Settings," \
      "CI/CD, Protected environments"
  fi
fi
[ -z "$problems" ] || fail "the gate of $GATE_ENVIRONMENT is not configured as pipewright.yaml says"
if [ "$GATE_PLAN" = free ]; then
  say "the ref $ref is protected: those who may push to it may start what changes $GATE_ENVIRONMENT"
else
  say "the ref $ref and the environment $GATE_ENVIRONMENT are protected"
fi
