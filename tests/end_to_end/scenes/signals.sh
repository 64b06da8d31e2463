# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of sandbox.sh and lib.sh
# A signal to the whole process group of a deploy, as a terminal, a runner and docker stop send it: the lease is kept until
# what ran before runs again, and is given back then.
new_project
build "$commit"
succeeded
deploy dev "$commit"
succeeded
good=$digest
change index two
build "$commit"
succeeded

step "a command that has to end by itself does, though what showed its output has ended"
# shellcheck disable=SC2016 # it is for the shell that is started
start_job ends '{}' "$commit" none ENDED="$sandbox/ended" bash -c 'bash -euo pipefail -c "
  . ci/lib/common.sh
  attended_alone=yes
  at_exit end_attended
  attended_quoted bash -c \"trap : TERM; echo begun; sleep 2; echo more; echo more; sleep 1; echo more; echo yes >\$ENDED\"" 2>&1 | cat' bash
until_log "begun"
kill -INT -- "-$job"
end_job
failed 130
[ "$(cat "$sandbox/ended")" = yes ] || die "it was killed in the middle"

# put_back_after CODE TEXT: the deploy ended with that code, after it put back what ran before. TEXT is one more thing that it says.
put_back_after() {
  failed "$1"
  says "$2"
  never_says "was lost"
  says "what ran before runs again"
  says "gave the lease of dev on aws back"
  runs dev "$good"
  answers dev one
  [ -z "$(tag dev "passed_dev_aws_$(key_of "$commit")")" ] || die "it has a passed tag"
  lease_is_free dev
}

step "Ctrl-C while it rolls out"
cloud '{"delay":6}'
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out:"
kill -INT -- "-$job"
end_job
put_back_after 130 "stopped by SIGINT"

step "Ctrl-C that ends what shows the log as well"
new_run
# shellcheck disable=SC2016
shown_by=(bash -c '"$@" 2>&1 | cat' bash)
start_deploy dev "$commit" LEASE_SECONDS=6
shown_by=()
until_log "rolling out:"
kill -INT -- "-$job"
end_job
failed 130
sleep 7 # a rollout that was left under way has come to its end
runs dev "$good"
answers dev one
lease_is_free dev

step "a cancelled job whose way back takes longer than the lease lives: nobody else gets in between"
new_run
cloud '{"delay":60}'
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out:"
kill -TERM -- "-$job"
until_log "putting back what ran before"
sleep 7
kill -TERM -- "-$job" # a runner that loses patience
other=$job other_log=$log other_place=$place
new_run
deploy dev "$commit" LEASE_WAIT_MINUTES=0
failed
says "is still held by"
job=$other log=$other_log place=$other_place
never_says "what ran before runs again"
cloud '{"delay":0.3}'
end_job
put_back_after 143 "stopped by SIGTERM"
