#!/bin/sh
# compare.sh NODE DUMP_NODE: the values of corpus/*.yaml as our reader and as the npm package yaml see them.
# Leaves with 77 (skipped) where node or the package is missing.
set -eu
here=$(dirname "$0")
if ! command -v "$1" >/dev/null 2>&1; then
    echo "skip: node is not installed"
    exit 77
fi
if [ ! -d "$here/../tools/node_modules/yaml" ]; then
    echo "skip: tests/tools/node_modules holds no yaml; run 'npm ci' in tests/tools"
    exit 77
fi
exec "$1" "$here/compare.mjs" "$2"
