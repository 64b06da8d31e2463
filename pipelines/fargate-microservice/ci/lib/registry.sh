#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Registries: signing in, asking for a digest, copying by digest, tagging a digest.
# The passwords live in a temporary folder (DOCKER_CONFIG, REGISTRY_AUTH_FILE) that only this user can read and that
# is removed at the end. A tag that stands is never moved.
#
# calls: ecr:GetAuthorizationToken on *

registry_host() { printf '%s' "${1%%/*}"; }

# registry_folder: makes that folder. What the person's or the runner's own configuration says about builders, contexts,
# proxies and other registries goes on to hold; helpers that would store our passwords don't.
registry_folder() {
  local own=${DOCKER_CONFIG:-${HOME:-/nonexistent}/.docker} name folder
  [ -z "${registry_config:-}" ] || return 0
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

# registry_sign_in REGISTRY...: signs in to ECR registries (ACCOUNT.dkr.ecr.REGION.amazonaws.com). One password of the
# signed-in role opens all registries of a region that let that role in, in other accounts too.
registry_sign_in() {
  local registry region
  registry_folder
  while IFS= read -r registry; do
    [[ $registry =~ ^[0-9]{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$ ]] ||
      fail "'$(one_line "$registry")' is not an ECR registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com)"
    region=${BASH_REMATCH[1]}
    aws ecr get-login-password --region "$region" |
      jq -Rs --arg registry "$registry" --slurpfile config "$registry_config" \
        'rtrimstr("\n") | if . == "" then error("no password") else . end
         | . as $password | $config[0] | .auths[$registry] = {auth: ("AWS:" + $password | @base64)}' \
        >"$registry_config.new" || fail "can't sign in to $registry"
    mv -- "$registry_config.new" "$registry_config"
  done < <(printf '%s\n' "$@" | sort -u)
}

# digest_of REPOSITORY TAG-OR-DIGEST: prints the digest, the SHA-256 of the manifest's very bytes. 3 where the registry
# says that there is no such image; 1, with a message, for everything else.
digest_of() {
  local separator=: folder status=0
  if is_digest "$2"; then separator=@; fi
  folder=$(mktemp -d "${REGISTRY_AUTH_FILE%/*}/look.XXXXXX") || return 1
  skopeo inspect --retry-times 3 --raw "docker://$1$separator$2" >"$folder/manifest" 2>"$folder/said" || status=1
  if [ "$status" -eq 0 ]; then
    printf 'sha256:%s\n' "$(sha256 "$folder/manifest")"
  elif grep -iq 'manifest unknown' "$folder/said"; then
    status=3
  elif grep -iq 'name unknown' "$folder/said"; then
    problem "the registry has no repository $1: apply the target's bootstrap root first"
  else
    problem "can't ask the registry for $1$separator$2"
    quoted <"$folder/said"
  fi
  rm -rf -- "$folder"
  return "$status"
}

# place_tag SOURCE DIGEST REPOSITORY TAG: after it TAG stands on that very DIGEST in REPOSITORY, with all platforms and
# attestations. Nothing happens where it does already; a tag on another digest is never moved.
place_tag() {
  local source=$1 digest=$2 repository=$3 tag=$4 there status=0
  is_digest "$digest" || fail "'$(one_line "$digest")' is not a digest (sha256: and 64 hex digits)"
  there=$(digest_of "$repository" "$tag") || status=$?
  if [ "$status" -eq 3 ]; then
    # Where another run places the same tag at this moment, this fails, and the comparison below decides.
    status=0
    attended skopeo copy --quiet --retry-times 3 --all --preserve-digests \
      "docker://$source@$digest" "docker://$repository:$tag" || status=$?
    there=$(digest_of "$repository" "$tag") || fail "$repository:$tag could not be written (skopeo: $status)"
  elif [ "$status" -ne 0 ]; then
    exit 1
  fi
  [ "$there" = "$digest" ] || fail "$repository:$tag stands on $there, not on $digest; a tag is never moved"
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
