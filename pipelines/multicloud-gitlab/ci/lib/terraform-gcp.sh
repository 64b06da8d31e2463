#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What Terraform needs of Google Cloud: credentials for as long as it works, and its state in a bucket. Needs sign-in-gcp.sh.
# Variables: STATE_BUCKET.
#
# calls: storage.objects.list on state-bucket
# calls: storage.objects.get on state
# calls: storage.objects.create, storage.objects.delete on state in terraform-apply.sh, terraform-destroy.sh
# calls: storage.objects.get, storage.objects.create, storage.objects.delete on state-lock in terraform-apply.sh, terraform-destroy.sh
# shellcheck disable=SC2154 # gcp_token is that of sign-in-gcp.sh

needs+=(STATE_BUCKET "the target's state bucket")

# prepare_credentials FOLDER, use_credentials FOLDER: for a program that may work longer than our own token lives. The one
# writes down in FOLDER, which only this user can read and which is removed at the end, where Terraform gets tokens of its
# own, as often as it needs one; the other points this shell (a subshell that becomes the program) at it. On GitHub the file
# holds the key with which this job asks for its token, on GitLab it names a file with the token itself: both are over with
# the job. At a terminal Terraform finds the person's own credentials, or is handed the token that we work with.
prepare_credentials() {
  local file=$1/credentials.json
  plan_from_nothing
  case $HOST in
    github)
      printf '%s' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" | jq -Rs --arg url "$ACTIONS_ID_TOKEN_REQUEST_URL" \
        --arg audience "https://iam.googleapis.com/$GCP_PROVIDER" '{url: "\($url)&audience=\($audience | @uri)",
          headers: {Authorization: "Bearer \(.)"}, format: {type: "json", subject_token_field_name: "value"}}' >"$1/source" || exit 1
      ;;
    gitlab)
      printf '%s' "$GCP_ID_TOKEN" >"$1/token"
      jq -n --arg file "$1/token" '{file: $file}' >"$1/source" || exit 1
      ;;
    terminal) return 0 ;;
  esac
  jq --arg provider "$GCP_PROVIDER" --arg account "$GCP_SERVICE_ACCOUNT" '{type: "external_account",
    audience: "//iam.googleapis.com/\($provider)", subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: "https://sts.googleapis.com/v1/token", service_account_impersonation_url:
      "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/\($account):generateAccessToken",
    service_account_impersonation: {token_lifetime_seconds: 3600}, credential_source: .}' "$1/source" >"$file" || exit 1
  rm -f -- "$1/source"
}

# plan_from_nothing: where there is no state yet, Terraform's backend writes an empty one when it is initialised, for a plan
# too. A script that only plans may not do that: it plans from an empty state of its own, in the copy of the commit's files,
# which comes to the same changes.
plan_from_nothing() {
  local folder prefix status=0
  # shellcheck disable=SC2154 # of terraform.sh
  [ "$terraform_reads" = yes ] || return 0
  folder=$terraform_files/$ROOT
  prefix=$(sed -n 's/^ *prefix *= *"\([^"]*\)" *$/\1/p' "$folder/backend.hcl")
  gcp_find "gs://$STATE_BUCKET/${prefix:+$prefix/}default.tfstate" >/dev/null || status=$?
  case $status in
    0) return 0 ;;
    3) say "$ENVIRONMENT on $STACK has no state yet: everything is new" ;;
    *)
      gcp_failed "can't look for the state of $ROOT in $STATE_BUCKET"
      exit 1
      ;;
  esac
  printf 'terraform {\n  backend "local" {}\n}\n' >"$folder/backend_override.tf"
  printf 'path = "nothing.tfstate"\n' >"$folder/backend.hcl"
}

use_credentials() {
  local own=${CLOUDSDK_CONFIG:-${HOME:-/nonexistent}/.config/gcloud}/application_default_credentials.json
  if [ "$HOST" = terminal ]; then
    if [ -n "${GOOGLE_ACCESS_TOKEN:-}" ]; then
      export GOOGLE_OAUTH_ACCESS_TOKEN=$GOOGLE_ACCESS_TOKEN
    elif [ -z "${GOOGLE_APPLICATION_CREDENTIALS:-}${GOOGLE_CREDENTIALS:-}${GOOGLE_OAUTH_ACCESS_TOKEN:-}" ] && [ ! -f "$own" ]; then
      export GOOGLE_OAUTH_ACCESS_TOKEN=$gcp_token
    fi
    return 0
  fi
  # What stands in the job's variables would win over the file.
  unset GOOGLE_CREDENTIALS GOOGLE_CLOUD_KEYFILE_JSON GCLOUD_KEYFILE_JSON GOOGLE_OAUTH_ACCESS_TOKEN GOOGLE_BACKEND_CREDENTIALS
  unset GOOGLE_IMPERSONATE_SERVICE_ACCOUNT GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT
  export GOOGLE_APPLICATION_CREDENTIALS=$1/credentials.json
}
