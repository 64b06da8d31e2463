#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Applies one target's platform: takes its lease, refuses a run that is older than what was deployed or applied, plans again
# under the state's lock, and applies that very plan where its fingerprint is the one that was shown. Then it writes down
# which Terraform the platform is made of, also when nothing changes. A run that was killed can be started again: what it
# did already is no longer planned.
#
# With CONFIRM_NEEDED=true no person stands in front of this job: without CONFIRM it changes nothing and says with which
# fingerprint to start it again; "ended" is then "waits". Where CONFIRM is given it has to be the plan's fingerprint, whoever
# stands in front.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, ROOT MODULES TOOL TOOL_VERSION
#   STATE_BUCKET LEASE_KEY RECORD PLATFORM PLAN_FINGERPRINT; may be given: COMMIT CONTENT_DIR EXPECT_REF CONFIRM_NEEDED
#   CONFIRM LEASE_SECONDS LEASE_WAIT_MINUTES LOCK_WAIT_MINUTES
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
change= # of before, where nothing is changed

write_summary() { summary "Apply of $(markdown "$ENVIRONMENT") on $(markdown "$STACK"): $result"; }

need PROJECT "the project's name" ENVIRONMENT "the environment to apply" STACK "the stack to apply it on" \
  "${needs[@]}"
case ${CONFIRM_NEEDED:=false} in true | false) ;; *) wrong "CONFIRM_NEEDED should hold true or false" ;; esac
[ "$CONFIRM_NEEDED" = true ] || need PLAN_FINGERPRINT "the fingerprint that terraform-plan.sh printed for this commit"
for name in PLAN_FINGERPRINT CONFIRM; do
  [ -z "${!name:-}" ] || [[ ${!name} =~ ^[0-9a-f]{64}$ ]] ||
    wrong "$name should hold the fingerprint of a plan (64 hex digits), not '$(one_line "${!name}")'"
done
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
look_at_platform
# At a terminal a person may go back on purpose.
[ "$HOST" = terminal ] || refuse_older_than_platform
need_lease
make_locked_plan
plan_summary "plan under the lock"

if [ "$plan_empty" = true ]; then
  did="nothing had to be changed"
  change=$platform_change
elif [ "$CONFIRM_NEEDED" = true ] && [ -z "${CONFIRM:-}" ]; then
  result="**Nothing is applied yet.** To apply this plan, start this again with CONFIRM set to its fingerprint, \`$plan_fingerprint\`"
  caution "nothing is applied yet. Read the plan above; to apply it, start this again with CONFIRM=$plan_fingerprint"
  output ended waits
  exit 0
else
  for name in PLAN_FINGERPRINT CONFIRM; do
    [ -z "${!name:-}" ] || [ "${!name}" = "$plan_fingerprint" ] ||
      fail "what would be done now ($plan_fingerprint) is not what was shown ($name is ${!name}): nothing is applied; start a" \
        "new run, so that somebody sees the new plan"
  done
  need_lease
  write_platform changing || exit 1
  apply_plan || fail "the apply failed: what it had done by then is in the state, and a new run goes on from there. Until one" \
    "comes to its end nothing is deployed to $ENVIRONMENT on $STACK"
  did="applied ($plan_counts)"
fi
need_lease
[ "$HOST" = terminal ] || stay_signed_in
write_platform applied "$change" || exit 1
result=$did
say "the platform of $ENVIRONMENT on $STACK is that of $COMMIT: $did"
