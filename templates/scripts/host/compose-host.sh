#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Runs a target's services as containers on this instance, by digest, with docker compose. It is /opt/pipewright/compose-host
# there, beside images.sh, and belongs to root. Pipelines call it through SSM; at boot systemd does. docs: scripts.md, "The host program".
#
#   compose-host status               prints which digest of each service runs
#   compose-host roll-out DATA        DATA: {"services": {NAME: DIGEST or null, …}, "force": [NAME, …], "seconds": N}
#   compose-host run SERVICE DATA     DATA: {"digest": DIGEST, "command": [TEXT, …], "seconds": N}
#   compose-host stop-run SERVICE     ends what `run` began
#   compose-host boot                 starts what the target's newest record says
#
# DATA is JSON in base64, so that no shell and no template of SSM finds anything in it to replace. Exit codes: 0 done; 1 it
# failed, and what was well before runs again; 2 the call is wrong; 3 it failed, and what was well before could not be put
# back; 4 this instance is not ready yet.
#
# What the instance's role needs for it:
# runs: ssm:GetParameter on record
# runs: secretsmanager:GetSecretValue on secrets
# runs: kms:Decrypt on secret-keys if kms:ViaService=secrets-service
# runs: ecr:GetAuthorizationToken on *
# runs: ecr:BatchGetImage, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer on repositories
set -euo pipefail
umask 077
export LC_ALL=C AWS_PAGER=''
cd / # docker compose looks for files of its own where it is called

home=/opt/pipewright
settings=$home/host.json  # what Terraform says of this target
compose=$home/compose.json # its services, without their images
state=$home/state         # which images: wanted.json, good.json (what was last well), before.json (what was so before)
runtime=/run/pipewright   # memory: what holds secrets, and locks
name=pipewright           # the compose project
work=                     # a folder in $runtime that is removed at the end

# shellcheck source=images.sh
. "$home/images.sh" || exit 4 # user data is not done yet

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "error: $*"
  exit 1
}
wrong() {
  say "error: $*"
  exit 2
}

# end_of FILE: the last lines of what a command said. SSM passes on the beginning of our output, which would be the wrong end.
end_of() { tail -n 15 -- "$1" | tr -d '\000-\010\013-\037\177' | cut -c 1-160 | sed -e 's/^/  | /' >&2; }

