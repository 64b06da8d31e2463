#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Scans an image, by its digest, for known vulnerabilities and secrets: every platform that it was built for, of a ready
# image those that targets run.
# Variables (docs: scripts.md): SERVICE SERVICES DIGEST_NAME REGISTRY, those of the registry, CLOUD and those of the cloud
#   where that opens it, FAIL_ON REPORT
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries REGISTRY registry
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
# shellcheck source=lib/ready.sh
. "$here/lib/ready.sh"
# shellcheck source=lib/scan.sh
. "$here/lib/scan.sh"
# shellcheck source=lib/scanner.sh
. "$here/lib/scanner.sh"

need "${needs[@]}"
tools "${needed_tools[@]}" skopeo jq curl
need_fail_on
need_services
need_service
variable=$(digest_variable "$SERVICE")
need "$variable" "the digest that the build of $SERVICE printed (sha256: and 64 hex digits)"
digest=${!variable}
is_digest "$digest" || wrong "$variable should hold sha256: and 64 hex digits, not '$(one_line "$digest")'"
repository=$(service_value "$SERVICE" repository)
get_scanner
[ -z "$registry_of_cloud" ] || sign_in
registry_sign_in "$(registry_host "$repository")"
folder=
temporary_folder folder
reports=()
if [ -n "$(content_value "$SERVICE" .image)" ]; then
  platforms=$(platforms_in "$repository" "$digest")
else
  platforms=$(platforms_of "$SERVICE")
fi
for platform in $platforms; do
  report=$folder/${#reports[@]}.json
  attended trivy image --quiet --image-src remote --scanners vuln,secret --platform "$platform" \
    --format json --output "$report" "$repository@$digest" || fail "trivy could not scan $repository@$digest ($platform)"
  reports+=("$report")
done
merge_reports "${reports[@]}" >"$folder/report.json"
judge "$folder/report.json" "the image of $SERVICE"
