#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# For jobs in a bare container: installs from Debian which of the named commands are missing. Elsewhere, or without root,
# it names them. GitHub's runners have them all.
#
#   ci/install-tools.sh COMMAND...    aws, jq, git, curl, skopeo, docker, docker-buildx, buildah, unzip, gpg, …
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

# is_there COMMAND: whether it can be called.
is_there() {
  case $1 in
    # A plugin, of which docker itself knows where it is.
    docker-buildx) docker buildx version >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# package_of COMMAND: what Debian calls it; nothing for what it doesn't have.
package_of() {
  case $1 in
    aws) echo awscli ;;
    docker) echo docker-cli ;;
    od | sha256sum | cut) echo coreutils ;;
    jq | git | curl | skopeo | unzip | gpg | buildah | docker-buildx | tar | gzip | python3) echo "$1" ;;
  esac
}

[ $# -gt 0 ] || wrong "install-tools.sh wants the names of commands"
missing=() packages=() unknown=()
for name in "$@"; do
  if is_there "$name"; then continue; fi
  missing+=("$name")
  package=$(package_of "$name")
  if [ -n "$package" ]; then packages+=("$package"); else unknown+=("$name"); fi
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
[ ${#unknown[@]} -eq 0 ] || wrong "this is not in Debian: ${unknown[*]}; use an image of your own that has it (hosts.gitlab.image)"
# awscli knows S3's conditional writes, on which the lease rests, from Debian 13 on.
release=$(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-}" "${VERSION_ID:-0}") || release=
if [[ ! $release =~ ^debian\ ([0-9]+) ]] || ((BASH_REMATCH[1] < 13)) || [ "$(id -u)" -ne 0 ]; then
  wrong "these commands are missing: ${missing[*]}. They are installed as root on Debian 13 and later; here use an image that" \
    "has them (hosts.gitlab.image)"
fi

# apt COMMAND...: what it prints is shown where it fails.
log=
temporary_folder log
apt() { attended env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 "$@" >"$log/said" 2>&1 || { quoted <"$log/said"; return 1; }; }

say "installing ${packages[*]}"
apt update || fail "Debian's package lists can't be fetched"
# Certificates come along: without them nothing can be fetched, whatever is installed.
apt install -y --no-install-recommends ca-certificates "${packages[@]}" || fail "these can't be installed: ${packages[*]}"
for name in "${missing[@]}"; do
  is_there "$name" || fail "$name was installed, and can't be called"
done
