#!/usr/bin/env bash
# yaml.sh RANDOM_DOCUMENTS: five readers find in printed YAML what was put in, and notice when they don't.
# PIPEWRIGHT_SEED is another seed than 1, PIPEWRIGHT_COUNT another number of documents.
set -euo pipefail
program=$1
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
skip() { echo "skip: $*"; exit 77; }
command -v node >/dev/null || skip "node isn't installed"
python3 -c 'import yaml; yaml.CSafeLoader' 2>/dev/null || skip "PyYAML with libyaml isn't installed (tests/tools/requirements.txt)"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# readers FOLDER: compares what each reads; leaves one line for each that disagrees, and ends with how many did.
readers() {
  local disagree=0 name status
  local -A commands=(
    [yaml-cpp]="$program read-yaml-cpp"
    [npm-1.1]="node $here/read_yaml.mjs --version=1.1"
    [npm-1.2]="node $here/read_yaml.mjs --version=1.2"
    [libyaml]="python3 $here/read_yaml.py --libyaml"
    [pyyaml]="python3 $here/read_yaml.py --python"
  )
  for name in "${!commands[@]}"; do
    status=0
    # The commands hold no blanks but those between their words.
    # shellcheck disable=SC2086
    ${commands[$name]} "$1" >"$folder/$name.json" || status=$?
    [ "$status" -ne 77 ] || { cat "$folder/$name.json"; exit 77; }
    if [ "$status" -ne 0 ] || ! "$program" compare "$1/expected.json" "$folder/$name.json"; then
      echo "$name disagrees"
      disagree=$((disagree + 1))
    fi
  done
  return "$disagree"
}

seed=${PIPEWRIGHT_SEED:-1}
"$program" make yaml "$seed" "${PIPEWRIGHT_COUNT:-1000}" "$folder/good"
readers "$folder/good" || { echo "seed $seed"; exit 1; }
for broken in value bytes; do
  "$program" make yaml "$seed" 20 "$folder/$broken" "$broken"
  noticed=0
  readers "$folder/$broken" >"$folder/log" 2>&1 || noticed=$?
  [ "$noticed" -eq 5 ] || { cat "$folder/log"; echo "only $noticed of 5 readers noticed a broken $broken"; exit 1; }
done
echo "five readers agree, and notice a broken value and broken bytes"
