#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Destroys one target's platform, for which CONFIRM has to repeat the environment's name: takes the target's lease, plans
# the end under the state's lock, and applies that very plan where its fingerprint is the one that was shown. Images,
# state and roles stay, as they are of the bootstrap root. Afterwards the record says that nothing runs: the platform can
# be applied and deployed again.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, ROOT MODULES TOOL TOOL_VERSION
#   STATE_BUCKET LEASE_KEY RECORD PLATFORM PLAN_FINGERPRINT CONFIRM; may be given: PROTECT COMMIT CONTENT_DIR EXPECT_REF
#   LEASE_SECONDS LEASE_WAIT_MINUTES LOCK_WAIT_MINUTES
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in terraform lease record platform
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/lease.sh
. "$here/lib/lease.sh"
# shellcheck source=/dev/null
. "$here/lib/lease-$CLOUD.sh"
# shellcheck source=lib/record.sh
. "$here/lib/record.sh"
# shellcheck source=/dev/null
. "$here/lib/record-$CLOUD.sh"
# shellcheck source=lib/outdated.sh
. "$here/lib/outdated.sh"
# shellcheck source=lib/platform.sh
. "$here/lib/platform.sh"
# shellcheck source=/dev/null
. "$here/lib/platform-$CLOUD.sh"
# shellcheck source=lib/terraform.sh
. "$here/lib/terraform.sh"
# shellcheck source=/dev/null
. "$here/lib/terraform-$CLOUD.sh"

result="**failed**"

write_summary() { summary "Destruction of $(markdown "$ENVIRONMENT") on $(markdown "$STACK"): $result"; }

need PROJECT "the project's name" ENVIRONMENT "the environment to destroy" STACK "the stack on which it is destroyed" \
  "${needs[@]}" \
  PLAN_FINGERPRINT "the fingerprint that terraform-plan.sh printed with ACTION=destroy for this commit"
# shellcheck disable=SC2153 # plan_fingerprint is that of this script's own plan
[[ $PLAN_FINGERPRINT =~ ^[0-9a-f]{64}$ ]] ||
  wrong "PLAN_FINGERPRINT should hold the fingerprint of a plan (64 hex digits), not '$(one_line "$PLAN_FINGERPRINT")'"
case ${PROTECT:=false} in
  false) ;;
  true) fail "$ENVIRONMENT on $STACK is protected (protect: true in pipewright.yaml): it is not destroyed" ;;
  *) wrong "PROTECT should hold true or false" ;;
esac
[ "${CONFIRM:-}" = "$ENVIRONMENT" ] ||
  fail "CONFIRM has to repeat the environment's name, $ENVIRONMENT, and holds '$(one_line "${CONFIRM:-}")': nothing is destroyed"
tools "${needed_tools[@]}" jq git od
need_platform
need_commit
check_ref
need_own_commit
get_terraform
sign_in
open_root
at_exit write_summary
mark_lock
take_lease
# After the lease, so that at the end it comes before giving the lease back.
let_terraform_end
refuse_outdated
need_lease
plan_options=(-destroy)
make_locked_plan
plan_summary "plan to destroy, under the lock"

if [ "$plan_empty" = true ]; then
  say "there is nothing left to destroy"
else
  [ "$PLAN_FINGERPRINT" = "$plan_fingerprint" ] ||
    fail "what would be destroyed now ($plan_fingerprint) is not what was shown ($PLAN_FINGERPRINT): nothing is destroyed;" \
      "start a new run, so that somebody sees the new plan"
  need_lease
  write_platform changing || exit 1
  apply_plan || fail "the destruction failed: what is gone by now is no longer in the state; start a new run to go on"
fi
need_lease
[ "$HOST" = terminal ] || stay_signed_in
write_platform destroyed || exit 1
status=0
newest_record >/dev/null || status=$?
case $status in
  # An entry that says that nothing runs: a later deploy starts from there, and what had run stays known.
  0) write_record '{}' || exit 1 ;;
  3) ;;
  *) exit 1 ;;
esac
result="done ($plan_counts)"
say "$ENVIRONMENT on $STACK is destroyed"
