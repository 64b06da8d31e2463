#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Rolls services out on ECS Fargate by digest, waits for these very deployments, and puts back what ran before.
# Variables: CLUSTER, ROLLOUT_MINUTES (20), MIGRATE_MINUTES (15), POLL_SECONDS (6), FORCE (SERVICE names the only service
# that it means), and of each of SERVICES its family, service, container, minimum, maximum and migrate.
#
# calls: ecs:DescribeServices, ecs:UpdateService on services
# calls: ecs:DescribeTaskDefinition on *
# calls: ecs:RegisterTaskDefinition on *
# calls: ecs:TagResource on task-definitions if ecs:CreateAction=RegisterTaskDefinition
# calls: iam:PassRole on task-roles if iam:PassedToService=ecs-tasks.amazonaws.com
# calls: ecs:ListTasks on * if ecs:cluster=cluster
# calls: ecs:DescribeTasks on tasks
#
# calls: ecs:RunTask on task-definitions if ecs:cluster=cluster in deploy.sh
# calls: ecs:StopTask on tasks in deploy.sh
#
# All tables below are by the service's name in SERVICES.

needs+=(CLUSTER "the ECS cluster")

declare -A service_image=()    # REPOSITORY@DIGEST that it should run; filled by the caller before prepare_rollout
declare -A service_revision=() # the task definition that runs that image
declare -A before_revision=()  # what ran before and can be gone back to; empty where nothing ran, or only this is known:
declare -A before_image=()     # the image that passed before, where no revision of it is known to run
declare -A before_primary=()   # the revision that the service named before, whether it ran or not
declare -A before_desired=()   # how many tasks it wanted before
declare -A current_id=()       # a deployment of that revision that is there already, finished or under way
declare -A is_current=()       # yes where nothing has to be rolled out
declare -A waiting_id=()       # the deployment that is waited for
declare -A resized=()          # services that are waited for until they have as many tasks as they want
declare -A given_up_id=()      # a deployment that failed, or that was waited for in vain
all_services=()                # their names, in the order of SERVICES
started=()                     # services that were begun to be changed, by this script or by one that was killed
migration_task=                # a migration that runs at this moment
ecs_folder=                    # for what ECS answers

