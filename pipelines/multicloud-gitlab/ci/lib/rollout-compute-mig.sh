#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Rolls services out on regional managed instance groups by digest, one group a service, waits for these very changes, and
# puts back what ran before. Terraform owns group and template; this writes two keys into the group's all-instances
# configuration, which Terraform ignores: pipewright-image (REPOSITORY@DIGEST) and pipewright-release (a word that is new with
# each rollout). The group then replaces its instances by itself, as its update policy says: new ones first. An instance
# tells in the guest attribute pipewright/state what became of it, "running RELEASE" or "failed RELEASE WHY".
# Needs sign-in-gcp.sh. Variables: GCP_PROJECT, GCP_REGION, ROLLOUT_MINUTES (20), MIGRATE_MINUTES (15), POLL_SECONDS (6),
# FORCE (SERVICE names the only service that it means), and of each of SERVICES its group, minimum, maximum and migrate.
#
# calls: compute.instanceGroupManagers.get, compute.instanceGroupManagers.update on groups
# calls: compute.autoscalers.get, compute.autoscalers.update on autoscalers
# calls: compute.instances.getGuestAttributes on instances
# calls: compute.regionOperations.get on *
# calls: compute.zoneOperations.get on * in deploy.sh
# calls: compute.instanceTemplates.get, compute.instanceTemplates.useReadOnly on templates in deploy.sh
# calls: compute.instances.create, compute.instances.setMetadata, compute.instances.setLabels, compute.instances.setTags on migrations in deploy.sh
# calls: compute.instances.setServiceAccount, compute.instances.get, compute.instances.delete on migrations in deploy.sh
# calls: compute.instances.getGuestAttributes, compute.disks.create, compute.disks.setLabels on migrations in deploy.sh
# calls: compute.subnetworks.use on subnetworks in deploy.sh
# calls: iam.serviceAccounts.actAs on service-accounts in deploy.sh
#
# All tables below are by the service's name in SERVICES.
# shellcheck disable=SC2154 # gcp_compute is that of sign-in-gcp.sh

declare -A service_image=()   # REPOSITORY@DIGEST that it should run; filled by the caller before prepare_rollout
declare -A before_image=()    # what passed before and can be gone back to; empty where nothing ran
declare -A before_release=()  # the release that rolled it out, where its instances may still be there
declare -A current_release=() # a rollout of service_image that is under way already
declare -A is_current=()      # yes where nothing has to be rolled out
declare -A waiting_release=() # the release that is waited for
all_services=()               # their names, in the order of SERVICES
started=()                    # services that were begun to be changed, by this script or by one that was killed
migration_task=               # a migration that runs at this moment: zones/ZONE/instances/NAME
migration_state=              # what became of it
mig_folder=                   # for what is sent

# group_of NAME: the address of its group.
group_of() { printf '%s/regions/%s/instanceGroupManagers/%s' "$gcp_compute" "$GCP_REGION" "$(service_value "$1" group)"; }

