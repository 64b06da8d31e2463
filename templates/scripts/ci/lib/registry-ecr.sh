#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# ECR (ACCOUNT.dkr.ecr.REGION.amazonaws.com): opened by the signed-in role, whose one password opens all registries of a
# region that let that role in, in other accounts too. Its repositories are made by Terraform, with tags that nobody can
# move. Needs registry.sh and sign-in-aws.sh.
#
# calls: ecr:GetAuthorizationToken on * in build.sh, resolve.sh, scan-image.sh, deploy.sh, pull.sh
# calls: ecr:BatchGetImage, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer on source-repositories in deploy.sh
# calls: ecr:BatchGetImage, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer on repositories in build.sh, resolve.sh, scan-image.sh, deploy.sh, pull.sh
# calls: ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage on repositories in build.sh, resolve.sh, deploy.sh
# calls: ecr:DescribeImages on repositories in rollback.sh

# shellcheck disable=SC2034 # read by the scripts
registry_of_cloud=yes
registry_kinds+=(ecr)
needed_tools+=(aws)

ecr_serves() { [[ $1 =~ ^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$ ]]; }

# ecr_credentials REGISTRY: prints USER:PASSWORD.
ecr_credentials() {
  [[ $1 =~ \.ecr\.([a-z0-9-]+)\.amazonaws\. ]] || return 1
  printf 'AWS:'
  aws ecr get-login-password --region "${BASH_REMATCH[1]}"
}

# ecr_find_tag REPOSITORY DIGEST PREFIX: as find_tag_in_list, which needs a sign-in and a question for each tag.
ecr_find_tag() {
  local answer
  [[ $1 =~ ^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?/(.+)$ ]] || return 2
  if ! answer=$(aws_try ecr describe-images --region "${BASH_REMATCH[2]}" --registry-id "${BASH_REMATCH[1]}" \
    --repository-name "${BASH_REMATCH[4]}" --image-ids "imageDigest=$2"); then
    if aws_said '\(ImageNotFoundException\)'; then return 3; fi
    aws_failed "can't ask the registry for $1@$2"
    return 2
  fi
  printf '%s' "$answer" | jq -e --arg prefix "$3" 'any(.imageDetails[].imageTags[]?; startswith($prefix))' >/dev/null || return 1
}
