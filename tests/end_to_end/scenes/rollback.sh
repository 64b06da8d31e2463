# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Back to what passed on this target before, and to nothing else.
new_project
build "$commit"
succeeded
deploy dev "$commit"
succeeded
first=$commit one=$digest

step "after the first deploy there is nothing to go back to"
new_run
rollback dev "$commit"
failed
says "there is nothing to go back to"
says "nothing was rolled out"
runs dev "$one"
lease_is_free dev

step "back to the entry before; nothing is migrated, and the record names the commit of it"
change index two
build "$commit"
succeeded
deploy dev "$commit"
succeeded
second=$commit two=$digest
echo elsewhere >"$project/README.md"
commit_all "the same content"
build "$commit"
deploy dev "$commit"
succeeded
new_run
rollback dev "$commit"
succeeded
never_says "migrating"
runs dev "$one"
answers dev one
[ "$(record dev | jq -r '.[-1] | .commit + " " + .services.app + " " + .services.worker')" = "$first $one $one" ] || die "the record says $(record dev)"
grep -q "rollback of dev on aws: passed" "$place/summary" || die "no summary"
lease_is_free dev

step "the same job again does nothing; another run leads forth again"
entries=$(record dev | jq length)
rollback dev "$commit"
succeeded
says "has rolled dev on aws back already"
[ "$(record dev | jq length)" = "$entries" ] || die "the record has grown"
new_run
rollback dev "$commit"
succeeded
runs dev "$two"

step "one service alone, and to a named image"
new_run
rollback dev "$commit" SERVICE=worker
succeeded
worker=$(state '.services["simple-time-dev-aws/worker"].running[0]')
[ "${worker##*@}" = "$one" ] || die "worker runs $worker"
answers dev two
[ "$(record dev | jq -r '.[-1] | .commit + " " + .services.app + " " + .services.worker')" = "$commit $two $one" ] || die "the record says $(record dev)"
new_run
rollback dev "$commit" SERVICE=all IMAGE="$one"
succeeded
runs dev "$one"
[ "$(record dev | jq -r '.[-1].commit')" = "$first" ] || die "the record says $(record dev)"

step "a rollback that passed isn't done again by starting its run again, nor is the deploy that it took back"
digest=$two
deploy dev "$second"
succeeded
passed_run=$run_number
new_run
rollback dev "$commit" IMAGE="$one"
succeeded
back_run=$run_number
run_number=$passed_run
deploy dev "$second"
failed
says "others changed it since"
runs dev "$one"
new_run
new_run
deploy dev "$second"
succeeded
run_number=$back_run
rollback dev "$commit" IMAGE="$one"
failed
says "others changed it since"
answers dev two
run_number=$((back_run + 2))

step "what was rolled back can be deployed again"
rollback dev "$commit" IMAGE="$one"
succeeded
new_run
deploy dev "$second"
succeeded
answers dev two

step "nor is a run that found all as it should be: it stands in the record too"
passed_run=$run_number
new_run
deploy dev "$second"
succeeded
says "nothing to roll out"
same_run=$run_number
entries=$(record dev | jq length)
deploy dev "$second"
succeeded
[ "$(record dev | jq length)" = "$entries" ] || die "the same run added a second entry"
run_number=$passed_run
deploy dev "$second"
succeeded "a run after which only the same was deployed"
run_number=$((same_run + 1))
rollback dev "$commit"
succeeded
runs dev "$one"
back_run=$run_number
run_number=$same_run
deploy dev "$second"
failed
says "others changed it since"
runs dev "$one"

step "a rollback isn't done again either where others deployed the same since: it would lead forth"
run_number=$((back_run + 1))
digest=$one
deploy dev "$first"
succeeded
run_number=$back_run
rollback dev "$commit"
failed
says "others changed it since"
runs dev "$one"
run_number=$((back_run + 2))
digest=$two
deploy dev "$second"
succeeded

step "only what passed on this very target: not what was merely built, and not what is nowhere"
change index three
build "$commit"
succeeded
three=$digest
new_run
rollback dev "$commit" IMAGE="$three"
failed
says "$three never passed on dev on aws"
rollback dev "$commit" IMAGE="sha256:$(printf 'a%.0s' {1..64})"
failed
says "there is no sha256:aaa"
rollback dev "$commit" IMAGE=latest
failed 2
rollback dev "$commit" SERVICE=none
failed 2
rollback dev "$commit" IMAGE="$one" SERVICES="$(services dev | jq -c '.[1].image_of = "worker"')"
failed 2
says "SERVICE is missing"
rollback dev "$commit" EXPECT_REF='refs/tags/v*'
failed
says "this run is on refs/heads/main"
runs dev "$two"

step "what the record forgot, a passed tag still says"
as_admin ssm delete-parameter --name /simple-time/dev/aws/record >/dev/null
new_run
rollback dev "$commit"
failed
says "there is nothing to go back to"
rollback dev "$commit" IMAGE="$one"
succeeded
runs dev "$one"

step "a rollback that is not well puts back what ran before"
new_run
rollback dev "$commit" IMAGE="$two" SERVICES="$(services dev | jq -c '.[0].smoke.contains = "never"')"
failed
says "the smoke test of app failed"
says "what ran before runs again"
runs dev "$one"

step "after a deploy that was killed it is the newest entry that is gone back to"
cloud '{"slow":["worker"]}'
digest=$three
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out: worker"
kill -KILL "$job"
end_job
cloud '{"slow":[]}'
new_run
rollback dev "$commit"
succeeded
runs dev "$one"
answers dev one

step "after a destruction and a new apply it is what ran before that"
as_admin ssm put-parameter --overwrite --name /simple-time/dev/aws/record --value "{\"commit\":\"$commit\",\"services\":{}}" >/dev/null
new_run
rollback dev "$commit"
succeeded
runs dev "$one"