# need_ready: everything that user data puts here is there, and the engine answers.
need_ready() {
  local what missing=
  for what in docker jq aws curl flock timeout base64; do
    command -v "$what" >/dev/null 2>&1 || missing="$missing $what"
  done
  for what in "$settings" "$compose"; do [ -s "$what" ] || missing="$missing $what"; done
  if [ -n "$missing" ]; then
    say "error: this instance is not ready yet; missing:$missing"
    exit 4
  fi
  if ! timeout 60 docker info >/dev/null 2>&1; then
    say "error: this instance is not ready yet: docker does not answer"
    exit 4
  fi
  jq -en --slurpfile s "$settings" --slurpfile c "$compose" '($s | length) == 1 and ($c | length) == 1 and ($s[0] | type == "object"
      and (.region, .record | type == "string" and . != "") and (.pull_secret // "" | type == "string")
      and (.settle_seconds // 0 | type == "number") and (.services | type == "object"))
    and all($s[0].services[]; (.repository | type == "string" and test("^[a-z0-9._:-]+(/[a-z0-9._-]+)+$"))
      and (.check // "" | type == "string") and (.secrets // {} | type == "object" and all(.[]; type == "string" and startswith("secret:"))))
    and ($c[0].services | type == "object") and all($c[0].services[]; type == "object" and (.environment // {} | type == "object"))
    and ($c[0].services | keys) == ($s[0].services | keys)' >/dev/null 2>&1 ||
    fail "$settings and $compose do not describe the same services in the way that is documented"
  AWS_REGION=$(jq -r .region "$settings")
  AWS_DEFAULT_REGION=$AWS_REGION
  export AWS_REGION AWS_DEFAULT_REGION
  mkdir -p -- "$state" "$runtime"
}

# need_work: makes the folder for secrets and answers, in memory; at the end nothing is left of it.
need_work() {
  work=$(mktemp -d "$runtime/work.XXXXXX")
  trap 'rm -rf -- "$work"' EXIT
  trap 'exit 143' HUP INT TERM
}

# only_one SECONDS: waits for other calls of this program that change what runs.
only_one() {
  exec 9>"$runtime/lock"
  flock --wait "$1" 9 || fail "another roll-out on this instance is still at work after $1 seconds"
}

# data TEXT: the JSON in TEXT, in base64.
data() { printf '%s' "$1" | base64 --decode 2>/dev/null | jq -ce 'select(type == "object")' 2>/dev/null || wrong "the data should be a JSON object in base64"; }

# kept NAME: the images that one of the files in $state says.
kept() { if [ -s "$state/$1.json" ]; then cat -- "$state/$1.json"; else echo '{}'; fi; }

# keep NAME IMAGES: whole or not at all, whatever happens in between.
keep() {
  printf '%s\n' "$2" >"$state/.$1.new"
  sync -- "$state/.$1.new" 2>/dev/null || sync
  mv -f -- "$state/.$1.new" "$state/$1.json"
}

same() { jq -en --argjson a "$1" --argjson b "$2" '$a == $b' >/dev/null; }

# containers: what docker says of every container of the services, as a list.
containers() {
  local ids
  ids=$(docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$name" --filter label=com.docker.compose.oneoff=False)
  if [ -z "$ids" ]; then echo '[]' && return 0; fi
  # One may be gone by now: what is asked is what there still is. The ids hold no blanks.
  # shellcheck disable=SC2086
  { docker inspect $ids 2>/dev/null || true; } | jq -c '[.[] | {service: .Config.Labels["com.docker.compose.service"], image: .Config.Image, id: .Id,
    restarts: .RestartCount, status: .State.Status, health: (.State.Health.Status // "none")}]'
}

# ---- what runs

# write_compose IMAGES FILE [SERVICE COMMAND]: the services that have an image, with it and with their secrets; or SERVICE
# alone, with that command and without what makes it a service. Everything is taken by the letter: compose would replace $.
write_compose() {
  jq -n --slurpfile compose "$compose" --slurpfile settings "$settings" --slurpfile secrets "$work/secrets.json" --argjson images "$1" \
    --arg only "${3:-}" --argjson command "${4:-null}" '
    $compose[0] | .services |= with_entries(select($images[.key] != null and ($only == "" or .key == $only))
      | .key as $name | .value |= (.image = $settings[0].services[$name].repository + "@" + $images[$name]
        | .environment = (.environment // {}) + ($secrets[0][$name] // {})
        | if $only == "" then .restart //= "unless-stopped"
          else del(.ports, .expose, .healthcheck, .container_name, .depends_on, .deploy) | .restart = "no" | .command = $command end))
    | walk(if type == "string" then gsub("\\$"; "$$") else . end)' >"$2"
}

# bring_up [NAME...]: begins what the compose file says, and ends every other container of ours; or these services anew.
bring_up() {
  local -a how=(--remove-orphans)
  [ $# -eq 0 ] || how=(--no-deps --force-recreate)
  timeout 600 docker compose --project-name "$name" --file "$work/compose.json" up --detach "${how[@]}" -- "$@" \
    </dev/null >"$work/said" 2>&1 || { say "error: docker compose could not bring the services up"; end_of "$work/said"; return 1; }
}

# complain TEXT: about the services in $work/unwell, each with the end of its log.
complain() {
  local line
  say "error: $1"
  while IFS= read -r line; do
    say "$line; the end of its log:"
    logs_of "${line%% *}"
  done <"$work/unwell"
}

# answer: whether every address in $work/checks answers well; of those that don't, $work/unwell says so.
answer() {
  local service address
  while IFS=' ' read -r service address; do
    curl -sS --fail --globoff --max-time 5 --noproxy '*' -o /dev/null -- "$address" </dev/null 2>"$work/said" ||
      printf '%s does not answer well at %s: %s\n' "$service" "$address" "$(tr -d '\000-\037' <"$work/said" | cut -c 1-200)" >>"$work/unwell"
  done <"$work/checks"
  [ ! -s "$work/unwell" ]
}

# are_well IMAGES SECONDS BEFORE: every service runs, docker's own check and the service's say that it is well, and it stays
# so for a while. BEFORE is what `containers` said before anything was begun.
are_well() {
  local end settle
  end=$(($(date +%s) + $2))
  jq -r --argjson images "$1" '.services | to_entries[] | select($images[.key] != null and (.value.check // "") != "") | "\(.key) \(.value.check)"' \
    "$settings" >"$work/checks"
  while :; do
    see "$1" "$3"
    if [ -s "$work/hopeless" ]; then
      mv -f -- "$work/hopeless" "$work/unwell"
      complain "the services did not get well"
      return 1
    fi
    if [ ! -s "$work/unwell" ] && answer; then break; fi
    if (($(date +%s) >= end)); then
      complain "the services did not get well within $2 seconds"
      return 1
    fi
    sleep 1
  done
  containers >"$work/first"
  settle=$(jq -r '.settle_seconds // 10 | floor' "$settings")
  sleep "$settle"
  see "$1" "$3"
  jq -r --slurpfile first "$work/first" '.[] | . as $one | select(any($first[0][]; .id == $one.id and .restarts == $one.restarts) | not)
    | "\(.service) was started again"' "$work/now" >>"$work/unwell"
  cat -- "$work/hopeless" >>"$work/unwell"
  [ -s "$work/unwell" ] || return 0
  complain "the services did not stay well"
  return 1
}

# see IMAGES BEFORE: writes down what the services are like: in $work/unwell what may still become well, in $work/hopeless
# what can't.
see() {
  containers >"$work/now"
  jq -r --argjson images "$1" --argjson before "$2" '. as $now | $images | keys[] as $name | [$now[] | select(.service == $name)]
    | if length == 0 then "\($name) has no container" else .[]
      | select(.status != "running" or .health == "starting") | "\(.service) is \(if .status == "running" then .health else .status end)" end' \
    "$work/now" >"$work/unwell"
  jq -r --argjson before "$2" '.[] | . as $one | (first($before[] | select(.id == $one.id) | .restarts) // 0) as $began
    | if .health == "unhealthy" then "\(.service) is unhealthy"
      elif .status == "exited" or .status == "dead" then "\(.service) has ended"
      elif .restarts - $began > 2 then "\(.service) ends again and again" else empty end' "$work/now" >"$work/hopeless"
}

# logs_of SERVICE: the end of what its containers said.
logs_of() {
  local id
  containers | jq -r --arg service "$1" '.[] | select(.service == $service) | .id' | while IFS= read -r id; do
    docker logs --tail 15 "$id" >"$work/log" 2>&1 </dev/null || true
    end_of "$work/log"
  done
}

# make_run IMAGES SECONDS [FORCED...]: afterwards exactly these run, well.
make_run() {
  local images=$1 seconds=$2 before
  shift 2
  if same "$images" '{}'; then
    docker compose --project-name "$name" down --remove-orphans </dev/null >"$work/said" 2>&1 || { end_of "$work/said"; return 1; }
    return 0
  fi
  read_secrets "$images" || return 1
  write_compose "$images" "$work/compose.json" || return 1
  before=$(containers) || return 1
  bring_up || return 1
  if [ $# -gt 0 ]; then bring_up "$@" || return 1; fi
  are_well "$images" "$seconds" "$before"
}

# change IMAGES SECONDS [FORCED...]: from what runs to IMAGES, or back to what was well.
change() {
  local images=$1 seconds=$2 good
  good=$(kept good)
  if ! sign_in "$images" || ! pull "$images" "$seconds"; then fail "nothing was changed on this instance"; fi
  keep wanted "$images"
  if make_run "$@"; then
    if ! same "$images" "$good"; then keep before "$good"; fi
    keep good "$images"
    clean_up
    return 0
  fi
  say "going back to what was well before: $good"
  keep wanted "$good"
  if sign_in "$good" && pull "$good" "$seconds" && make_run "$good" "$seconds"; then return 1; fi
  say "error: what was well before could not be put back on this instance"
  return 3
}

# ---- the verbs

status() {
  containers | jq -c '{contract: 1, services: (map(select(.status == "running" and .health != "unhealthy" and (.image | contains("@"))))
    | map({key: .service, value: (.image | split("@")[1])}) | from_entries)}'
}

roll_out() {
  local wish images seconds
  local -a forced
  wish=$(data "$1") || exit 2
  printf '%s' "$wish" | jq -e --slurpfile settings "$settings" '(.services | type == "object")
    and all(.services[]; . == null or (type == "string" and test("^sha256:[0-9a-f]{64}$")))
    and (.force // [] | type == "array" and all(.[]; type == "string")) and (.seconds // 300 | type == "number" and . >= 1 and . <= 36000)
    and (((.services | keys) + (.force // [])) - ($settings[0].services | keys) | length == 0)' >/dev/null 2>&1 ||
    wrong "services should map services of this target to digests, or to null: $(printf '%s' "$wish" | cut -c 1-300)"
  seconds=$(printf '%s' "$wish" | jq -r '.seconds // 300 | floor')
  only_one "$seconds"
  : >"$runtime/pipeline"
  images=$(jq -cn --argjson now "$(kept wanted)" --argjson wish "$wish" --slurpfile settings "$settings" \
    '$now + $wish.services | with_entries(select(.value != null and $settings[0].services[.key] != null))')
  # What changes anyway is not started twice.
  mapfile -t forced < <(jq -rn --argjson now "$(kept wanted)" --argjson images "$images" --argjson wish "$wish" \
    '$wish.force // [] | .[] | select($images[.] != null and $images[.] == $now[.])')
  change "$images" "$seconds" "${forced[@]}"
}

# read_record: prints the services and digests of the newest record that this target has; {} where there is none.
read_record() {
  if ! aws ssm get-parameter --name "$(jq -r .record "$settings")" --output json >"$work/record" 2>"$work/said"; then
    if grep -Fq '(ParameterNotFound)' "$work/said"; then echo '{}' && return 0; fi
    say "error: can't read the target's record"
    end_of "$work/said"
    return 1
  fi
  jq -ce --slurpfile settings "$settings" '.Parameter.Value | fromjson | .services
    | with_entries(select($settings[0].services[.key] != null and (.value | type == "string" and test("^sha256:[0-9a-f]{64}$"))))' "$work/record" ||
    fail "the target's record is not one"
}

# boot: what the newest record says, and nothing where it says nothing. A deploy that is at work meanwhile writes its record
# after it last looked for instances, so the record is followed for a while. Where a pipeline rolled out here since this
# machine was started, it knows better, also when systemd starts this again.
boot() {
  local images last='' end
  end=$(($(date +%s) + $(jq -r '.follow_seconds // 3600 | floor' "$settings")))
  while :; do
    (
      only_one 900
      if [ -e "$runtime/pipeline" ]; then exit 5; fi
      images=$(read_record) || exit 1
      if [ -n "$last" ] && same "$images" "$last"; then exit 0; fi
      printf '%s\n' "$images" >"$work/last"
      say "the record says $images"
      change "$images" 300
    ) || { [ $? -eq 5 ] && return 0; return 1; }
    last=$(cat -- "$work/last")
    if (($(date +%s) >= end)); then return 0; fi
    sleep "$(jq -r '.follow_pause_seconds // 30 | floor' "$settings")"
  done
}

# once: a command in a container of its own, from the given image, with the service's variables and secrets.
once() {
  local service=$1 wish container="$name-run-$1" seconds code images
  wish=$(data "$2") || exit 2
  printf '%s' "$wish" | jq -e '(.digest | type == "string" and test("^sha256:[0-9a-f]{64}$")) and (.command | type == "array" and length > 0
    and all(.[]; type == "string")) and (.seconds | type == "number" and . >= 0 and . <= 36000)' >/dev/null 2>&1 ||
    wrong "run takes a digest, a command as a list, and seconds"
  seconds=$(printf '%s' "$wish" | jq -r '.seconds | floor')
  exec 8>"$runtime/run.$service"
  flock --wait $((seconds + 60)) 8 || fail "an earlier command of $service is still at work"
  if docker container inspect "$container" >/dev/null 2>&1; then
    say "an earlier command of $service is still at work; waiting for it"
    timeout $((seconds + 1)) docker wait "$container" >/dev/null || fail "it is still at work after $seconds seconds"
    docker rm --force "$container" >/dev/null 2>&1 || true
  fi
  images=$(jq -cn --arg name "$service" --argjson wish "$wish" '{($name): $wish.digest}')
  sign_in "$images" || exit 1
  pull "$images" 900 || exit 1
  read_secrets "$images" || exit 1
  write_compose "$images" "$work/run.json" "$service" "$(printf '%s' "$wish" | jq -c .command)"
  docker compose --project-name "$name" --file "$work/run.json" run --detach --no-deps --name "$container" "$service" \
    </dev/null >"$work/said" 2>&1 || { end_of "$work/said"; fail "the command of $service could not be started"; }
  code=$(timeout $((seconds + 1)) docker wait "$container") || code=
  docker logs --tail 15 "$container" >"$work/log" 2>&1 </dev/null || true
  docker rm --force "$container" >/dev/null 2>&1 || true
  if [ "$code" != 0 ]; then
    say "the end of its log:"
    end_of "$work/log"
    if [ -z "$code" ]; then fail "it is still running after $seconds seconds, and was ended"; fi
    fail "exit code $code"
  fi
}

case "${1:-} $#" in
  'status 1' | 'boot 1' | 'roll-out 2' | 'stop-run 2' | 'run 3') ;;
  *) wrong "this takes: status | roll-out DATA | run SERVICE DATA | stop-run SERVICE | boot" ;;
esac
need_ready
need_work
case $1 in
  run | stop-run)
    jq -e --arg name "$2" '.services[$name] != null' "$settings" >/dev/null || wrong "there is no service $2 here"
    ;;
esac
case $1 in
  status) status ;;
  roll-out) roll_out "$2" ;;
  run) once "$2" "$3" ;;
  stop-run) docker rm --force "$name-run-$2" >/dev/null 2>&1 || true ;;
  boot) boot ;;
esac
