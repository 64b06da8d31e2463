#!/usr/bin/env bash
# generate.sh PROGRAM FOLDER: writes FOLDER/NAME for every manifests/NAME.yaml, for the checkers to read. These manifests
# are there for what the examples don't show.
set -euo pipefail
program=$1 folder=$2
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$folder"
mkdir -p "$folder"
status=0
for manifest in "$here"/manifests/*.yaml; do
  [ -f "$manifest" ] || continue
  name=$(basename "$manifest" .yaml)
  mkdir "$folder/$name"
  "$program" generate "$manifest" --root "$folder/$name" || { echo "$manifest can't be generated"; status=1; }
done
exit "$status"
