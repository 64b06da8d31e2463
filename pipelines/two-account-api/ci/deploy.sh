#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Deploys one target: takes its lease, refuses an outdated run and a platform that is not this commit's, finds each
# service's image by digest (from the build, or what passed in the environment before), copies it where the registry
# differs, migrates, rolls out all services, asks the smoke tests, and then writes the passed tags and the record. On any
# failure or signal it puts back what ran before.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD REGISTRY RUNTIME, those of each of the three, SERVICES
#   STATE_BUCKET LEASE_KEY RECORD PLATFORM ROOT MODULES TOOL TOOL_VERSION, where the smoke tests ask; the first
#   environment: DIGEST_NAME for each image; later ones: SOURCE_ENVIRONMENT SOURCE_STACK; where images are read in another
#   cloud: SOURCE_CLOUD SOURCE_REGISTRY, and those of that cloud
#   may be given: COMMIT CONTENT_DIR EXPECT_REF PLAN_EMPTY PLAN_PLATFORM FORCE SERVICE BEFORE_DEPLOY AFTER_DEPLOY COMMANDS_DIR
#   SMOKE_RETRIES SMOKE_DELAY_SECONDS ROLLOUT_MINUTES MIGRATE_MINUTES POLL_SECONDS LEASE_SECONDS LEASE_WAIT_MINUTES
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in lease record platform address
choose_libraries REGISTRY registry
choose_libraries RUNTIME rollout
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/registry.sh
. "$here/lib/registry.sh"
# shellcheck source=/dev/null
. "$here/lib/registry-$REGISTRY.sh"
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
# shellcheck source=/dev/null
. "$here/lib/rollout-$RUNTIME.sh"
# shellcheck source=lib/smoke.sh
. "$here/lib/smoke.sh"
# shellcheck source=/dev/null
. "$here/lib/address-$CLOUD.sh"
# shellcheck source=lib/release.sh
. "$here/lib/release.sh"
# shellcheck source=lib/signing.sh
. "$here/lib/signing.sh"

# A registry of another cloud is of no kind that this job's identity opens: pull.sh says its password, as an identity there.
registry_kinds+=(elsewhere)
elsewhere_serves() {
  local name
  [ -n "${SOURCE_CLOUD:-}" ] || return 1
  while IFS= read -r name; do
    [ "$(registry_host "$(service_value "$name" source)")" != "$1" ] || return 0
  done < <(service_names)
  return 1
}
elsewhere_credentials() { CLOUD=$SOURCE_CLOUD REGISTRY=$SOURCE_REGISTRY "$here/pull.sh" "$1"; }

declare -A image_key=() image_digest=() image_repository=() image_source=()

# list_images: the images that the services run: each once, with its key, its home in this target, and its source.
list_images() {
  local name image repository source
  while IFS= read -r name; do
    image=$(service_value "$name" image_of)
    repository=$(service_value "$name" repository)
    source=$(service_value "$name" source)
    [ -n "$repository" ] || wrong "SERVICES should name the repository of $name"
    if [ -n "${image_repository[$image]:-}" ]; then
      [ "${image_repository[$image]}" = "$repository" ] || wrong "the image of $image has two homes in SERVICES"
      continue
    fi
    image_repository[$image]=$repository
    image_source[$image]=$source
    image_key[$image]=$(content_key "$name") || exit 1
  done < <(service_names)
}

# check_digests: in the first environment the build has handed on a digest for every image.
check_digests() {
  local image variable
  [ -z "${SOURCE_ENVIRONMENT:-}" ] || return 0
  for image in "${!image_repository[@]}"; do
    variable=$(digest_variable "$image")
    need "$variable" "the digest that the build of $image printed (sha256: and 64 hex digits)"
    is_digest "${!variable}" || wrong "$variable should hold sha256: and 64 hex digits, not '$(one_line "${!variable}")'"
  done
}

# find_digest IMAGE: which digest this target should run.
find_digest() {
  local image=$1 variable digest there tag status=0
  if [ -n "${SOURCE_ENVIRONMENT:-}" ]; then
    tag=passed_${SOURCE_ENVIRONMENT}_${SOURCE_STACK}_${image_key[$image]}
    digest=$(digest_of "${image_source[$image]}" "$tag") || status=$?
    [ "$status" -ne 3 ] || fail "this content of $image (${image_key[$image]}) has not passed $SOURCE_ENVIRONMENT on" \
      "$SOURCE_STACK: there is no tag $tag in ${image_source[$image]}"
    [ "$status" -eq 0 ] || exit 1
  else
    variable=$(digest_variable "$image")
    digest=${!variable}
    there=$(digest_of "${image_source[$image]}" "${image_key[$image]}") || status=$?
    [ "$status" -ne 3 ] || fail "this content of $image (${image_key[$image]}) was never built"
    [ "$status" -eq 0 ] || exit 1
    [ "$there" = "$digest" ] || fail "$variable is $digest, but this commit's content of $image is $there"
  fi
  is_digest "$digest" || fail "the registry's answer for $image is not a digest"
  image_digest[$image]=$digest
  say "$image: ${image_key[$image]} is $digest"
}

