#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Runs the project's own commands (extend.jobs) with the target's identity that may read. They change nothing there, so
# they need no lease.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, COMMANDS
#   may be given: COMMANDS_DIR
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"

need PROJECT "the project's name" ENVIRONMENT "the environment" STACK "the stack" COMMANDS "the commands to run" \
  "${needs[@]}"
tools "${needed_tools[@]}" jq curl
sign_in
say "running the project's commands for $ENVIRONMENT on $STACK"
status=0
attended_commands COMMANDS || status=$?
[ "$status" -eq 0 ] || fail "the project's commands failed with exit code $status"
