#!/usr/bin/env bash
# yaml-cpp.sh CLANG CACHE FOLDER SYSTEM_LIBRARY FLAG...: yaml-cpp for the fuzzers, built from its source with the
# sanitizers into FOLDER: its headers in include/, and what to link in the response file "link". Where the source can't
# be had, the system's library takes its place, without sanitizers; "about" says which one it is.
set -euo pipefail
clang=$1 cache=$2 folder=$3 system=$4
shift 4
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
rm -rf "$folder"
mkdir -p "$folder/include" "$folder/objects"

if ! "$root/tests/build/yaml-cpp-source.sh" "$cache" "$folder/source"; then
  echo "$system" >"$folder/link"
  echo "yaml-cpp is the system's, without sanitizers: its source can be had neither from GitHub nor from Debian" \
    >"$folder/about"
  exit 0
fi
cp -r "$folder/source/include/." "$folder/include"
# The headers' private ones lie beside the sources. 0.7.0 leaves uint16_t to other headers, which not all declare.
export CLANG=$clang FOLDER=$folder FLAGS="$* -w -include cstdint -I$folder/include -I$folder/source/src"
# shellcheck disable=SC2016 # the inner shell fills it in
find "$folder/source/src" -name '*.cpp' -print0 |
  xargs -0 -P "$(nproc)" -n 1 sh -c '$CLANG $FLAGS -c "$0" -o "$FOLDER/objects/$(basename "$0").o"'
rm -f "$folder/libyaml-cpp.a"
ar rcs "$folder/libyaml-cpp.a" "$folder"/objects/*.o
echo "$folder/libyaml-cpp.a" >"$folder/link"
echo "yaml-cpp is built from its source, with the sanitizers" >"$folder/about"
