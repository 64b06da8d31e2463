#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Prints the key of a service's content at a commit. Reads git objects alone; changes nothing, calls no cloud.
# Variables: SERVICE, SERVICES, COMMIT (default: the run's, or HEAD), CONTENT_DIR (default: here).
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"

tools git jq
need_services
need_service
need_commit
content_key "$SERVICE"
