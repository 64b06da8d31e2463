# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# ci/check.sh with the real program: fetched by https, compared, run over a repository that is and isn't up to date.
[ -x "${PIPEWRIGHT_PROGRAM:-}" ] || { echo "skip: PIPEWRIGHT_PROGRAM does not name the program"; exit 77; }
new_project
mkdir -p "$sandbox/releases/github.com/acme"
cp "$PIPEWRIGHT_PROGRAM" "$sandbox/releases/github.com/acme/pipewright"
sum=$(sha256sum "$PIPEWRIGHT_PROGRAM" | cut -c 1-64)

# manifest FOLDER: writes one there, and what it generates.
manifest() {
  mkdir -p "$project/$1/app"
  cat >"$project/$1/pipewright.yaml" <<YAML
pipewright: 1
project: shop
repository: acme/simple-time-service
hosts: { github: { visibility: public, owner_id: "1", repository_id: "2" } }
services: { app: { path: app, port: 8000, health: /health } }
stacks: { aws: { runtime: ecs-fargate } }
environments: { dev: { deploy_on: { branch: main }, targets: { aws: { account: "111111111111", region: eu-west-1 } } } }
delivery: { check: { url: "https://github.com/acme/pipewright", sha256: $sum } }
YAML
  (cd "$project" && "$PIPEWRIGHT_PROGRAM" generate "$1/pipewright.yaml" >"$sandbox/generated" 2>&1) || die "nothing is generated: $(cat "$sandbox/generated")"
}

# check COMMIT [VARIABLE=VALUE...]: the job of a change request, in a shallow clone.
check() {
  local sha=$1
  shift
  start_job check '{}' "$sha" shallow CHECK_URL=https://github.com/acme/pipewright CHECK_SHA256="$sum" MANIFEST=pipewright.yaml "$@" ci/check.sh
  end_job
}

step "what is committed is what the manifest generates"
rm -r "$project/infra" "$project/ci"
manifest .
cp "$here"/../../templates/scripts/ci/check.sh "$project/ci/check.sh"
commit_all "the generated files"
check "$commit"
succeeded
says "what is generated of pipewright.yaml is up to date"

step "what somebody wrote into a generated file, or forgot to generate, is named"
echo "# mine" >>"$project/.github/workflows/delivery.yml"
sed -i 's/region: eu-west-1/region: eu-west-2/' "$project/pipewright.yaml"
commit_all "a change by hand"
check "$commit"
failed
says ".github/workflows/delivery.yml: "
says "infra/aws/dev/platform/main.tf: "
says "run pipewright generate with the program of https://github.com/acme/pipewright"
grep -q 'infra/aws/dev/platform/main.tf' "$place/summary" || die "the run's page does not name the files"

step "a manifest that is wrong is said to be"
sed -i 's/^project: .*/project: 7/' "$project/pipewright.yaml"
commit_all "a wrong manifest"
check "$commit"
failed
says "pipewright does not take pipewright.yaml"
check "$commit" MANIFEST=nowhere/pipewright.yaml
failed
says "there is no nowhere/pipewright.yaml"

step "a program with another checksum is never run, and http is not fetched"
echo "touch $sandbox/was-run" >"$sandbox/releases/github.com/acme/pipewright"
check "$commit"
failed
says "its SHA-256 is"
[ ! -e "$sandbox/was-run" ] || die "it was run"
check "$commit" CHECK_URL=http://github.com/acme/pipewright
failed 2
says "CHECK_URL should hold an address with https"
check "$commit" CHECK_URL=https://nowhere.example.com/pipewright
failed
says "pipewright can't be fetched from https://nowhere.example.com/pipewright"

step "a manifest below the root"
cp "$PIPEWRIGHT_PROGRAM" "$sandbox/releases/github.com/acme/pipewright"
manifest services/shop
commit_all "one below"
check "$commit" MANIFEST=services/shop/pipewright.yaml
succeeded
says "what is generated of services/shop/pipewright.yaml is up to date"
