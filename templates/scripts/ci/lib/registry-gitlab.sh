#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# GitLab's registry, which each instance has under a name of its own: opened by a user's name and a token. A repository
# is made at the first push, and whoever may push may move a tag.
# Needs registry.sh. Variables: REGISTRY_USERNAME, REGISTRY_TOKEN.
# shellcheck disable=SC2034 # asked by kind_says

registry_kinds+=(gitlab)
gitlab_makes_repositories=yes
gitlab_tags_can_move=yes
needs+=(REGISTRY_USERNAME "the user who opens GitLab's registry" REGISTRY_TOKEN "that user's token for it")

gitlab_serves() { [[ $1 =~ ^[a-z0-9.-]+(:[0-9]+)?$ && ! $1 =~ ^(ghcr\.io|docker\.io|.*\.amazonaws\.com(\.cn)?|.*\.pkg\.dev)$ ]]; }

gitlab_credentials() { token_credentials; }

gitlab_find_tag() { find_tag_in_list "$@"; }
