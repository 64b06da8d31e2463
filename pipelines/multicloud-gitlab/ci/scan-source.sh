#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Scans the checked-out files for known vulnerabilities and for secrets. Calls no cloud.
# Variables (docs: scripts.md): FAIL_ON REPORT
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/scan.sh
. "$here/lib/scan.sh"
# shellcheck source=lib/scanner.sh
. "$here/lib/scanner.sh"

tools jq
need_fail_on
get_scanner
folder=
temporary_folder folder
attended trivy fs --quiet --scanners vuln,secret --format json --output "$folder/report.json" . ||
  fail "trivy could not scan the files"
judge "$folder/report.json" "the files"
