#!/usr/bin/env bash
# Says which commands are missing.
set -euo pipefail

for name in "$@"; do
  command -v "$name" >/dev/null || echo "$name is missing"
done
