# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# The same scripts as jobs of GitLab and in a person's hands.
new_project

step "a GitLab job signs in with the token that it asked for, and hands its digest on as dotenv"
token=$(curl -sS -H "Authorization: bearer $(printf '%s' "$branch_subject" | base64 -w0 | tr '/+' '_-' | tr -d =)" \
  "https://run-actions.githubusercontent.com/token?audience=sts.amazonaws.com" | jq -r .value)
gitlab=(GITHUB_ACTIONS= GITLAB_CI=true GITHUB_OUTPUT= CI_COMMIT_SHA="$commit" CI_COMMIT_BRANCH=main CI_JOB_NAME=job CI_PIPELINE_ID=7
  CI_PIPELINE_URL=https://gitlab.com/acme/x/-/pipelines/7 AWS_ID_TOKEN="$token" ACTIONS_ID_TOKEN_REQUEST_URL=)
start_build "$commit" "${gitlab[@]}" OUTPUT_FILE="$sandbox/build.env"
end_job
succeeded
digest=$(sed -n 's/^DIGEST_APP=//p' "$sandbox/build.env")
[ "$(tag dev "$(key_of "$commit")")" = "$digest" ] || die "the digest handed on is '$digest'"
! grep -Fq -e "$token" "$log" "$sandbox/arguments" || die "the token was shown"
deploy dev "$commit" "${gitlab[@]}" EXPECT_REF=refs/heads/main
succeeded
[ "$(record dev | jq -r '.[0] | .host + " " + .run')" = "gitlab https://gitlab.com/acme/x/-/pipelines/7" ] || die "the record says $(record dev)"
start_build "$commit" "${gitlab[@]}" AWS_ID_TOKEN=
end_job
failed 2
says "AWS_ID_TOKEN is missing"

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
[ "$(record dev | jq -r '.[1] | .host + " " + .commit')" = "terminal $commit" ] || die "the record says $(record dev)"
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
