#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Takes a ready image in: turns the reference that the manifest names into a digest, once, and copies that image with all
# its platforms into the first environment's registry, under the key of the reference. Asks the registry for the key
# first: what was resolved before is the answer, wherever the tag has moved to since. Its only output is the digest (on
# GitHub "digest", elsewhere DIGEST_NAME).
#
# Variables (docs: scripts.md): SERVICE SERVICES REGISTRY, those of the registry, CLOUD and those of the cloud where
#   that opens it
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
# shellcheck source=lib/ready.sh
. "$here/lib/ready.sh"
# shellcheck source=lib/signing.sh
. "$here/lib/signing.sh"

hand_on() {
  is_digest "$1" || fail "'$(one_line "$1")' is not a digest"
  sign_image "$repository" "$1"
  if [ "$HOST" = github ]; then output digest "$1"; else output "$(digest_variable "$SERVICE")" "$1"; fi
  summary "Image of $(markdown "$SERVICE"): $(markdown "$reference") is \`$1\` ($2)"
  exit 0
}

need "${needs[@]}"
tools "${needed_tools[@]}" jq skopeo curl
need_services
need_service
need_signing
repository=$(service_value "$SERVICE" repository)
[ -n "$repository" ] || wrong "SERVICES should name the repository of $SERVICE"
reference=$(content_value "$SERVICE" .image)
[ -n "$reference" ] || wrong "SERVICES names no ready image for $SERVICE"
read_reference "$reference"
key=$(content_key "$SERVICE")
[ -z "$registry_of_cloud" ] || sign_in
registry_sign_in "$(registry_host "$repository")"

# Registries make some repositories at the first push.
registry_may_be_new=yes
status=0
digest=$(digest_of "$repository" "$key") || status=$?
case $status in
  0)
    say "$SERVICE: $reference ($key) was resolved before, to $digest"
    hand_on "$digest" "resolved before"
    ;;
  3) ;;
  *) exit 1 ;;
esac

folder=
temporary_folder folder
separator=:
if is_digest "$wanted"; then separator=@; fi
skopeo inspect --retry-times 3 --raw "docker://$upstream$separator$wanted" >"$folder/manifest" 2>"$folder/said" || {
  problem "$upstream$separator$wanted can't be read: either there is no such image, or not everybody may pull it"
  quoted <"$folder/said"
  exit 1
}
jq -e '.schemaVersion == 2' "$folder/manifest" >/dev/null 2>&1 ||
  fail "$upstream$separator$wanted is in a format of before 2017 that no longer can be copied by its digest"
digest=sha256:$(sha256 "$folder/manifest")
if [ "$separator" = @ ] && [ "$digest" != "$wanted" ]; then
  fail "the registry of $upstream answers $digest where $wanted was asked for"
fi
platforms=$(platforms_in "$upstream" "$digest")

say "$SERVICE: $upstream$separator$wanted is $digest now; copying it to $repository:$key"
try_tag "$upstream" "$digest" "$repository" "$key"
if [ "$tag_stands_on" != "$digest" ]; then
  # Another run was first, and the reference's tag moved between the two.
  say "$SERVICE: another run resolved $reference at the same time, to $tag_stands_on; that is taken"
  hand_on "$tag_stands_on" "resolved by another run"
fi
say "$SERVICE: $digest is for $(printf '%s' "$platforms" | paste -s -d ' ' -)"
hand_on "$digest" "resolved now"