# run_hook NAME: the project's own commands, as the generator put them into that variable.
run_hook() {
  local status=0
  [ -n "${!1:-}" ] || return 0
  need_lease
  say "running $1"
  attended_commands "$1" || status=$?
  # What it took may be most of the credentials' time, and going back needs them too.
  stay_signed_in
  [ "$status" -eq 0 ] || fail "$1 failed with exit code $status"
}

# write_summary STATUS: what happened, on the run's page.
write_summary() {
  local image result=passed
  [ "$1" -eq 0 ] || result="**failed** (exit code $1)"
  summary "### $(markdown "$PROJECT"): deploy of $(markdown "$ENVIRONMENT") on $(markdown "$STACK"): $result"
  summary
  summary "Commit \`$COMMIT\`"
  summary
  summary "| image | content | digest |"
  summary "| --- | --- | --- |"
  for image in "${!image_repository[@]}"; do
    summary "| $image | \`${image_key[$image]:-}\` | \`${image_digest[$image]:-not known}\` |"
  done
}

need PROJECT "the project's name" ENVIRONMENT "the environment" STACK "the stack" "${needs[@]}"
tools "${needed_tools[@]}" skopeo jq git curl od
need_services
may_name_service
need_signing
need_platform
need_commit
[ -z "${SOURCE_ENVIRONMENT:-}" ] || need SOURCE_STACK "the stack of SOURCE_ENVIRONMENT whose passed image is promoted"
[ -z "${SOURCE_CLOUD:-}" ] || need SOURCE_REGISTRY "the kind of the registry that images are read in, in SOURCE_CLOUD"
check_ref
list_images
check_digests
sign_in
at_exit write_summary
take_lease
# After the lease, so that at the end it comes before giving the lease back.
at_exit put_back_if_failed

refuse_outdated
records=$(all_records) || exit 1
refuse_replayed "$records" "$COMMIT"
need_platform_of_commit
registries=()
for image in "${!image_repository[@]}"; do
  registries+=("$(registry_host "${image_repository[$image]}")" "$(registry_host "${image_source[$image]}")")
done
registry_sign_in "${registries[@]}"
for image in "${!image_repository[@]}"; do find_digest "$image"; done
for image in "${!image_repository[@]}"; do need_signature "${image_source[$image]}" "${image_digest[$image]}"; done
for image in "${!image_repository[@]}"; do
  if [ "${image_source[$image]}" != "${image_repository[$image]}" ]; then
    need_lease
    digest=${image_digest[$image]}
    copy_image "${image_source[$image]}" "$digest" "${image_repository[$image]}" "${image_key[$image]}-${digest:7:12}"
    copy_signature "${image_source[$image]}" "$digest" "${image_repository[$image]}"
  fi
done
# What was copied is here; nothing else has to be opened again.
registry_opened=()
for image in "${!image_repository[@]}"; do registry_opened[$(registry_host "${image_repository[$image]}")]=yes; done

recorded=$(recorded_services) || exit 1
for service in $(service_names); do
  image=$(service_value "$service" image_of)
  # shellcheck disable=SC2004 # a table of the runtime's library
  service_image[$service]=${image_repository[$image]}@${image_digest[$image]}
done
look_at_services "$recorded" || exit 1
need_lease
prepare_rollout || exit 1
for service in "${all_services[@]}"; do
  if [ -n "$(service_value "$service" migrate)" ]; then
    if [ -n "${is_current[$service]}" ]; then
      say "$service: runs this image already, so it is migrated already"
    else
      need_lease
      migrate "$service" || exit 1
    fi
  fi
done
run_hook BEFORE_DEPLOY
roll_out || exit 1
run_hook AFTER_DEPLOY

stay_in_registries
for image in "${!image_repository[@]}"; do
  need_lease
  tag_digest "${image_repository[$image]}" "${image_digest[$image]}" "passed_${ENVIRONMENT}_${STACK}_${image_key[$image]}"
done
services=$(released_services) || exit 1
need_lease
write_record "$services" || exit 1
passed=yes
say "$ENVIRONMENT on $STACK runs $COMMIT"
