# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of sandbox.sh and lib.sh
# Killed deploys leave a lease and a rollout behind; the next run comes to the same end.
new_project
build "$commit"
succeeded
deploy dev "$commit"
succeeded
run_number=1002 # lib.sh counts on

step "a killed deploy: the next run takes over when its lease is over, and comes to the same end"
new_run
change index three
build "$commit"
succeeded
three=$digest
cloud '{"delay":120}'
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out:"
kill -KILL "$job"
end_job
failed 137
[ "$(lease dev | jq .expires)" != 0 ] || die "a killed deploy gave its lease back"
new_run
start_deploy dev "$commit"
until_log "waiting for it"
cloud '{"delay":0.3}'
end_job
succeeded
says "taking over the lease that https://github.com/acme/simple-time-service/actions/runs/1003, job deploy-dev-aws let run out"
[ "$(updates)" = 4 ] || die "it began a rollout of its own: $(state .updates)"
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
# Killed before it could see the failure itself, and put things back.
start_deploy dev "$commit" LEASE_SECONDS=600 POLL_SECONDS=60
until_log "(simple-time-dev-aws-worker:"
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
