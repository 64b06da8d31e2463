#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Building a service's image from exactly what its key counts: with docker buildx, in a builder of a pinned version, or
# with buildah (BUILDER=buildah), which needs neither a daemon nor a privileged container and makes no attestations.
# Variables: SERVICES, COMMIT, CONTENT_DIR, BUILDER (docker), and a variable for each of the content's secrets.

# BuildKit and the maker of the SBOM, by digest, so that no build changes because one of them was released anew.
buildkit_image=moby/buildkit:v0.32.2@sha256:28a898719c18a33f4e8000685287fa36fd0dd9560c6440227d3a732d79bb41d8
# shellcheck disable=SC2034 # used by build.sh
sbom_image=docker/buildkit-syft-scanner:1.11.0@sha256:79e7b013cbec16bbb436f312819a49a4a57752b2270c1a9332ae1a10fcc82a68

builder=        # the name of docker's
built=          # the digest that build_and_push pushed
docker_context= # for a daemon behind TLS
buildah_folder= # where buildah keeps everything, so that nothing of it stays

# need_builder: that what builds is there.
need_builder() {
  case ${BUILDER:=docker} in
    docker | buildah) tools "$BUILDER" ;;
    *) wrong "BUILDER should hold docker or buildah, not '$(one_line "$BUILDER")'" ;;
  esac
}

# make_builder: a builder of this script's own, removed at the end. Docker's driver that builds in a container is the one
# that can make attestations and several platforms.
make_builder() {
  local -a endpoint=()
  at_exit remove_builder
  if [ "$BUILDER" = buildah ]; then
    temporary_folder buildah_folder
    return 0
  fi
  docker buildx version >/dev/null 2>&1 || wrong "docker has no buildx, or docker is not running"
  builder=pipewright-$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')
  # Of a daemon that only the environment names, as docker-in-docker's, buildx takes no certificates; a context's it takes.
  if [ -n "${DOCKER_HOST:-}" ] && [ -n "${DOCKER_CERT_PATH:-}" ]; then
    docker_context=$builder
    docker context create "$docker_context" --docker \
      "host=$DOCKER_HOST,ca=$DOCKER_CERT_PATH/ca.pem,cert=$DOCKER_CERT_PATH/cert.pem,key=$DOCKER_CERT_PATH/key.pem" >/dev/null ||
      fail "docker can't make a context for $DOCKER_HOST"
    endpoint=("$docker_context")
  fi
  docker buildx create --name "$builder" --driver docker-container --driver-opt "image=$buildkit_image" "${endpoint[@]}" >/dev/null ||
    fail "docker buildx can't make a builder"
}

remove_builder() {
  [ -z "$builder" ] || docker buildx rm --force "$builder" >/dev/null 2>&1 || say "the builder $builder could not be removed"
  [ -z "$docker_context" ] || docker context rm --force "$docker_context" >/dev/null 2>&1 || say "the context $docker_context could not be removed"
  # What a person's buildah has stored belongs to other users of that person's namespace.
  if [ -n "$buildah_folder" ] && [ "$(id -u)" -ne 0 ]; then buildah unshare rm -rf -- "$buildah_folder/storage" || true; fi
}

# buildah_call COMMAND...: buildah with everything in its folder; its chatter is no result.
buildah_call() {
  attended buildah --root "$buildah_folder/storage" --runroot "$buildah_folder/run" --storage-driver "${STORAGE_DRIVER:-vfs}" "$@" >&2
}

# build_and_push NAME FOLDER PLATFORMS TAG: builds the service NAME for all PLATFORMS (with commas between) from FOLDER and
# pushes the image to TAG. Afterwards `built` is its digest; false where that didn't go well.
build_and_push() {
  local context
  built=
  context=$2/$(content_path "$1")
  options+=(--platform "$3" --label "org.opencontainers.image.revision=$COMMIT")
  if [ "$BUILDER" = buildah ]; then
    say "note: buildah makes no attestations: the image of $1 carries no provenance and no SBOM"
    buildah_call build "${options[@]}" --manifest pipewright "$context" || return 1
    buildah_call manifest push --all --format oci --digestfile "$2.digest" pipewright "docker://$4" || return 1
    built=$(cat "$2.digest")
    return 0
  fi
  options+=(--push --metadata-file "$2.json" --tag "$4" --attest 'type=provenance,mode=min')
  if [ "$SBOM" = true ]; then options+=(--attest "type=sbom,generator=$sbom_image"); fi
  attended docker buildx build "${options[@]}" "$context" || return 1
  # shellcheck disable=SC2034 # read by build.sh
  built=$(jq -r '."containerimage.digest" // empty' "$2.json")
}

# build_layout NAME FOLDER PLATFORM LAYOUT: builds it for one platform into a folder in OCI's layout, and pushes nothing.
build_layout() {
  local context
  context=$2/$(content_path "$1")
  if [ "$BUILDER" = buildah ]; then
    buildah_call build "${options[@]}" --platform "$3" --tag pipewright "$context" &&
      buildah_call push --format oci pipewright "oci:$4:pipewright"
  else
    attended docker buildx build "${options[@]}" --platform "$3" --provenance=false --sbom=false \
      --output "type=oci,tar=false,dest=$4" "$context"
  fi
}

# build_options NAME FOLDER: fills the array `options` with all that is needed to build the service NAME from FOLDER, which
# export_content filled; no tag, no platform and no output.
# A secret that is not there stops the script, or is left out with a note where MISSING_SECRETS=allowed.
build_options() {
  local argument target id variable
  if [ "$BUILDER" = buildah ]; then options=(--format oci --isolation "${BUILDAH_ISOLATION:-chroot}"); else options=(--builder "$builder"); fi
  options+=(--file "$2/$(dockerfile_path "$1")")
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
    # The builder reads it from its environment.
    export "${variable?}"
    options+=(--secret "id=$id,env=$variable")
  done < <(content_value "$1" '.secrets // [] | .[] | "\(.id) \(.variable)"')
}

# platforms_of NAME: its platforms, one a line.
platforms_of() { content_value "$1" '.platforms // ["linux/amd64"] | unique | .[]'; }
