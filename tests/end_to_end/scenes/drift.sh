# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# ci/terraform-drift.sh with the real Terraform: what was deployed is planned, by the identity that only reads.
command -v terraform >/dev/null 2>&1 || { echo "skip: terraform is not installed"; exit 77; }
new_project

# drift ENVIRONMENT COMMIT [VARIABLE=VALUE...]: the job of a schedule, in a clone with all files. COMMIT is the branch's.
drift() {
  start_job_on terraform-drift.sh plan files "$@"
  end_job
}

step "a target on which nothing has passed is fine, and so is one that was destroyed"
drift dev "$commit"
succeeded
says "nothing has passed on dev on aws yet: there is nothing to compare"
deployed=$commit
put_record() { as_admin ssm put-parameter --name /simple-time/dev/aws/record --type String --overwrite --value "$1" >/dev/null; }
put_record "$(jq -cn --arg commit "$deployed" '{host: "github", run: "1", commit: $commit, services: {}}')"
drift dev "$commit"
succeeded
says "dev on aws was destroyed"

step "what was applied and deployed is what is there"
plan dev "$commit"
apply dev "$commit"
succeeded
put_record "$(jq -cn --arg commit "$deployed" '{host: "github", run: "1", commit: $commit, services: {app: "sha256:0"}}')"
drift dev "$commit"
succeeded
says "dev on aws is what $deployed describes"

step "what stands on the branch since makes no difference: what was applied counts"
printf '\nresource "terraform_data" "newer" {}\n' >>"$project/infra/aws/dev/platform/main.tf"
commit_all "a resource that is not deployed yet"
drift dev "$commit"
succeeded
says "at $deployed: nothing changes"

step "what something else has changed is said, and turns the run red; nothing is changed"
before=$(tfstate dev)
echo elsewhere >"$sandbox/wish.dev"
drift dev "$commit"
failed
says "dev on aws is not what $deployed describes, whose Terraform was run there last: 1 to update"
says "terraform_data.service will be updated"
grep -q 'terraform_data.service' "$place/summary" || die "no plan on the run's page"
never_says hunter22
[ "$(tfstate dev)" = "$before" ] || die "the state was written"

step "after a rollback, or an apply whose deploy failed, the record names an older commit than what was applied: no drift"
plan dev "$commit"
apply dev "$commit"
succeeded
drift dev "$commit"
succeeded
says "dev on aws is what $commit describes"

step "an apply that did not come to its end is said where something is left to do"
put_platform() { as_admin ssm put-parameter --overwrite --type String --name /simple-time/dev/aws/platform --value "$1" >/dev/null; }
kept=$(platform dev)
put_platform "$(printf '%s' "$kept" | jq -c '.state = "changing" | .fingerprint = "" | .run = "https://x/1"')"
drift dev "$commit"
succeeded
echo further >"$sandbox/wish.dev"
drift dev "$commit"
failed
says "an apply is at work there, or did not come to its end: it is changing by the commit $commit (https://x/1)"
echo elsewhere >"$sandbox/wish.dev"

step "a commit that the clone doesn't hold is said, unless the one that was deployed has the same Terraform"
gone=$(printf 'a%.0s' $(seq 40))
put_platform "$(printf '%s' "$kept" | jq -c --arg commit "$gone" '.commit = $commit')"
drift dev "$commit"
failed
says "is that of the commit $gone, which the clone in"
put_record "$(jq -cn --arg commit "$commit" '{host: "github", run: "1", commit: $commit, services: {app: "sha256:0"}}')"
drift dev "$commit"
succeeded
says "dev on aws is what $commit describes"

step "without what was applied it is the record's commit; an identity that may only read is enough"
as_admin ssm delete-parameter --name /simple-time/dev/aws/platform >/dev/null
drift dev "$commit"
succeeded
put_record "$(jq -cn --arg commit "$gone" '{host: "github", run: "1", commit: $commit, services: {app: "sha256:0"}}')"
drift dev "$commit"
failed
says "is that of the commit $gone, which the clone in"
put_platform "$(printf '%s' "$kept" | jq -c '.state = "destroyed" | .fingerprint = ""')"
drift dev "$commit"
succeeded
says "dev on aws was destroyed: there is nothing to compare"
state '.used[]' | grep -q '^simple-time-dev-aws-plan ssm:GetParameter' || die "the record was not read as plan"
! state '.used[]' | grep -Eq '^simple-time-dev-aws-plan .*:(Put|Delete|Update)' || die "plan wrote something: $(state '.used[]')"
