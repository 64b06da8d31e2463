#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Builds a service's image once. Asks the registry for the content's key first: what was built before is the answer, and
# nothing is built. Else builds exactly the commit's files, pushes the image, and tags it with the content's key and the
# commit. Its only output is the digest (on GitHub "digest", elsewhere DIGEST_NAME).
#
# Two runs may build the same content at the same time, and their images differ. Where tags can't be moved the image is
# pushed under the key, and one of the two pushes wins. Elsewhere a push would take the key from whoever was first, so
# the image is pushed under the commit, and put under the key only where that is free; what stands there in the end is
# the result.
#
# Variables (docs: scripts.md): SERVICE SERVICES REGISTRY, those of the registry, CLOUD and those of the cloud where
#   that opens it; may be given: SBOM (true) BUILDER (docker) COMMIT CONTENT_DIR, and the variables that the content's
#   secrets name
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries REGISTRY registry
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/registry.sh
. "$here/lib/registry.sh"
# shellcheck source=/dev/null
. "$here/lib/registry-$REGISTRY.sh"
# Where a user's token opens the registry there is nothing to do in the cloud, and this job is nobody there.
if [ -n "$registry_of_cloud" ]; then
  choose_libraries CLOUD sign-in
  # shellcheck source=/dev/null
  . "$here/lib/sign-in-$CLOUD.sh"
fi
# shellcheck source=lib/image.sh
. "$here/lib/image.sh"
# shellcheck source=lib/signing.sh
. "$here/lib/signing.sh"

options=() folder='' built=''

hand_on() {
  is_digest "$1" || fail "'$(one_line "$1")' is not a digest"
  sign_image "$repository" "$1"
  if [ "$HOST" = github ]; then output digest "$1"; else output "$(digest_variable "$SERVICE")" "$1"; fi
  summary "Image of $(markdown "$SERVICE"): \`$key\` is \`$1\` ($2)"
  exit 0
}

need "${needs[@]}"
case ${SBOM:=true} in true | false) ;; *) wrong "SBOM should hold true or false" ;; esac
tools "${needed_tools[@]}" skopeo jq git curl od
need_builder
need_services
need_service
need_signing
need_commit
repository=$(service_value "$SERVICE" repository)
[ -n "$repository" ] || wrong "SERVICES should name the repository of $SERVICE"
key=$(content_key "$SERVICE")
[ -z "$registry_of_cloud" ] || sign_in
registry_sign_in "$(registry_host "$repository")"

# Registries make some repositories at the first push.
registry_may_be_new=yes
status=0
digest=$(digest_of "$repository" "$key") || status=$?
case $status in
  0)
    say "$SERVICE: this content ($key) is built already"
    hand_on "$digest" "built before"
    ;;
  3) ;;
  *) exit 1 ;;
esac

# build_under TAG: builds, and pushes under that tag; `built` is the digest, or nothing where that didn't go well.
build_under() {
  local platforms
  say "$SERVICE: building $repository:$key"
  temporary_folder folder
  export_content "$SERVICE" "$folder/content"
  make_builder
  build_options "$SERVICE" "$folder/content"
  platforms=$(platforms_of "$SERVICE" | paste -s -d , -)
  build_and_push "$SERVICE" "$folder/content" "$platforms" "$repository:$1" || built=
  stay_in_registries
}

status=0
if tags_can_move "$repository"; then
  built=$(digest_of "$repository" "$COMMIT") || status=$?
  case $status in
    0) say "$SERVICE: an earlier run of this commit pushed $built, and was stopped before it put that under the key" ;;
    3)
      build_under "$COMMIT"
      [ -n "$built" ] || fail "the image of $SERVICE was not built and pushed"
      ;;
    *) exit 1 ;;
  esac
  try_tag "$repository" "$built" "$repository" "$key"
  digest=$tag_stands_on
else
  build_under "$key"
  digest=$(digest_of "$repository" "$key") || status=$?
  [ "$status" -eq 0 ] || fail "the image of $SERVICE was not built and pushed"
fi
if [ "$digest" != "$built" ]; then
  say "$SERVICE: another run built this content ($key) at the same time; its image is taken"
  hand_on "$digest" "built by another run"
fi
try_tag "$repository" "$digest" "$repository" "$COMMIT"
[ "$tag_stands_on" = "$digest" ] || say "note: the tag $COMMIT stands on $tag_stands_on already and stays there"
hand_on "$digest" "built now"
