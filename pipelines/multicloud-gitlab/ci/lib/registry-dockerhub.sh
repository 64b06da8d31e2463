#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Docker Hub (docker.io): opened by a user's name and an access token. A repository is made at the first push, and whoever
# may push may move a tag.
# Needs registry.sh. Variables: REGISTRY_USERNAME, REGISTRY_TOKEN.
# shellcheck disable=SC2034 # asked by kind_says

registry_kinds+=(dockerhub)
dockerhub_makes_repositories=yes
dockerhub_tags_can_move=yes
needs+=(REGISTRY_USERNAME "the user who opens Docker Hub" REGISTRY_TOKEN "that user's access token for it")

dockerhub_serves() { [ "$1" = docker.io ]; }

# dockerhub_credentials REGISTRY: prints USER:PASSWORD.
dockerhub_credentials() {
  [[ $REGISTRY_USERNAME != *:* ]] || fail "REGISTRY_USERNAME should hold a user's name, which has no colon"
  printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_TOKEN"
}

dockerhub_find_tag() { find_tag_in_list "$@"; }
