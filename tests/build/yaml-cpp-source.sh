#!/usr/bin/env bash
# yaml-cpp-source.sh CACHE FOLDER: yaml-cpp 0.7.0's source into FOLDER, from GitHub by its SHA-256 or else from Debian's
# source package, whose signatures apt checks. What was downloaded is kept in CACHE. Fails where neither can be reached.
set -euo pipefail
cache=$1 folder=$2
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache" "$folder"

from_github() {
  local archive=$cache/yaml-cpp-0.7.0.tar.gz pinned
  pinned=$(grep -A1 'yaml-cpp-0.7.0.tar.gz' "$root/cmake/Dependencies.cmake" | grep -oE '[0-9a-f]{64}')
  if [ ! -f "$archive" ]; then
    curl -fsSL --connect-timeout 5 --max-time 60 -o "$work/archive" \
      https://github.com/jbeder/yaml-cpp/archive/refs/tags/yaml-cpp-0.7.0.tar.gz 2>/dev/null || return 1
    echo "$pinned  $work/archive" | sha256sum --check --quiet || return 1
    mv "$work/archive" "$archive"
  fi
  tar -xzf "$archive" -C "$folder" --strip-components 1
}

# The source package of Debian 12, which has 0.7.0, on any Debian, by lists of its own: as the system's name no sources.
# Its one archive comes without the other project's tests.
from_debian() {
  local archive=$cache/yaml-cpp_0.7.0+dfsg.orig.tar.xz keys=/usr/share/keyrings/debian-archive-keyring.gpg address
  if [ ! -f "$archive" ]; then
    command -v apt-get >/dev/null && [ -f "$keys" ] || return 1
    mkdir -p "$work/apt/parts" "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    # The archive that this machine takes its packages from.
    # shellcheck disable=SC2016 # apt-get fills it in
    address=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)
    [ -n "$address" ] || return 1
    printf 'Types: deb-src\nURIs: %s\nSuites: bookworm\nComponents: main\nSigned-By: %s\n' "$address" "$keys" \
      >"$work/apt/parts/source.sources"
    local -a options=(-qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/apt/parts"
      -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User=root
      -o Acquire::Retries=0 -o Acquire::http::Timeout=10)
    timeout 60 apt-get "${options[@]}" update || return 1
    (cd "$work/apt" && timeout 60 apt-get "${options[@]}" source --download-only yaml-cpp) || return 1
    mv "$work/apt/$(basename "$archive")" "$archive" || return 1
  fi
  tar -xJf "$archive" -C "$folder" --strip-components 1
}

from_github || from_debian
