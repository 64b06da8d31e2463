# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# The generated workflows of the first example themselves, run by workflow.mjs as GitHub would run them: from a push to
# production behind its gate, infrastructure included; what a change request and a fork get; and the operators' form.
command -v terraform >/dev/null 2>&1 || { echo "skip: terraform is not installed"; exit 77; }
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

# play EVENT-NAME REF [FILTER [WORKFLOW]]: the workflow (delivery) for an event; FILTER (jq) changes the settings. The jobs'
# results, one a line, are in `results`, and what they logged below `runs_in`.
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
  results=$(node "$here/workflow.mjs" "$project/.github/workflows/${4:-delivery}.yml" "$settings") || die "workflow.mjs: $results"
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

# form ACTION ENVIRONMENT [FILTER]: the operators' form.
form() { play workflow_dispatch refs/heads/main ".event.inputs = {action: \"$1\", environment: \"$2\", cloud: \"aws\", service: \"\", image: \"\", confirm: \"\"} | ${3:-.}" operations; }

# ended RESULTS: those jobs that were not skipped.
ended() {
  results=$(printf '%s\n' "$results" | grep -v ' skipped$')
  gave "$1"
}

step "a push to main without a configured gate: dev is applied and deployed, production is not"
play push refs/heads/main
gave "scan-source success try-app skipped build-app success scan-image-app success plan-dev-aws success apply-dev-aws success deploy-dev-aws success plan-prod-aws success guard-prod failure apply-prod-aws skipped deploy-prod-aws skipped"
built=$(sed -n 's/^digest=//p' "$runs_in/build-app/output.1")
is="888888888888.dkr.ecr.$region.amazonaws.com/simple-time/dev/aws/app@$built"
[ "$(running dev)" = "$is" ] || die "dev runs $(running dev), not $is"
answers dev one
[ "$(platform dev | jq -r '.state + " " + .commit')" = "applied $commit" ] || die "the platform of dev is $(platform dev)"
[ -z "$(running prod)" ] || die "production runs $(running prod)"
[ -z "$(tfstate prod)" ] || die "production was applied"
grep -q "does not exist" "$runs_in/guard-prod/log" || die "the guard does not say why"

step "with the gate configured production waits for a person, before its infrastructure is touched"
cloud "$(jq -cn --argjson environment "$reviewed" --argjson refs "$branches" '{environments: {prod: {environment: $environment, refs: $refs}}}')"
play push refs/heads/main
ended "scan-source success build-app success scan-image-app success plan-dev-aws success apply-dev-aws success deploy-dev-aws success plan-prod-aws success guard-prod success apply-prod-aws waiting"
[ "$(builds)" = 1 ] || die "the same content was built twice"
[ -z "$(running prod)$(tfstate prod)" ] || die "production runs $(running prod)"

step "approved: the platform is what was shown, and the very image that passed dev runs on it"
play push refs/heads/main '.approve = ["prod"]'
ended "scan-source success build-app success scan-image-app success plan-dev-aws success apply-dev-aws success deploy-dev-aws success plan-prod-aws success guard-prod success apply-prod-aws success deploy-prod-aws success"
is="999999999999.dkr.ecr.$region.amazonaws.com/simple-time/prod/aws/app@$built"
[ "$(running prod)" = "$is" ] || die "production runs $(running prod), not $is"
answers prod one
[ "$(builds)" = 1 ] || die "promotion built something"
[ "$(platform prod | jq -r '.state + " " + .commit')" = "applied $commit" ] || die "the platform of prod is $(platform prod)"

step "an image that does not start: dev goes back, and production is never asked"
cp "$project/app/start" "$sandbox/start"
echo 'exit 3' >"$project/app/start"
commit_all "break it"
play push refs/heads/main '.approve = ["prod"]'
ended "scan-source success build-app success scan-image-app success plan-dev-aws success apply-dev-aws success deploy-dev-aws failure guard-prod success"
answers dev one
answers prod one
cp "$sandbox/start" "$project/app/start"

step "where the infrastructure is as it should be, only the release is asked for"
change index two
play push refs/heads/main '.approve = ["prod"]'
gave "scan-source success try-app skipped build-app success scan-image-app success plan-dev-aws success apply-dev-aws success deploy-dev-aws success plan-prod-aws success guard-prod success apply-prod-aws skipped deploy-prod-aws success"
answers prod two

step "findings of the scan stop the apply and the deploy"
play push refs/heads/main '.environment.TRIVY_FINDS = "[{\"Vulnerabilities\":[{\"Severity\":\"CRITICAL\"}]}]"'
ended "scan-source failure build-app success scan-image-app failure plan-dev-aws success guard-prod success"

step "a change request is tried and planned, one of a fork is not planned, and neither changes anything"
updated=$(updates)
own='.event.event = {pull_request: {number: 7, head: {repo: {fork: false, full_name: "acme/simple-time-service"}}}}'
fork='.event.event = {pull_request: {number: 7, head: {repo: {fork: true, full_name: "mallory/simple-time-service"}}}}'
play pull_request refs/pull/7/merge "$own"
ended "scan-source success try-app success"
play pull_request refs/pull/7/merge "$own" infrastructure
gave "plan-dev-aws success plan-prod-aws success"
play pull_request refs/pull/7/merge "$fork"
ended "scan-source success try-app success"
play pull_request refs/pull/7/merge "$fork" infrastructure
gave "plan-dev-aws skipped plan-prod-aws skipped"
[ "$(updates)" = "$updated" ] || die "a change request changed something"

step "a push in a fork runs nothing that could sign in, and other branches start nothing"
play push refs/heads/main '.repository = "mallory/simple-time-service" | .approve = ["prod"]'
ended "scan-source success"
play push refs/heads/topic
gave "not started"
play push refs/tags/main
gave "not started"

step "the form: what makes no sense starts nothing; production is behind its gate here too"
form destroy prod '.approve = ["prod"]'
ended "check-form failure"
form rollback prod
ended "check-form success guard-prod success rollback-prod-aws waiting"
form rollback prod '.approve = ["prod"]'
ended "check-form success guard-prod success rollback-prod-aws success"
answers prod one

step "the form: the infrastructure alone, in two runs, as nobody stands in front of dev; then a deploy of the same digest anew"
echo two >"$sandbox/wish.dev"
form infra dev
ended "check-form success plan-dev-aws success apply-dev-aws success"
[ "$(tfstate dev | jq -r '.outputs.url.value[1]')" = one ] || die "it was applied unseen"
shown=$(sed -n 's/.*start this again with CONFIRM=\([0-9a-f]*\)$/\1/p' "$runs_in/apply-dev-aws/log")
form infra dev ".event.inputs.confirm = \"$shown\""
ended "check-form success plan-dev-aws success apply-dev-aws success"
[ "$(tfstate dev | jq -r '.outputs.url.value[1]')" = two ] || die "it was not applied"
updated=$(updates)
form deploy dev
ended "check-form success build-app success scan-image-app success plan-dev-aws success apply-dev-aws success deploy-dev-aws success"
[ "$(updates)" = $((updated + 1)) ] || die "nothing was rolled out"

step "the form: dev is destroyed, where it is named once more"
form destroy dev '.event.inputs.confirm = "prod"'
ended "check-form failure"
form destroy dev '.event.inputs.confirm = "dev"'
ended "check-form success plan-dev-aws success destroy-dev-aws success"
[ "$(platform dev | jq -r .state)" = destroyed ] || die "the platform of dev is $(platform dev)"
[ "$(record dev | jq -c '.[-1].services')" = '{}' ] || die "the record says $(record dev)"
