#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Is the target still what was deployed there? Plans the Terraform of the commit in the target's record, and changes nothing:
# it reads only, and takes no lock. What differs was changed by something else than a deploy: then it says so and fails. A
# target on which nothing has passed yet, or that was destroyed, is fine.
#
# The record's commit was deployed, behind the gate where there is one: so its Terraform is run here whichever branch it is
# on. The clone has to hold it, with its files.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, ROOT MODULES TOOL TOOL_VERSION RECORD
#   may be given: CONTENT_DIR
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in terraform record
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/record.sh
. "$here/lib/record.sh"
# shellcheck source=/dev/null
. "$here/lib/record-$CLOUD.sh"
# shellcheck source=lib/platform.sh
. "$here/lib/platform.sh"
# shellcheck source=lib/terraform.sh
. "$here/lib/terraform.sh"
# shellcheck source=/dev/null
. "$here/lib/terraform-$CLOUD.sh"

# find_deployed: afterwards COMMIT is what was deployed last; the script ends where that is nothing.
find_deployed() {
  local entry status=0
  entry=$(newest_record) || status=$?
  case $status in
    0) ;;
    3) nothing_there "nothing has passed on $ENVIRONMENT on $STACK yet" ;;
    *) exit 1 ;;
  esac
  if printf '%s' "$entry" | jq -e '.services == {}' >/dev/null; then nothing_there "$ENVIRONMENT on $STACK was destroyed"; fi
  COMMIT=$(printf '%s' "$entry" | jq -r .commit)
  [[ $COMMIT =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || fail "the record $RECORD names no commit"
  content_git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
    fail "$ENVIRONMENT on $STACK runs the commit $COMMIT, which the clone in ${CONTENT_DIR:-$PWD} does not hold: the job needs all" \
      "commits (fetch-depth: 0; GIT_DEPTH: 0), or its branch was rewritten or removed"
}

nothing_there() {
  say "$1: there is nothing to compare"
  summary "$(markdown "$1"): there is nothing to compare."
  exit 0
}

need PROJECT "the project's name" ENVIRONMENT "the environment to look at" STACK "the stack to look at" \
  "${needs[@]}"
tools "${needed_tools[@]}" jq git od
need_platform
sign_in
find_deployed
get_terraform
# shellcheck disable=SC2034 # read by terraform-CLOUD.sh
terraform_reads=yes
open_root
make_plan -lock=false || fail "no plan could be made"
plan_summary drift
[ "$plan_empty" = true ] ||
  fail "$ENVIRONMENT on $STACK is not what was deployed there with $COMMIT: $plan_counts. Deploy or apply again to put it right," \
    "or bring what was changed by hand into the manifest"
say "$ENVIRONMENT on $STACK is what was deployed there with $COMMIT"
