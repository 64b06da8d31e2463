#!/usr/bin/env bash
# run-test.sh NAME COMMAND...: what every ctest entry is started by. It gives the command a temporary folder (TMPDIR)
# and removes it afterwards, puts the tools of ./dev test on PATH, points Terraform at the mirror where there is one,
# and makes a skip (77) without permission a failure (skip.sh). PIPEWRIGHT_SKIPS names a folder for the reasons of skips.
set -uo pipefail
name=$1
shift
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
PATH=$here/venv/bin:$PATH:$here/bin
if [ -n "${PIPEWRIGHT_TERRAFORM_MIRROR:-}" ]; then
  export TF_CLI_CONFIG_FILE=$PIPEWRIGHT_TERRAFORM_MIRROR/terraform.rc
fi
base=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d "$base/pipewright.XXXXXX") || exit 1
export TMPDIR
trap 'chmod -R u+w "$TMPDIR"; rm -rf "$TMPDIR"' EXIT

log=$TMPDIR/.output
case $1 in
  */*) ;;
  *) command -v "$1" >/dev/null || set -- sh -c "echo 'skip: $1 is not installed'; exit 77" ;;
esac
"$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" -eq 77 ]; then
  reason=$(grep -v '^ *$' "$log" | tail -n 1)
  "$here/skip.sh" "$name" "${reason#skip: }" >"$log"
  status=$?
  cat "$log"
  if [ -n "${PIPEWRIGHT_SKIPS:-}" ] && mkdir -p "$PIPEWRIGHT_SKIPS"; then cp "$log" "$PIPEWRIGHT_SKIPS/$name"; fi
fi
exit "$status"
