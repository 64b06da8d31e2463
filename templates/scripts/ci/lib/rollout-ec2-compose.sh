#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Rolls services out as containers on the instances of an Auto Scaling group by digest, one instance after the other, and
# puts back what ran before. Instances are told through SSM, and their host program does the work (docs: scripts.md).
# Variables: GROUP, ROLLOUT_MINUTES (20, for all instances together), MIGRATE_MINUTES (15), POLL_SECONDS (6), FORCE
# (SERVICE names the only service that it means), and of each of SERVICES its migrate.
#
# calls: autoscaling:DescribeAutoScalingGroups on *
# calls: elasticloadbalancing:DescribeTargetHealth on *
# calls: ssm:SendCommand on command-document
# calls: ssm:SendCommand on instances if ssm:resourceTag/aws:autoscaling:groupName=group
# calls: ssm:GetCommandInvocation on *

needs+=(GROUP "the target's Auto Scaling group")
host_program=/opt/pipewright/compose-host

# By the service's name in SERVICES:
declare -A service_image=() # REPOSITORY@DIGEST that it should run; filled by the caller before prepare_rollout
declare -A before_digest=() # what is gone back to: what passed, else what ran on every instance; empty: nothing
declare -A is_current=()    # yes where nothing has to be rolled out
all_services=()             # their names, in the order of SERVICES
# By the instance's id:
declare -A instance_runs=() # {NAME: DIGEST}, as its host program says
started=()                  # instances that were begun to be changed, by this script or by one that was killed
rolled=()                   # instances that run what they should

instances=()       # those in service, as last seen
target_groups=()   # the group's
well_groups=()     # those in which an instance was well before anything was changed
migration_task=    # "INSTANCE SERVICE" of a migration that runs at this moment
commands_folder=   # for what is told to SSM
command_code=      # how the last command ended

# see_instances: fills instances and target_groups. False, after saying why, where the group has nothing to roll out on.
see_instances() {
  local answer
  # shellcheck disable=SC2153 # group is another variable
  answer=$(aws_try autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$GROUP") ||
    { aws_failed "can't ask for the Auto Scaling group $GROUP"; return 1; }
  if ! printf '%s' "$answer" | jq -e '.AutoScalingGroups | length > 0' >/dev/null; then
    problem "there is no Auto Scaling group $GROUP: apply the target's platform first"
    return 1
  fi
  mapfile -t instances < <(printf '%s' "$answer" | jq -r '[.AutoScalingGroups[0].Instances[] | select(.LifecycleState == "InService")
    | .InstanceId] | sort | .[]')
  mapfile -t target_groups < <(printf '%s' "$answer" | jq -r '.AutoScalingGroups[0].TargetGroupARNs // [] | sort | .[]')
  if [ ${#instances[@]} -eq 0 ]; then
    problem "the Auto Scaling group $GROUP has no instance in service, so there is nothing to deploy on: raise the target's" \
      "instance.count and apply its platform, or see in the group's activity why its instances don't come up"
    return 1
  fi
}

# tell INSTANCE SECONDS ARGUMENT...: calls the host program there with these arguments, which are plain words, and waits
# for its end. What it printed is in FOLDER/out and FOLDER/err of commands_folder; its exit code is in command_code, empty
# where it never came to run. False where it did not end with 0.
tell() {
  local instance=$1 seconds=$2 answer id status end reply=
  shift 2
  command_code=
  : >"$commands_folder/out"
  : >"$commands_folder/err"
  # The agent gets two minutes to begin. What is begun may also have to wait for an earlier one, and to go back: only then is
  # it cut off, which is later than anybody here waits for it.
  jq -n --arg instance "$instance" --arg command "$host_program $*" --arg seconds "$((seconds * 3 + 900))" --arg comment "$PROJECT $ENVIRONMENT $STACK" \
    '{DocumentName: "AWS-RunShellScript", InstanceIds: [$instance], TimeoutSeconds: 120, Comment: $comment[:100],
      Parameters: {commands: [$command], executionTimeout: [$seconds]}}' >"$commands_folder/command"
  end=$(($(date +%s) + seconds + 600))
  until answer=$(aws_try ssm send-command --cli-input-json "file://$commands_folder/command"); do
    # An instance that has just come up is in service before its agent is there.
    if ! aws_said '\(InvalidInstanceId\)' || (($(date +%s) >= end - seconds - 300)); then
      aws_failed "SSM takes no command for $instance"
      return 1
    fi
    ! is_gone "$instance" || return 1
    pause "$POLL_SECONDS"
  done
  id=$(printf '%s' "$answer" | jq -r '.Command.CommandId')
  while :; do
    [ "$HOST" = terminal ] || stay_signed_in
    if ! reply=$(aws_try ssm get-command-invocation --command-id "$id" --instance-id "$instance"); then
      # SSM knows of it only some seconds after it took it.
      if ! aws_said '\(InvocationDoesNotExist\)'; then
        aws_failed "can't ask SSM how $instance is getting on"
        return 1
      fi
      reply='{"Status":"Pending"}'
    fi
    status=$(printf '%s' "$reply" | jq -r '.StatusDetails // .Status | gsub(" "; "")')
    case $status in
      Pending | InProgress | Delayed | Cancelling) ;;
      *) break ;;
    esac
    if (($(date +%s) >= end)); then
      problem "$instance has not answered: $status"
      return 1
    fi
    pause "$POLL_SECONDS"
  done
  printf '%s' "$reply" | jq -j '.StandardOutputContent // ""' >"$commands_folder/out"
  printf '%s' "$reply" | jq -j '.StandardErrorContent // ""' >"$commands_folder/err"
  case $status in
    Success) command_code=0 ;;
    Failed) command_code=$(printf '%s' "$reply" | jq -r '.ResponseCode') ;;
    *) problem "SSM's command for $instance ended as $status" ;;
  esac
  [ "$command_code" = 0 ]
}