# see NAME: asks for the group. Fills seen_size (how many instances it wants), seen_image and seen_release (what they are to
# run; - for nothing), seen_state (reached: all are what they are to be; else changing), seen_stable (yes where nothing is
# under way), seen_autoscaler (its name or -), seen_policy (what is wrong with how it updates, or -); the whole in seen.
see() {
  seen=$(gcp_call GET "$(group_of "$1")") || {
    gcp_failed "can't ask for the group $(service_value "$1" group) of $1: was the target's platform applied?"
    return 1
  }
  IFS=$'\t' read -r seen_size seen_image seen_release seen_state seen_stable seen_autoscaler seen_policy < <(
    printf '%s' "$seen" | jq -r '(.allInstancesConfig.properties.metadata // {}) as $m | (.updatePolicy // {}) as $p
      | [.targetSize // 0, $m["pipewright-image"] // "-", $m["pipewright-release"] // "-",
         (if .status.allInstancesConfig.effective != false and .status.versionTarget.isReached then "reached" else "changing" end),
         (if .status.isStable then "yes" else "no" end), (.status.autoscaler // "-" | split("/") | last),
         (if $p.type != "PROACTIVE" then "its type is not PROACTIVE"
          elif $p.minimalAction != "REPLACE" then "its minimal action is not REPLACE"
          elif ($p.mostDisruptiveAllowedAction // "REPLACE") != "REPLACE" then "it forbids to replace instances"
          elif ($p.replacementMethod // "SUBSTITUTE") != "SUBSTITUTE" then "its replacement method is not SUBSTITUTE"
          elif ($p.maxUnavailable | .calculated // .fixed // 1) != 0 then "it lets instances be unavailable"
          elif ($p.maxSurge | .calculated // .fixed // 0) < ([.distributionPolicy.zones[]?] | length)
          then "its surge is smaller than its number of zones" else "-" end)]
      | map(tostring) | join("\t")')
}

# look_at_services RECORDED: remembers what runs, before anything is changed. RECORDED is the JSON object of services
# and digests of the target's newest record, or {}. What is gone back to is what passed: where something else runs, a
# deploy was killed before it came to its end, and had rolled that service out or was about to.
look_at_services() {
  local name recorded
  temporary_folder mig_folder
  number ROLLOUT_MINUTES 20
  number MIGRATE_MINUTES 15
  number POLL_SECONDS 6
  [ ${#all_services[@]} -gt 0 ] || mapfile -t all_services < <(service_names)
  for name in "${all_services[@]}"; do
    [[ $(service_value "$name" group) =~ ^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$ ]] || wrong "SERVICES should name the group of $name"
    see "$name" || return 1
    if [ "$seen_policy" != - ]; then
      problem "the group of $name would not keep its capacity while instances are replaced: of its update policy, $seen_policy"
      return 1
    fi
    before_image[$name]=
    before_release[$name]=
    [ "$seen_size" -gt 0 ] || continue
    recorded=$(printf '%s' "$1" | jq -r --arg name "$name" '.[$name] // empty')
    if is_digest "$recorded" && [ "${seen_image##*@}" != "$recorded" ]; then
      before_image[$name]=$(service_value "$name" repository)@$recorded
    elif is_digest "$recorded" || [ "$seen_state" = reached ]; then
      before_image[$name]=${seen_image#-}
      before_release[$name]=${seen_release#-}
    fi
    if [ "$seen_state" != reached ] || [ "${before_image[$name]}" != "${seen_image#-}" ]; then
      started+=("$name")
      say "$name: a rollout of $(one_line "$seen_image") was left $seen_state; what is gone back to is ${before_image[$name]:-nothing}"
    fi
  done
}

# running_services: prints the services that run, and which digest.
running_services() {
  local name
  for name in "${all_services[@]}"; do
    see "$name" || return 1
    if [ "$seen_size" -gt 0 ] && is_digest "${seen_image##*@}"; then printf '%s %s\n' "$name" "${seen_image##*@}"; fi
  done | digests_as_json
}

# prepare_rollout: finds out whether each service has to be rolled out at all.
prepare_rollout() {
  local name
  for name in "${all_services[@]}"; do
    see "$name" || return 1
    is_current[$name]=
    current_release[$name]=
    # A group that has no instance has to be raised, whatever it is to run.
    if [ "$seen_image" = "${service_image[$name]}" ] && [ "$seen_release" != - ] && ! is_forced "$name" && [ "$seen_size" -gt 0 ]; then
      look_at_instances "$name" "$seen_release" || return 1
      if [ "$seen_state" = reached ] && ((instances_well >= seen_size)); then
        is_current[$name]=yes
      elif [ -z "$instances_failed" ]; then
        current_release[$name]=$seen_release
      fi
    fi
  done
}

# look_at_instances NAME RELEASE: counts the group's instances that run the release in instances_well; in instances_failed
# stands why one can't.
look_at_instances() {
  local answer page='' address action health said
  instances_well=0
  instances_failed=
  while :; do
    answer=$(gcp_call POST "$(group_of "$1")/listManagedInstances?maxResults=500$page") ||
      { gcp_failed "can't list the instances of $1"; return 1; }
    while IFS=$'\t' read -r address action health; do
      said=$(guest_state "$address") || return 1
      case $said in
        "running $2") [ "$action" != NONE ] || instances_well=$((instances_well + 1)) ;;
        "failed $2"*) instances_failed="${address##*/} says: ${said#"failed $2"}" ;;
        # Instances are replaced under other names; one that is made again under its own was given up by its health check.
        *) [ "$action-$health" != RECREATING-ill ] || instances_failed="${address##*/} never became well, and is made anew" ;;
      esac
    done < <(printf '%s' "$answer" | jq -r '.managedInstances[]? | select(.instance and .currentAction != "DELETING")
      | [(.instance | sub("^.*/projects/[^/]*/"; "")), .currentAction,
         (if any(.instanceHealth[]?.detailedHealthState; . == "UNHEALTHY" or . == "TIMEOUT") then "ill" else "-" end)] | @tsv')
    page=$(printf '%s' "$answer" | jq -r '.nextPageToken // "" | if . == "" then . else "&pageToken=\(@uri)" end')
    [ -n "$page" ] || break
  done
}

# guest_state ADDRESS: prints what the instance says of itself; nothing where it hasn't said anything yet, or is gone.
guest_state() {
  local answer
  if answer=$(gcp_call GET "$gcp_compute/$1/getGuestAttributes?queryPath=pipewright%2Fstate"); then
    printf '%s' "$answer" | jq -r '.queryValue.items[]? | select(.namespace == "pipewright" and .key == "state") | .value' |
      tr -d '\000-\037\177' | cut -c 1-500
  elif ! gcp_said '^404 '; then
    gcp_failed "can't ask the instance ${1##*/} what it runs"
    return 1
  fi
}

# configure NAME IMAGE RELEASE: what all instances of the group are to run; null for nothing.
configure() {
  jq -n --arg image "$2" --arg release "$3" '{allInstancesConfig: {properties: {metadata:
    {"pipewright-image": $image, "pipewright-release": $release} | map_values(if . == "null" then null else . end)}}}' \
    >"$mig_folder/patch" || return 1
  gcp_change PATCH "$(group_of "$1")" "$mig_folder/patch" || { gcp_failed "can't configure the group of $1"; return 1; }
}

new_release() { od -An -N8 -tx1 /dev/urandom | tr -d ' \n'; }

# autoscaler_mode NAME [MODE]: prints the mode of its autoscaler (nothing where it has none), or sets it.
autoscaler_mode() {
  local answer
  [ "$seen_autoscaler" != - ] || return 0
  if [ -n "${2:-}" ]; then
    say "$1: autoscaling is $2"
    jq -n --arg mode "$2" '{autoscalingPolicy: {mode: $mode}}' >"$mig_folder/mode" || return 1
    gcp_change PATCH "$gcp_compute/regions/$GCP_REGION/autoscalers?autoscaler=$seen_autoscaler" "$mig_folder/mode" ||
      { gcp_failed "can't switch the autoscaler of $1"; return 1; }
    return 0
  fi
  answer=$(gcp_call GET "$gcp_compute/regions/$GCP_REGION/autoscalers/$seen_autoscaler") ||
    { gcp_failed "can't ask for the autoscaler of $1"; return 1; }
  printf '%s' "$answer" | jq -r '.autoscalingPolicy.mode // "ON"'
}

# fit NAME: as many instances as the service may have. Terraform makes groups of size 0 with autoscaling switched off, as
# there is no image yet; the first deploy raises the group and switches it on. From then on numbers are the autoscaling's.
fit() {
  local count mode
  count=$(count_for "$1" "$seen_size")
  mode=$(autoscaler_mode "$1") || return 1
  if [ -n "$count" ] && { [ "$mode" != ON ] || [ "$seen_size" = 0 ]; }; then
    need_lease
    resize "$1" "$count" || return 1
    waiting_release[$1]=${waiting_release[$1]:-$seen_release}
  fi
  if [ "$mode" = OFF ]; then
    need_lease
    autoscaler_mode "$1" ON || return 1
  fi
}

resize() {
  say "$1: from $seen_size to $2 instances"
  gcp_change POST "$(group_of "$1")/resize?size=$2" || { gcp_failed "can't change how many instances $1 has"; return 1; }
}

# start_rollout: prints what changes, and tells the group of every service that is not there already.
start_rollout() {
  local name
  for name in "${all_services[@]}"; do
    see "$name" || return 1
    if [ -n "${is_current[$name]}" ]; then
      say "$name: runs ${service_image[$name]} already, nothing to roll out"
    else
      is_started "$name" || started+=("$name")
      if [ -n "${current_release[$name]}" ]; then
        say "$name: ${current_release[$name]} rolls out ${service_image[$name]} already; waiting for it"
        waiting_release[$name]=${current_release[$name]}
      else
        need_lease
        waiting_release[$name]=$(new_release)
        say "$name: $(one_line "${before_image[$name]:-nothing}") -> ${service_image[$name]} (release ${waiting_release[$name]})"
        configure "$name" "${service_image[$name]}" "${waiting_release[$name]}" || return 1
      fi
    fi
    fit "$name" || return 1
  done
}

# wait_for_deployments: until each of waiting_release came to rest: the configuration is effective, the group stable, and
# every instance runs that release. False where one failed, was replaced by another or took longer than ROLLOUT_MINUTES.
wait_for_deployments() {
  local end name line last=
  end=$(($(date +%s) + ROLLOUT_MINUTES * 60))
  while [ ${#waiting_release[@]} -gt 0 ]; do
    stay_signed_in
    line=
    for name in "${!waiting_release[@]}"; do
      see "$name" || return 1
      if [ "$seen_release" != "${waiting_release[$name]}" ]; then
        problem "$name: ${waiting_release[$name]} is no longer what the group is to run: $(one_line "$seen_release") took its place"
        return 1
      fi
      look_at_instances "$name" "$seen_release" || return 1
      if [ -n "$instances_failed" ]; then
        problem "$name: $seen_release failed: $(one_line "$instances_failed")"
        why_not "$name"
        return 1
      elif [ "$seen_state-$seen_stable" = reached-yes ] && ((instances_well >= seen_size)); then
        say "$name: $seen_release is rolled out"
        unset "waiting_release[$name]"
      else
        line="$line $name $instances_well/$seen_size"
      fi
    done
    [ ${#waiting_release[@]} -gt 0 ] || break
    if (($(date +%s) >= end)); then
      problem "not rolled out within $ROLLOUT_MINUTES minutes:$line"
      for name in "${!waiting_release[@]}"; do why_not "$name"; done
      return 1
    fi
    if [ "$line" != "$last" ]; then say "rolling out:$line"; fi
    last=$line
    pause "$POLL_SECONDS"
  done
}

# why_not NAME: what Google tells of a group that does not come up.
why_not() {
  local answer
  answer=$(gcp_call GET "$(group_of "$1")/listErrors?maxResults=5") || return 0
  say "what Google says of $1:"
  printf '%s' "$answer" | jq -r '[.items[]? | "\(.instanceActionDetails.action // ""): \(.error.code // "") \(.error.message // "")"]
    | unique | .[]' | quoted
}

# put_back: every service that was begun to be changed runs again what passed before. Says what could not be put back,
# and is false then.
put_back() {
  local name failed=
  [ ${#started[@]} -gt 0 ] || return 0
  say "putting back what ran before"
  waiting_release=()
  for name in "${started[@]}"; do
    see "$name" || { failed=yes; continue; }
    if [ -z "${before_image[$name]}" ]; then
      say "$name: nothing ran before, so there is nothing to go back to; back to 0 instances"
      autoscaler_mode "$name" OFF && resize "$name" 0 && configure "$name" null null || failed=yes
      continue
    fi
    waiting_release[$name]=${before_release[$name]:-$(new_release)}
    say "$name: back to $(one_line "${before_image[$name]}")"
    # With the release that it had, instances that were not replaced yet are what they are to be.
    if [ "$seen_image $seen_release" != "${before_image[$name]} ${waiting_release[$name]}" ]; then
      configure "$name" "${before_image[$name]}" "${waiting_release[$name]}" || { failed=yes; unset "waiting_release[$name]"; }
    fi
  done
  wait_for_deployments || failed=yes
  if [ -n "$failed" ]; then
    problem "not everything could be put back on $ENVIRONMENT on $STACK: look at its groups in $GCP_PROJECT"
    return 1
  fi
  say "what ran before runs again"
}

# migration_name NAME: what the instance is called that migrates the service; its role may make no other.
migration_name() {
  local group head
  group=$(service_value "$1" group)
  if [ ${#group} -gt 55 ]; then
    head=${group:0:46}
    while [[ $head == *- ]]; do head=${head%-}; done
    group=$head-$(printf '%s' "$group" | sha256 | cut -c 1-8)
  fi
  printf 'migrate-%s' "$group"
}

# migrate NAME: runs its migration once, from the new image, on an instance of its own that is made from the group's
# template, so with the service's network and account, but always a standard one, as a spot instance could be taken away in
# the middle. It takes no requests: it is in no group. Google removes it where nobody else does. False where it did not end
# with 0.
migrate() {
  local template zone answer task
  see "$1" || return 1
  template=$(printf '%s' "$seen" | jq -r '.instanceTemplate // .versions[0].instanceTemplate // "" | sub("^.*/projects/"; "projects/")')
  zone=$(printf '%s' "$seen" | jq -r '.distributionPolicy.zones[0].zone // "" | split("/") | last')
  if [[ ! $template =~ ^projects/[^/]+/(global|regions/[^/]+)/instanceTemplates/[a-z0-9-]+$ ]] || [[ ! $zone =~ ^[a-z0-9-]+$ ]]; then
    problem "the group of $1 has no template or no zone"
    return 1
  fi
  task=zones/$zone/instances/$(migration_name "$1")
  # A killed run may have left one behind, and two at a time are never meant.
  look_at_migration "$task" || return 1
  if [ "$migration_state" != gone ]; then
    say "$1: an earlier run's migration is still there; waiting for ${task##*/} to end"
    wait_for_migration "$task" || return 1
    remove_instance "$task" || return 1
  fi
  answer=$(gcp_call GET "https://compute.googleapis.com/compute/v1/$template") || { gcp_failed "can't read the template of $1"; return 1; }
  printf '%s' "$answer" | jq --arg name "${task##*/}" --arg image "${service_image[$1]}" --arg release "$(new_release)" \
    --arg command "$(service_value "$1" migrate)" --argjson seconds $((MIGRATE_MINUTES * 60 + 900)) '
    {"pipewright-image": $image, "pipewright-release": $release, "pipewright-migrate": $command} as $own
    | {name: $name, metadata: {items: ([.properties.metadata.items[]? | select($own[.key] == null)] + ($own | to_entries))},
       scheduling: {provisioningModel: "STANDARD", preemptible: false, automaticRestart: false, instanceTerminationAction: "DELETE",
         maxRunDuration: {seconds: "\($seconds)"}}}' >"$mig_folder/instance" || return 1
  say "$1: migrating with $(one_line "$(service_value "$1" migrate)")"
  migration_task=$task
  gcp_change POST "$gcp_compute/zones/$zone/instances?sourceInstanceTemplate=$(printf '%s' "$template" | jq -Rr @uri)" "$mig_folder/instance" ||
    { gcp_failed "can't start the migration of $1"; stop_migration; return 1; }
  wait_for_migration "$task" || { stop_migration; return 1; }
  remove_instance "$task" || return 1
  migration_task=
  if [[ ! $migration_state =~ ^exited\ [0-9a-f]+\ 0$ ]]; then
    problem "the migration of $1 failed: $(one_line "$(printf '%s' "$migration_state" |
      sed -e 's/^exited [0-9a-f]* /exit code /' -e 's/^failed [0-9a-f]* //')")"
    return 1
  fi
  say "$1: migrated"
}

# look_at_migration ADDRESS: fills migration_state: what the instance says (exited RELEASE CODE, failed RELEASE WHY), gone
# where there is none, stopped where it will say nothing more; else running.
look_at_migration() {
  local answer
  migration_state=$(guest_state "$1") || return 1
  case $migration_state in exited\ * | failed\ *) return 0 ;; esac
  if answer=$(gcp_call GET "$gcp_compute/$1?fields=status"); then
    migration_state=running
    case $(printf '%s' "$answer" | jq -r .status) in STOPPED | TERMINATED | SUSPENDED) migration_state=stopped ;; esac
  elif gcp_said '^404 '; then
    migration_state=gone
  else
    gcp_failed "can't ask for the instance ${1##*/}"
    return 1
  fi
}

# wait_for_migration ADDRESS: until it has ended, however; false where that takes longer than MIGRATE_MINUTES.
wait_for_migration() {
  local end
  end=$(($(date +%s) + MIGRATE_MINUTES * 60))
  while :; do
    stay_signed_in
    look_at_migration "$1" || return 1
    [ "$migration_state" = running ] || return 0
    if (($(date +%s) >= end)); then
      problem "the migration ${1##*/} is still running after $MIGRATE_MINUTES minutes"
      return 1
    fi
    pause "$POLL_SECONDS"
  done
}

# remove_instance ADDRESS: and waits until it is gone.
remove_instance() {
  gcp_change DELETE "$gcp_compute/$1" || gcp_said '^404 ' || { gcp_failed "can't remove the instance ${1##*/}"; return 1; }
}

# stop_migration: a migration must not go on when the lease is given to somebody else.
stop_migration() {
  [ -n "$migration_task" ] || return 0
  say "stopping the migration ${migration_task##*/}"
  remove_instance "$migration_task" || true
  migration_task=
}
