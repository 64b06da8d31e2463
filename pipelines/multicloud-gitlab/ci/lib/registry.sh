#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Registries: signing in, asking for a digest, copying by digest, tagging a digest. What differs from one kind of registry
# to the next stands in registry-KIND.sh, which adds its name to registry_kinds: there may be several at a time.
# The passwords live in a temporary folder (DOCKER_CONFIG, REGISTRY_AUTH_FILE) that only this user can read and that
# is removed at the end. A tag that stands is never moved.

registry_kinds=()
registry_of_cloud= # yes where the identity that is signed in to the cloud opens a registry
registry_config=             # docker's and skopeo's configuration in that folder
declare -A registry_opened=() # the registries that are signed in to
registry_opened_at=0

registry_host() { printf '%s' "${1%%/*}"; }

# registry_folder: makes that folder. What the person's or the runner's own configuration says about builders, contexts,
# proxies and other registries goes on to hold; helpers that would store our passwords don't.
registry_folder() {
  local own=${DOCKER_CONFIG:-${HOME:-/nonexistent}/.docker} name folder
  [ -z "$registry_config" ] || return 0
  temporary_folder folder
  registry_config=$folder/config.json
  export BUILDX_CONFIG=${BUILDX_CONFIG:-$own/buildx}
  for name in cli-plugins contexts; do
    if [ -d "$own/$name" ]; then ln -s -- "$own/$name" "$folder/$name"; fi
  done
  if [ -f "$own/config.json" ]; then
    jq '{auths: (.auths // {} | map_values(select((.auth // .identitytoken) != null)))}
      + with_entries(select(.key | IN("proxies", "cliPluginsExtraDirs", "currentContext")))' \
      "$own/config.json" >"$registry_config" || fail "$own/config.json is not JSON"
  else
    printf '{"auths":{}}\n' >"$registry_config"
  fi
  export DOCKER_CONFIG=$folder REGISTRY_AUTH_FILE=$registry_config
}

# kind_of REGISTRY: prints which of the kinds it is, as functions are named; a registry of another kind stops the script.
kind_of() {
  local kind
  for kind in "${registry_kinds[@]}"; do
    if "${kind}_serves" "$1"; then
      printf '%s' "$kind"
      return 0
    fi
  done
  fail "'$(one_line "$1")' is no registry of these kinds: ${registry_kinds[*]}"
}

# token_credentials: prints USER:PASSWORD of a registry that a user's token opens.
token_credentials() {
  [[ $REGISTRY_USERNAME != *:* ]] || fail "REGISTRY_USERNAME should hold a user's name, which has no colon"
  printf '%s:%s' "$REGISTRY_USERNAME" "$REGISTRY_TOKEN"
}

# registry_sign_in REGISTRY...: signs in to each, once. The password is no argument of any process.
registry_sign_in() {
  local host kind
  registry_folder
  while IFS= read -r host; do
    kind=$(kind_of "$host") || exit 1
    # Docker looks for Docker Hub under an address of its own, skopeo and buildah under its name.
    "${kind}_credentials" "$host" |
      jq -Rs --arg registry "$host" --slurpfile config "$registry_config" \
        'rtrimstr("\n") | if test("^[^:]+:.") then . else error("no password") end
         | {auth: @base64} as $auth | $config[0] | .auths[$registry] = $auth
         | if $registry == "docker.io" then .auths["https://index.docker.io/v1/"] = $auth else . end' \
        >"$registry_config.new" || fail "can't sign in to $host"
    mv -- "$registry_config.new" "$registry_config"
    registry_opened[$host]=yes
  done < <(printf '%s\n' "$@" | sort -u)
  registry_opened_at=$(date +%s)
}

