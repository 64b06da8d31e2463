#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What a target's platform was made of, on AWS: one SSM parameter. Needs sign-in-aws.sh. Variables: PLATFORM (its name).
#
# calls: ssm:PutParameter on platform in deploy.sh, terraform-apply.sh, terraform-destroy.sh
# calls: ssm:GetParameter on platform in deploy.sh, terraform-apply.sh, terraform-plan.sh, terraform-drift.sh

needs+=(PLATFORM "the SSM parameter with the platform's fingerprint")

# read_platform: prints what it says, with "written", when SSM took it; 3 where there is none, 1 for failures.
read_platform() {
  local answer
  if ! answer=$(aws_try ssm get-parameter --name "$PLATFORM"); then
    if aws_said '\(ParameterNotFound\)'; then return 3; fi
    aws_failed "can't read the platform's fingerprint $PLATFORM"
    return 1
  fi
  printf '%s' "$answer" | jq -ce '.Parameter | .LastModifiedDate as $at | .Value | fromjson?
    | select(type == "object" and (.fingerprint | type == "string") and (.commit | type == "string")) | . + {written: $at}' ||
    return 3
}

# put_platform FILE: writes what is in FILE.
put_platform() {
  local folder
  temporary_folder folder
  jq -n --arg name "$PLATFORM" --rawfile value "$1" '{Name: $name, Value: $value, Type: "String", Overwrite: true}' \
    >"$folder/value" || return 1
  aws_try ssm put-parameter --cli-input-json "file://$folder/value" >/dev/null
}
