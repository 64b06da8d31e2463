#!/usr/bin/env bash
# ctest ... | explain-skips.sh FOLDER: passes ctest's output on, and says under each skipped test why: what run-test.sh
# left in FOLDER. With CI=true a skip that tests/allowed-skips doesn't name makes this exit 1, whoever started the test.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
status=0
while IFS= read -r line || [ -n "$line" ]; do
  printf '%s\n' "$line"
  [[ $line =~ Test\ +#[0-9]+:\ ([^ ]+)\ .*\*\*\*(Skipped|Not\ Run) ]] || continue
  name=${BASH_REMATCH[1]}
  if [ -f "$1/$name" ]; then printf '        %s\n' "$(cat "$1/$name")"; fi
  verdict=0
  "$here/skip.sh" "$name" "it was not run" >/dev/null || verdict=$?
  if [ "$verdict" -ne 77 ]; then
    status=1
    printf '        %s may not be skipped in CI\n' "$name"
  fi
done
exit "$status"
