# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Several at once: the lease lets one deploy change the target, outlives none, and is never taken from one that works.
new_project
build "$commit"
succeeded
deploy dev "$commit"
succeeded
one=$digest

step "two deploys at once: one after the other, and the older one is refused then"
first=$commit
change index two
second=$commit
build "$second"
two=$digest
cloud '{"delay":5}'
start_deploy dev "$second"
until_log "rolling out:"
other=$job other_log=$log other_place=$place
new_run
digest=$one
start_deploy dev "$first"
until_log "is held by https://github.com/acme/simple-time-service/actions/runs/1000, job deploy-dev-aws; waiting"
grep -Fq "gave the lease" "$other_log" && die "it didn't have to wait"
end_job
failed
says "this run is outdated"
job=$other log=$other_log place=$other_place
end_job
succeeded
answers dev two
lease_is_free dev

step "a waiting deploy gives up in time, and says who holds the target"
start_deploy dev "$second" FORCE=true
until_log "rolling out:"
other=$job other_log=$log other_place=$place
new_run
digest=$two
deploy dev "$second" LEASE_WAIT_MINUTES=0
failed
says "is still held by"
job=$other log=$other_log place=$other_place
end_job
succeeded

step "a killed deploy: the next run takes over when its lease is over, and comes to the same end"
change index three
build "$commit"
succeeded
three=$digest
cloud '{"delay":20}'
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out:"
kill -KILL "$job"
end_job
failed 137
[ "$(lease dev | jq .expires)" != 0 ] || die "a killed deploy gave its lease back"
cloud '{"delay":0.3}'
new_run
deploy dev "$commit"
succeeded
says "taking over the lease that https://github.com/acme/simple-time-service/actions/runs/1002, job deploy-dev-aws let run out"
says "rolls out"
runs dev "$three"
answers dev three
[ "$(record dev | jq -r '.[-1].services.app')" = "$three" ] || die "no record"
[ "$(tag dev "passed_dev_aws_$(key_of "$commit")")" = "$three" ] || die "no passed tag"

step "a killed deploy that is started again in the same run need not wait; of a broken image it goes back to what passed"
echo 'exit 3' >"$project/app/start"
commit_all "break it"
build "$commit"
succeeded
cloud '{"delay":30,"breaker":false}'
start_deploy dev "$commit" LEASE_SECONDS=600
until_log "worker: "
until_log "(simple-time-dev-aws-worker:"
sleep 1
kill -KILL "$job"
end_job
cloud '{"delay":0.3}'
deploy dev "$commit" LEASE_SECONDS=600
failed
says "taking back the lease that this very job held"
says "a deployment was left in the state"
says "what ran before runs again"
runs dev "$three"
answers dev three
lease_is_free dev
cloud '{"breaker":true}'

step "a lease that was lost stops the deploy, and nothing is put back"
git -C "$project" checkout -q "HEAD~1" -- app/start
change index four
build "$commit"
succeeded
cloud '{"delay":60}'
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out:"
echo '{"run":"somebody else","job":"::set-env name=X::y","nonce":"n","expires":99999999999}' >"$sandbox/theirs"
as_admin s3api put-object --bucket "simple-time-tfstate-${account[dev]}-$region" --key simple-time/aws/dev/lease.json --body "$sandbox/theirs" >/dev/null
cloud '{"delay":0.3}'
end_job
failed 143
says "was lost"
says "without the lease nothing is put back"
[ "$(lease dev | jq -r .run)" = "somebody else" ] || die "it wrote over the other's lease"
[ -z "$(tag dev "passed_dev_aws_$(key_of "$commit")")" ] || die "it has a passed tag"

step "who holds the target may be anybody's text"
new_run
deploy dev "$commit" LEASE_WAIT_MINUTES=0
failed
says "held by somebody else, job : :set-env"
as_admin s3api put-object --bucket "simple-time-tfstate-${account[dev]}-$region" --key simple-time/aws/dev/lease.json --body /etc/hosts >/dev/null
deploy dev "$commit"
failed
says "is not a lease"
echo '{"run":"somebody else","job":"x","nonce":"n","expires":1}' >"$sandbox/theirs"
as_admin s3api put-object --bucket "simple-time-tfstate-${account[dev]}-$region" --key simple-time/aws/dev/lease.json --body "$sandbox/theirs" >/dev/null

step "faults of S3 while the lease is kept do no harm, as long as it can be renewed in time"
cloud '{"delay":8}'
start_deploy dev "$commit" LEASE_SECONDS=9 FORCE=true
until_log "rolling out:"
cloud '{"s3":3}'
end_job
succeeded
answers dev four
lease_is_free dev
