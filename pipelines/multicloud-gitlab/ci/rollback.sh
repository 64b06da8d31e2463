#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Takes one target back: to the entry of its record before the newest one, or to IMAGE, for all services or for SERVICE.
# Only what passed on this very target comes into question. Takes the target's lease, rolls out as a deploy does, asks the
# smoke tests, and adds an entry to the record; nothing is built, copied or migrated. On any failure or signal it puts
# back what ran before.
#
# "Before the newest one" is the newest entry whose digests differ from what the newest says. Where something runs that
# never passed here, because a deploy was killed, it is the newest entry itself.
#
# Variables (docs: scripts.md): PROJECT ENVIRONMENT STACK CLOUD REGISTRY RUNTIME, those of each of the three, SERVICES
#   STATE_BUCKET LEASE_KEY RECORD, where the smoke tests ask; may be given: IMAGE SERVICE EXPECT_REF SMOKE_RETRIES
#   SMOKE_DELAY_SECONDS ROLLOUT_MINUTES POLL_SECONDS LEASE_SECONDS LEASE_WAIT_MINUTES
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
choose_libraries CLOUD sign-in lease record address
choose_libraries REGISTRY registry
choose_libraries RUNTIME rollout
# shellcheck source=/dev/null
. "$here/lib/sign-in-$CLOUD.sh"
# shellcheck source=lib/registry.sh
. "$here/lib/registry.sh"
# shellcheck source=/dev/null
. "$here/lib/registry-$REGISTRY.sh"
# shellcheck source=lib/lease.sh
. "$here/lib/lease.sh"
# shellcheck source=/dev/null
. "$here/lib/lease-$CLOUD.sh"
# shellcheck source=lib/record.sh
. "$here/lib/record.sh"
# shellcheck source=/dev/null
. "$here/lib/record-$CLOUD.sh"
# shellcheck source=/dev/null
. "$here/lib/rollout-$RUNTIME.sh"
# shellcheck source=lib/smoke.sh
. "$here/lib/smoke.sh"
# shellcheck source=/dev/null
. "$here/lib/address-$CLOUD.sh"
# shellcheck source=lib/release.sh
. "$here/lib/release.sh"

chosen='{}' commit=

# write_summary STATUS: what happened, on the run's page.
write_summary() {
  local service result=passed
  [ "$1" -eq 0 ] || result="**failed** (exit code $1)"
  summary "### $(markdown "$PROJECT"): rollback of $(markdown "$ENVIRONMENT") on $(markdown "$STACK"): $result"
  summary
  summary "| service | digest |"
  summary "| --- | --- |"
  for service in "${!service_image[@]}"; do
    summary "| $service | \`${service_image[$service]##*@}\` |"
  done
}

