# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Building: races, secrets, what belongs to the content, change requests, scans.
new_project

step "two builds of the same content at once: one image, and both jobs say so"
start_build "$commit" DOCKER_WAIT="$sandbox/go"
until_log "building"
other=$job other_place=$place other_log=$log
build "$commit"
succeeded
says "building"
one=$digest
touch "$sandbox/go"
job=$other place=$other_place log=$other_log
end_job
succeeded
says "another run built this content"
[ "$(cat "$place/output")" = "digest=$one" ] || die "the jobs disagree"
[ "$(tag dev "$(key_of "$commit")")" = "$one" ] || die "the key was moved"

step "a push that is lost halfway: the image is there, the run goes on from it"
echo >>"$project/app/www/index"
commit_all "new content"
start_build "$commit" DOCKER_WAIT="$sandbox/never"
until_log "building"
sleep 1
# The runner's machine is gone, and all that ran there.
processes_of "$job" | cut -d ' ' -f 1 | xargs kill -KILL
end_job
failed 137
build "$commit"
succeeded
[ "$(tag dev "$commit")" = "$digest" ] || die "the commit is not on the digest"

step "a build that fails says so and leaves no key"
cp "$project/app/Dockerfile" "$sandbox/Dockerfile"
echo 'COPY nothing /' >>"$project/app/Dockerfile"
commit_all "break the build"
build "$commit"
failed
says "was not built and pushed"
[ -z "$(tag dev "$(key_of "$commit")")" ] || die "there is a key"
cp "$sandbox/Dockerfile" "$project/app/Dockerfile"

step "secrets of a build come from its environment, and a missing one is named"
commit_all "mend the build"
secret='[{"id":"npm","variable":"SECRET_NPM"}]'
build "$commit" SERVICES="$(services dev | jq -c --argjson s "$secret" '.[0].content.secrets = $s | .[0].content.salt = "1"')"
failed 2
says "SECRET_NPM is missing: it should hold the build secret npm of app"
build "$commit" SECRET_NPM=hunter22 SERVICES="$(services dev | jq -c --argjson s "$secret" '.[0].content.secrets = $s | .[0].content.salt = "1"')"
succeeded
never_says hunter22
grep -Fq "secrets=['id=npm,env=SECRET_NPM']" "$sandbox/docker.log" || die "no secret was passed"

step "a repository that does not exist is a failure, not a missing image"
build "$commit" SERVICES="$(services dev | jq -c '.[0].repository |= sub("/app$"; "/none")')"
failed
says "the registry has no repository"

step "a build must not push to prod"
build "$commit" SERVICES="$(services prod)"
failed
never_says "is built already"

step "with path . what is excluded is not in the image"
dot=$(services dev | jq -c '.[0] | .content += {path: ".", dockerfile: "app/Dockerfile", exclude: ["ci", "infra", "pipewright.yaml", ".gitlab*"]} | [.]')
cat >"$project/app/Dockerfile" <<'TEXT'
FROM scratch
COPY . /
TEXT
echo x >"$project/.gitlab-ci.yml"
commit_all "everything"
build "$commit" SERVICES="$dot"
succeeded
mkdir "$sandbox/unpacked"
PYTHONPATH=$here/cloud python3 - "$sandbox" "$digest" <<'PYTHON'
import glob, io, json, sys, tarfile
folder, digest = sys.argv[1:]
blob = lambda d: open(glob.glob(f"{folder}/images.dev/docker/registry/v2/blobs/sha256/*/{d[7:]}/data")[0], "rb").read()
image = json.loads(blob(json.loads(blob(digest))["manifests"][0]["digest"]))
names = {name.split("/")[0] for layer in image["layers"] for name in tarfile.open(fileobj=io.BytesIO(blob(layer["digest"]))).getnames()}
assert names == {"app"}, names
PYTHON

step "a change request is built and scanned without an identity, and pushed nowhere"
pushed=$(state '.pushed | length')
try() {
  start_job try-app '{}' "$commit" shallow ACTIONS_ID_TOKEN_REQUEST_URL= ACTIONS_ID_TOKEN_REQUEST_TOKEN= SERVICE=app \
    SERVICES="$(services dev | jq -c --argjson s "$secret" '.[0].content.secrets = $s')" "$@" ci/try.sh
  end_job
}
high='[{"Target":"x","Vulnerabilities":[{"VulnerabilityID":"CVE-1","Severity":"HIGH"}]}]'
try TRIVY_FINDS="$high"
succeeded
says "SECRET_NPM is empty here"
says "nothing found that is critical or worse"
try TRIVY_FINDS="$high" FAIL_ON=high
failed
says "1 findings are high or worse"
try SCAN=false FAIL_ON=none
succeeded
[ "$(state '.pushed | length')" = "$pushed" ] || die "something was pushed"

step "the pushed image is scanned by its digest"
scan() {
  start_job scan-image-app "$branch_subject" "$commit" shallow CLOUD=aws "${registry[@]}" AWS_REGION="$region" AWS_ACCOUNT="${account[dev]}" \
    AWS_ROLE_ARN="arn:aws:iam::${account[dev]}:role/simple-time-dev-aws-build" SERVICES="$(services dev)" SERVICE=app \
    DIGEST_APP="$digest" REPORT="$place/report.sarif" "$@" ci/scan-image.sh
  end_job
}
scan
succeeded
jq -e .version "$sandbox/jobs/$((job_number - 1))/report.sarif" >/dev/null || die "no SARIF"
scan TRIVY_FINDS='[{"Target":"x","Secrets":[{"Severity":"CRITICAL"}]}]'
failed
says "TABLE"
says "1 findings are critical or worse"
scan TRIVY_FINDS='[{"Target":"x","Secrets":[{"Severity":"CRITICAL"}]}]' FAIL_ON=none
succeeded
scan DIGEST_APP=latest
failed 2
scan FAIL_ON=low
failed 2

step "the files are scanned"
start_job scan-source '{}' "$commit" none TRIVY_FINDS='[{"Target":"x","Misconfigurations":[{"Status":"PASS","Severity":"CRITICAL"}],"Secrets":[{"Severity":"MEDIUM"}]}]' \
  FAIL_ON=medium ci/scan-source.sh
end_job
failed
says "1 findings are medium or worse"

step "a scanner of another version is not used, nor a download that is not the release"
start_job scan-source '{}' "$commit" none TRIVY_VERSION=0.69.4 ci/scan-source.sh
end_job
failed
says "its checksum differs"
