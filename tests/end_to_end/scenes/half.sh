# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# A deploy that is killed when it has rolled out one of two services: what ran before is what the record says.
new_project
build "$commit"
succeeded
deploy dev "$commit"
succeeded
good=$digest

# kill_half: a deploy of what is committed, killed when app is rolled out and worker is not.
kill_half() {
  build "$commit"
  succeeded
  cloud '{"slow":["worker"]}'
  start_deploy dev "$commit"
  until_log "app: ecs-svc/"
  until_log "rolling out: worker"
  kill -KILL "$job"
  end_job
  failed 137
  cloud '{"slow":[]}'
}

step "the same job again, which fails: the service that was finished before goes back too"
change health broken
kill_half
deploy dev "$commit"
failed
says "app: a deployment was left in the state COMPLETED"
says "what ran before runs again"
runs dev "$good"
answers dev one
lease_is_free dev

step "another run, which fails before it rolls anything out: both go back all the same"
kill_half
change health fine
change index two
build "$commit"
succeeded
new_run
deploy dev "$commit" BEFORE_DEPLOY=false LEASE_WAIT_MINUTES=1
failed
says "what ran before runs again"
runs dev "$good"
answers dev one

step "the same job again, which goes well: neither is rolled out a second time"
kill_half
updated=$(updates)
deploy dev "$commit"
succeeded
says "app: runs"
never_says "migrating"
[ "$(updates)" = "$updated" ] || die "it was rolled out again"
runs dev "$digest"
answers dev two
