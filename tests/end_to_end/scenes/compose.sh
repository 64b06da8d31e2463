# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Containers on the instances of an Auto Scaling group: the real host program on each, told through SSM.
new_project
compose_services() { services dev | jq -c 'map(del(.family, .service, .container, .minimum))'; }
on_compose=(RUNTIME=ec2-compose GROUP=simple-time-dev-aws CLUSTER=)

# settings [FILTER]: what Terraform writes onto new instances from now on, changed by the jq filter.
settings() {
  cloud "$(jq -n --arg home "${account[dev]}.dkr.ecr.$region.amazonaws.com/simple-time/dev/aws/app" --arg region "$region" '
    {host: {region: $region, record: "/simple-time/dev/aws/record", settle_seconds: 1, follow_seconds: 60, follow_pause_seconds: 3,
      services: {app: {repository: $home, check: "http://ADDRESS:8000/health", secrets: {TOKEN: "secret:simple-time-dev-app#token",
        ALL: "secret:simple-time-dev-app"}}, worker: {repository: $home}}},
     compose: {services: {app: {environment: {LITERAL: "it'"'"'s ${HOME} $$ \"x\""}, ports: ["8000:8000"]}, worker: {}}}}
    | '"${1:-.}"' | {fleet: {dev: .}}')"
}

# launch: one instance more; its id is in `launched`.
launch() {
  local before
  before=$(state '.instances | keys | join(" ")')
  cloud '{"launch":["dev"]}'
  launched=$(state ".instances | keys | map(select(IN(\"${before// /\",\"}\") | not)) | .[0]")
}

# until_state FILTER: waits until the cloud's state answers true.
until_state() {
  local _
  for _ in $(seq 300); do
    if [ "$(state "$1")" = true ]; then return 0; fi
    sleep 0.1
  done
  die "it never came to be that $1: $(state '.instances')"
}