# tell_ready INSTANCE SECONDS ARGUMENT...: the same for an instance that may just be coming up: as long as its host program
# is not there (127) or not ready (4), it is waited for.
tell_ready() {
  local end
  end=$(($(date +%s) + ROLLOUT_MINUTES * 60))
  until tell "$@"; do
    if [ "$command_code" != 127 ] && [ "$command_code" != 4 ] || (($(date +%s) >= end)); then
      quoted <"$commands_folder/err"
      return 1
    fi
    say "$1 is not ready yet; waiting for it"
    pause "$POLL_SECONDS"
  done
}

# packed JSON: as one plain word, in which neither a shell nor SSM finds anything to replace.
packed() { printf '%s' "$1" | base64 | tr -d '\n'; }

# look_at INSTANCE: fills instance_runs.
look_at() {
  local runs
  tell_ready "$1" 120 status || { problem "can't ask $1 what it runs"; return 1; }
  runs=$(jq -ce 'select(.contract == 1) | .services | select(type == "object")' "$commands_folder/out" 2>/dev/null) ||
    { problem "the host program of $1 answers in another way than this script knows: apply the target's platform"; return 1; }
  instance_runs[$1]=$runs
}

# runs_on INSTANCE NAME: the digest of the service there; nothing where it does not run.
runs_on() { printf '%s' "${instance_runs[$1]}" | jq -r --arg name "$2" '.[$name] // empty'; }

