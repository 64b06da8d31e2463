# shellcheck shell=bash disable=SC2154,SC2034 # variables come from run.sh and sandbox.sh, and go to the scenes
# What scenes are made of: a project in git, jobs as a host runs them, and questions to the cloud. Sourced by run.sh.
project=$sandbox/project
origin=$sandbox/origin.git
run_number=1000
job_number=0
# The one that there is, so that none has to be fetched. Scenes that deploy ask for no more than its name.
terraform_version=$(terraform version -json 2>/dev/null | jq -r .terraform_version || true)
terraform_version=${terraform_version:-1.11.4}
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null

die() {
  echo "FAILED: $*"
  if [ -n "${log:-}" ] && [ -f "$log" ]; then
    echo "--- the last job's log"
    cat "$log"
  fi
  if [ -s "$sandbox/cloud.log" ]; then
    echo "--- the cloud's log"
    tail -n 30 "$sandbox/cloud.log"
  fi
  exit 1
}

step() { echo "- $*"; }

# ---- the project

new_project() {
  git init -q --bare -b main "$origin"
  git -C "$origin" config uploadpack.allowFilter true
  git -C "$origin" config uploadpack.allowAnySHA1InWant true
  git init -q -b main "$project"
  git -C "$project" remote add origin "$origin"
  cp -R "$here/../../templates/scripts/ci" "$project/ci"
  mkdir -p "$project/app/www"
  cp "$(command -v busybox)" "$project/app/busybox"
  cat >"$project/app/Dockerfile" <<'TEXT'
FROM scratch
ARG GREETING
COPY busybox /bin/busybox
COPY start migrate /
COPY www /www
ENV GREETING=$GREETING
CMD ["/bin/busybox", "sh", "/start"]
TEXT
  # The address comes from the stand-in of ECS; on Fargate every task has a network of its own.
  # shellcheck disable=SC2016 # it is for the container's shell
  echo 'exec /bin/busybox httpd -f -p "$ADDRESS:8000" -h /www' >"$project/app/start"
  echo 'echo migrated; exit 0' >"$project/app/migrate"
  echo fine >"$project/app/www/health"
  echo "pipewright: 1" >"$project/pipewright.yaml"
  local environment
  for environment in dev prod; do write_root "$environment"; done
  change index one
}

