#!/bin/sh
# run.sh PIPEWRIGHT: the formats for machines. Leaves with 77 (skipped) where node or its packages are missing.
set -eu
here=$(dirname "$0")
if ! command -v node >/dev/null 2>&1; then
    echo "skip: node is not installed"
    exit 77
fi
for package in ajv ajv-draft-04; do
    if [ ! -d "$here/../tools/node_modules/$package" ]; then
        echo "skip: tests/tools/node_modules holds no $package; run 'npm ci' in tests/tools"
        exit 77
    fi
done
exec node "$here/check.mjs" "$1"
