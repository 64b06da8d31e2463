#!/bin/sh
# run.sh TEST READ_MANIFESTS: one of the tests here. Leaves with 77 (skipped) where node or its packages are missing.
set -eu
here=$(dirname "$0")
if ! command -v node >/dev/null 2>&1; then
    echo "skip: node is not installed"
    exit 77
fi
for package in ajv yaml yaml-language-server; do
    if [ ! -d "$here/../tools/node_modules/$package" ]; then
        echo "skip: tests/tools/node_modules holds no $package; run 'npm ci' in tests/tools"
        exit 77
    fi
done
exec node "$here/$1.mjs" "$2"
