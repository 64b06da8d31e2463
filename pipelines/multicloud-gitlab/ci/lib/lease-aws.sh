#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The object that is a target's lease, in S3, which writes it under a condition (If-None-Match: * or If-Match: ETAG): its
# version is its ETag. Needs sign-in-aws.sh. Variables: STATE_BUCKET, LEASE_KEY.
#
# calls: s3:GetObject, s3:PutObject on lease

# lease_cli ARGUMENT...: s3api that gives up early, so that a renewal can be tried again before the lease is over.
lease_cli() {
  AWS_MAX_ATTEMPTS=2 aws_try s3api "$@" --bucket "$STATE_BUCKET" --key "$LEASE_KEY" \
    --cli-connect-timeout 5 --cli-read-timeout 10
}

# lease_put FILE VERSION: writes FILE in place of that version, or of nothing, and prints the new version. 3 where the
# condition does not hold, 4 where another write is under way, 1 for failures.
lease_put() {
  local answer
  local -a condition=(--if-none-match '*')
  [ -z "$2" ] || condition=(--if-match "$2")
  if ! answer=$(lease_cli put-object --body "$1" --content-type application/json "${condition[@]}"); then
    if aws_said '\((PreconditionFailed|412|NoSuchKey|404)\)'; then return 3; fi
    if aws_said '\((ConditionalRequestConflict|409)\)'; then return 4; fi
    return 1
  fi
  printf '%s' "$answer" | jq -r '.ETag // empty' || return 1
}

# lease_get FILE: reads the object into FILE and prints its version. 3 where there is none, 1 for failures.
lease_get() {
  local answer
  if ! answer=$(lease_cli get-object "$1"); then
    if aws_said '\((NoSuchKey|404)\)'; then return 3; fi
    return 1
  fi
  printf '%s' "$answer" | jq -r '.ETag // empty' || return 1
}

# lease_place: what a person would call the object.
lease_place() { printf 's3://%s/%s' "$STATE_BUCKET" "$LEASE_KEY"; }
