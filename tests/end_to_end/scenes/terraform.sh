# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Plan, apply and destroy with the real Terraform, its real S3 backend and its real locks.
command -v terraform >/dev/null 2>&1 || { echo "skip: terraform is not installed"; exit 77; }
new_project

# nothing_is_left ENVIRONMENT: neither the lease nor the state is locked.
nothing_is_left() {
  lease_is_free "$1"
  as_admin s3api head-object --bucket "simple-time-tfstate-${account[$1]}-$region" --key "simple-time/aws/$1/platform.tflock" >/dev/null 2>&1 &&
    die "the state is still locked"
  return 0
}
wish() { tfstate "$1" | jq -r '.outputs.url.value[1]'; }

step "a plan says what would change, and changes nothing"
plan dev "$commit"
succeeded
[[ $fingerprint =~ ^[0-9a-f]{64}$ ]] || die "the fingerprint is '$fingerprint'"
[ "$empty" = false ] || die "the plan is empty"
says "terraform_data.network will be created"
says "2 to create"
says "has no .terraform.lock.hcl"
grep -q 'terraform_data.network will be created' "$place/summary" || die "no plan on the run's page"
never_says hunter22
[ -z "$(tfstate dev)" ] || die "there is a state"
one=$fingerprint
plan dev "$commit"
[ "$fingerprint" = "$one" ] || die "the same plan has another fingerprint"
echo elsewhere >"$project/README.md"
commit_all "a change that no Terraform contains"
plan dev "$commit"
[ "$fingerprint" = "$one" ] || die "the same plan of another commit has another fingerprint"

