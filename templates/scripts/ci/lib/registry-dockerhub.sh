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

dockerhub_credentials() { token_credentials; }

dockerhub_find_tag() { find_tag_in_list "$@"; }
