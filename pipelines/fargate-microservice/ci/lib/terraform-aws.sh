#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What Terraform needs of AWS: credentials for as long as it works, and its state in S3. Needs sign-in-aws.sh.
#
# calls: s3:ListBucket on state-bucket
# calls: s3:GetObject on state
# calls: dynamodb:GetItem on state-table
# calls: s3:PutObject on state in terraform-apply.sh, terraform-destroy.sh
# calls: s3:GetObject, s3:PutObject, s3:DeleteObject on state-lock in terraform-apply.sh, terraform-destroy.sh
# calls: dynamodb:PutItem, dynamodb:DeleteItem on state-table in terraform-apply.sh, terraform-destroy.sh

# print_credentials: the role's credentials, fresh, in the form in which SDKs ask a process for them. Nothing of it may
# reach a log, so it asks for no mask and must be called with a pipe as its output.
print_credentials() {
  local token=${AWS_ID_TOKEN:-}
  if [ "$HOST" = github ]; then token=$(github_token sts.amazonaws.com) || exit 1; fi
  role_credentials "$token" | jq -c '.Credentials
    | {Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration}'
}

# prepare_credentials FOLDER, use_credentials FOLDER: for a program that may work longer than our own credentials live.
# The one makes a process in FOLDER that the program's SDK asks for new ones whenever it needs them, the other points
# this shell (a subshell that becomes the program) at it. No credential is written down. At a terminal the program finds
# the person's own, as the aws command does; keys that don't end are in the program's environment already.
prepare_credentials() {
  if [ "$HOST" = terminal ] || has_static_keys; then return 0; fi
  # shellcheck disable=SC2154 # set by every script
  {
    printf '#!/usr/bin/env bash\nset -euo pipefail\n'
    printf '. %q\n' "$here/lib/common.sh" "$here/lib/sign-in-aws.sh" "$here/lib/terraform-aws.sh"
    printf 'print_credentials\n'
  } >"$1/credentials"
  chmod 700 "$1/credentials"
  printf '[profile pipewright]\ncredential_process = %s\n' "$1/credentials" >"$1/config"
}

use_credentials() {
  if [ "$HOST" = terminal ] || has_static_keys; then return 0; fi
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_DEFAULT_PROFILE
  export AWS_PROFILE=pipewright AWS_CONFIG_FILE=$1/config AWS_SHARED_CREDENTIALS_FILE=/dev/null
}