# look_at_services RECORDED: remembers what runs, before anything is changed. RECORDED is the JSON object of services
# and digests of the target's newest record, or {}. What is gone back to is what passed: where something else runs, a
# deploy was killed before it came to its end.
look_at_services() {
  local name instance recorded digest other group
  temporary_folder commands_folder
  number ROLLOUT_MINUTES 20
  number MIGRATE_MINUTES 15
  number POLL_SECONDS 6
  [ ${#all_services[@]} -gt 0 ] || mapfile -t all_services < <(service_names)
  see_instances || return 1
  for instance in "${instances[@]}"; do look_at "$instance" || return 1; done
  for name in "${all_services[@]}"; do
    digest=$(runs_on "${instances[0]}" "$name")
    for instance in "${instances[@]}"; do
      [ "$(runs_on "$instance" "$name")" = "$digest" ] || digest=
    done
    recorded=$(printf '%s' "$1" | jq -r --arg name "$name" '.[$name] // empty')
    if is_digest "$recorded"; then digest=$recorded; fi
    before_digest[$name]=$digest
    for instance in "${instances[@]}"; do
      other=$(runs_on "$instance" "$name")
      if [ "$other" != "$digest" ] && ! is_started "$instance"; then
        started+=("$instance")
        say "$instance: $name runs ${other:-nothing}, and what is gone back to is ${digest:-nothing}"
      fi
    done
  done
  well_groups=()
  for group in "${target_groups[@]}"; do
    if [ -n "$(well_in "$group")" ]; then well_groups+=("$group"); fi
  done
}

# well_in GROUP: the group's instances that this target group calls healthy, one a line.
well_in() {
  local answer
  answer=$(aws_try elbv2 describe-target-health --target-group-arn "$1") ||
    { aws_failed "can't ask how the instances are in ${1##*:targetgroup/}"; return 1; }
  printf '%s' "$answer" | jq -r --args '[.TargetHealthDescriptions[] | select(.TargetHealth.State == "healthy") | .Target.Id
    | select(IN($ARGS.positional[]))] | unique | .[]' "${instances[@]}"
}

# running_services: prints the services that run, and which digest; where instances differ, that of the first which does
# not run what is gone back to.
running_services() {
  local name instance digest found
  for name in "${all_services[@]}"; do
    found=
    for instance in "${instances[@]}"; do
      digest=$(runs_on "$instance" "$name")
      if [ -n "$digest" ] && { [ -z "$found" ] || [ "$digest" != "${before_digest[$name]}" ]; }; then found=$digest; fi
    done
    [ -z "$found" ] || printf '%s %s\n' "$name" "$found"
  done | digests_as_json
}

# prepare_rollout: what has to be rolled out at all.
prepare_rollout() {
  local name instance
  for name in "${all_services[@]}"; do
    is_current[$name]=yes
    ! is_forced "$name" || is_current[$name]=
    for instance in "${instances[@]}"; do
      [ "$(runs_on "$instance" "$name")" = "${service_image[$name]##*@}" ] || is_current[$name]=
    done
  done
}

# start_rollout: prints what changes. Every instance is told when it is its turn.
start_rollout() {
  local name
  for name in "${all_services[@]}"; do
    if [ -n "${is_current[$name]}" ]; then
      say "$name: runs ${service_image[$name]} already, nothing to roll out"
    else
      say "$name: ${before_digest[$name]:-nothing} -> ${service_image[$name]}"
    fi
  done
  say "instances: ${instances[*]}"
  rolled=()
}

# is_rolled INSTANCE
is_rolled() {
  local one
  for one in "${rolled[@]}"; do
    if [ "$one" = "$1" ]; then return 0; fi
  done
  return 1
}

# wait_for_deployments: one instance after the other, each until it is well; then those that came into service meanwhile,
# and started with what the record still says. False where one did not get well or all took longer than ROLLOUT_MINUTES.
wait_for_deployments() {
  local wish forced='[]' end instance name again=yes
  local -a groups=("${well_groups[@]}")
  wish=$(released_services)
  # Every service gets an image: then the balancer has to find all of them well.
  if [ ${#all_services[@]} -eq "$(service_names | wc -l)" ]; then groups=("${target_groups[@]}"); fi
  for name in "${all_services[@]}"; do
    if is_forced "$name"; then forced=$(jq -cn --argjson all "$forced" --arg name "$name" '$all + [$name]'); fi
  done
  end=$(($(date +%s) + ROLLOUT_MINUTES * 60))
  while [ -n "$again" ]; do
    again=
    for instance in "${instances[@]}"; do
      is_rolled "$instance" && continue
      if [ "$forced" = '[]' ] && jq -en --argjson now "${instance_runs[$instance]}" --argjson wish "$wish" \
        'all($wish | to_entries[]; $now[.key] == .value)' >/dev/null; then
        rolled+=("$instance")
        continue
      fi
      need_lease
      is_started "$instance" || started+=("$instance")
      again=yes
      if roll_instance "$instance" "$wish" "$forced" "$end" "${groups[@]}"; then
        rolled+=("$instance")
      elif is_gone "$instance"; then
        say "$instance is no longer in service; its successor starts with what the record says"
      else
        return 1
      fi
    done
    see_instances || return 1
    for instance in "${instances[@]}"; do
      if [ -z "${instance_runs[$instance]:-}" ]; then
        say "$instance came into service meanwhile"
        look_at "$instance" || return 1
        again=yes
      fi
    done
  done
}

# is_gone INSTANCE: whether it is not among those in service any more.
is_gone() {
  see_instances || return 1
  [[ " ${instances[*]} " != *" $1 "* ]]
}

# roll_instance INSTANCE WISH FORCED END [TARGET GROUP...]: until its host program says that the containers are well, and
# these target groups that the instance is.
roll_instance() {
  local instance=$1 end=$4 seconds group healthy
  seconds=$(($4 - $(date +%s)))
  if ((seconds < 1)); then
    problem "not rolled out within $ROLLOUT_MINUTES minutes: $instance was not begun"
    return 1
  fi
  say "$instance: rolling out"
  if ! tell_ready "$instance" "$seconds" roll-out \
    "$(packed "$(jq -cn --argjson services "$2" --argjson force "$3" --argjson seconds "$seconds" '{$services, $force, $seconds}')")"; then
    ! is_gone "$instance" || return 1
    case $command_code in
      1) problem "$instance: the rollout failed there; it runs again what was well before" ;;
      3) problem "$instance: the rollout failed there, and what was well before could not be put back" ;;
      *) problem "$instance: the rollout failed there${command_code:+ with exit code $command_code}" ;;
    esac
    return 1
  fi
  quoted <"$commands_folder/err"
  shift 4
  for group in "$@"; do
    while :; do
      healthy=$(well_in "$group") || return 1
      if grep -Fxq -e "$instance" <<<"$healthy"; then break; fi
      if (($(date +%s) >= end)); then
        problem "$instance: the load balancer does not find it well within $ROLLOUT_MINUTES minutes (${group##*:targetgroup/})"
        return 1
      fi
      pause "$POLL_SECONDS"
    done
  done
  look_at "$instance" || return 1
  say "$instance: rolled out"
}

