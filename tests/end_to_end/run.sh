#!/usr/bin/env bash
# run.sh SCENE: plays tests/end_to_end/scenes/SCENE.sh against the cloud of cloud/, in a sandbox of its own: a network,
# mounts and processes that nothing else sees, in which the real names of AWS and GitHub are this machine's.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
scene=${1:?which scene?}

skip() {
  echo "skip: $*"
  exit 77
}

if [ -z "${PIPEWRIGHT_SANDBOX:-}" ]; then
  missing=
  for tool in unshare ip mount jq git curl openssl skopeo buildah docker-registry htpasswd busybox aws python3; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  [ -z "$missing" ] || skip "these are not installed:$missing"
  python3 -c 'import moto.server, cryptography' 2>/dev/null || skip "the Python packages moto and cryptography are not installed"
  [ "$(id -u)" -eq 0 ] || skip "the sandbox needs root"
  unshare --mount --net --pid --fork --kill-child --mount-proc true 2>/dev/null || skip "unshare is not permitted here"
  export PIPEWRIGHT_SANDBOX=${TMPDIR:-/tmp}/sandbox
  mkdir -p "$PIPEWRIGHT_SANDBOX"
  exec unshare --mount --net --pid --fork --kill-child --mount-proc "${BASH_SOURCE[0]}" "$scene"
fi

# shellcheck source=sandbox.sh
. "$here/sandbox.sh"
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=/dev/null
. "$here/scenes/$scene.sh"
echo "scene $scene: fine"
