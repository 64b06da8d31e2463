#!/usr/bin/env bash
# on-trees.sh [--generated] FOLDER CHECKER...: runs the checker over the hand-written sample (not with --generated), every
# tree in pipelines/, and every one that generate.sh left in FOLDER.
set -euo pipefail
sample=yes
if [ "$1" = --generated ]; then
  sample=
  shift
fi
folder=$1
shift
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
trees=()
for tree in ${sample:+"$here/samples/good"} "$here"/../../pipelines/*/ "$folder"/*/; do
  if [ -d "$tree" ]; then trees+=("${tree%/}"); fi
done
exec "$@" "${trees[@]}"