# write_root ENVIRONMENT: a platform root of what Terraform has built in, so that it needs no provider from anywhere. It
# reads what it should be from a file beside the sandbox, as real ones read their cloud: a scene can change that. Which
# state it has stays as it is where a generated root is there already.
write_root() {
  local root=$project/infra/aws/$1/platform
  mkdir -p "$root" "$project/infra/modules/aws/nothing"
  printf 'output "nothing" {\n  value = null\n}\n' >"$project/infra/modules/aws/nothing/main.tf"
  rm -f "$root"/*.tf
  [ -f "$root/backend.hcl" ] || cat >"$root/backend.hcl" <<HCL
bucket              = "simple-time-tfstate-${account[$1]}-$region"
key                 = "simple-time/aws/$1/platform"
region              = "$region"
allowed_account_ids = ["${account[$1]}"]
use_lockfile        = true
HCL
  cat >"$root/main.tf" <<HCL
terraform {
  required_version = ">= 1.11.0, < 2.0.0"
  backend "s3" {}
}

module "nothing" {
  source = "../../../modules/aws/nothing"
}

resource "terraform_data" "network" {
  input = "first"
}

resource "terraform_data" "service" {
  input = [terraform_data.network.id, trimspace(file("$sandbox/wish.$1"))]
}

output "secret" {
  value     = "hunter22-$1"
  sensitive = true
}

output "url" {
  value = terraform_data.service.input
}
HCL
  echo one >"$sandbox/wish.$1"
}

# change FILE TEXT: a commit on main in which app/www/FILE says TEXT; its id is in `commit`.
change() {
  echo "$2" >"$project/app/www/$1"
  commit_all "let $1 say $2"
}

commit_all() {
  git -C "$project" add -A
  git -C "$project" commit -q --allow-empty -m "$1"
  git -C "$project" push -q origin HEAD:main
  commit=$(git -C "$project" rev-parse HEAD)
}

# home ENVIRONMENT: where its images are.
home() {
  case $REGISTRY_KIND in
    ecr) echo "${account[$1]}.dkr.ecr.$region.amazonaws.com/simple-time/$1/aws/app" ;;
    ghcr) echo ghcr.io/acme/simple-time-service/app ;;
  esac
}

# What a job is given to open the registry with.
registry=("REGISTRY=$REGISTRY_KIND")
[ "$REGISTRY_KIND" = ecr ] || registry+=(REGISTRY_USERNAME=octo REGISTRY_TOKEN=registry-token-of-the-job)

# services ENVIRONMENT: what the generator would write into SERVICES.
platforms='["linux/amd64"]'
services() {
  jq -cn --arg home "$(home "$1")" --arg source "$(home dev)" --arg prefix "simple-time-$1-aws" --argjson platforms "$platforms" '
    {path: "app", exclude: [], dockerfile: "Dockerfile", args: {GREETING: "it'"'"'s \"$(id)\" `x`\n& more"}, target: "", inputs: [],
      platforms: $platforms, salt: "", secrets: []} as $content
    | [{name: "app", repository: $home, source: $source, image_of: "app", content: $content, family: "\($prefix)-app", service: "app",
        container: "app", minimum: 2, migrate: ["/bin/busybox", "sh", "/migrate"], smoke: {path: "/health", status: 200, contains: "fine"}},
       {name: "worker", repository: $home, source: $source, image_of: "app", content: $content, family: "\($prefix)-worker",
        service: "worker", container: "worker", minimum: 1}]'
}

# ---- jobs

# start_job NAME SUBJECT COMMIT CLONE [VARIABLE=VALUE...] COMMAND: a job of a GitHub run, in the background, in a clone
# that is "shallow" or holds all "commits" or also their "files", or ("none") in the project's own folder. Its process is in `job`, its log in `log`. The command is exec'd.
start_job() {
  local name=$1 subject=$2 sha=$3 clone=$4 token
  shift 4
  job_number=$((job_number + 1))
  place=$sandbox/jobs/$job_number
  log=$place/log
  mkdir -p "$place/home" "$place/tmp"
  if [ "$clone" = none ]; then
    ln -s "$project" "$place/work"
  else
    git init -q "$place/work"
    git -C "$place/work" remote add origin "file://$origin"
  fi
  if [ "$clone" = shallow ]; then
    git -C "$place/work" fetch -q --depth=1 origin "$sha"
  elif [ "$clone" = files ]; then
    git -C "$place/work" fetch -q origin '+refs/heads/*:refs/remotes/origin/*' "$sha"
  elif [ "$clone" = commits ]; then
    git -C "$place/work" fetch -q --filter=tree:0 origin '+refs/heads/*:refs/remotes/origin/*' "$sha"
  fi
  [ "$clone" = none ] || git -C "$place/work" -c advice.detachedHead=false checkout -q "$sha"
  token=$(printf '%s' "$subject" | base64 -w0 | tr '/+' '_-' | tr -d =)
  (
    cd "$place/work" || exit
    # Bash starts what is in the background deaf to INT, and ctest may be deaf to PIPE; hosts and terminals leave both.
    exec setsid env -i --default-signal=INT,QUIT,PIPE PATH="$sandbox/bin:$PATH" HOME="$place/home" TMPDIR="$place/tmp" AWS_CA_BUNDLE="$sandbox/bundle.pem" \
      DOCKER_LOG="$sandbox/docker.log" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null LANG=C.UTF-8 AWS_SOCKET="$AWS_SOCKET" \
      GITHUB_ACTIONS=true GITHUB_SHA="$sha" GITHUB_REF=refs/heads/main GITHUB_SERVER_URL=https://github.com \
      GITHUB_REPOSITORY=acme/simple-time-service GITHUB_RUN_ID="$run_number" GITHUB_JOB="$name" \
      GITHUB_OUTPUT="$place/output" GITHUB_STEP_SUMMARY="$place/summary" GITHUB_TOKEN=github-token-of-the-job \
      ACTIONS_ID_TOKEN_REQUEST_URL="https://run-actions.githubusercontent.com/token?api-version=2.0" \
      ACTIONS_ID_TOKEN_REQUEST_TOKEN="$token" "$@" >"$log" 2>&1
  ) &
  job=$!
}

# end_job: waits for the job; its exit code is in `status`. Nothing may be left of it: no file, no process, no secret
# in its log or on a command line.
end_job() {
  local secret
  status=0
  { wait "$job" || status=$?; } 2>/dev/null
  no_secret
  ended "$job"
  # Nobody cleans up after a kill.
  [ "$status" -ne 137 ] || return 0
  [ -z "$(ls -A "$place/tmp")" ] || die "the job left files: $(ls -A "$place/tmp")"
  [ -z "$(ls -A "$place/home")" ] || die "the job left files in its home: $(find "$place/home")"
}

# processes_of JOB: what still runs of it, one a line.
processes_of() { cat /proc/[0-9]*/stat 2>/dev/null | awk -v session="$1" '{ line = $0; sub(/.*\) /, ""); if ($1 != "Z" && $4 == session) print line }'; }

