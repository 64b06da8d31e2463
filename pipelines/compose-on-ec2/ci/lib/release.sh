#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What every release of a target has in common, be it a deploy or a way back. Needs the libraries of the lease, of the
# record, of the runtime and of the smoke tests.
#
# shellcheck disable=SC2154 # the tables are those of the runtime's library

passed= # yes once the record says so

# recorded_services: prints the services and digests of the newest entry of the record, {} where there is none.
recorded_services() {
  local entry status=0
  entry=$(newest_record) || status=$?
  case $status in
    0) printf '%s' "$entry" | jq -c .services ;;
    3) echo '{}' ;;
    *) exit 1 ;;
  esac
}

# refuse_replayed RECORDS [COMMIT]: stops where this run's own entry (of that commit) stands in the records, newest first,
# and is not the newest one. A run that passed can be started again without its gate being asked again, and would undo
# what came after it. Where a COMMIT is given and all that came after says the same, there is nothing to undo; a way back
# would lead forth again.
refuse_replayed() {
  [ "$HOST" != terminal ] || return 0
  printf '%s' "$1" | jq -e --arg run "$RUN_URL" --arg commit "${2:-}" '
    map({commit, services}) as $said
    | (map(.run == $run and ($commit == "" or .commit == $commit)) | index(true)) as $own
    | (.[0].run // "") == $run or $own == null or ($commit != "" and all($said[0:$own][]; . == $said[$own]))' >/dev/null ||
    fail "this run has changed $ENVIRONMENT on $STACK already, and others changed it since: it is not done again;" \
      "start a new run"
}

# digests_as_json: lines of a service and a digest on standard input as a JSON object.
digests_as_json() { jq -Rcn '[inputs | split(" ") | {key: .[0], value: .[1]}] | from_entries'; }

# released_services: the same of what service_image says.
released_services() {
  local service
  for service in "${all_services[@]}"; do
    printf '%s %s\n' "$service" "${service_image[$service]##*@}"
  done | digests_as_json
}

# is_forced NAME: whether it is rolled out anew even where it runs already what it should.
is_forced() {
  [ "${FORCE:-false}" = true ] || return 1
  [ -z "${SERVICE:-}" ] || [ "$SERVICE" = "$1" ]
}

# is_started ONE: whether it (a service, or what the runtime changes one after the other) was begun to be changed.
is_started() {
  local one
  for one in "${started[@]}"; do
    if [ "$one" = "$1" ]; then return 0; fi
  done
  return 1
}

# count_for NAME COUNT: how many tasks or instances the service is to want, where COUNT is what it wants now; nothing where
# that will do. The numbers in between are the autoscaling's.
count_for() {
  local least most
  least=$(service_value "$1" minimum)
  most=$(service_value "$1" maximum)
  if (($2 < least)); then
    echo "$least"
  elif [ -n "$most" ] && (($2 > most)); then
    echo "$most"
  fi
}

# roll_out: from what prepare_rollout found to what service_image says, until it is well.
roll_out() {
  start_rollout && wait_for_deployments && smoke_tests
}

# put_back_if_failed STATUS: at the end, whatever ended the script.
put_back_if_failed() {
  if [ "$1" -ne 0 ] && [ -z "$passed" ]; then
    if [ ${#started[@]} -eq 0 ] && [ -z "$migration_task" ]; then
      say "nothing was rolled out: $ENVIRONMENT on $STACK runs what it ran before"
    elif lease_held; then
      stop_migration
      put_back
    else
      problem "without the lease nothing is put back: whoever holds it now decides what $ENVIRONMENT on $STACK runs"
    fi
  fi
}
