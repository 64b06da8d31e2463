#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Signs in to AWS with the job's short-lived token. The credentials live in this process's environment alone.
# Variables: AWS_REGION, AWS_ACCOUNT, AWS_ROLE_ARN; on GitLab AWS_ID_TOKEN; with AWS_STATIC_KEYS=true instead of both
# AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION, which are the environment's; at a terminal the credentials that
# the aws command finds by itself (AWS_PROFILE and so on), and no role is assumed.

needs+=(AWS_REGION "the target's region, for example eu-west-1" AWS_ACCOUNT "the target's account, 12 digits")
needed_tools+=(aws)
aws_error_file= # what aws said when a call failed

# role_credentials TOKEN: exchanges the job's token for the role's credentials; prints AWS's answer.
role_credentials() {
  local name
  name=$(printf '%s-%s-%s' "$HOST" "${GITHUB_RUN_ID:-${CI_PIPELINE_ID:-0}}" "$JOB" | tr -c 'A-Za-z0-9_=,.@-' - | cut -c 1-64)
  # Credentials or profiles that stand in the job's variables would win over the token.
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_WEB_IDENTITY_TOKEN_FILE
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  printf '%s' "$1" | aws sts assume-role-with-web-identity --role-arn "$AWS_ROLE_ARN" \
    --role-session-name "$name" --duration-seconds 3600 --web-identity-token file:///dev/stdin --output json ||
    fail "AWS does not let this job be $AWS_ROLE_ARN: the role's trust must name this repository, ref and environment"
}

# assume_role TOKEN: puts the role's credentials into the environment.
assume_role() {
  local answer key secret session
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_WEB_IDENTITY_TOKEN_FILE
  answer=$(role_credentials "$1") || exit 1
  { read -r key && read -r secret && read -r session; } < <(printf '%s' "$answer" |
    jq -r '.Credentials | .AccessKeyId, .SecretAccessKey, .SessionToken') ||
    fail "AWS's answer holds no credentials"
  mask "$key"
  mask "$secret"
  mask "$session"
  export AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$session
}

# has_static_keys: whether this job signs in with long-lived keys instead of a role.
has_static_keys() { [ "$HOST" != terminal ] && [ "${AWS_STATIC_KEYS:-}" = true ]; }

# use_static_keys: the environment's own keys, which the host keeps. They stay in the environment of this process.
use_static_keys() {
  need AWS_ACCESS_KEY_ID "the id of the key of $ENVIRONMENT, a secret of the host" \
    AWS_SECRET_ACCESS_KEY "the key of $ENVIRONMENT, a secret of the host" \
    AWS_DEFAULT_REGION "the region of $ENVIRONMENT, beside its keys"
  # What else stands in the job's variables would win over them.
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_WEB_IDENTITY_TOKEN_FILE AWS_SESSION_TOKEN AWS_ROLE_ARN
  mask "$AWS_SECRET_ACCESS_KEY"
  mask "$AWS_ACCESS_KEY_ID"
  [ "$AWS_DEFAULT_REGION" = "$AWS_REGION" ] ||
    fail "the keys of $ENVIRONMENT are for $(one_line "$AWS_DEFAULT_REGION"), and this target is in $AWS_REGION"
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION
}

# sign_in: afterwards the aws command works as AWS_ROLE_ARN, in the account AWS_ACCOUNT, or the script has stopped.
sign_in() {
  local account token how=$HOST as=${AWS_ROLE_ARN:-}
  need AWS_REGION "the target's region, for example eu-west-1" AWS_ACCOUNT "the target's account, 12 digits"
  [ -n "$aws_error_file" ] || aws_errors
  if has_static_keys; then
    how=keys as="the user of the keys of $ENVIRONMENT"
    use_static_keys
  fi
  export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION AWS_PAGER='' AWS_STS_REGIONAL_ENDPOINTS=regional
  export AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=5
  case $how in
    github)
      need AWS_ROLE_ARN "the role that this job assumes, arn:aws:iam::ACCOUNT:role/NAME"
      token=$(github_token sts.amazonaws.com) || exit 1
      mask "$token"
      assume_role "$token"
      ;;
    gitlab)
      need AWS_ROLE_ARN "the role that this job assumes, arn:aws:iam::ACCOUNT:role/NAME" \
        AWS_ID_TOKEN "the token that the job asks for under id_tokens"
      assume_role "$AWS_ID_TOKEN"
      ;;
  esac
  account=$(aws sts get-caller-identity --query Account --output text) ||
    fail "not signed in to AWS: at a terminal, sign in first (aws sso login, or AWS_PROFILE)"
  [ "$account" = "$AWS_ACCOUNT" ] ||
    fail "these credentials belong to the account $(one_line "$account"), and this target is in $AWS_ACCOUNT"
  signed_in_at=$(date +%s)
  [ "$HOST" = terminal ] || say "signed in to AWS account $AWS_ACCOUNT as ${as##*/}"
}

# stay_signed_in: signs in again before the hour of the credentials is over; long waits call it.
stay_signed_in() {
  if [ "$HOST" != terminal ] && (($(date +%s) - signed_in_at > 2400)); then sign_in; fi
}

# aws_try COMMAND...: aws with JSON on standard output. False on an error; what aws said of it is kept, so that the
# caller can tell "not there" (aws_said PATTERN) from a failure (aws_failed).
aws_try() { aws "$@" --output json 2>"$aws_error_file"; }

# aws_said PATTERN: whether the last error of aws_try matches the extended regular expression.
aws_said() { grep -Eq -e "$1" -- "$aws_error_file"; }

# aws_failed WHAT: says what did not work and what aws said of it.
aws_failed() {
  problem "$1"
  quoted <"$aws_error_file"
}

# For libraries of every cloud: cloud_failed WHAT says what did not work and what the cloud said of it; after
# cloud_errors_in FILE what this shell hears of errors is kept there, apart from what others hear.
cloud_failed() { aws_failed "$1"; }
cloud_errors_in() { aws_error_file=$1; }

# aws_errors: makes the place for that; once, before the first aws_try, which sign_in does.
aws_errors() {
  local folder
  temporary_folder folder
  aws_error_file=$folder/said
  : >"$aws_error_file"
}