step "on GitLab the results are variables; a person at a terminal is told what does not count"
gitlab=(GITHUB_ACTIONS= GITLAB_CI=true GITHUB_OUTPUT= CI_COMMIT_SHA="$commit" CI_COMMIT_BRANCH=main CI_JOB_NAME=job CI_PIPELINE_ID=7
  CI_PIPELINE_URL=https://gitlab.com/acme/x/-/pipelines/7 ACTIONS_ID_TOKEN_REQUEST_URL=)
token=$(curl -sS -H "Authorization: bearer $(printf '%s' "$branch_subject" | base64 -w0 | tr '/+' '_-' | tr -d =)" \
  "https://run-actions.githubusercontent.com/token?audience=sts.amazonaws.com" | jq -r .value)
start_job_on terraform-plan.sh plan shallow dev "$commit" "${gitlab[@]}" AWS_ID_TOKEN="$token" OUTPUT_FILE="$sandbox/plan.env"
end_job
succeeded
[ "$(cat "$sandbox/plan.env")" = "PLAN_FINGERPRINT=$one
PLAN_EMPTY=false
PLAN_PLATFORM=none" ] || die "the results are $(cat "$sandbox/plan.env")"
! grep -Fq -e "$token" "$log" "$sandbox/arguments" || die "the token was shown"
echo '# not committed' >>"$project/infra/aws/dev/platform/main.tf"
start_job_on terraform-plan.sh plan none dev "$commit" GITHUB_ACTIONS= GITHUB_OUTPUT= GITHUB_STEP_SUMMARY= GITHUB_SHA= AWS_ROLE_ARN= AWS_ACCESS_KEY_ID=AKIAADMIN \
  AWS_SECRET_ACCESS_KEY=x ACTIONS_ID_TOKEN_REQUEST_URL=
end_job
succeeded
says "what is not committed below infra/aws/dev/platform and infra/modules does not count"
says "PLAN_FINGERPRINT=$one"
git -C "$project" checkout -q .

step "what was shown is applied; the state is written, the locks are free, and the platform's fingerprint stands"
apply dev "$commit"
succeeded
says "Creation complete"
never_says hunter22
[ "$(wish dev)" = one ] || die "the state says $(tfstate dev)"
by_hand=$(printf 'pipewright-platform 1\nroot %s\nmodules %s\ntool terraform %s\n' "$(git -C "$project" rev-parse HEAD:infra/aws/dev/platform)" \
  "$(git -C "$project" rev-parse HEAD:infra/modules)" "$terraform_version" | sha256sum | cut -c 1-64)
[ "$(platform dev | jq -r '.state + " " + .fingerprint + " " + .commit')" = "applied $by_hand $commit" ] || die "the platform is $(platform dev)"
nothing_is_left dev

step "where nothing changes the plan is empty, and an apply that is run again comes to the same end"
plan dev "$commit"
[ "$empty" = true ] || die "the plan is not empty"
apply dev "$commit" PLAN_FINGERPRINT="$one"
succeeded
says "nothing had to be changed"

step "a plan says of which change of the platform it speaks; only where something is changed it is another one"
[ "$seen" = "$(platform_change dev)" ] || die "it was $seen, and is $(platform_change dev)"
[[ $seen =~ ^[0-9a-f]{32}$ ]] || die "it is $seen"
state '.used[]' | grep -q '^simple-time-dev-aws-plan ssm:GetParameter' || die "it was not read as plan"
old=$commit
echo '# newer' >>"$project/infra/aws/dev/platform/main.tf"
commit_all "another root of the same platform"
plan dev "$commit"
apply dev "$commit"
succeeded
[ "$(platform dev | jq -r '.commit + " " + .change')" = "$commit $seen" ] || die "the platform is $(platform dev)"

step "a run that is older than what was applied applies nothing, deployed or not; a person may go back"
plan dev "$old"
apply dev "$old"
failed
says "this run is outdated: the platform of dev on aws was changed since for $commit"
says "revert what came after it"
[ "$(platform dev | jq -r .commit)" = "$commit" ] || die "the platform is $(platform dev)"
nothing_is_left dev
start_job_on terraform-apply.sh infra none dev "$commit" GITHUB_ACTIONS= GITHUB_OUTPUT= GITHUB_STEP_SUMMARY= GITHUB_SHA= AWS_ROLE_ARN= \
  AWS_ACCESS_KEY_ID=AKIAADMIN AWS_SECRET_ACCESS_KEY=x ACTIONS_ID_TOKEN_REQUEST_URL= COMMIT="$old" PLAN_FINGERPRINT="$fingerprint"
end_job
succeeded
[ "$(platform dev | jq -r .commit)" = "$old" ] || die "the platform is $(platform dev)"
apply dev "$commit"
succeeded

step "what changed since it was shown is not applied"
echo two >"$sandbox/wish.dev"
plan dev "$commit"
says "1 to update"
echo three >"$sandbox/wish.dev"
apply dev "$commit"
failed
says "is not what was shown"
[ "$(wish dev)" = one ] || die "it was applied"
[ "$(platform dev | jq -r .state)" = applied ] || die "the platform is $(platform dev)"
nothing_is_left dev

step "without a person in front: first the fingerprint, then the apply that names it"
apply dev "$commit" PLAN_FINGERPRINT=
failed 2
says "PLAN_FINGERPRINT is missing"
apply dev "$commit" PLAN_FINGERPRINT= CONFIRM_NEEDED=true
succeeded
[ "$(wish dev)" = one ] || die "it was applied"
says "::warning::nothing is applied yet"
grep -q 'Nothing is applied yet' "$place/summary" || die "the run's page says nothing"
grep -Fxq ended=waits "$place/output" || die "who tells people of it does not learn it"
plan dev "$commit"
grep -Fq "start this again with CONFIRM=$fingerprint" "$sandbox/jobs/$((job_number - 1))/log" || die "it does not say how to go on"
apply dev "$commit" CONFIRM_NEEDED=true CONFIRM="$one"
failed
says "CONFIRM is $one"
# What a person confirms is compared wherever it is given, also behind a gate.
apply dev "$commit" CONFIRM="$one"
failed
says "CONFIRM is $one"
apply dev "$commit" CONFIRM=dev
failed 2
says "CONFIRM should hold the fingerprint of a plan (64 hex digits), not 'dev'"
[ "$(wish dev)" = one ] || die "it was applied"
apply dev "$commit" CONFIRM_NEEDED=true CONFIRM="$fingerprint"
succeeded
[ "$(platform_change dev)" != "$seen" ] || die "the platform was changed, and its change is the same"
never_says "nothing is applied yet"
! grep -sq ended= "$place/output" || die "it says that it waits"
[ "$(wish dev)" = three ] || die "the state says $(tfstate dev)"

step "a signal: Terraform ends by itself, writes its state and unlocks it, and only then the lease is given back"
# From here on a change waits for a file before it is done.
cat >>"$project/infra/aws/dev/platform/main.tf" <<HCL

resource "terraform_data" "slow" {
  triggers_replace = trimspace(file("$sandbox/wish.dev"))
  provisioner "local-exec" {
    command = "echo at work; until [ -e $sandbox/go ]; do sleep 0.1; done"
  }
}
HCL
commit_all "something slow"
echo four >"$sandbox/wish.dev"
plan dev "$commit"
start_apply dev "$commit"
until_log "at work"
kill -TERM "$job"
end_job
failed 143
says "waiting until what runs has put its own things in order"
says "Gracefully shutting down"
sed '1,/gave the lease/d' "$log" | grep -q . && die "Terraform was still at work when the lease was given back"
[ "$(tfstate dev | jq -r '[.resources[] | select(.name == "slow")] | length')" = 1 ] || die "what was begun is not in the state: $(tfstate dev)"
nothing_is_left dev
[ "$(platform dev | jq -r '.state + .fingerprint')" = changing ] || die "the platform is $(platform dev)"
touch "$sandbox/go"
plan dev "$commit"
apply dev "$commit"
succeeded
[ "$(platform dev | jq -r .state)" = applied ] || die "the platform is $(platform dev)"

step "a killed apply leaves the lease and the state locked; the same job goes on where it ended, and so does a later run"
for again in same:600 later:15; do
  seconds=${again#*:} again=${again%:*}
  rm "$sandbox/go"
  echo "killed $again" >"$sandbox/wish.dev"
  plan dev "$commit"
  start_apply dev "$commit" LEASE_SECONDS="$seconds"
  until_log "at work"
  # As when the machine is gone: Terraform, which has a process group of its own, too.
  pkill -KILL -s "$job"
  end_job
  failed 137
  touch "$sandbox/go"
  [ "$(lease dev | jq '.marks | length')" = 1 ] || die "the lease does not say who locked the state"
  [ "$again" = same ] || new_run
  plan dev "$commit"
  apply dev "$commit"
  succeeded
  says "the job that locked the state was killed; opening its lock"
  [ "$(wish dev)" = "killed $again" ] || die "the state says $(tfstate dev)"
  nothing_is_left dev
  [ "$(lease dev | jq -c .marks)" = '[]' ] || die "the lease still speaks of a lock"
done

step "a lock of somebody at work is not opened"
echo five >"$sandbox/wish.dev"
plan dev "$commit"
jq -n --arg now "$(date -u '+%Y-%m-%dT%H:%M:%SZ')" '{ID: "0a-1b", Operation: "OperationTypeApply", Info: "", Who: "ann@laptop", Version: "1.11.4", Created: $now, Path: "x"}' >"$sandbox/tflock"
as_admin s3api put-object --bucket "simple-time-tfstate-${account[dev]}-$region" --key simple-time/aws/dev/platform.tflock --body "$sandbox/tflock" >/dev/null
apply dev "$commit" LOCK_WAIT_MINUTES=0
failed
says "is locked by ann@laptop"
says "force-unlock 0a-1b"
as_admin s3api delete-object --bucket "simple-time-tfstate-${account[dev]}-$region" --key simple-time/aws/dev/platform.tflock >/dev/null
lease_is_free dev

step "two applies at once: one after the other; and one that outlives its credentials asks for new ones"
rm "$sandbox/go"
start_apply dev "$commit"
until_log "signed in"
cloud '{"session_seconds":4}'
until_log "at work"
other=$job other_log=$log other_place=$place
cloud '{"session_seconds":null}'
new_run
start_apply dev "$commit"
until_log "; waiting"
sleep 3
touch "$sandbox/go"
end_job
succeeded
says "nothing had to be changed"
job=$other log=$other_log place=$other_place
end_job
succeeded
says "applied (1 to replace, 1 to update)"
nothing_is_left dev

step "only the run's own history is planned and applied"
git -C "$project" checkout -q -b topic
echo '# not reviewed' >>"$project/infra/aws/dev/platform/main.tf"
git -C "$project" commit -q -a -m topic
git -C "$project" push -q origin topic
topic=$(git -C "$project" rev-parse HEAD)
git -C "$project" checkout -q main
before=$(git -C "$project" rev-parse HEAD~1)
for script in terraform-plan.sh terraform-apply.sh terraform-destroy.sh; do
  said=
  [ "$script" != terraform-destroy.sh ] || said=dev
  start_job_on "$script" infra commits dev "$commit" PLAN_FINGERPRINT="$one" CONFIRM="$said" COMMIT="$topic" CONTENT_DIR="$project"
  end_job
  failed
  says "is not part of the history of $commit"
done
start_job_on terraform-plan.sh plan shallow dev "$commit" COMMIT="$before" CONTENT_DIR="$project"
end_job
succeeded
says "terraform_data.slow will be destroyed"

step "no root can be initialised against another target's state, and no plan identity can write"
plan dev "$commit" ROOT=infra/aws/prod/platform
failed
says "can't be initialised"
start_job_on terraform-apply.sh plan commits dev "$commit" PLAN_FINGERPRINT="$one"
end_job
failed
says "can't take the lease"
plan dev "$commit" ROOT=../infra
failed 2
says "ROOT should hold a path inside the repository"

step "a committed lock file is only read"
printf '# of the project\n' >"$project/infra/aws/dev/platform/.terraform.lock.hcl"
commit_all "a lock file"
plan dev "$commit"
succeeded
never_says "has no .terraform.lock.hcl"
if [ -n "${PIPEWRIGHT_TERRAFORM_MIRROR:-}" ]; then
  printf '\nresource "random_pet" "name" {\n  length = 2\n}\n' >>"$project/infra/aws/dev/platform/main.tf"
  commit_all "a provider that the lock file does not know"
  plan dev "$commit" PIPEWRIGHT_TERRAFORM_MIRROR="$PIPEWRIGHT_TERRAFORM_MIRROR"
  failed
  says "Provider dependency changes detected"
  git -C "$project" rm -q -f infra/aws/dev/platform/.terraform.lock.hcl
  commit_all "without the lock file"
  plan dev "$commit" PIPEWRIGHT_TERRAFORM_MIRROR="$PIPEWRIGHT_TERRAFORM_MIRROR"
  succeeded
  says "random_pet.name will be created"
  git -C "$project" revert --no-edit HEAD~1 >/dev/null
  commit_all "without the provider"
fi

step "nothing is destroyed without the environment's name, of a protected target, or other than shown"
plan dev "$commit" ACTION=destroy
succeeded
says "3 to delete"
end=$fingerprint
destroy dev "$commit" CONFIRM=prod
failed
says "CONFIRM has to repeat the environment's name"
destroy dev "$commit" CONFIRM=dev PROTECT=true
failed
says "is protected"
destroy dev "$commit" CONFIRM=dev PLAN_FINGERPRINT="$one"
failed
says "is not what was shown"
[ "$(platform dev | jq -r .state)" = applied ] || die "the platform is $(platform dev)"

step "destroyed: the platform says so; a second time nothing is left to do, and it can be applied again"
destroy dev "$commit" CONFIRM=dev
succeeded
[ "$(tfstate dev | jq '.resources | length')" = 0 ] || die "something is left"
[ "$(platform dev | jq -r '.state + .fingerprint')" = destroyed ] || die "the platform is $(platform dev)"
[ "$(record dev)" = '[]' ] || die "there is a record of nothing"
nothing_is_left dev
destroy dev "$commit" CONFIRM=dev PLAN_FINGERPRINT="$end"
succeeded
says "there is nothing left to destroy"
plan dev "$commit"
apply dev "$commit"
succeeded
nothing_is_left dev
