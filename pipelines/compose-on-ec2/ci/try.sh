#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Tries a change request: builds a service's image from the commit, pushes it nowhere, and scans it. Needs no identity
# and calls no cloud.
# Variables (docs: scripts.md): SERVICE SERVICES COMMIT CONTENT_DIR FAIL_ON REPORT SCAN (true)
#   BUILDER (docker)
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/image.sh
. "$here/lib/image.sh"
# shellcheck source=lib/scan.sh
. "$here/lib/scan.sh"
# shellcheck source=lib/scanner.sh
. "$here/lib/scanner.sh"

options=()
case ${SCAN:=true} in true | false) ;; *) wrong "SCAN should hold true or false" ;; esac
tools jq git od
need_builder
need_fail_on
need_services
need_service
need_commit
[ "$SCAN" = false ] || get_scanner
key=$(content_key "$SERVICE")
say "$SERVICE: building $key without pushing it"
folder=
temporary_folder folder
export_content "$SERVICE" "$folder/content"
make_builder
# A change request may well see no secrets.
# shellcheck disable=SC2034 # read by build_options
MISSING_SECRETS=allowed
build_options "$SERVICE" "$folder/content"
reports=()
for platform in $(platforms_of "$SERVICE"); do
  layout=$folder/${#reports[@]}
  report=$layout.json
  build_layout "$SERVICE" "$folder/content" "$platform" "$layout" || fail "the image of $SERVICE can't be built for $platform"
  if [ "$SCAN" = true ]; then
    attended trivy image --quiet --input "$layout" --scanners vuln,secret --format json --output "$report" ||
      fail "trivy could not scan the image of $SERVICE ($platform)"
  fi
  reports+=("$report")
done
[ "$SCAN" = true ] || exit 0
merge_reports "${reports[@]}" >"$folder/report.json"
judge "$folder/report.json" "the image of $SERVICE"
