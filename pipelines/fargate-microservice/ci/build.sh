#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Builds a service's image once. Asks the registry for the content's key first: what was built before is the answer, and
# nothing is built. Else builds exactly the commit's files, pushes the image under its key, and tags it with the commit
# where that tag is free. Its only output is the digest (on GitHub "digest", elsewhere DIGEST_NAME).
#
# Variables (docs: scripts.md): SERVICE SERVICES AWS_REGION AWS_ACCOUNT AWS_ROLE_ARN; may be given: SBOM (true)
#   BUILDER (docker) CLOUD=aws REGISTRY=ecr COMMIT CONTENT_DIR, and the variables that the content's secrets name
#
# calls: ecr:BatchGetImage, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer on repositories
# calls: ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage on repositories
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/sign-in-aws.sh
. "$here/lib/sign-in-aws.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/registry.sh
. "$here/lib/registry.sh"
# shellcheck source=lib/image.sh
. "$here/lib/image.sh"

options=() folder='' built=''

hand_on() {
  is_digest "$1" || fail "'$(one_line "$1")' is not a digest"
  if [ "$HOST" = github ]; then output digest "$1"; else output "$(digest_variable "$SERVICE")" "$1"; fi
  summary "Image of $(markdown "$SERVICE"): \`$key\` is \`$1\` ($2)"
  exit 0
}

need AWS_REGION "the target's region" AWS_ACCOUNT "the target's account"
[ "${CLOUD:-aws}/${REGISTRY:-ecr}" = aws/ecr ] || wrong "these scripts were generated for CLOUD=aws REGISTRY=ecr"
case ${SBOM:=true} in true | false) ;; *) wrong "SBOM should hold true or false" ;; esac
tools aws jq git skopeo curl od
need_builder
need_services
need_service
need_commit
repository=$(service_value "$SERVICE" repository)
[ -n "$repository" ] || wrong "SERVICES should name the repository of $SERVICE"
key=$(content_key "$SERVICE")
aws_errors
sign_in
registry_sign_in "$(registry_host "$repository")"

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

say "$SERVICE: building $repository:$key"
temporary_folder folder
export_content "$SERVICE" "$folder/content"
make_builder
build_options "$SERVICE" "$folder/content"
platforms=$(platforms_of "$SERVICE" | paste -s -d , -)
build_and_push "$SERVICE" "$folder/content" "$platforms" "$repository:$key" || built=

status=0
digest=$(digest_of "$repository" "$key") || status=$?
[ "$status" -eq 0 ] || fail "the image of $SERVICE was not built and pushed"
if [ "$digest" != "$built" ]; then
  # Tags can't be moved: another run built the same content and was first.
  say "$SERVICE: another run built this content ($key) at the same time; its image is taken"
  hand_on "$digest" "built by another run"
fi
status=0
there=$(digest_of "$repository" "$COMMIT") || status=$?
case $status in
  0) [ "$there" = "$digest" ] || say "note: the tag $COMMIT stands on $there already and stays there" ;;
  3) tag_digest "$repository" "$digest" "$COMMIT" ;;
  *) exit 1 ;;
esac
hand_on "$digest" "built now"
