# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# What goes wrong on Google Cloud: images that don't start or are not well, migrations that fail, kills and signals.
# shellcheck source=../lib-gcp.sh
. "$here/lib-gcp.sh"
gcp_project

step "a first deploy of an image that doesn't start: there is nothing to go back to, and nothing is left"
echo 'exit 3' >"$project/app/start"
commit_all "break it"
gcp_build "$commit"
succeeded
gcp_deploy dev "$commit"
failed
says "exit code 3"
says "app: nothing ran before, so there is nothing to go back to; back to 0 instances"
says "app: autoscaling is OFF"
for _ in $(seq 50); do
  if [ "$(google '[.groups[] | select(.size > 0 or .configuration != {} or (.instances | length) > 0)] | length')" = 0 ]; then break; fi
  sleep 0.1
done
[ "$(google '[.groups[] | select(.size > 0 or .configuration != {} or (.instances | length) > 0)] | length')" = 0 ] || die "left: $(google .groups)"
[ "$(google '.groups["simple-time-dev-gcp-app"].autoscaler.mode')" = OFF ] || die "autoscaling is on"
[ "$(gcp_record dev)" = '[]' ] || die "it is in the record"
gcp_lease_is_free dev

step "one that does"
# shellcheck disable=SC2016 # it is for the container's shell
echo 'exec /bin/busybox httpd -f -p "$ADDRESS:8000" -h /www' >"$project/app/start"
commit_all "mend it"
gcp_build "$commit"
succeeded
gcp_deploy dev "$commit"
succeeded
good=$digest
known=$(gcp_record dev)

# good_still_runs: dev as it was before the failure.
good_still_runs() {
  gcp_runs dev "$good"
  gcp_answers dev one
  [ "$(google '.groups["simple-time-dev-gcp-app"].least')" = 2 ] || die "capacity was not kept: $(google .groups)"
  [ "$(google '.migrations | length')" = 0 ] || die "a migration is left"
  [ "$(gcp_record dev)" = "$known" ] || die "it is in the record"
  gcp_lease_is_free dev
}

step "an image that starts, but whose smoke test says no"
change health broken
gcp_build "$commit"
succeeded
gcp_deploy dev "$commit"
failed
says "without the text 'fine'"
says "what ran before runs again"
good_still_runs

step "a migration that fails stops the deploy before anything is rolled out; one that never ends is stopped in time"
changed=$(gcp_changes)
echo 'echo no; exit 7' >"$project/app/migrate"
change health fine
gcp_build "$commit"
succeeded
gcp_deploy dev "$commit"
failed
says "the migration of app failed: exit code 7"
good_still_runs
echo 'exec /bin/busybox sleep 300' >"$project/app/migrate"
commit_all "migrate for ever"
gcp_build "$commit"
succeeded
gcp_deploy dev "$commit" MIGRATE_MINUTES=0
failed
says "is still running after 0 minutes"
says "stopping the migration"
good_still_runs
[ "$(gcp_changes)" = "$changed" ] || die "something was rolled out: $(google .changes)"

step "a signal in the middle of a migration stops that as well, and in the middle of a rollout puts back"
start_gcp_deploy dev "$commit"
until_log "app: migrating"
sleep 1
kill -TERM "$job"
end_job
failed 143
says "stopping the migration"
good_still_runs
echo 'exit 0' >"$project/app/migrate"
commit_all "mend the migration"
gcp_build "$commit"
succeeded
cloud '{"gcp_delay":60}'
start_gcp_deploy dev "$commit"
until_log "rolling out:"
cloud '{"gcp_delay":0.2}'
kill -TERM "$job"
end_job
failed 143
says "what ran before runs again"
good_still_runs

step "a killed deploy, started again in the same run, goes on with what is under way"
change index two
gcp_build "$commit"
succeeded
cloud '{"gcp_delay":60}'
start_gcp_deploy dev "$commit" LEASE_SECONDS=600
until_log "rolling out:"
kill -KILL "$job"
end_job
failed 137
cloud '{"gcp_delay":0.2}'
changed=$(gcp_changes)
gcp_deploy dev "$commit" LEASE_SECONDS=600
succeeded
says "taking back the lease that this very job held"
[ "$(gcp_changes)" = "$changed" ] || die "it began a rollout of its own: $(google .changes)"
gcp_runs dev "$digest"
gcp_answers dev two

step "of a broken image, it goes back to what the record says"
good=$digest
echo 'exit 3' >"$project/app/start"
commit_all "break it again"
gcp_build "$commit"
succeeded
start_gcp_deploy dev "$commit" LEASE_SECONDS=6 POLL_SECONDS=60
until_log "worker: $place_gcp-docker"
kill -KILL "$job"
end_job
new_run
gcp_deploy dev "$commit"
failed
says "taking over the lease that"
says "app: a rollout of"
says "what ran before runs again"
gcp_runs dev "$good"
gcp_answers dev two
