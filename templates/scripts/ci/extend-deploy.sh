#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Runs the project's own commands (extend.jobs) with the target's identity that deploys. They may change the target, so
# they run with its lease, and only while it runs what this run's commit is: a run that others overtook, or that somebody
# started again, changes nothing.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, STATE_BUCKET LEASE_KEY RECORD COMMANDS
#   may be given: COMMIT COMMANDS_DIR EXPECT_REF LEASE_SECONDS LEASE_WAIT_MINUTES
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in lease record
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/lease.sh
. "$here/lib/lease.sh"
# shellcheck source=/dev/null
. "$here/lib/lease-$CLOUD.sh"
# shellcheck source=lib/record.sh
. "$here/lib/record.sh"
# shellcheck source=/dev/null
. "$here/lib/record-$CLOUD.sh"

# refuse_other_commit: stops unless the newest entry of the record is of this run's commit. With the lease held it stays
# so until the commands are over.
refuse_other_commit() {
  local entry recorded status=0
  entry=$(newest_record) || status=$?
  case $status in
    0) ;;
    3) fail "nothing has passed on $ENVIRONMENT on $STACK yet: there is nothing to run these commands after" ;;
    *) exit 1 ;;
  esac
  recorded=$(printf '%s' "$entry" | jq -r .commit)
  [ "$recorded" = "$COMMIT" ] ||
    fail "$ENVIRONMENT on $STACK runs $(one_line "$recorded") by now, and this run is of $COMMIT: its commands are not run"
}

need PROJECT "the project's name" ENVIRONMENT "the environment" STACK "the stack" COMMANDS "the commands to run" \
  "${needs[@]}"
tools "${needed_tools[@]}" jq curl od
need_commit
check_ref
sign_in
take_lease
# After the lease, so that at the end the commands are over before it is given back.
at_exit end_attended
refuse_other_commit
need_lease
say "running the project's commands for $ENVIRONMENT on $STACK"
status=0
attended_commands COMMANDS || status=$?
[ "$status" -eq 0 ] || fail "the project's commands failed with exit code $status"
lease_held || fail "the lease of $ENVIRONMENT on $STACK was lost while the project's commands ran"
