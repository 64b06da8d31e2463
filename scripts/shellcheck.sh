#!/usr/bin/env bash
# Reads this repository's own scripts with shellcheck; in tests/ without what it merely remarks on. The scripts
# of templates/ are read as they are generated, beside what they source (tests/conformance/scripts.sh).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
status=0
mapfile -t ours < <(find dev .ci/run scripts -type f | LC_ALL=C sort)
shellcheck -x -P SCRIPTDIR:. "${ours[@]}" || status=1
# What runs on instances stands in no pipeline.
shellcheck -x -P SCRIPTDIR -o avoid-nullary-conditions,deprecate-which templates/scripts/host/*.sh || status=1
mapfile -t tests < <(find tests -name '*.sh' -not -path '*/node_modules/*' -not -path '*/venv*/*' | LC_ALL=C sort)
shellcheck -x -P SCRIPTDIR:. -S warning "${tests[@]}" || status=1
exit "$status"