# put_back: every instance that was begun to be changed runs again what passed before. Says what could not be put back,
# and is false then.
put_back() {
  local wish name instance failed=
  [ ${#started[@]} -gt 0 ] || return 0
  say "putting back what ran before"
  # shellcheck disable=SC2034 # read by release.sh
  FORCE=false
  wish=$(for name in "${all_services[@]}"; do printf '%s %s\n' "$name" "${before_digest[$name]:-null}"; done |
    jq -Rcn '[inputs | split(" ") | {key: .[0], value: (if .[1] == "null" then null else .[1] end)}] | from_entries')
  for name in "${all_services[@]}"; do
    [ -n "${before_digest[$name]}" ] || say "$name: nothing ran before, so there is nothing to go back to; it is stopped"
  done
  for instance in "${started[@]}"; do
    say "$instance: back to what ran before"
    if ! roll_instance "$instance" "$wish" '[]' $(($(date +%s) + ROLLOUT_MINUTES * 60)) "${well_groups[@]}"; then
      if is_gone "$instance"; then say "$instance is no longer in service"; else failed=yes; fi
    fi
  done
  if [ -n "$failed" ]; then
    problem "not everything could be put back on $ENVIRONMENT on $STACK: look at the instances of $GROUP"
    return 1
  fi
  say "what ran before runs again"
}

# migrate NAME: runs its migration once, on one instance, from the new image, with the service's variables and secrets,
# and waits for it. False where it did not end with 0.
migrate() {
  local wish
  say "$1: migrating with $(one_line "$(service_value "$1" migrate)") on ${instances[0]}"
  wish=$(jq -cn --arg digest "${service_image[$1]##*@}" --argjson command "$(service_value "$1" migrate)" --argjson seconds $((MIGRATE_MINUTES * 60)) \
    '{$digest, $command, $seconds}')
  migration_task="${instances[0]} $1"
  if ! tell_ready "${instances[0]}" $((MIGRATE_MINUTES * 60 + 900)) run "$1" "$(packed "$wish")"; then
    problem "the migration of $1 failed"
    # Its host program ended it, or never began it; where nobody knows, it is stopped.
    [ -z "$command_code" ] || migration_task=
    stop_migration
    return 1
  fi
  migration_task=
  quoted <"$commands_folder/err"
  say "$1: migrated"
}

# stop_migration: a migration must not go on when the lease is given to somebody else.
stop_migration() {
  local task=$migration_task
  [ -n "$task" ] || return 0
  migration_task=
  say "stopping the migration of ${task#* }"
  tell "${task%% *}" 60 stop-run "${task#* }" || problem "can't stop the migration of ${task#* } on ${task%% *}"
}