# ended JOB: nothing runs any more of it; what a kill has left sees that by itself, within seconds.
ended() {
  for _ in $(seq 50); do
    [ -n "$(processes_of "$1")" ] || return 0
    sleep 0.1
  done
  die "this still runs of the job: $(processes_of "$1")"
}

no_secret() {
  local secret
  sed -n 's/^::add-mask:://p' "$log" | sort -u >"$place/masks"
  grep -v '^::add-mask::' "$log" >"$place/shown" || true
  while IFS= read -r secret; do
    if grep -Fq -e "$secret" "$place/shown"; then die "the log shows a secret"; fi
    if grep -Fq -e "$secret" "$sandbox/arguments"; then die "a secret was on a command line"; fi
  done <"$place/masks"
}

new_run() { run_number=$((run_number + 1)); }

branch_subject='{"sub":"repo:acme/simple-time-service:ref:refs/heads/main"}'
prod_subject='{"sub":"repo:acme/simple-time-service:environment:prod"}'

# build COMMIT [VARIABLE=VALUE...]: the build job; the digest is in `digest` where it went well.
build() {
  local sha=$1
  shift
  start_build "$sha" "$@"
  end_job
  digest=$(sed -n 's/^digest=//p' "$place/output" 2>/dev/null || true)
}

start_build() {
  local sha=$1
  # Where a token opens the registry, the job is nobody in the cloud.
  local -a cloud=(ACTIONS_ID_TOKEN_REQUEST_URL= ACTIONS_ID_TOKEN_REQUEST_TOKEN=)
  [ "$REGISTRY_KIND" != ecr ] || cloud=(ENVIRONMENT=dev STACK=aws CLOUD=aws AWS_REGION="$region" AWS_ACCOUNT="${account[dev]}"
    AWS_ROLE_ARN="arn:aws:iam::${account[dev]}:role/simple-time-dev-aws-build")
  shift
  start_job build-app "$branch_subject" "$sha" shallow PROJECT=simple-time "${registry[@]}" "${cloud[@]}" SERVICES="$(services dev)" SERVICE=app SBOM=true "$@" ci/build.sh
}

