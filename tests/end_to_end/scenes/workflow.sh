# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# The generated workflow of the first example itself, run by workflow.mjs as GitHub would run it: from a push to
# production behind its gate, and what a change request and a fork get.
command -v node >/dev/null 2>&1 || { echo "skip: node is not installed"; exit 77; }
pipeline=$here/../../pipelines/fargate-microservice
new_project
rm -rf "$project/ci"
cp -R "$pipeline/ci" "$pipeline/.github" "$project/"
# The generated roots with their state, and in them what Terraform can make without a cloud.
if [ -d "$pipeline/infra" ]; then
  rm -rf "$project/infra"
  cp -R "$pipeline/infra" "$project/"
fi
for environment in dev prod; do write_root "$environment"; done
commit_all "take what is generated"
reviewed='{"can_admins_bypass":false,"protection_rules":[{"type":"required_reviewers","reviewers":[{"type":"Team",
  "reviewer":{"slug":"release-managers"}}]},{"type":"branch_policy"}],
  "deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}}'
branches='{"total_count":1,"branch_policies":[{"name":"main","type":"branch"}]}'

# play EVENT-NAME REF [FILTER]: the workflow for an event; FILTER (jq) changes the settings. The jobs' results, one a
# line, are in `results`, and what they logged below `runs_in`.
play() {
  run_number=$((run_number + 1))
  runs_in=$sandbox/runs/$run_number
  mkdir -p "$runs_in"
  settings=$(jq -cn --arg event "$1" --arg ref "$2" --arg sha "$commit" --arg origin "$origin" --arg place "$runs_in" \
    --argjson run "$run_number" --arg path "$sandbox/bin:$PATH" --arg bundle "$sandbox/bundle.pem" --arg socket "$AWS_SOCKET" \
    --arg docker "$sandbox/docker.log" '{event: {event_name: $event, ref: $ref, sha: $sha, event: {}, inputs: {}},
      repository: "acme/simple-time-service", run_id: $run, origin: $origin, place: $place, approve: [],
      token: "github-token-of-the-job", environment: {PATH: $path, AWS_CA_BUNDLE: $bundle, AWS_SOCKET: $socket,
      DOCKER_LOG: $docker, LANG: "C.UTF-8", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null",
      POLL_SECONDS: "1", LEASE_SECONDS: "20"}}' | jq -c "${3:-.}")
  results=$(node "$here/workflow.mjs" "$project/.github/workflows/delivery.yml" "$settings") || die "workflow.mjs: $results"
}

# gave RESULTS: what the jobs came to, in the order of the workflow.
gave() {
  local one
  if [ "$(printf '%s\n' "$results" | paste -s -d ' ' -)" = "$1" ]; then return 0; fi
  for one in "$runs_in"/*/log; do
    echo "--- $one"
    cat "$one"
  done
  die "the jobs ended as
$results
and not as
$1"
}

running() { state ".services[\"simple-time-$1-aws/app\"].running | unique | join(\",\")"; }

step "a push to main without a configured gate: dev is deployed, production is not"
play push refs/heads/main
gave "scan-source success try-app skipped build-app success scan-image-app success deploy-dev-aws success guard-prod failure deploy-prod-aws skipped"
built=$(sed -n 's/^digest=//p' "$runs_in/build-app/output.1")
is="888888888888.dkr.ecr.$region.amazonaws.com/simple-time/dev/aws/app@$built"
[ "$(running dev)" = "$is" ] || die "dev runs $(running dev), not $is"
answers dev one
[ -z "$(running prod)" ] || die "production runs $(running prod)"
grep -q "does not exist" "$runs_in/guard-prod/log" || die "the guard does not say why"

step "with the gate configured production waits for a person"
cloud "$(jq -cn --argjson environment "$reviewed" --argjson refs "$branches" '{environments: {prod: {environment: $environment, refs: $refs}}}')"
play push refs/heads/main
gave "scan-source success try-app skipped build-app success scan-image-app success deploy-dev-aws success guard-prod success deploy-prod-aws waiting"
[ "$(builds)" = 1 ] || die "the same content was built twice"
[ -z "$(running prod)" ] || die "production runs $(running prod)"

step "approved: the very image that passed dev runs in production"
play push refs/heads/main '.approve = ["prod"]'
gave "scan-source success try-app skipped build-app success scan-image-app success deploy-dev-aws success guard-prod success deploy-prod-aws success"
is="999999999999.dkr.ecr.$region.amazonaws.com/simple-time/prod/aws/app@$built"
[ "$(running prod)" = "$is" ] || die "production runs $(running prod), not $is"
answers prod one
[ "$(builds)" = 1 ] || die "promotion built something"

step "an image that does not start: dev goes back, and production is never asked"
cp "$project/app/start" "$sandbox/start"
echo 'exit 3' >"$project/app/start"
commit_all "break it"
play push refs/heads/main '.approve = ["prod"]'
gave "scan-source success try-app skipped build-app success scan-image-app success deploy-dev-aws failure guard-prod success deploy-prod-aws skipped"
answers dev one
answers prod one
cp "$sandbox/start" "$project/app/start"
commit_all "mend it"

step "findings of the scan stop the deploy"
play push refs/heads/main '.environment.TRIVY_FINDS = "[{\"Vulnerabilities\":[{\"Severity\":\"CRITICAL\"}]}]"'
gave "scan-source failure try-app skipped build-app success scan-image-app failure deploy-dev-aws skipped guard-prod success deploy-prod-aws skipped"

step "a change request, also of a fork, gets no identity and changes nothing"
updated=$(updates)
play pull_request refs/pull/7/merge '.event.event = {pull_request: {number: 7, head: {repo: {fork: true}}}}'
gave "scan-source success try-app success build-app skipped scan-image-app skipped deploy-dev-aws skipped guard-prod skipped deploy-prod-aws skipped"
[ "$(updates)" = "$updated" ] || die "a change request changed something"

step "a push in a fork runs nothing that could sign in, and other branches start nothing"
play push refs/heads/main '.repository = "mallory/simple-time-service" | .approve = ["prod"]'
gave "scan-source success try-app skipped build-app skipped scan-image-app skipped deploy-dev-aws skipped guard-prod skipped deploy-prod-aws skipped"
play push refs/heads/topic
gave "not started"
play push refs/tags/main
gave "not started"
