# shellcheck shell=bash disable=SC2154,SC2034 # variables come from run.sh, sandbox.sh and lib.sh, and go to the scenes
# The same as lib.sh for targets on Google Cloud. Sourced by the scenes gcp*.sh.
place_gcp=europe-west1
declare -A number=([dev]=111111111111 [prod]=222222222222)
claims='"claims":{"repository_id":"4711","repository_owner_id":"17"}'
gcp_branch="{\"sub\":\"repo:acme/simple-time-service:ref:refs/heads/main\",$claims}"
gcp_prod="{\"sub\":\"repo:acme/simple-time-service:environment:prod\",$claims}"

# gcp_services ENVIRONMENT: what the generator would write into SERVICES.
gcp_services() {
  services dev | jq -c --arg home "$place_gcp-docker.pkg.dev/simple-time-$1/simple-time/app" \
    --arg source "$place_gcp-docker.pkg.dev/simple-time-dev/simple-time/app" --arg prefix "simple-time-$1-gcp" '
    map({name, image_of, content, minimum, migrate, smoke, repository: $home, source: $source, group: "\($prefix)-\(.name)"}
      | if .name == "app" then . + {maximum: 4} else . + {maximum: 1} end | with_entries(select(.value != null)))'
}

# gcp_job SCRIPT IDENTITY CLONE ENVIRONMENT COMMIT [VARIABLE=VALUE...]: starts a job with the variables that all have.
gcp_job() {
  local script=$1 identity=$2 clone=$3 environment=$4 sha=$5 subject=$gcp_branch project_id=simple-time-$4
  shift 5
  if [ "$environment" = prod ] && [ "$identity" != plan ]; then subject=$gcp_prod; fi
  start_job "${script%.sh}-$environment-gcp" "${gcp_subject:-$subject}" "$sha" "$clone" PROJECT=simple-time ENVIRONMENT="$environment" STACK=gcp \
    CLOUD=gcp REGISTRY=artifact-registry RUNTIME=compute-mig GCP_PROJECT="$project_id" GCP_REGION="$place_gcp" \
    GCP_SERVICE_ACCOUNT="simple-time-$environment-$identity@$project_id.iam.gserviceaccount.com" \
    GCP_PROVIDER="projects/${number[$environment]}/locations/global/workloadIdentityPools/simple-time/providers/github" \
    SERVICES="$(gcp_services "$environment")" STATE_BUCKET="$project_id-tfstate" LEASE_KEY="simple-time/gcp/$environment/lease.json" \
    RECORD="gs://$project_id-record/simple-time/$environment/gcp/record" PLATFORM="gs://$project_id-record/simple-time/$environment/gcp/platform.json" \
    ROOT="infra/gcp/$environment/platform" MODULES=infra/modules TOOL=terraform TOOL_VERSION="$terraform_version" \
    LOAD_BALANCER="simple-time-$environment-gcp" SMOKE_RETRIES=2 SMOKE_DELAY_SECONDS=1 ROLLOUT_MINUTES=2 MIGRATE_MINUTES=1 POLL_SECONDS=1 \
    LEASE_SECONDS=20 "$@" "ci/$script"
}

gcp_build() {
  local sha=$1
  shift
  gcp_job build.sh build shallow dev "$sha" SERVICE=app SBOM=true "$@"
  end_job
  digest=$(sed -n 's/^digest=//p' "$place/output" 2>/dev/null || true)
}

start_gcp_deploy() {
  local environment=$1 sha=$2
  local -a more=("DIGEST_APP=${digest:-}")
  shift 2
  if [ "$environment" = prod ]; then more=(SOURCE_ENVIRONMENT=dev SOURCE_STACK=gcp); fi
  gcp_job deploy.sh deploy commits "$environment" "$sha" PLAN_EMPTY=true PLAN_PLATFORM="$(gcp_platform_change "$environment")" "${more[@]}" "$@"
}
gcp_deploy() {
  start_gcp_deploy "$@"
  end_job
}

gcp_rollback() {
  gcp_job rollback.sh deploy shallow "$@"
  end_job
}

# gcp_project: the project with platform roots for this stack too.
gcp_project() {
  local environment
  new_project
  for environment in dev prod; do
    mkdir -p "$project/infra/gcp/$environment/platform"
    echo 'output "nothing" { value = null }' >"$project/infra/gcp/$environment/platform/main.tf"
  done
  commit_all "add the roots of gcp"
}

google() { curl -sS http://127.0.1.1:8081/google | jq -r "$1"; }
gcp_object() { google ".objects[\"$1\"] // empty"; }
gcp_platform_change() { gcp_object "gs://simple-time-$1-record/simple-time/$1/gcp/platform.json" | jq -rn 'first(inputs | .change) // "none"'; }
gcp_record() { google '.objects' | jq -c --arg prefix "gs://simple-time-$1-record/simple-time/$1/gcp/record/" '[to_entries[] | select(.key | startswith($prefix)) | .value | fromjson]'; }
gcp_lease_is_free() { [ "$(gcp_object "gs://simple-time-$1-tfstate/simple-time/gcp/$1/lease.json" | jq .expires)" = 0 ] || die "the lease of $1 was not given back"; }
gcp_tag() { google ".tags[\"$place_gcp-docker.pkg.dev/simple-time-$1/simple-time/app:$2\"] // empty"; }
gcp_changes() { google '.changes | length'; }
gcp_key_of() { COMMIT=$1 CONTENT_DIR=$project SERVICE=app SERVICES=$(gcp_services dev) "$project/ci/key.sh"; }

# gcp_runs ENVIRONMENT DIGEST: the digest that every instance of the environment runs.
gcp_runs() {
  local wanted="$place_gcp-docker.pkg.dev/simple-time-$1/simple-time/app@$2" seen
  seen=$(google ".groups | to_entries[] | select(.key | startswith(\"simple-time-$1-\")) | \"\(.key) \(.value.running | length) \(.value.running | unique | join(\",\"))\"")
  [ "$seen" = "simple-time-$1-gcp-app 2 $wanted
simple-time-$1-gcp-worker 1 $wanted" ] || die "$1 runs: $seen
and should run $wanted"
}

# gcp_answers ENVIRONMENT TEXT: what the load balancer serves under /index.
gcp_answers() {
  local seen address=127.0.3.1
  [ "$1" = dev ] || address=127.0.3.2
  seen=$(curl -sS "http://$address/index")
  [ "$seen" = "$2" ] || die "$1 answers '$seen', not '$2'"
}