# choose RECORDS RUNNING: fills `chosen`, the services and digests to go back to, and `commit`, what they are of.
choose() {
  local choice
  # shellcheck disable=SC2016 # jq's variables
  choice=$(jq -cn --argjson records "$1" --argjson running "$2" --argjson services "$SERVICES" --arg service "${SERVICE:-}" \
    --arg image "${IMAGE:-}" '
    def digests: with_entries(select(.value | type == "string" and test("^sha256:[0-9a-f]{64}$")));
    [$services[].name] as $names
    | (if $service == "" then $names else [$service] end) as $wanted
    | [$records[] | .services |= digests] as $records
    | ($records[0].services // {}) as $newest
    | [$records[].services[]] as $all_passed
    | any($wanted[]; $running[.] != null and ($running[.] as $r | $all_passed | index($r) == null)) as $unknown
    | (if $image != "" then {services: ($wanted | map({key: ., value: $image}) | from_entries)}
       else first($records[] | select(.services as $s | any($wanted[]; . as $n | $s[$n] != null
         and ($s[$n] != $newest[$n] or ($unknown and $running[$n] != $s[$n]))))) end) as $entry
    # What is not wanted stays what the record says that it is.
    | ($newest + ($entry.services | with_entries(select(.key | IN($wanted[])))) | with_entries(select(.key | IN($names[])))) as $chosen
    | {services: $chosen,
       commit: (first($records[] | select(.services == $chosen) | .commit)
         // (if $service == "" then $entry.commit else null end) // $records[0].commit // "")}') || choice=
  [ -n "$choice" ] || fail "there is nothing to go back to: no other digest passed on $ENVIRONMENT on $STACK"
  chosen=$(printf '%s' "$choice" | jq -c .services)
  commit=$(printf '%s' "$choice" | jq -r .commit)
  [ -n "$commit" ] || commit=$COMMIT
}

# need_passed RECORDS NAME DIGEST: stops unless that digest passed on this target, and is still in its registry: the
# record says so of a service with the same image, or a passed tag stands on it.
need_passed() {
  local repository image recorded prefix='' tagged=yes
  repository=$(service_value "$2" repository)
  image=$(service_value "$2" image_of)
  [ -n "$repository" ] || wrong "SERVICES should name the repository of $2"
  recorded=$(jq -n --argjson records "$1" --argjson services "$SERVICES" --arg image "$image" --arg digest "$3" '
    [$services[] | select((.image_of // .name) == $image) | .name] as $names
    | any($records[].services | to_entries[]; .value == $digest and (.key | IN($names[])))')
  [ "$recorded" = true ] || prefix=passed_${ENVIRONMENT}_${STACK}_
  find_tag "$repository" "$3" "$prefix" || tagged=
  [ -n "$tagged" ] || [ "$recorded" = true ] ||
    fail "$3 never passed on $ENVIRONMENT on $STACK: neither its record nor a tag says so"
}

need PROJECT "the project's name" ENVIRONMENT "the environment" STACK "the stack" "${needs[@]}"
tools "${needed_tools[@]}" skopeo jq git curl od
need_services
may_name_service
if [ -n "${IMAGE:-}" ]; then
  is_digest "$IMAGE" || wrong "IMAGE should hold sha256: and 64 hex digits, not '$(one_line "$IMAGE")'"
  if [ -z "${SERVICE:-}" ] && [ "$(for name in $(service_names); do service_value "$name" image_of && echo; done | sort -u | wc -l)" -gt 1 ]; then
    wrong "SERVICE is missing: the services of $ENVIRONMENT on $STACK don't run one image, so IMAGE can't be that of all"
  fi
fi
check_ref
# shellcheck disable=SC2034 # read by the runtime's library
FORCE=false
sign_in
at_exit write_summary
take_lease
# After the lease, so that at the end it comes before giving the lease back.
at_exit put_back_if_failed

records=$(all_records) || exit 1
if [ "$HOST" != terminal ] && [ "$(printf '%s' "$records" | jq -r '.[0].run // ""')" = "$RUN_URL" ]; then
  # Started again it would go back from where it went back to.
  say "this run has rolled $ENVIRONMENT on $STACK back already"
  passed=yes
  exit 0
fi
refuse_replayed "$records"
look_at_services "$(printf '%s' "$records" | jq -c '.[0].services // {}')" || exit 1
running=$(running_services) || exit 1
choose "$records" "$running"
mapfile -t all_services < <(jq -nr --argjson services "$SERVICES" --argjson chosen "$chosen" '$services[].name | select($chosen[.] != null)')
for service in $(service_names); do
  digest=$(printf '%s' "$chosen" | jq -r --arg name "$service" '.[$name] // empty')
  if [ -z "$digest" ]; then
    say "note: nothing is known to have passed of $service: it stays as it is"
    continue
  fi
  need_passed "$records" "$service" "$digest"
  # shellcheck disable=SC2004 # a table of the runtime's library
  service_image[$service]=$(service_value "$service" repository)@$digest
done
need_lease
prepare_rollout || exit 1
roll_out || exit 1
services=$(released_services) || exit 1
need_lease
write_record "$services" "$commit" || exit 1
passed=yes
say "$ENVIRONMENT on $STACK is back on what $commit was"
