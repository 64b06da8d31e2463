#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Which Terraform the target's platform was made of: one SSM parameter, in which stands
#   {"state": "applied" | "changing" | "destroyed", "fingerprint": …, "commit": …, "host": …, "run": …}
# The fingerprint is that of platform.sh; where the platform is being changed, or is gone, it is empty.
# Variables: PLATFORM (the parameter's name), the facts about the run, and those of platform.sh, which it needs.
#
# calls: ssm:PutParameter on platform

# read_platform: prints what the parameter says, with "written", when SSM took it; 3 where there is none, 1 for failures.
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

# write_platform STATE: writes it; "applied" with the fingerprint of COMMIT.
write_platform() {
  local folder value fingerprint=
  if [ "$1" = applied ]; then fingerprint=$(platform_fingerprint) || exit 1; fi
  value=$(jq -cn --arg state "$1" --arg fingerprint "$fingerprint" --arg commit "$COMMIT" --arg host "$HOST" --arg run "$RUN_URL" \
    '{state: $state, fingerprint: $fingerprint, commit: $commit, host: $host, run: $run}') || return 1
  temporary_folder folder
  jq -n --arg name "$PLATFORM" --arg value "$value" '{Name: $name, Value: $value, Type: "String", Overwrite: true}' \
    >"$folder/value" || return 1
  aws_try ssm put-parameter --cli-input-json "file://$folder/value" >/dev/null ||
    { aws_failed "can't write the platform's fingerprint $PLATFORM"; return 1; }
  say "wrote to $PLATFORM: the platform of $ENVIRONMENT on $STACK is ${1/applied/that of $COMMIT}"
}

# need_platform_of_commit: stops unless the platform is what COMMIT's Terraform makes. Where this very run's plan was
# empty (PLAN_EMPTY=true), it is, whatever the parameter says: then the parameter is put right. Needs outdated.sh.
need_platform_of_commit() {
  local wanted seen has='' of='' status=0
  wanted=$(platform_fingerprint) || exit 1
  seen=$(read_platform) || status=$?
  case $status in
    0)
      has=$(printf '%s' "$seen" | jq -r .fingerprint)
      of=$(printf '%s' "$seen" | jq -r .commit)
      ;;
    3) ;;
    *) exit 1 ;;
  esac
  [ "$has" != "$wanted" ] || return 0
  if [ "${PLAN_EMPTY:-}" = true ]; then
    # A plan may be old by the time of the deploy: a platform that was changed since is not put back by a note.
    if [[ $of =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] && [ "$of" != "$COMMIT" ]; then
      status=0
      comes_before "$COMMIT" "$of" || status=$?
      [ "$status" -ne 0 ] || fail "this run is outdated: the platform of $ENVIRONMENT on $STACK was changed since for $of, which" \
        "comes after $COMMIT"
      [ "$status" -ne 2 ] || refuse_newer_than_clone "the platform of $ENVIRONMENT on $STACK was changed" "$of" "$seen"
    fi
    need_lease
    write_platform applied || exit 1
    return 0
  fi
  if [ -z "$seen" ]; then
    problem "the platform of $ENVIRONMENT on $STACK was never applied"
  else
    problem "the platform of $ENVIRONMENT on $STACK is not what $COMMIT describes: it is $(printf '%s' "$seen" |
      jq -r '"\(.state) by the commit \(.commit[0:40])"' | tr -cd 'A-Za-z0-9 ')"
  fi
  fail "apply it first: the operators' form with the action infra for $ENVIRONMENT on $STACK (or, signed in, ROOT=$ROOT" \
    "ci/terraform-plan.sh, then ci/terraform-apply.sh); then deploy again"
}