# run_on DIGEST ID...: these instances run that digest, and nothing else.
run_on() {
  local wanted="app=$1 worker=$1" id
  shift
  for id in "$@"; do
    [ "$(state ".instances[\"$id\"].runs | to_entries | sort_by(.key) | map(\"\(.key)=\(.value)\") | join(\" \")")" = "$wanted" ] ||
      die "$id runs $(state ".instances[\"$id\"].runs"), and should run $wanted"
  done
}
made() { state ".instances[\"$1\"].made"; }

deploy_here() { deploy dev "$commit" "${on_compose[@]}" SERVICES="$(compose_services)" "$@"; }
start_here() { start_deploy dev "$commit" "${on_compose[@]}" SERVICES="$(compose_services)" "$@"; }
rollback_here() { rollback dev "$commit" "${on_compose[@]}" SERVICES="$(compose_services)" "$@"; }

build "$commit"
succeeded
one=$digest

step "no group, and a group without instances: an error that says what to do"
deploy_here
failed
says "there is no Auto Scaling group simple-time-dev-aws: apply the target's platform first"
settings
deploy_here
failed
says "has no instance in service"
says "instance.count"
lease_is_free dev

step "instances start nothing where there is no record"
cloud '{"secrets":{"simple-time-dev-app":"{\"token\":\"s3cr3t $x `y`\\n2\",\"more\":1}"}}'
launch && first=$launched
launch && second=$launched
until_state '.instances | all(.[]; .state == "InService")'
deploy_here SERVICES="$(compose_services | jq -c '.[0].migrate = ["/bin/busybox", "sh", "-c", "echo nope; exit 7"]')"
failed
says "the migration of app failed"
says "exit code 7"
says "  | nope"
says "nothing was rolled out"
[ "$(state '.instances | all(.[]; .runs == {})')" = true ] || die "something runs"

step "a first deploy that is not well has nothing to go back to"
deploy_here SERVICES="$(compose_services | jq -c '.[0].smoke.contains = "never"')"
failed
says "app: nothing ran before, so there is nothing to go back to; it is stopped"
[ "$(state '.instances | all(.[]; .runs == {})')" = true ] || die "something runs"
[ "$(record dev)" = '[]' ] || die "it is in the record"

step "the first deploy: every instance runs the digest, with its variables to the letter and secrets that no pipeline saw"
deploy_here
succeeded
says "app: nothing -> ${account[dev]}.dkr.ecr.$region.amazonaws.com/simple-time/dev/aws/app@$one"
says "$first: rolled out"
says "app: migrated"
run_on "$one" "$first" "$second"
answers dev one
[ "$(record dev | jq -r '.[-1].services.app')" = "$one" ] || die "no record"
[ "$(tag dev "passed_dev_aws_$(key_of "$commit")")" = "$one" ] || die "no passed tag"
[ "$(state ".instances[\"$second\"].variables.app | .LITERAL, .TOKEN, .ALL")" = "it's \${HOME} \$\$ \"x\"
s3cr3t \$x \`y\`
2
{\"token\":\"s3cr3t \$x \`y\`\\n2\",\"more\":1}" ] || die "the variables are $(state ".instances[\"$second\"].variables.app")"
never_says s3cr3t
if grep -Fq s3cr3t "$sandbox/arguments"; then die "a secret was on a command line"; fi
[ -z "$(find "$sandbox/instances" -path '*/run/*/work.*')" ] || die "an instance kept secrets"
lease_is_free dev

step "the same again starts nothing; forced, every container is new"
before=$(made "$first")
deploy_here
succeeded
says "nothing to roll out"
[ "$(made "$first")" = "$before" ] || die "containers were replaced"
deploy_here FORCE=true SERVICE=worker
succeeded
[ "$(made "$first")" = $((before + 1)) ] || die "worker is not new, or app is"

step "the next one, with two instances: one after the other, so that there is always an answer"
change index two
build "$commit"
succeeded
two=$digest
lost=$(state .lost.dev)
(while sleep 0.1; do curl -sS "http://simple-time-dev-aws-1.$region.elb.amazonaws.com/index" >/dev/null; done) &
asking=$!
deploy_here
kill "$asking"
succeeded
run_on "$two" "$first" "$second"
answers dev two
[ "$(state .lost.dev)" = "$lost" ] || die "there were questions without an answer"

step "a broken image: the first instance goes back by itself, the other never saw it"
echo 'echo "cannot start"; exit 3' >"$project/app/start"
commit_all "break it"
build "$commit"
succeeded
before=$(made "$second")
deploy_here
failed
says "app ends again and again"
says "cannot start"
says "it runs again what was well before"
says "what ran before runs again"
[ "$(made "$second")" = "$before" ] || die "the second instance was changed"
run_on "$two" "$first" "$second"
answers dev two
git -C "$project" revert --no-edit HEAD >/dev/null

step "an instance that comes in the middle starts with the record, and is rolled out to as well; it pulls with a pull secret"
cloud '{"secrets":{"simple-time-dev-pull":"ECR"}}'
settings '.host.pull_secret = "simple-time-dev-pull"'
change index three
build "$commit"
succeeded
three=$digest
start_here
until_log "$first: rolling out"
launch && third=$launched
until_state ".instances[\"$third\"].state == \"InService\""
end_job
succeeded
says "$third came into service meanwhile"
says "$third: rolled out"
run_on "$three" "$first" "$second" "$third"

step "one that comes when nobody looks any more follows the record; one that goes in the middle is nobody's failure"
change index four
build "$commit"
succeeded
four=$digest
# shellcheck disable=SC2016 # for the hook's shell
start_here BEFORE_DEPLOY='sleep 1' AFTER_DEPLOY='sleep 6; echo looked'
until_log "$first: rolling out"
cloud "{\"terminate\":[\"$third\"]}"
until_log "running AFTER_DEPLOY"
launch && fourth=$launched
until_state ".instances[\"$fourth\"].runs.app == \"$three\""
end_job
succeeded
until_state ".instances[\"$fourth\"].runs == {app: \"$four\", worker: \"$four\"}"
run_on "$four" "$first" "$second"
cloud "{\"terminate\":[\"$fourth\"]}"

step "a reboot in the middle of nothing changes nothing"
cloud "{\"reboot\":[\"$second\"]}"
sleep 2
run_on "$four" "$second"

step "images that neither run nor ran before are gone from the instance"
[ "$(state ".instances[\"$first\"].images | length")" = 2 ] || die "there are $(state ".instances[\"$first\"].images")"

step "a killed deploy: the next run comes to the same end"
new_run
change index five
build "$commit"
succeeded
five=$digest
start_here LEASE_SECONDS=6
until_log "$second: rolling out"
kill -KILL "$job"
end_job
failed 137
new_run
deploy_here
succeeded
says "and what is gone back to is $four"
run_on "$five" "$first" "$second"
[ "$(record dev | jq -r '.[-1].services.app')" = "$five" ] || die "no record"

step "a signal in the middle of a migration ends it; a signal in the middle of a rollout puts back"
change index six
build "$commit"
succeeded
start_here SERVICES="$(compose_services | jq -c '.[0].migrate = ["/bin/busybox", "sleep", "300"]')"
until_log "app: migrating"
sleep 3
kill -TERM "$job"
end_job
failed 143
says "stopping the migration of app"
[ "$(state "[.instances[\"$first\", \"$second\"].runs.app] | unique | .[0]")" = "$five" ] || die "something was rolled out"
start_here
until_log "$second: rolling out"
kill -TERM "$job"
end_job
failed 143
says "what ran before runs again"
run_on "$five" "$first" "$second"
answers dev five
lease_is_free dev

step "an instance that SSM can't reach fails the deploy with the reason"
cloud "{\"undeliverable\":[\"$second\"]}"
deploy_here
failed
says "ended as Undeliverable"
says "can't ask $second what it runs"
cloud '{"undeliverable":[]}'
run_on "$five" "$first" "$second"

step "back to what passed before, with containers of what ran before"
new_run
rollback_here
succeeded
run_on "$four" "$first" "$second"
answers dev four
new_run
rollback_here IMAGE="$two"
succeeded
run_on "$two" "$first" "$second"
