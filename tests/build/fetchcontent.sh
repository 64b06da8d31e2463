#!/usr/bin/env bash
# fetchcontent.sh CACHE: the build without any of the system's libraries (PIPEWRIGHT_FETCH=ON) configures, and the
# floor that uses yaml-cpp compiles against the fetched one.
#
# Where GitHub can be reached, CMake downloads all four, so that addresses and digests are tested too. Elsewhere
# FETCHCONTENT_SOURCE_DIR_* name local copies: yaml-cpp's source package of Debian, kept in CACHE (yaml-cpp-source.sh), and the headers of the
# other three as the system has them.
set -euo pipefail
cache=$1
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
skip() { echo "skip: $*"; exit 77; }

# headers NAME TARGET FOLDER: a project at $work/NAME that offers the headers of /usr/include/FOLDER as TARGET.
headers() {
  [ -d "/usr/include/$3" ] || skip "neither GitHub can be reached nor is there /usr/include/$3"
  mkdir -p "$work/$1/include"
  cp -r "/usr/include/$3" "$work/$1/include/"
  cat >"$work/$1/CMakeLists.txt" <<TEXT
cmake_minimum_required(VERSION 3.4)
project($1 LANGUAGES CXX)
add_library($1 INTERFACE)
add_library($2 ALIAS $1)
target_include_directories($1 INTERFACE \${CMAKE_CURRENT_SOURCE_DIR}/include)
TEXT
}

options=(-G Ninja -DCMAKE_BUILD_TYPE=Debug -DPIPEWRIGHT_WERROR=ON -DPIPEWRIGHT_FETCH=ON)
if curl -fsI --max-time 5 https://github.com/jbeder/yaml-cpp >/dev/null 2>&1; then
  echo "downloading the pinned releases"
else
  echo "GitHub can't be reached: local copies instead of downloads"
  "$root/tests/build/yaml-cpp-source.sh" "$cache" "$work/yaml-cpp" || skip "yaml-cpp's source can be had neither from GitHub nor from Debian"
  headers nlohmann_json nlohmann_json::nlohmann_json nlohmann
  headers CLI11 CLI11::CLI11 CLI
  headers doctest doctest::doctest doctest
  options+=("-DFETCHCONTENT_SOURCE_DIR_YAML-CPP=$work/yaml-cpp"
    "-DFETCHCONTENT_SOURCE_DIR_NLOHMANN_JSON=$work/nlohmann_json" "-DFETCHCONTENT_SOURCE_DIR_CLI11=$work/CLI11"
    "-DFETCHCONTENT_SOURCE_DIR_DOCTEST=$work/doctest")
fi

cmake -S "$root" -B "$work/build" "${options[@]}" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" --target pipewright_yaml >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
[ -n "$(find "$work/build" -name 'libyaml-cpp*.a')" ] || { echo "FAILED: yaml-cpp wasn't built"; exit 1; }
ninja -C "$work/build" -t commands pipewright_yaml | grep 'generator/yaml/read.cpp' >"$work/command" ||
  { echo "FAILED: the yaml floor doesn't compile read.cpp"; exit 1; }
grep -qE -- '-isystem [^ ]*yaml-cpp[^ ]*/include' "$work/command" ||
  { echo "FAILED: the yaml floor doesn't see the fetched headers:"; cat "$work/command"; exit 1; }
echo "the yaml floor is built with a yaml-cpp of its own"
