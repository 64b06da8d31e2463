#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Is the target's platform still what was applied there? Plans the Terraform of the commit that PLATFORM names, and changes
# nothing: it reads only, and takes no lock. What differs was changed by something else than an apply: then it says so and
# fails. That commit may be another than the record's: after a rollback, or where the deploy after an apply failed, the
# services are those of an older one. Where PLATFORM says nothing, it is the record's. A target on which nothing was applied
# or deployed yet, or that was destroyed, is fine.
#
# Either commit went through the gate where there is one: so its Terraform is run here whichever branch it is on. The clone
# has to hold it, with its files.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD, those of the cloud, ROOT MODULES TOOL TOOL_VERSION RECORD PLATFORM
#   may be given: CONTENT_DIR
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in terraform record platform
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
# shellcheck source=/dev/null
. "$here/lib/platform-$CLOUD.sh"
# shellcheck source=lib/terraform.sh
. "$here/lib/terraform.sh"
# shellcheck source=/dev/null
. "$here/lib/terraform-$CLOUD.sh"

# find_applied: afterwards COMMIT is whose Terraform the platform is made of; the script ends where that is nothing.
find_applied() {
  local entry recorded='' from=$RECORD status=0
  look_at_platform
  entry=$(newest_record) || status=$?
  case $status in
    0) recorded=$(printf '%s' "$entry" | jq -r .commit) ;;
    3) ;;
    *) exit 1 ;;
  esac
  if [ -n "$platform_seen" ]; then
    [ "$(platform_says state)" != destroyed ] || nothing_there "$ENVIRONMENT on $STACK was destroyed"
    # A deploy of another commit with the same Terraform leaves PLATFORM as it is: then the record's commit is as good, and
    # more surely still on a branch.
    COMMIT=$recorded
    if [ "$(platform_says state)" != applied ] || ! is_commit "$recorded" ||
      [ "$(platform_fingerprint 2>/dev/null)" != "$(platform_says fingerprint)" ]; then
      COMMIT=$(platform_says commit) from=$PLATFORM
    fi
  else
    [ -n "$recorded" ] || nothing_there "nothing has passed on $ENVIRONMENT on $STACK yet"
    ! printf '%s' "$entry" | jq -e '.services == {}' >/dev/null || nothing_there "$ENVIRONMENT on $STACK was destroyed"
    COMMIT=$recorded
  fi
  is_commit "$COMMIT" || fail "$from names no commit"
  content_git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
    fail "the platform of $ENVIRONMENT on $STACK is that of the commit $COMMIT, which the clone in ${CONTENT_DIR:-$PWD} does not" \
      "hold: the job needs all commits (fetch-depth: 0; GIT_DEPTH: 0), or its branch was rewritten or removed; then apply anew"
}

is_commit() { [[ $1 =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]]; }

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
find_applied
get_terraform
# shellcheck disable=SC2034 # read by terraform-CLOUD.sh
terraform_reads=yes
open_root
make_plan -lock=false || fail "no plan could be made"
plan_summary drift
if [ "$plan_empty" != true ]; then
  [ "$(platform_says state)" != changing ] ||
    problem "an apply is at work there, or did not come to its end: it is $(platform_words)"
  fail "$ENVIRONMENT on $STACK is not what $COMMIT describes, whose Terraform was run there last: $plan_counts. Apply again to put" \
    "it right, or bring what was changed by hand into the manifest"
fi
say "$ENVIRONMENT on $STACK is what $COMMIT describes, whose Terraform was run there last"
