#!/usr/bin/env bash
# skip.sh NAME REASON: ends a test that can't run here. Exit code 77, which ctest shows as skipped; 1 where CI=true and
# tests/allowed-skips doesn't name the test. The reason is the last line, because run-test.sh hands that on.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: skip.sh NAME REASON" >&2; exit 2; }
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
if [ "${CI:-}" = true ] && ! grep -q "^$1 [^ ]" "$here/../allowed-skips"; then
  echo "$1 may not be skipped in CI (tests/allowed-skips doesn't name it): $2"
  exit 1
fi
echo "skip: $2"
exit 77
