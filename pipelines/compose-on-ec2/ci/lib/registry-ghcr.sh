#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# GitHub's registry (ghcr.io): opened by a user's name and a token. A repository is made at the first push, and whoever may
# push may move a tag.
# Needs registry.sh. Variables: REGISTRY_USERNAME, REGISTRY_TOKEN.
# shellcheck disable=SC2034 # asked by kind_says

registry_kinds+=(ghcr)
ghcr_makes_repositories=yes
ghcr_tags_can_move=yes
needs+=(REGISTRY_USERNAME "the user who opens ghcr.io" REGISTRY_TOKEN "that user's token for it, which may read and write packages")

ghcr_serves() { [ "$1" = ghcr.io ]; }

ghcr_credentials() { token_credentials; }

ghcr_find_tag() { find_tag_in_list "$@"; }
