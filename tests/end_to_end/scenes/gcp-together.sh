# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of sandbox.sh and lib.sh
# On Google Cloud: two deploys at once, ways back, and what a target refuses.
# shellcheck source=../lib-gcp.sh
. "$here/lib-gcp.sh"
gcp_project
gcp_build "$commit"
succeeded
one=$digest
first=$commit
gcp_deploy dev "$first"
succeeded

step "two deploys at once: one after the other, and the older one is refused then"
change index two
second=$commit
gcp_build "$second"
succeeded
two=$digest
cloud '{"gcp_delay":5}'
start_gcp_deploy dev "$second"
until_log "rolling out:"
other=$job other_log=$log other_place=$place
new_run
digest=$one
start_gcp_deploy dev "$first"
until_log "is held by https://github.com/acme/simple-time-service/actions/runs/1000, job deploy-dev-gcp; waiting"
grep -Fq "gave the lease" "$other_log" && die "it didn't have to wait"
end_job
failed
says "this run is outdated"
job=$other log=$other_log place=$other_place
end_job
succeeded
gcp_answers dev two
gcp_lease_is_free dev
cloud '{"gcp_delay":0.2}'

step "FORCE rolls the same digest out anew; faults that pass are no failures; what the autoscaling decided stays"
new_run
digest=$two
cloud '{"gcp_autoscaled":{"simple-time-dev-gcp-app":3}}'
changed=$(gcp_changes)
start_gcp_deploy dev "$second" FORCE=true SERVICE=app
until_log "took the lease"
cloud '{"gcp_faults":2}'
end_job
succeeded
[ "$(gcp_changes)" = $((changed + 1)) ] || die "not one change: $(google .changes)"
[ "$(google '.groups["simple-time-dev-gcp-app"] | "\(.size) \(.running | length)"')" = "3 3" ] || die "resized: $(google .groups)"
cloud '{"gcp_autoscaled":{"simple-time-dev-gcp-app":2}}'

step "a rollback to what ran before, and to an image that a tag says passed here"
new_run
gcp_rollback dev "$second"
succeeded
gcp_runs dev "$one"
gcp_answers dev one
new_run
gcp_rollback dev "$second" IMAGE="$two"
succeeded
gcp_answers dev two
# Each run that passed has its entry, also the one that rolled out the same once more.
[ "$(gcp_record dev | jq -r 'map(.services.app) | join(" ")')" = "$one $two $two $one $two" ] || die "the record: $(gcp_record dev)"

step "records are ordered however many there are, and of an old one the tag still tells that it passed"
entry=$(gcp_record dev | jq -c '.[-1]')
cloud "$(jq -nc --argjson entry "$entry" '{gcp_objects: ([range(5; 31) | {key: "gs://simple-time-dev-record/simple-time/dev/gcp/record/\("000000000\(.)"[-10:])",
  value: ($entry | tojson)}] | from_entries)}')"
new_run
gcp_rollback dev "$second" IMAGE="$one"
succeeded
gcp_answers dev one
[ "$(google '.objects | keys | map(select(test("/record/"))) | .[-1]' | grep -o '[0-9]*$')" = 0000000031 ] || die "not the next number"
new_run
gcp_rollback dev "$second" IMAGE=sha256:"$(printf '0%.0s' $(seq 64))"
failed
says "there is no sha256:000"

step "a group that would lose capacity is refused"
new_run
cloud '{"gcp_policy":{"maxUnavailable":{"fixed":1,"calculated":1}}}'
changed=$(gcp_changes)
gcp_deploy dev "$second" FORCE=true
failed
says "it lets instances be unavailable"
[ "$(gcp_changes)" = "$changed" ] || die "something was changed"

# refused VARIABLE=VALUE...: a job of that account gets nothing.
refused() {
  new_run
  gcp_rollback "${target:-dev}" "$second" "$@"
  failed
  [ "$(gcp_changes)" = "$changed" ] || die "something was changed"
}

step "another repository, another ref, another environment's provider, an account elsewhere, no permission: nobody is let in"
gcp_subject='{"sub":"repo:acme/simple-time-service:ref:refs/heads/main","claims":{"repository_id":"1","repository_owner_id":"17"}}'
refused
says "rejected by the attribute condition"
gcp_subject="{\"sub\":\"repo:acme/simple-time-service:pull_request\",$claims}"
refused
says "iam.serviceAccounts.getAccessToken"
gcp_subject=$gcp_branch
target=prod refused
says "does not let this job be simple-time-prod-deploy@"
gcp_subject="{\"sub\":\"repo:acme/simple-time-service:ref:refs/heads/main\",\"forged\":true,$claims}"
refused
says "does not take this job's token"
gcp_subject=
refused GCP_PROVIDER="projects/222222222222/locations/global/workloadIdentityPools/simple-time/providers/github"
says "iam.serviceAccounts.getAccessToken"
refused GCP_SERVICE_ACCOUNT=simple-time-dev-deploy@simple-time-prod.iam.gserviceaccount.com
says "belongs to the project simple-time-prod, and this target is in simple-time-dev"
refused ACTIONS_ID_TOKEN_REQUEST_URL=
says "id-token: write"
# The build's account may push, and nothing else.
refused GCP_SERVICE_ACCOUNT=simple-time-dev-build@simple-time-dev.iam.gserviceaccount.com
says "Required 'storage.objects.create' permission"

step "on GitLab the token is the job's own, and appears nowhere"
token=$(printf '%s' "$gcp_branch" | base64 -w0 | tr '/+' '_-' | tr -d =)
token=$(curl -sS --fail -H "Authorization: bearer $token" "https://run-actions.githubusercontent.com/token?api-version=2.0&audience=https://iam.googleapis.com/projects/111111111111/locations/global/workloadIdentityPools/simple-time/providers/github" | jq -r .value)
new_run
cloud '{"gcp_policy":{"maxUnavailable":{"fixed":0,"calculated":0}}}'
gcp_rollback dev "$second" GITHUB_ACTIONS=false GITLAB_CI=true CI_PIPELINE_URL=https://gitlab.com/acme/p/-/pipelines/7 CI_JOB_NAME=rollback \
  CI_COMMIT_SHA="$second" GCP_ID_TOKEN="$token" ACTIONS_ID_TOKEN_REQUEST_URL= IMAGE="$two"
succeeded
gcp_answers dev two
if grep -Fq -e "$token" -e ya29. "$log" "$sandbox/arguments"; then die "a token was shown"; fi
