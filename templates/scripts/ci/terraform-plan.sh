#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Plans what Terraform would change in one target, and changes nothing: it reads only, and takes no lock. Prints the plan,
# its fingerprint, whether it is empty, and of which change of the platform it speaks; the plan itself never leaves the job.
# With ACTION=destroy it plans the end of the platform.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, ROOT MODULES TOOL TOOL_VERSION PLATFORM
#   may be given: ACTION COMMIT CONTENT_DIR EXPECT_REF
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in terraform platform
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
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

title=plan
# shellcheck disable=SC2034 # read by terraform-CLOUD.sh
terraform_reads=yes
need PROJECT "the project's name" ENVIRONMENT "the environment to plan" STACK "the stack to plan it on" \
  "${needs[@]}"
tools "${needed_tools[@]}" jq git od
need_platform
need_commit
check_ref
need_own_commit
if [ "${ACTION:-}" = destroy ]; then
  title="plan to destroy"
  plan_options=(-destroy)
fi
get_terraform
sign_in
open_root
# Before the plan looks, so that what is changed meanwhile is another change than the one that the plan speaks of.
look_at_platform
make_plan -lock=false || fail "no plan could be made"
plan_summary "$title"
if [ "$HOST" = github ]; then
  output fingerprint "$plan_fingerprint"
  output empty "$plan_empty"
  output platform "$platform_change"
else
  output PLAN_FINGERPRINT "$plan_fingerprint"
  output PLAN_EMPTY "$plan_empty"
  output PLAN_PLATFORM "$platform_change"
fi