# describe_services NAME...: prints {NAME: what ECS says of it} for these services.
describe_services() {
  local folder name answer
  local -a batch
  folder=$(mktemp -d "$ecs_folder/look.XXXXXX") || return 1
  while [ $# -gt 0 ]; do
    batch=()
    while [ $# -gt 0 ] && [ ${#batch[@]} -lt 10 ]; do
      name=$(service_value "$1" service)
      batch+=("$name")
      shift
    done
    answer=$(aws_try ecs describe-services --cluster "$CLUSTER" --services "${batch[@]}") ||
      { aws_failed "can't ask ECS for the services of $CLUSTER"; return 1; }
    printf '%s' "$answer" >>"$folder/answers"
  done
  # shellcheck disable=SC2153 # SERVICE is another variable
  jq -cs --argjson wanted "$SERVICES" '(map(.services[]) | map({key: .serviceName, value: .}) | from_entries) as $found
    | $wanted | map(select($found[.service] != null) | {key: .name, value: $found[.service]}) | from_entries' "$folder/answers"
  rm -rf -- "$folder"
}

# of NAME FILTER: what the jq filter says of one service in ecs_seen, the last answer of describe_services.
of() { printf '%s' "$ecs_seen" | jq -r --arg name "$1" ".[\$name] | ($2) | values"; }

# see NAME: the same for what is asked most: its status, how many tasks it wants, and of its PRIMARY deployment the id,
# the revision and the state; in seen_other the revision of a finished deployment that the PRIMARY one is to replace.
see() {
  IFS=$'\t' read -r seen_status seen_desired seen_id seen_primary seen_state seen_other < <(
    printf '%s' "$ecs_seen" | jq -r --arg name "$1" '.[$name] // {} | (.deployments // []) as $all
      | ([$all[] | select(.status == "PRIMARY")] | .[0] // {}) as $primary
      | [.status // "MISSING", .desiredCount // 0, $primary.id // "-", $primary.taskDefinition // "-",
         $primary.rolloutState // "COMPLETED",
         ([$all[] | select(.status == "ACTIVE" and .rolloutState == "COMPLETED")] | .[0].taskDefinition // "-")]
      | map(tostring) | join("\t")')
}

# image_of_revision REVISION CONTAINER: the image that it runs.
image_of_revision() {
  local answer
  answer=$(aws_try ecs describe-task-definition --task-definition "$1") || { aws_failed "can't read $1"; return 1; }
  printf '%s' "$answer" | jq -r --arg container "$2" \
    '.taskDefinition.containerDefinitions[] | select(.name == $container) | .image'
}

# look_at_services RECORDED: remembers what runs, before anything is changed. RECORDED is the JSON object of services
# and digests of the target's newest record, or {}. What is gone back to is what passed: where something else runs, a
# deploy was killed before it came to its end, and had rolled that service out or was about to.
look_at_services() {
  local name recorded candidate image
  temporary_folder ecs_folder
  number ROLLOUT_MINUTES 20
  number MIGRATE_MINUTES 15
  number POLL_SECONDS 6
  [ ${#all_services[@]} -gt 0 ] || mapfile -t all_services < <(service_names)
  ecs_seen=$(describe_services "${all_services[@]}") || return 1
  for name in "${all_services[@]}"; do
    see "$name"
    if [ "$seen_status" != ACTIVE ]; then
      problem "there is no running ECS service $(service_value "$name" service) in $CLUSTER: apply the target's platform first"
      return 1
    fi
    before_desired[$name]=$seen_desired
    before_primary[$name]=$seen_primary
    before_revision[$name]=
    before_image[$name]=
    [ "$seen_desired" -gt 0 ] || continue
    candidate=$seen_primary
    # A deployment that is under way, or that failed, replaces the older one that still has tasks.
    if [ "$seen_state" != COMPLETED ]; then candidate=${seen_other#-}; fi
    recorded=$(printf '%s' "$1" | jq -r --arg name "$name" '.[$name] // empty')
    if is_digest "$recorded"; then
      image=
      if [ -n "$candidate" ]; then image=$(image_of_revision "$candidate" "$(service_value "$name" container)") || return 1; fi
      if [ "${image##*@}" != "$recorded" ]; then
        candidate=
        before_image[$name]=$(service_value "$name" repository)@$recorded
      fi
    fi
    before_revision[$name]=$candidate
    if [ -z "$candidate${before_image[$name]}" ]; then before_desired[$name]=0; fi
    if [ "$seen_state" != COMPLETED ] || [ -n "${before_image[$name]}" ]; then
      started+=("$name")
      say "$name: a deployment was left in the state $seen_state; what is gone back to is" \
        "${before_image[$name]:-${before_revision[$name]:-nothing}}"
    fi
  done
}

# running_services: prints the services that run, and which digest.
running_services() {
  local name image
  for name in "${all_services[@]}"; do
    see "$name"
    [ "$seen_desired" -gt 0 ] || continue
    image=$(image_of_revision "$seen_primary" "$(service_value "$name" container)") || return 1
    printf '%s %s\n' "$name" "${image##*@}"
  done | digests_as_json
}

# revision_with NAME IMAGE: prints a revision of the service's family that runs IMAGE: the newest one where it does so
# already, else the newest one with this image in place of its own, registered now.
revision_with() {
  local answer family container folder image
  family=$(service_value "$1" family)
  container=$(service_value "$1" container)
  answer=$(aws_try ecs describe-task-definition --task-definition "$family" --include TAGS) ||
    { aws_failed "can't read the task definition $family"; return 1; }
  image=$(printf '%s' "$answer" | jq -r --arg container "$container" \
    '[.taskDefinition.containerDefinitions[] | select(.name == $container) | .image] | if length == 1 then .[0] else empty end')
  if [ -z "$image" ]; then
    problem "the task definition $family has no container $container"
    return 1
  fi
  if [ "$image" = "$2" ]; then
    printf '%s' "$answer" | jq -r .taskDefinition.taskDefinitionArn
    return 0
  fi
  folder=$(mktemp -d "$ecs_folder/revision.XXXXXX") || return 1
  # What ECS adds to a task definition, and takes from nobody, is left out.
  printf '%s' "$answer" | jq --arg container "$container" --arg image "$2" '
    ((.tags // []) | map(select(.key | startswith("aws:") | not))) as $tags
    | .taskDefinition
    | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy,
        .deregisteredAt, .deleteRequestedAt)
    | .containerDefinitions |= map(if .name == $container then .image = $image else . end)
    | if ($tags | length) > 0 then .tags = $tags else . end' >"$folder/input" || return 1
  answer=$(aws_try ecs register-task-definition --cli-input-json "file://$folder/input") ||
    { aws_failed "can't register a task definition for $1"; return 1; }
  rm -rf -- "$folder"
  printf '%s' "$answer" | jq -r .taskDefinition.taskDefinitionArn
}

# prepare_rollout: finds or registers the revision of every service, and whether it has to be rolled out at all.
prepare_rollout() {
  local name
  for name in "${all_services[@]}"; do
    service_revision[$name]=$(revision_with "$name" "${service_image[$name]}") || return 1
    see "$name"
    is_current[$name]=
    current_id[$name]=
    # A service that has no task has to be raised, whatever its revision.
    if [ "$seen_primary" = "${service_revision[$name]}" ] && ! is_forced "$name" && [ "$seen_desired" -gt 0 ]; then
      case $seen_state in
        COMPLETED) is_current[$name]=yes ;;
        IN_PROGRESS) current_id[$name]=$seen_id ;;
      esac
    fi
  done
}

# start_deployment NAME REVISION [DESIRED]: tells ECS, and remembers which deployment to wait for. Of a revision whose
# deployment failed and is still there, ECS begins another one only where that is asked for.
start_deployment() {
  local answer id
  local -a more=()
  if [ -n "${3:-}" ]; then more+=(--desired-count "$3"); fi
  if is_forced "$1" || [ "$seen_primary $seen_state" = "$2 FAILED" ]; then more+=(--force-new-deployment); fi
  answer=$(aws_try ecs update-service --cluster "$CLUSTER" --service "$(service_value "$1" service)" \
    --task-definition "$2" "${more[@]}") || { aws_failed "can't update the service of $1"; return 1; }
  id=$(printf '%s' "$answer" | jq -r --arg revision "$2" \
    '.service.deployments[] | select(.status == "PRIMARY" and .taskDefinition == $revision) | .id')
  if [ -z "$id" ]; then
    problem "ECS took the update of $1, but names no deployment of $2"
    return 1
  fi
  waiting_id[$1]=$id
}

# resize NAME COUNT: another number of tasks, and the deployment stays the one that it is.
resize() {
  say "$1: from $seen_desired to $2 tasks"
  aws_try ecs update-service --cluster "$CLUSTER" --service "$(service_value "$1" service)" --desired-count "$2" >/dev/null ||
    { aws_failed "can't change how many tasks $1 has"; return 1; }
  resized[$1]=yes
  waiting_id[$1]=$seen_id
}

# wait_for_deployments: until each of waiting_id came to rest. False where one failed, was replaced by another or took
# longer than ROLLOUT_MINUTES.
wait_for_deployments() {
  local end name state unseen line tasks last=
  local -A missing=()
  end=$(($(date +%s) + ROLLOUT_MINUTES * 60))
  while [ ${#waiting_id[@]} -gt 0 ]; do
    [ "$HOST" = terminal ] || stay_signed_in
    ecs_seen=$(describe_services "${!waiting_id[@]}") || return 1
    line=
    for name in "${!waiting_id[@]}"; do
      state=$(of "$name" ".deployments[] | select(.id == \"${waiting_id[$name]}\") | .status + \" \" + (.rolloutState // \"COMPLETED\")
        + \" \" + \"\(.runningCount)/\(.desiredCount)\"")
      tasks=${state##* }
      case $state in
        'PRIMARY COMPLETED '*)
          if [ -n "${resized[$name]:-}" ] && ((${tasks%/*} < ${tasks#*/})); then
            line="$line $name $tasks"
            continue
          fi
          say "$name: ${waiting_id[$name]} is rolled out"
          unset "waiting_id[$name]"
          ;;
        *' FAILED '*)
          problem "$name: ${waiting_id[$name]} failed: $(one_line "$(of "$name" \
            ".deployments[] | select(.id == \"${waiting_id[$name]}\") | .rolloutStateReason")")"
          given_up_id[$name]=${waiting_id[$name]}
          why_not "$name"
          return 1
          ;;
        'PRIMARY '*) line="$line $name $tasks" ;;
        *)
          # ECS may answer from an older state once; gone twice in a row is gone.
          unseen=$((${missing[$name]:-0} + 1))
          missing[$name]=$unseen
          if ((unseen > 1)); then
            problem "$name: ${waiting_id[$name]} is no longer the service's deployment: another one took its place"
            why_not "$name"
            return 1
          fi
          ;;
      esac
    done
    [ ${#waiting_id[@]} -gt 0 ] || break
    if (($(date +%s) >= end)); then
      problem "not rolled out within $ROLLOUT_MINUTES minutes:$line"
      for name in "${!waiting_id[@]}"; do
        given_up_id[$name]=${waiting_id[$name]}
        why_not "$name"
      done
      return 1
    fi
    if [ "$line" != "$last" ]; then say "rolling out:$line"; fi
    last=$line
    pause "$POLL_SECONDS"
  done
}

# why_not NAME: what ECS tells of a service that does not come up: its newest events, and why its tasks stopped.
why_not() {
  local tasks
  local -a names
  say "what ECS says of $1:"
  of "$1" '.events[0:8][] | .message' | quoted
  tasks=$(aws_try ecs list-tasks --cluster "$CLUSTER" --service-name "$(service_value "$1" service)" --desired-status STOPPED) || return 0
  mapfile -t names < <(printf '%s' "$tasks" | jq -r '.taskArns[0:5][]')
  [ ${#names[@]} -gt 0 ] || return 0
  tasks=$(aws_try ecs describe-tasks --cluster "$CLUSTER" --tasks "${names[@]}") || return 0
  printf '%s' "$tasks" | jq -r '[.tasks[] | .stoppedReason // empty, (.containers[] | .reason // empty,
    (.exitCode | values | "exit code \(.)"))] | unique | .[]' | quoted
}

# start_rollout: prints what changes, and tells ECS for every service that is not there already.
start_rollout() {
  local name count old
  for name in "${all_services[@]}"; do
    see "$name"
    count=$(count_for "$name" "$seen_desired")
    if [ -n "${is_current[$name]}" ]; then
      say "$name: runs ${service_image[$name]} already, nothing to roll out"
      if [ -n "$count" ]; then
        need_lease
        resize "$name" "$count" || return 1
      fi
      continue
    fi
    is_started "$name" || started+=("$name")
    if [ -n "${current_id[$name]}" ]; then
      say "$name: ${current_id[$name]} rolls out ${service_image[$name]} already; waiting for it"
      waiting_id[$name]=${current_id[$name]}
      if [ -n "$count" ]; then
        need_lease
        resize "$name" "$count" || return 1
      fi
      continue
    fi
    need_lease
    old=${before_image[$name]:-nothing}
    if [ -n "${before_revision[$name]}" ]; then
      old=$(image_of_revision "${before_revision[$name]}" "$(service_value "$name" container)") || return 1
    fi
    say "$name: $(one_line "$old") -> ${service_image[$name]} (${service_revision[$name]##*/})"
    [ -z "$count" ] || say "$name: from $seen_desired to $count tasks"
    start_deployment "$name" "${service_revision[$name]}" "$count" || return 1
  done
}

# put_back: every service that was begun to be changed runs again what passed before. Says what could not be put back,
# and is false then.
put_back() {
  local name failed=
  [ ${#started[@]} -gt 0 ] || return 0
  say "putting back what ran before"
  waiting_id=()
  resized=()
  # shellcheck disable=SC2034 # read by release.sh
  FORCE=false
  ecs_seen=$(describe_services "${started[@]}") || return 1
  for name in "${started[@]}"; do
    see "$name"
    if [ -n "${before_image[$name]}" ]; then
      before_revision[$name]=$(revision_with "$name" "${before_image[$name]}") || { failed=yes; continue; }
    fi
    if [ -z "${before_revision[$name]}" ]; then
      say "$name: nothing ran before, so there is nothing to go back to; back to ${before_desired[$name]} tasks"
      start_deployment "$name" "${before_primary[$name]}" "${before_desired[$name]}" || failed=yes
      unset "waiting_id[$name]"
    elif [ "$seen_primary $seen_id" = "${before_revision[$name]} ${given_up_id[$name]:-}" ]; then
      # Rolled out anew by force: another deployment of it would be no other one.
      problem "$name: what ran before is the very revision that does not come up, so there is nothing else to go back to; once" \
        "what it lacks is there, deploy again with FORCE"
      failed=yes
    elif [ "$seen_primary" = "${before_revision[$name]}" ] && [ "$seen_desired" -gt 0 ]; then
      # ECS's own circuit breaker went back already, or the update never reached it.
      say "$name: back on ${before_revision[$name]##*/}"
      waiting_id[$name]=$seen_id
    else
      say "$name: back to ${before_revision[$name]##*/}"
      start_deployment "$name" "${before_revision[$name]}" || failed=yes
    fi
  done
  wait_for_deployments || failed=yes
  if [ -n "$failed" ]; then
    problem "not everything could be put back on $ENVIRONMENT on $STACK: look at the cluster $CLUSTER"
    return 1
  fi
  say "what ran before runs again"
}

# migrate NAME: runs its migration once, from the new image, in the service's own network and role, and waits for it.
# Always on FARGATE, as a spot task could be taken away in the middle. False where it did not end with 0.
migrate() {
  local container answer network code task
  local -a left
  container=$(service_value "$1" container)
  # A killed run may have left one behind, and two at a time are never meant.
  answer=$(aws_try ecs list-tasks --cluster "$CLUSTER" --started-by "migrate-$1" --desired-status RUNNING) ||
    { aws_failed "can't list the tasks of $CLUSTER"; return 1; }
  mapfile -t left < <(printf '%s' "$answer" | jq -r '.taskArns[]')
  if [ ${#left[@]} -gt 0 ]; then
    say "$1: an earlier run's migration is still at work; waiting for ${left[*]##*/}"
    for task in "${left[@]}"; do wait_for_task "$task" || return 1; done
  fi
  network=$(of "$1" '.networkConfiguration | tojson')
  say "$1: migrating with $(one_line "$(service_value "$1" migrate)")"
  answer=$(jq -n --arg cluster "$CLUSTER" --arg revision "${service_revision[$1]}" --arg by "migrate-$1" \
    --argjson network "$network" --arg container "$container" --argjson command "$(service_value "$1" migrate)" \
    '{cluster: $cluster, taskDefinition: $revision, count: 1, launchType: "FARGATE", startedBy: $by,
      networkConfiguration: $network, overrides: {containerOverrides: [{name: $container, command: $command}]}}' >"$ecs_folder/task" &&
    aws_try ecs run-task --cli-input-json "file://$ecs_folder/task") || { aws_failed "can't start the migration of $1"; return 1; }
  migration_task=$(printf '%s' "$answer" | jq -r '.tasks[0].taskArn // empty')
  if [ -z "$migration_task" ]; then
    problem "ECS started no task for the migration of $1"
    printf '%s' "$answer" | jq -r '.failures[]? | "\(.reason // "") \(.detail // "")"' | quoted
    return 1
  fi
  wait_for_task "$migration_task" || { stop_migration; return 1; }
  migration_task=
  code=$(printf '%s' "$task_seen" | jq -r --arg container "$container" \
    '.containers[] | select(.name == $container) | .exitCode | values')
  if [ "$code" != 0 ]; then
    problem "the migration of $1 failed: ${code:+exit code $code}"
    printf '%s' "$task_seen" | jq -r '.stoppedReason // empty, (.containers[].reason // empty)' | quoted
    return 1
  fi
  say "$1: migrated"
}

# wait_for_task TASK: until it has stopped; what ECS then says of it is in task_seen.
wait_for_task() {
  local answer end
  end=$(($(date +%s) + MIGRATE_MINUTES * 60))
  while :; do
    [ "$HOST" = terminal ] || stay_signed_in
    answer=$(aws_try ecs describe-tasks --cluster "$CLUSTER" --tasks "$1") || { aws_failed "can't ask for the task $1"; return 1; }
    task_seen=$(printf '%s' "$answer" | jq -c '.tasks[0] // {}')
    [ "$(printf '%s' "$task_seen" | jq -r '.lastStatus // "MISSING"')" != STOPPED ] || return 0
    if (($(date +%s) >= end)); then
      problem "the task ${1##*/} is still running after $MIGRATE_MINUTES minutes"
      return 1
    fi
    pause "$POLL_SECONDS"
  done
}

# stop_migration: a migration must not go on when the lease is given to somebody else.
stop_migration() {
  [ -n "$migration_task" ] || return 0
  say "stopping the migration ${migration_task##*/}"
  aws_try ecs stop-task --cluster "$CLUSTER" --task "$migration_task" --reason "the deploy ended" >/dev/null ||
    aws_failed "can't stop the migration $migration_task"
  migration_task=
}
