#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Prints USER:PASSWORD of a registry, for a deploy whose images are in another cloud: signs in there as an identity that may
# read that registry and nothing else. A process of its own, so that the deploy goes on as who it is. deploy.sh runs it.
#
# Called as: pull.sh REGISTRY, the registry's host
# Variables (docs: scripts.md): CLOUD REGISTRY and those of both
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in
choose_libraries REGISTRY registry
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/registry.sh
. "$here/lib/registry.sh"
# shellcheck source=/dev/null
. "$here/lib/registry-$REGISTRY.sh"

if [ $# -ne 1 ] || [ -z "$1" ]; then wrong "name the registry whose password is asked for"; fi
[ ! -t 1 ] || wrong "a password is printed, so standard output can't be a terminal"
need "${needs[@]}"
tools "${needed_tools[@]}" jq curl
kind=$(kind_of "$1") || exit 1
sign_in
"${kind}_credentials" "$1"
