# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# What comes up but is not well, what can't be migrated, and a signal: what ran before runs again.
new_project
# good_still_runs: dev as it was before the failure.
good_still_runs() {
  runs dev "$good"
  answers dev one
  [ -z "$(tag dev "passed_dev_aws_$(key_of "$commit")")" ] || die "it has a passed tag"
  [ "$(record dev)" = "$known" ] || die "it is in the record"
  lease_is_free dev
}

build "$commit"
succeeded
deploy dev "$commit"
succeeded
good=$digest
known=$(record dev)

step "an image that starts, but whose smoke test says no"
change health broken
build "$commit"
succeeded
deploy dev "$commit"
failed
says "without the text 'fine'"
says "what ran before runs again"
good_still_runs

step "the same behind an API gateway, whose address is found by its name, and no other takes its place"
change health finer
build "$commit"
succeeded
deploy dev "$commit" LOAD_BALANCER= REST_API=simple-time-dev-aws
failed
says "there is no REST API simple-time-dev-aws"
says "what ran before runs again"
cloud '{"rest_apis":[{"id":"xyz","name":"simple-time-dev-aws-2"},{"id":"abc123","name":"simple-time-dev-aws"},{"id":"def","name":"simple-time-dev-aws"}]}'
deploy dev "$commit" LOAD_BALANCER= REST_API=simple-time-dev-aws
failed
says "there are 2 REST APIs called simple-time-dev-aws"
good_still_runs
cloud '{"rest_apis":[{"id":"xyz","name":"simple-time-dev-aws-2"},{"id":"abc123","name":"simple-time-dev-aws"}]}'
deploy dev "$commit" LOAD_BALANCER= REST_API=simple-time-dev-aws
succeeded
says "smoke test of app: https://abc123.execute-api.$region.amazonaws.com/dev/health"
says "smoke test of app: passed"
good=$digest
known=$(record dev)

step "a forced rollout of what runs already that doesn't come up: there is nothing else to go back to, so nobody waits for it again"
cloud '{"slow":["worker"]}'
deploy dev "$commit" FORCE=true SERVICE=worker ROLLOUT_MINUTES=0
failed
says "worker: what ran before is the very revision that does not come up"
says "not everything could be put back"
[ "$(grep -c "not rolled out within" "$log")" = 1 ] || die "it was waited for twice"
runs dev "$good"
lease_is_free dev
cloud '{"slow":[]}'

step "a migration that fails stops the deploy before anything is rolled out"
updated=$(updates)
echo 'echo no; exit 7' >"$project/app/migrate"
change health finest
build "$commit"
succeeded
deploy dev "$commit"
failed
says "the migration of app failed: exit code 7"
says "nothing was rolled out"
[ "$(updates)" = "$updated" ] || die "something was rolled out"
good_still_runs

step "a signal in the middle of a migration stops that as well, and a migration that never ends is stopped in time"
echo 'echo began; exec /bin/busybox sleep 300' >"$project/app/migrate"
commit_all "migrate for ever"
build "$commit"
succeeded
start_deploy dev "$commit"
until_log "app: migrating"
sleep 2
kill -TERM "$job"
end_job
failed 143
says "stopping the migration"
good_still_runs
deploy dev "$commit" MIGRATE_MINUTES=0
failed
says "is still running after 0 minutes"
says "stopping the migration"
good_still_runs

step "a signal in the middle of the rollout puts back"
echo 'exit 0' >"$project/app/migrate"
commit_all "mend the migration"
build "$commit"
succeeded
cloud '{"delay":30}'
start_deploy dev "$commit"
until_log "rolling out:"
cloud '{"delay":0.3}'
kill -TERM "$job"
end_job
failed 143
says "stopped by SIGTERM"
says "what ran before runs again"
good_still_runs
