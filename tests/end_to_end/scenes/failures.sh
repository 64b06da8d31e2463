# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# What fails leaves what ran before, no passed tag, no record, and a free lease.
new_project

# good_still_runs: dev as it was before the failure.
good_still_runs() {
  runs dev "$good"
  answers dev one
  [ -z "$(tag dev "passed_dev_aws_$(key_of "$commit")")" ] || die "it has a passed tag"
  [ "$(record dev)" = "$known" ] || die "it is in the record"
  lease_is_free dev
}

step "a first deploy of an image that does not start has nothing to go back to, and goes back to no task"
cp "$project/app/start" "$sandbox/start"
echo 'exit 3' >"$project/app/start"
commit_all "break it"
build "$commit"
succeeded
deploy dev "$commit"
failed
says "failed"
says "exit code 3"
says "nothing ran before, so there is nothing to go back to; back to 0 tasks"
[ "$(state '[.services["simple-time-dev-aws-app"] // empty] | length')" = 0 ]
[ "$(state '.services["simple-time-dev-aws/app"] | "\(.desired) \(.running | length)"')" = "0 0" ] || die "something runs"
[ "$(record dev)" = '[]' ] || die "it is in the record"
lease_is_free dev

step "the good one"
cp "$sandbox/start" "$project/app/start"
commit_all "mend it"
build "$commit"
succeeded
deploy dev "$commit"
succeeded
good=$digest
known=$(record dev)
runs dev "$good"

step "a broken image, with ECS going back by itself"
echo 'exit 3' >"$project/app/start"
commit_all "break it again"
build "$commit"
succeeded
deploy dev "$commit"
failed
says "circuit breaker"
says "what ran before runs again"
good_still_runs
deploy prod "$commit"
failed
says "has not passed dev"

step "the same without a circuit breaker: the script goes back"
cloud '{"breaker":false}'
deploy dev "$commit"
failed
says "app: back to simple-time-dev-aws-app:"
good_still_runs
cloud '{"breaker":true}'

step "an image that starts, but whose smoke test says no"
cp "$sandbox/start" "$project/app/start"
change health broken
build "$commit"
succeeded
deploy dev "$commit"
failed
says "without the text 'fine'"
says "what ran before runs again"
good_still_runs

step "a migration that fails stops the deploy before anything is rolled out"
updated=$(updates)
echo 'echo no; exit 7' >"$project/app/migrate"
change health fine
build "$commit"
succeeded
deploy dev "$commit"
failed
says "the migration of app failed: exit code 7"
says "nothing was rolled out"
[ "$(updates)" = "$updated" ] || die "something was rolled out"
good_still_runs

step "hooks: one that fails before the rollout, one that fails after it, and what they are given"
echo 'exit 0' >"$project/app/migrate"
commit_all "mend the migration"
build "$commit"
succeeded
deploy dev "$commit" BEFORE_DEPLOY='echo "before $ENVIRONMENT"; false; echo never'
failed
says "before dev"
says "BEFORE_DEPLOY failed"
never_says "never"
[ "$(updates)" = "$updated" ] || die "something was rolled out"
deploy dev "$commit" AFTER_DEPLOY='exit 9'
failed
says "AFTER_DEPLOY failed with exit code 9"
good_still_runs

step "a signal in the middle of the rollout puts back"
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

step "wrong calls name what is wrong, and change nothing"
deploy dev "$commit" DIGEST_APP=
failed
says "DIGEST_APP is missing: it should hold the digest"
deploy dev "$commit" DIGEST_APP='latest; touch /x'
failed 2
says "DIGEST_APP should hold sha256: and 64 hex digits"
deploy dev "$commit" CLUSTER= RECORD=
failed 2
says "CLUSTER is missing"
says "RECORD is missing"
deploy dev "$commit" EXPECT_REF='refs/tags/v*'
failed
says "this run is on refs/heads/main"
deploy dev "$commit" SERVICES='[{"name":"a[$(touch /x)]","content":{}}]'
failed 2
deploy dev "$commit" AWS_ACCOUNT=999999999999
failed
says "this target is in 999999999999"
deploy dev "$commit" ACTIONS_ID_TOKEN_REQUEST_URL=
failed
says "permissions: id-token: write"
[ ! -e /x ] || die "a value was run as a command"

step "tokens of others are not taken"
for subject in '{"sub":"repo:acme/simple-time-service:ref:refs/heads/feature"}' '{"sub":"repo:acme/simple-time-service:pull_request"}' \
  '{"sub":"repo:evil/simple-time-service:ref:refs/heads/main"}' \
  '{"sub":"repo:acme/simple-time-service:ref:refs/heads/main","forged":true}' \
  '{"sub":"repo:acme/simple-time-service:ref:refs/heads/main","lives":-1}'; do
  branch_subject=$subject deploy dev "$commit"
  failed
  says "AWS does not let this job be"
done
good_still_runs
