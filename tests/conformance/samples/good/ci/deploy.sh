#!/usr/bin/env bash
# Rolls out APP_DIGEST.
set -euo pipefail

digest=${APP_DIGEST:?is the image to roll out}
if [[ ! $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "APP_DIGEST is no digest: $digest" >&2
  exit 2
fi
echo "rolling out $digest"
