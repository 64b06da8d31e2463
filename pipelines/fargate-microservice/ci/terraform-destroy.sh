#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Destroys one target's platform, for which CONFIRM has to repeat the environment's name: takes the target's lease, plans
# the end under the state's lock, and applies that very plan where its fingerprint is the one that was shown. Images,
# state and roles stay, as they are of the bootstrap root. Afterwards the record says that nothing runs: the platform can
# be applied and deployed again.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK AWS_REGION AWS_ACCOUNT AWS_ROLE_ARN ROOT MODULES TOOL TOOL_VERSION
#   STATE_BUCKET LEASE_KEY RECORD PLATFORM PLAN_FINGERPRINT CONFIRM; may be given: PROTECT CLOUD=aws COMMIT CONTENT_DIR
#   EXPECT_REF LEASE_SECONDS LEASE_WAIT_MINUTES LOCK_WAIT_MINUTES
#
# calls: s3:PutObject on state
# calls: s3:GetObject, s3:PutObject, s3:DeleteObject on state-lock
# calls: dynamodb:PutItem, dynamodb:DeleteItem on state-table
# calls: ssm:PutParameter on record
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/sign-in-aws.sh
. "$here/lib/sign-in-aws.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/lease-aws.sh
. "$here/lib/lease-aws.sh"
# shellcheck source=lib/record-aws.sh
. "$here/lib/record-aws.sh"
# shellcheck source=lib/outdated.sh
. "$here/lib/outdated.sh"
# shellcheck source=lib/platform.sh
. "$here/lib/platform.sh"
# shellcheck source=lib/platform-aws.sh
. "$here/lib/platform-aws.sh"
# shellcheck source=lib/terraform.sh
. "$here/lib/terraform.sh"

result="**failed**"

write_summary() { summary "Destruction of $(markdown "$ENVIRONMENT") on $(markdown "$STACK"): $result"; }

need PROJECT "the project's name" ENVIRONMENT "the environment to destroy" STACK "the stack on which it is destroyed" \
  RECORD "the name of the target's record, an SSM parameter" PLATFORM "the SSM parameter with the platform's fingerprint" \
  STATE_BUCKET "the target's state bucket" LEASE_KEY "the lease's name in that bucket" \
  AWS_REGION "the target's region" AWS_ACCOUNT "the target's account" \
  PLAN_FINGERPRINT "the fingerprint that terraform-plan.sh printed with ACTION=destroy for this commit"
[ "${CLOUD:-aws}" = aws ] || wrong "these scripts were generated for CLOUD=aws"
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
tools aws jq git od
need_platform
need_commit
check_ref
need_own_commit
get_terraform
aws_errors
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