# stay_in_registries: signs in again before passwords that a cloud gives for an hour are over; to be called after long waits.
stay_in_registries() {
  if [ ${#registry_opened[@]} -gt 0 ] && (($(date +%s) - registry_opened_at > 2400)); then
    [ -z "$registry_of_cloud" ] || stay_signed_in
    registry_sign_in "${!registry_opened[@]}"
  fi
}

# digest_of REPOSITORY TAG-OR-DIGEST: prints the digest, the SHA-256 of the manifest's very bytes. 3 where the registry
# says that there is no such image; 1, with a message, for everything else. What a registry says of a repository that it
# makes at the first push, and of one that it doesn't show us, is the same: where registry_may_be_new is yes both count as
# 3, for whoever pushes next and hears the truth then.
digest_of() {
  local separator=: folder status=0
  if is_digest "$2"; then separator=@; fi
  folder=$(mktemp -d "${REGISTRY_AUTH_FILE%/*}/look.XXXXXX") || return 1
  skopeo inspect --retry-times 3 --raw "docker://$1$separator$2" >"$folder/manifest" 2>"$folder/said" || status=1
  if [ "$status" -eq 0 ]; then
    printf 'sha256:%s\n' "$(sha256 "$folder/manifest")"
  elif grep -iq 'manifest unknown' "$folder/said"; then
    status=3
  elif makes_repositories "$1" && grep -Eiq 'name unknown|repository name not known|denied|status code from registry 403' "$folder/said"; then
    if [ "${registry_may_be_new:-}" = yes ]; then
      status=3
    else
      problem "the registry shows no $1: nothing was pushed there yet, or these credentials may not read it"
    fi
  elif grep -iq 'name unknown' "$folder/said"; then
    problem "the registry has no repository $1: apply the target's bootstrap root first"
  else
    problem "can't ask the registry for $1$separator$2"
    quoted <"$folder/said"
  fi
  rm -rf -- "$folder"
  return "$status"
}

# makes_repositories REPOSITORY, tags_can_move REPOSITORY: what its kind of registry does: make a repository at the first
# push; let a push move a tag that stands.
makes_repositories() { kind_says "$1" makes_repositories; }
tags_can_move() { kind_says "$1" tags_can_move; }
kind_says() {
  local kind answer
  kind=$(kind_of "$(registry_host "$1")") || exit 1
  answer=${kind}_$2
  [ "${!answer:-}" = yes ]
}

# try_tag SOURCE DIGEST REPOSITORY TAG: puts TAG on that DIGEST in REPOSITORY, with all platforms and attestations, where
# TAG is free. Afterwards tag_stands_on is the digest on which it stands, be it this one or another.
tag_stands_on=
try_tag() {
  local source=$1 digest=$2 repository=$3 tag=$4 status=0
  is_digest "$digest" || fail "'$(one_line "$digest")' is not a digest (sha256: and 64 hex digits)"
  tag_stands_on=$(digest_of "$repository" "$tag") || status=$?
  if [ "$status" -eq 3 ]; then
    # Where another run places the same tag at this moment, this fails or is overwritten; what stands there is asked anew.
    status=0
    attended skopeo copy --quiet --retry-times 3 --all --preserve-digests \
      "docker://$source@$digest" "docker://$repository:$tag" || status=$?
    tag_stands_on=$(digest_of "$repository" "$tag") || fail "$repository:$tag could not be written (skopeo: $status)"
  elif [ "$status" -ne 0 ]; then
    exit 1
  fi
}

# place_tag SOURCE DIGEST REPOSITORY TAG: the same, but stops where TAG stands on another digest: it is never moved.
place_tag() {
  try_tag "$@"
  [ "$tag_stands_on" = "$2" ] || fail "$3:$4 stands on $tag_stands_on, not on $2; a tag is never moved"
}

# copy_image SOURCE DIGEST REPOSITORY TAG: the same image, by digest, in another registry.
copy_image() {
  say "copying $1@$2 to $3:$4"
  place_tag "$@"
}

# tag_digest REPOSITORY DIGEST TAG: a further tag for what is there.
tag_digest() {
  say "tagging $1@$2 as $3"
  place_tag "$1" "$2" "$1" "$3"
}

# find_tag REPOSITORY DIGEST PREFIX: whether a tag with that prefix stands on that digest; 1 where none does, or no prefix is
# asked for. Where the registry has no such image, or can't be asked, the script stops. Signs in where that is needed.
find_tag() {
  local kind status=0
  kind=$(kind_of "$(registry_host "$1")") || exit 1
  "${kind}_find_tag" "$@" || status=$?
  [ "$status" -ne 3 ] || fail "there is no $2 in $1"
  [ "$status" -le 1 ] || exit 1
  return "$status"
}

# find_tag_in_list REPOSITORY DIGEST PREFIX: that of kinds whose registries can only list their tags. 0 or 1 is the answer;
# 3 where there is no such image, 2 for failures.
find_tag_in_list() {
  local tag there status=0 folder
  registry_sign_in "$(registry_host "$1")"
  digest_of "$1" "$2" >/dev/null || status=$?
  case $status in 0) ;; 3) return 3 ;; *) return 2 ;; esac
  [ -n "$3" ] || return 1
  temporary_folder folder
  if ! skopeo list-tags --retry-times 3 "docker://$1" >"$folder/tags" 2>"$folder/said"; then
    problem "can't ask the registry for the tags of $1"
    quoted <"$folder/said"
    return 2
  fi
  while IFS= read -r tag; do
    status=0
    there=$(digest_of "$1" "$tag") || status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || return 2
    if [ "$there" = "$2" ]; then return 0; fi
  done < <(jq -r --arg prefix "$3" '.Tags[] | select(startswith($prefix))' "$folder/tags")
  return 1
}
