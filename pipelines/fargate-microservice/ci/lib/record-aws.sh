#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The target's record: one entry per deploy that passed, the versions of one SSM parameter. An entry is
#   {"host": …, "run": …, "commit": …, "services": {NAME: DIGEST, …}}
# Where services is empty, nothing runs: the platform was destroyed. Variables: RECORD (the parameter's name), and the
# facts about the run.
#
# calls: ssm:GetParameter on record

is_record='type == "object" and (.commit | type == "string") and (.services | type == "object")'

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
# failures. SSM keeps a hundred.
all_records() {
  local answer
  if ! answer=$(aws_try ssm get-parameter-history --name "$RECORD"); then
    if aws_said '\(ParameterNotFound\)'; then echo '[]' && return 0; fi
    aws_failed "can't read the record $RECORD"
    return 1
  fi
  printf '%s' "$answer" | jq -ce "[.Parameters | sort_by(-.Version) | .[].Value | fromjson? | select($is_record)]"
}

# write_record SERVICES [COMMIT]: adds an entry; SERVICES is a JSON object of service names and digests, and COMMIT what
# they are of, where that is not the run's. Nothing is added where the newest entry says the same of the same commit, so
# that a run that is started again leaves one entry.
write_record() {
  local entry newest status=0 folder
  entry=$(jq -cn --arg host "$HOST" --arg run "$RUN_URL" --arg commit "${2:-$COMMIT}" --argjson services "$1" \
    '{host: $host, run: $run, commit: $commit, services: $services}') || return 1
  newest=$(newest_record) || status=$?
  case $status in
    0)
      if jq -en --argjson a "$newest" --argjson b "$entry" '[$a, $b] | map({commit, services}) | .[0] == .[1]' >/dev/null; then
        say "the record $RECORD says this already"
        return 0
      fi
      ;;
    3) ;;
    *) return 1 ;;
  esac
  temporary_folder folder
  jq -n --arg name "$RECORD" --arg value "$entry" \
    '{Name: $name, Value: $value, Type: "String", Tier: "Intelligent-Tiering", Overwrite: true}' >"$folder/entry" || return 1
  aws_try ssm put-parameter --cli-input-json "file://$folder/entry" >/dev/null ||
    { aws_failed "can't write the record $RECORD"; return 1; }
  say "wrote to the record $RECORD: $entry"
}
