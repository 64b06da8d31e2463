# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# A lease that is lost, foreign, or hard to renew.
new_project
build "$commit"
succeeded
deploy dev "$commit"
succeeded

step "a lease that was lost stops the deploy, and nothing is put back"
change index four
build "$commit"
succeeded
cloud '{"delay":60}'
start_deploy dev "$commit" LEASE_SECONDS=6
until_log "rolling out:"
echo '{"run":"somebody else","job":"::set-env name=X::y","nonce":"n","expires":99999999999}' >"$sandbox/theirs"
as_admin s3api put-object --bucket "simple-time-tfstate-${account[dev]}-$region" --key simple-time/aws/dev/lease.json --body "$sandbox/theirs" >/dev/null
until_log "was lost"
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
cloud '{"delay":14}'
start_deploy dev "$commit" LEASE_SECONDS=18 FORCE=true
until_log "rolling out:"
cloud '{"s3":3}'
end_job
succeeded
answers dev four
lease_is_free dev
