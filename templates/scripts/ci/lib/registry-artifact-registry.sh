#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Artifact Registry (REGION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE): opened by the token of the signed-in service account,
# in every project that lets it in. Its repositories are made by Terraform, with tags that nobody can move.
# Needs registry.sh and sign-in-gcp.sh.
#
# calls: artifactregistry.repositories.downloadArtifacts on repositories in build.sh, resolve.sh, scan-image.sh, deploy.sh, pull.sh
# calls: artifactregistry.repositories.uploadArtifacts, artifactregistry.tags.create on repositories in build.sh, resolve.sh, deploy.sh
# calls: artifactregistry.repositories.downloadArtifacts on source-repositories in deploy.sh
# calls: artifactregistry.dockerimages.get on repositories in rollback.sh
# shellcheck disable=SC2154 # gcp_token is that of sign-in-gcp.sh

# shellcheck disable=SC2034 # read by the scripts
registry_of_cloud=yes
registry_kinds+=(artifact_registry)

artifact_registry_serves() { [[ $1 =~ ^[a-z]+(-[a-z]+[0-9]+)?-docker\.pkg\.dev$ ]]; }

# artifact_registry_credentials REGISTRY: prints USER:PASSWORD.
artifact_registry_credentials() {
  stay_signed_in
  printf 'oauth2accesstoken:%s' "$gcp_token"
}

# artifact_registry_find_tag REPOSITORY DIGEST PREFIX: as find_tag_in_list, which needs a sign-in and a question for each tag.
artifact_registry_find_tag() {
  local answer
  [[ $1 =~ ^([a-z0-9-]+)-docker\.pkg\.dev/([a-z0-9.:-]+)/([a-z0-9-]+)/([a-z0-9._/-]+)$ ]] || return 2
  if ! answer=$(gcp_call GET "https://artifactregistry.googleapis.com/v1/projects/${BASH_REMATCH[2]}/locations/${BASH_REMATCH[1]}$(
  )/repositories/${BASH_REMATCH[3]}/dockerImages/$(printf '%s' "${BASH_REMATCH[4]}@$2" | jq -Rr @uri)"); then
    if gcp_said '^404 '; then return 3; fi
    gcp_failed "can't ask the registry for $1@$2"
    return 2
  fi
  printf '%s' "$answer" | jq -e --arg prefix "$3" 'any(.tags[]?; startswith($prefix))' >/dev/null || return 1
}
