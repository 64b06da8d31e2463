#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Where a target's record is on AWS: its entries are the versions of one SSM parameter, of which SSM keeps a hundred.
# Needs sign-in-aws.sh and record.sh. Variables: RECORD (the parameter's name).
#
# calls: ssm:GetParameter on record
# calls: ssm:GetParameterHistory on record in deploy.sh, rollback.sh
# calls: ssm:PutParameter on record in deploy.sh, rollback.sh, terraform-destroy.sh
# shellcheck disable=SC2154 # is_record is that of record.sh

needs+=(RECORD "the name of the target's record, an SSM parameter")

# newest_record: prints the newest entry, with "written", when SSM took it; 3 where there is none yet, 1 for failures.
newest_record() {
  local answer
  if ! answer=$(aws_try ssm get-parameter --name "$RECORD"); then
    if aws_said '\(ParameterNotFound\)'; then return 3; fi
    aws_failed "can't read the record $RECORD"
    return 1
  fi
  printf '%s' "$answer" |
    jq -ce ".Parameter | .LastModifiedDate as \$at | .Value | fromjson? | select($is_record) | . + {written: \$at}" || return 3
}

# all_records: prints all entries that there still are, newest first, as a JSON list; [] where there are none, 1 for
# failures.
all_records() {
  local answer
  if ! answer=$(aws_try ssm get-parameter-history --name "$RECORD"); then
    if aws_said '\(ParameterNotFound\)'; then echo '[]' && return 0; fi
    aws_failed "can't read the record $RECORD"
    return 1
  fi
  printf '%s' "$answer" | jq -ce "[.Parameters | sort_by(-.Version) | .[].Value | fromjson? | select($is_record)]"
}

# add_record FILE: adds the entry in FILE.
add_record() {
  local folder
  temporary_folder folder
  jq -n --arg name "$RECORD" --rawfile value "$1" \
    '{Name: $name, Value: $value, Type: "String", Tier: "Intelligent-Tiering", Overwrite: true}' >"$folder/entry" || return 1
  aws_try ssm put-parameter --cli-input-json "file://$folder/entry" >/dev/null
}
