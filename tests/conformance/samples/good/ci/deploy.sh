#!/usr/bin/env bash
# Rolls out APP_DIGEST.
set -euo pipefail
# shellcheck source=ci/lib/digest.sh
. "$(dirname -- "$0")/lib/digest.sh"

digest=${APP_DIGEST:?is the image to roll out}
need_digest APP_DIGEST "$digest"
if [ "${DRY_RUN:-}" = yes ]; then
  echo "would roll out $digest"
fi
echo "rolling out $digest"
