#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Building a service's image with docker buildx from exactly what its key counts, in a builder of a pinned version.
# Variables: SERVICES, COMMIT, CONTENT_DIR, and a variable for each of the content's secrets.

# BuildKit and the maker of the SBOM, by digest, so that no build changes because one of them was released anew.
buildkit_image=moby/buildkit:v0.32.2@sha256:28a898719c18a33f4e8000685287fa36fd0dd9560c6440227d3a732d79bb41d8
# shellcheck disable=SC2034 # used by build.sh
sbom_image=docker/buildkit-syft-scanner:1.11.0@sha256:79e7b013cbec16bbb436f312819a49a4a57752b2270c1a9332ae1a10fcc82a68

builder=

# make_builder: a builder of this script's own, removed at the end. The driver that builds in a container is the one
# that can make attestations and several platforms.
make_builder() {
  docker buildx version >/dev/null 2>&1 || wrong "docker has no buildx, or docker is not running"
  builder=pipewright-$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')
  at_exit remove_builder
  docker buildx create --name "$builder" --driver docker-container --driver-opt "image=$buildkit_image" >/dev/null ||
    fail "docker buildx can't make a builder"
}

remove_builder() {
  [ -z "$builder" ] || docker buildx rm --force "$builder" >/dev/null 2>&1 || say "the builder $builder could not be removed"
}

# build_options NAME FOLDER: fills the array `options` with all that docker buildx build needs to build the service NAME
# from FOLDER, which export_content filled; no tag, no platform and no output.
# A secret that is not there stops the script, or is left out with a note where MISSING_SECRETS=allowed.
build_options() {
  local argument target id variable
  options=(--builder "$builder" --file "$2/$(dockerfile_path "$1")")
  while IFS= read -r -d '' argument; do
    options+=(--build-arg "$argument")
  done < <(printf '%s' "$SERVICES" | jq -j --arg name "$1" '.[] | select(.name == $name) | .content.args // {}
    | to_entries | sort_by(.key) | .[] | "\(.key)=\(.value)\u0000"')
  target=$(content_value "$1" '.target // ""')
  [ -z "$target" ] || options+=(--target "$target")
  while read -r id variable; do
    [[ $id =~ ^[A-Za-z0-9_.-]+$ && $variable =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] ||
      wrong "SERVICES names a build secret '$(one_line "$id $variable")' that can't be one"
    if [ -z "${!variable:-}" ]; then
      [ "${MISSING_SECRETS:-}" = allowed ] || need "$variable" "the build secret $id of $1"
      say "note: $variable is empty here, so $1 is built without its secret $id"
      continue
    fi
    # buildx reads it from its environment.
    export "${variable?}"
    options+=(--secret "id=$id,env=$variable")
  done < <(content_value "$1" '.secrets // [] | .[] | "\(.id) \(.variable)"')
}

# platforms_of NAME: its platforms, one a line.
platforms_of() { content_value "$1" '.platforms // ["linux/amd64"] | unique | .[]'; }
