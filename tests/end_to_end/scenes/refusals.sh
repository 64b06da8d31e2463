# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# What is refused, with its reason: hooks that fail, wrong calls, tokens of others. What ran before goes on.
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
updated=$(updates)

step "hooks: one that fails before the rollout, one that fails after it, and what they are given"
change index two
build "$commit"
succeeded
# shellcheck disable=SC2016 # it is for the hook's shell
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

step "wrong calls name what is wrong, and change nothing"
deploy dev "$commit" DIGEST_APP=
failed 2
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
# A terminal isn't asked; on a host nobody makes himself one.
deploy dev "$commit" EXPECT_REF='refs/tags/v*' HOST=terminal
failed
says "this run is on refs/heads/main"
# shellcheck disable=SC2016 # nothing may expand it
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