# start_deploy ENVIRONMENT COMMIT [VARIABLE=VALUE...]: as after an empty plan of this moment; deploy is the same and waits.
# shown_by is a command that runs it, as its arguments, and shows what it prints.
shown_by=()
start_deploy() {
  local environment=$1 sha=$2 subject=$branch_subject
  local -a more=()
  shift 2
  if [ "$environment" = prod ]; then
    subject=$prod_subject
    more=(SOURCE_ENVIRONMENT=dev SOURCE_STACK=aws)
  else
    more=("DIGEST_APP=${digest:-}")
  fi
  start_job "deploy-$environment-aws" "$subject" "$sha" commits PROJECT=simple-time ENVIRONMENT="$environment" STACK=aws CLOUD=aws \
    "${registry[@]}" RUNTIME=ecs-fargate AWS_REGION="$region" AWS_ACCOUNT="${account[$environment]}" \
    AWS_ROLE_ARN="arn:aws:iam::${account[$environment]}:role/simple-time-$environment-aws-deploy" SERVICES="$(services "$environment")" \
    CLUSTER="simple-time-$environment-aws" STATE_BUCKET="simple-time-tfstate-${account[$environment]}-$region" \
    LEASE_KEY="simple-time/aws/$environment/lease.json" RECORD="/simple-time/$environment/aws/record" \
    PLATFORM="/simple-time/$environment/aws/platform" ROOT="infra/aws/$environment/platform" MODULES=infra/modules TOOL=terraform \
    TOOL_VERSION="$terraform_version" PLAN_EMPTY=true PLAN_PLATFORM="$(platform_change "$environment")" LOAD_BALANCER="simple-time-$environment-aws" SMOKE_RETRIES=2 SMOKE_DELAY_SECONDS=1 ROLLOUT_MINUTES=2 POLL_SECONDS=1 \
    LEASE_SECONDS=20 "${more[@]}" "$@" "${shown_by[@]}" ci/deploy.sh
}

deploy() {
  start_deploy "$@"
  end_job
}

# start_job_on SCRIPT IDENTITY CLONE ENVIRONMENT COMMIT [VARIABLE=VALUE...]: a job that a target's Terraform or record
# belongs to, with the variables that all of them have.
start_job_on() {
  local script=$1 identity=$2 clone=$3 environment=$4 sha=$5 subject=$branch_subject
  shift 5
  if [ "$environment" = prod ] && [ "$identity" != plan ]; then subject=$prod_subject; fi
  start_job "${script%.sh}-$environment-aws" "$subject" "$sha" "$clone" PROJECT=simple-time ENVIRONMENT="$environment" STACK=aws CLOUD=aws \
    AWS_REGION="$region" AWS_ACCOUNT="${account[$environment]}" \
    AWS_ROLE_ARN="arn:aws:iam::${account[$environment]}:role/simple-time-$environment-aws-$identity" \
    STATE_BUCKET="simple-time-tfstate-${account[$environment]}-$region" LEASE_KEY="simple-time/aws/$environment/lease.json" \
    RECORD="/simple-time/$environment/aws/record" PLATFORM="/simple-time/$environment/aws/platform" \
    ROOT="infra/aws/$environment/platform" MODULES=infra/modules TOOL=terraform TOOL_VERSION="$terraform_version" LEASE_SECONDS=20 "$@" "ci/$script"
}

# plan ENVIRONMENT COMMIT [VARIABLE=VALUE...]: the plan job; where it went well, `fingerprint`, `empty` and `seen` are its results.
plan() {
  start_job_on terraform-plan.sh plan shallow "$@"
  end_job
  fingerprint=$(sed -n 's/^fingerprint=//p' "$place/output" 2>/dev/null || true)
  empty=$(sed -n 's/^empty=//p' "$place/output" 2>/dev/null || true)
  seen=$(sed -n 's/^platform=//p' "$place/output" 2>/dev/null || true)
}

start_apply() { start_job_on terraform-apply.sh infra commits "$1" "$2" PLAN_FINGERPRINT="${fingerprint:-}" "${@:3}"; }
apply() {
  start_apply "$@"
  end_job
}

destroy() {
  start_job_on terraform-destroy.sh infra commits "$1" "$2" PLAN_FINGERPRINT="${fingerprint:-}" "${@:3}"
  end_job
}

start_rollback() {
  start_job_on rollback.sh deploy shallow "$1" "$2" "${registry[@]}" RUNTIME=ecs-fargate SERVICES="$(services "$1")" \
    CLUSTER="simple-time-$1-aws" LOAD_BALANCER="simple-time-$1-aws" SMOKE_RETRIES=2 SMOKE_DELAY_SECONDS=1 ROLLOUT_MINUTES=2 POLL_SECONDS=1 "${@:3}"
}
rollback() {
  start_rollback "$@"
  end_job
}

# ---- questions

