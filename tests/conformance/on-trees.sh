#!/usr/bin/env bash
# on-trees.sh FOLDER CHECKER...: runs the checker over the hand-written sample, every tree in pipelines/, and every one
# that generate.sh left in FOLDER.
set -euo pipefail
folder=$1
shift
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
trees=()
for tree in "$here/samples/good" "$here"/../../pipelines/*/ "$folder"/*/; do
  if [ -d "$tree" ]; then trees+=("${tree%/}"); fi
done
exec "$@" "${trees[@]}"
