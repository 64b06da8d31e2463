# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# The same scripts as jobs of GitLab and in a person's hands.
new_project

step "a GitLab job signs in with the token that it asked for, and hands its digest on as dotenv"
token=$(curl -sS -H "Authorization: bearer $(printf '%s' "$branch_subject" | base64 -w0 | tr '/+' '_-' | tr -d =)" \
  "https://run-actions.githubusercontent.com/token?audience=sts.amazonaws.com" | jq -r .value)
gitlab=(GITHUB_ACTIONS= GITLAB_CI=true GITHUB_OUTPUT= CI_COMMIT_SHA="$commit" CI_COMMIT_BRANCH=main CI_JOB_NAME=job CI_PIPELINE_ID=7
  CI_PIPELINE_URL=https://gitlab.com/acme/x/-/pipelines/7 AWS_ID_TOKEN="$token" ACTIONS_ID_TOKEN_REQUEST_URL=)
# The daemon is docker-in-docker's, behind TLS.
start_build "$commit" "${gitlab[@]}" OUTPUT_FILE="$sandbox/build.env" DOCKER_HOST=tcp://docker:2376 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=/certs/client
end_job
succeeded
never_says "could not be removed"
digest=$(sed -n 's/^DIGEST_APP=//p' "$sandbox/build.env")
[ "$(tag dev "$(key_of "$commit")")" = "$digest" ] || die "the digest handed on is '$digest'"
! grep -Fq -e "$token" "$log" "$sandbox/arguments" || die "the token was shown"
deploy dev "$commit" "${gitlab[@]}" EXPECT_REF=refs/heads/main
succeeded
[ "$(record dev | jq -r '.[0] | .host + " " + .run')" = "gitlab https://gitlab.com/acme/x/-/pipelines/7" ] || die "the record says $(record dev)"
deploy dev "$commit" "${gitlab[@]}" EXPECT_REF=refs/heads/other HOST=terminal
failed
says "this run is on refs/heads/main"
start_build "$commit" "${gitlab[@]}" AWS_ID_TOKEN=
end_job
failed 2
says "AWS_ID_TOKEN is missing"

step "a GitLab job without a daemon: buildah builds it, under the same key, with the same label, and it is deployed by digest"
change index buildah
start_build "$commit" "${gitlab[@]}" CI_COMMIT_SHA="$commit" OUTPUT_FILE="$sandbox/build.env" BUILDER=buildah DOCKER_LOG=/nowhere
end_job
succeeded
says "buildah makes no attestations"
digest=$(sed -n 's/^DIGEST_APP=//p' "$sandbox/build.env" | tail -n 1)
[ "$(tag dev "$(key_of "$commit")")" = "$digest" ] || die "the key is not on the digest '$digest'"
[ "$(tag dev "$commit")" = "$digest" ] || die "the commit is not on the digest"
PYTHONPATH=$here/cloud python3 -B - "$sandbox" "$digest" "$commit" <<'PYTHON'
import glob, json, sys
folder, digest, commit = sys.argv[1:]
blob = lambda d: json.loads(open(glob.glob(f"{folder}/images.dev/docker/registry/v2/blobs/sha256/*/{d[7:]}/data")[0], "rb").read())
index = blob(digest)
assert [m["platform"] for m in index["manifests"]] == [{"architecture": "amd64", "os": "linux"}], index
config = blob(blob(index["manifests"][0]["digest"])["config"]["digest"])["config"]
assert config["Labels"]["org.opencontainers.image.revision"] == commit, config
assert config["Env"][-1] == 'GREETING=it\'s "$(id)" `x`\n& more', config
PYTHON
start_build "$commit" "${gitlab[@]}" CI_COMMIT_SHA="$commit" BUILDER=buildah
end_job
succeeded
says "is built already"
deploy dev "$commit" "${gitlab[@]}" CI_COMMIT_SHA="$commit"
succeeded
answers dev buildah
start_job try-app '{}' "$commit" shallow GITHUB_ACTIONS= GITLAB_CI=true CI_COMMIT_SHA="$commit" SERVICE=app SERVICES="$(services dev)" BUILDER=buildah ci/try.sh
end_job
succeeded
says "nothing found that is critical or worse"
start_build "$commit" "${gitlab[@]}" CI_COMMIT_SHA="$commit" BUILDER=kaniko
end_job
failed 2
says "BUILDER should hold docker or buildah"

# All that the script itself needs, and git; Debian's own packages are of the release before.
mkdir "$sandbox/few"
for tool in bash env sed tr cut grep dirname mktemp rm id uname git; do ln -s "$(command -v "$tool")" "$sandbox/few/$tool"; done

step "tools that a container lacks are named where they can't be installed"
start_job tools '{}' "$commit" none ci/install-tools.sh git jq docker-buildx
end_job
succeeded
start_job tools '{}' "$commit" none ci/install-tools.sh jq no-such-tool
end_job
failed 2
says "this is not in Debian: no-such-tool"
start_job tools '{}' "$commit" none PATH="$sandbox/few" ci/install-tools.sh git jq
end_job
failed 2
says "these commands are missing: jq"

step "a person at a terminal: the credentials that are there, and the commit that is checked out"
person=(GITHUB_ACTIONS= GITHUB_OUTPUT= GITHUB_STEP_SUMMARY= GITHUB_SHA= AWS_ROLE_ARN= AWS_ACCESS_KEY_ID=AKIAADMIN
  AWS_SECRET_ACCESS_KEY=x ACTIONS_ID_TOKEN_REQUEST_URL=)
change index two
start_build "$commit" "${person[@]}"
end_job
succeeded
says "building"
digest=$(sed -n 's/^DIGEST_APP=//p' "$log")
deploy dev "$commit" "${person[@]}"
succeeded
answers dev two
[ "$(record dev | jq -r '.[-1] | .host + " " + .commit')" = "terminal $commit" ] || die "the record says $(record dev)"
start_build "$commit" "${person[@]}" HOST=gitlab COMMIT="$commit"
end_job
failed 2
says "AWS_ROLE_ARN is missing"
deploy prod "$commit" "${person[@]}"
failed
says "these credentials belong to the account 888888888888, and this target is in 999999999999"

step "two people's deploys wait for each other, even under one name"
cloud '{"delay":6}'
start_deploy dev "$commit" "${person[@]}" FORCE=true
until_log "rolling out:"
other=$job other_log=$log other_place=$place
deploy dev "$commit" "${person[@]}" LEASE_WAIT_MINUTES=0
failed
says "is still held by terminal:"
job=$other log=$other_log place=$other_place
end_job
succeeded
