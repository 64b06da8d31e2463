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
