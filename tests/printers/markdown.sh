#!/usr/bin/env bash
# markdown.sh RANDOM_DOCUMENTS: micromark finds in printed Markdown what was put in and no markup besides, and we notice
# when it doesn't. PIPEWRIGHT_SEED is another seed than 1, PIPEWRIGHT_COUNT another number of documents.
set -euo pipefail
program=$1
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
command -v node >/dev/null || { echo "skip: node isn't installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# agrees FOLDER: whether what was read is what was expected.
agrees() {
  local status=0
  node "$here/read_markdown.mjs" "$1" >"$folder/read.json" || status=$?
  [ "$status" -ne 77 ] || { cat "$folder/read.json"; exit 77; }
  [ "$status" -eq 0 ] || { echo "micromark failed"; exit 1; }
  "$program" compare "$1/expected.json" "$folder/read.json"
}

seed=${PIPEWRIGHT_SEED:-1}
"$program" make markdown "$seed" "${PIPEWRIGHT_COUNT:-500}" "$folder/good"
agrees "$folder/good" || { echo "seed $seed"; exit 1; }
for broken in value bytes; do
  "$program" make markdown "$seed" 20 "$folder/$broken" "$broken"
  ! agrees "$folder/$broken" >"$folder/log" || { echo "a broken $broken wasn't noticed"; exit 1; }
  [ -s "$folder/log" ] || { echo "a broken $broken was noticed without a word"; exit 1; }
done
echo "micromark agrees, and a broken value and broken bytes are noticed"
