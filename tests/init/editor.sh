#!/bin/sh
# editor.sh PIPEWRIGHT: editor.mjs, or a skip (77) where node or its packages are missing.
set -eu
here=$(dirname "$0")
if ! command -v node >/dev/null 2>&1; then
    echo "skip: node is not installed"
    exit 77
fi
if [ ! -d "$here/../tools/node_modules/yaml-language-server" ]; then
    echo "skip: tests/tools/node_modules holds no yaml-language-server; run 'npm ci' in tests/tools"
    exit 77
fi
exec node "$here/editor.mjs" "$1"
