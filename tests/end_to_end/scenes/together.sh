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
digest=$two
start_deploy dev "$second" FORCE=true
until_log "rolling out:"
other=$job other_log=$log other_place=$place
new_run
deploy dev "$second" LEASE_WAIT_MINUTES=0
failed
says "is still held by"
job=$other log=$other_log place=$other_place
end_job
succeeded

step "FORCE rolls the same digest out anew"
updated=$(updates)
deploy dev "$second" FORCE=true
succeeded
[ "$(updates)" = $((updated + 2)) ] || die "nothing was rolled out"
runs dev "$two"
