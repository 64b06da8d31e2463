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
# what came after it.
refuse_replayed() {
  [ "$HOST" != terminal ] || return 0
  printf '%s' "$1" | jq -e --arg run "$RUN_URL" --arg commit "${2:-}" \
    '(.[0].run // "") == $run or all(.[]; .run != $run or ($commit != "" and .commit != $commit))' >/dev/null ||
    fail "this run has changed $ENVIRONMENT on $STACK already, and others changed it since: it is not done again;" \
      "start a new run"
}

# released_services: the same of what service_image says.
released_services() {
  local service
  for service in "${all_services[@]}"; do
    printf '%s %s\n' "$service" "${service_image[$service]##*@}"
  done | jq -Rcn '[inputs | split(" ") | {key: .[0], value: .[1]}] | from_entries'
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