succeeded() { [ "$status" -eq 0 ] || die "${1:-the job} failed with $status"; }
failed() { [ "$status" -eq "${1:-1}" ] || die "the job ended with $status, not ${1:-1}"; }
says() { grep -Fq -e "$1" "$log" || die "the log does not say '$1'"; }
never_says() { ! grep -Fq -e "$1" "$log" || die "the log says '$1'"; }

# until_log TEXT: waits until the running job's log says it, for as long as it may.
until_log() {
  local _
  for _ in $(seq 900); do
    if grep -Fq -e "$1" "$log" 2>/dev/null; then return 0; fi
    if ! kill -0 "$job" 2>/dev/null && ! grep -Fq -e "$1" "$log"; then break; fi
    sleep 0.1
  done
  die "the log never said '$1'"
}

state() { curl -sS http://127.0.1.1:8081/state | jq -r "$1"; }
cloud() { printf '%s' "$1" | curl -sS -o /dev/null --fail --data-binary @- http://127.0.1.1:8081/set; }

as_admin() {
  AWS_CA_BUNDLE=$sandbox/bundle.pem AWS_ACCESS_KEY_ID=AKIAADMIN AWS_SECRET_ACCESS_KEY=x HOME=$sandbox "$sandbox/bin/aws" --region "$region" --output json "$@"
}

record() { as_admin ssm get-parameter-history --name "/simple-time/$1/aws/record" 2>/dev/null | jq -c '[.Parameters[].Value | fromjson]' || echo '[]'; }

platform() { as_admin ssm get-parameter --name "/simple-time/$1/aws/platform" 2>/dev/null | jq -c '.Parameter.Value | fromjson' || echo '{}'; }

# platform_change ENVIRONMENT: which change of the platform a plan of this moment speaks of.
platform_change() { platform "$1" | jq -r '.change // "none"' 2>/dev/null || echo none; }

# tfstate ENVIRONMENT: what Terraform's state says; nothing where there is none.
tfstate() {
  as_admin s3api get-object --bucket "simple-time-tfstate-${account[$1]}-$region" --key "simple-time/aws/$1/platform" \
    "$sandbox/state.seen" >/dev/null 2>&1 && cat "$sandbox/state.seen"
}

lease() {
  as_admin s3api get-object --bucket "simple-time-tfstate-${account[$1]}-$region" --key "simple-time/aws/$1/lease.json" \
    "$sandbox/lease.seen" >/dev/null && cat "$sandbox/lease.seen"
}

lease_is_free() { [ "$(lease "$1" | jq .expires)" = 0 ] || die "the lease of $1 was not given back: $(lease "$1")"; }

# runs ENVIRONMENT DIGEST: the digest that every task of the environment runs.
runs() {
  local wanted seen
  wanted=$(home "$1")@$2
  seen=$(state ".services | to_entries[] | select(.key | startswith(\"simple-time-$1-\")) | \"\(.key) \(.value.running | length) \(.value.running | unique | join(\",\"))\"")
  [ "$seen" = "simple-time-$1-aws/app 2 $wanted
simple-time-$1-aws/worker 1 $wanted" ] || die "$1 runs: $seen
and should run $wanted"
}

# answers ENVIRONMENT TEXT: what the load balancer serves under /index.
answers() {
  local seen
  seen=$(curl -sS "http://simple-time-$1-aws-1.$region.elb.amazonaws.com/index")
  [ "$seen" = "$2" ] || die "$1 answers '$seen', not '$2'"
}

# tag ENVIRONMENT TAG: the digest under that tag, nothing where there is none.
tag() {
  local of=${account[$1]}/simple-time/$1/aws/app
  [ "$REGISTRY_KIND" = ecr ] || of=$REGISTRY_KIND/acme/simple-time-service/app
  state ".tags[\"$of:$2\"] // empty"
}
builds() { wc -l <"$sandbox/docker.log" 2>/dev/null || echo 0; }
updates() { state '.updates | length'; }
key_of() { COMMIT=$1 CONTENT_DIR=$project SERVICE=app SERVICES=$(services dev) "$project/ci/key.sh"; }
