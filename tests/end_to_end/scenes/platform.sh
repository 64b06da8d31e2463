# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# A deploy only goes onto the platform that its commit describes; and how many tasks a service has.
new_project
build "$commit"
succeeded

# put_platform JSON: what a run before this one left in the parameter.
put_platform() { as_admin ssm put-parameter --overwrite --type String --name /simple-time/dev/aws/platform --value "$1" >/dev/null; }

step "a platform that was never applied is refused, with the command that mends it"
deploy dev "$commit" PLAN_EMPTY=
failed
says "was never applied"
says "the operators' form with the action infra for dev on aws"
says "when it is started again with CONFIRM set to it"
says "ROOT=infra/aws/dev/platform ci/terraform-plan.sh"
[ "$(updates)" = 0 ] || die "something was rolled out"
lease_is_free dev
deploy dev "$commit" PLAN_EMPTY=false
failed

step "after an empty plan the deploy writes the fingerprint, and then it is known"
deploy dev "$commit"
succeeded
[ "$(platform dev | jq -r '.state + " " + .commit')" = "applied $commit" ] || die "the platform is $(platform dev)"
deploy dev "$commit" PLAN_EMPTY=
succeeded

step "other Terraform, other modules, another version of the tool: another platform"
echo '# more' >>"$project/infra/aws/dev/platform/main.tf"
commit_all "another root"
deploy dev "$commit" PLAN_EMPTY=false
failed
says "is not what $commit describes"
deploy dev "$commit"
succeeded
echo '# more' >>"$project/infra/modules/aws/nothing/main.tf"
commit_all "another module"
deploy dev "$commit" PLAN_EMPTY=
failed
deploy dev "$commit"
succeeded
deploy dev "$commit" PLAN_EMPTY= TOOL_VERSION=1.15.9
failed
says "is not what $commit describes"
echo '# more' >>"$project/infra/aws/prod/platform/main.tf"
commit_all "the root of another target"
deploy dev "$commit" PLAN_EMPTY=
succeeded

step "a platform that is being changed, or gone, takes no deploy"
put_platform "{\"state\":\"changing\",\"fingerprint\":\"\",\"commit\":\"$commit\"}"
deploy dev "$commit" PLAN_EMPTY=
failed
says "it is changing by the commit $commit"
put_platform "{\"state\":\"destroyed\",\"fingerprint\":\"\",\"commit\":\"$commit\"}"
deploy dev "$commit" PLAN_EMPTY=
failed
says "it is destroyed by the commit $commit"
put_platform 'nonsense'
deploy dev "$commit" PLAN_EMPTY=
failed
says "was never applied"

step "an empty plan of long ago does not speak for a platform that was changed since"
old=$commit
echo '# more' >>"$project/infra/modules/aws/nothing/main.tf"
commit_all "a newer platform"
put_platform "{\"state\":\"applied\",\"fingerprint\":\"$(printf 'a%.0s' {1..64})\",\"commit\":\"$commit\"}"
deploy dev "$old"
failed
says "this run is outdated: the platform of dev on aws was changed since for $commit"
deploy dev "$commit"
succeeded

step "nor for one that was changed since at the same commit: by an apply that failed, or a destruction"
build "$commit"
deploy dev "$commit"
succeeded
looked=$(platform_change dev)
for now in changing destroyed; do
  put_platform "{\"state\":\"$now\",\"fingerprint\":\"\",\"commit\":\"$commit\",\"run\":\"https://x/1\",\"change\":\"$(printf 'b%.0s' {1..32})\"}"
  deploy dev "$commit" PLAN_PLATFORM="$looked"
  failed
  says "was changed since this run's plan looked at it"
  says "it is $now by the commit $commit (https://x/1)"
  [ "$(platform dev | jq -r .state)" = "$now" ] || die "the platform is $(platform dev)"
done

step "nor for what an older commit's apply made of it since"
newer=$commit
echo '# more' >>"$project/infra/modules/aws/nothing/main.tf"
commit_all "a platform that follows"
build "$commit"
put_platform "{\"state\":\"applied\",\"fingerprint\":\"$(printf 'a%.0s' {1..64})\",\"commit\":\"$newer\",\"change\":\"$(printf 'c%.0s' {1..32})\"}"
deploy dev "$commit" PLAN_PLATFORM="$looked"
failed
says "was changed since this run's plan looked at it"
deploy dev "$commit" PLAN_PLATFORM=
failed 2
says "PLAN_PLATFORM is missing"

step "after an apply that was killed, an empty plan that was made anew speaks for it"
put_platform "{\"state\":\"changing\",\"fingerprint\":\"\",\"commit\":\"$commit\",\"change\":\"$(printf 'd%.0s' {1..32})\"}"
deploy dev "$commit"
succeeded
[ "$(platform dev | jq -r '.state + " " + .change')" = "applied $(printf 'd%.0s' {1..32})" ] || die "the platform is $(platform dev)"

step "an outdated run applies nothing"
if command -v terraform >/dev/null 2>&1; then
  start_job_on terraform-apply.sh infra commits dev "$old" PLAN_FINGERPRINT="$(printf 'a%.0s' {1..64})"
  end_job
  failed
  says "this run is outdated: dev on aws already runs $commit"
fi

# scaled MINIMUM MAXIMUM: the deploy of a target whose services have these bounds.
scaled() { deploy dev "$commit" SERVICES="$(services dev | jq -c --argjson least "$1" --argjson most "$2" 'map(.minimum = $least | .maximum = $most)')"; }
desired() { state '.services | "\(.["simple-time-dev-aws/app"].desired) \(.["simple-time-dev-aws/worker"].desired)"'; }

step "what a service wants is brought between its minimum and its maximum, without another rollout"
updated=$(updates)
scaled 2 4
succeeded
says "worker: from 1 to 2 tasks"
[ "$(desired)" = "2 2" ] || die "they want $(desired)"
[ "$(state '.services["simple-time-dev-aws/worker"].running | length')" = 2 ] || die "the new task was not waited for"
scaled 3 4
succeeded
[ "$(desired)" = "3 3" ] || die "they want $(desired)"
scaled 1 3
succeeded
[ "$(desired)" = "3 3" ] || die "the autoscaling's number was changed to $(desired)"
scaled 1 1
succeeded
[ "$(desired)" = "1 1" ] || die "they want $(desired)"
[ "$(updates)" = "$updated" ] || die "something was rolled out"
scaled 2 1.5
failed 2
change index two
build "$commit"
scaled 2 2
succeeded
says "app: from 1 to 2 tasks"
[ "$(desired)" = "2 2" ] || die "they want $(desired)"
