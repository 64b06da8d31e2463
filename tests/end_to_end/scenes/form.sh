# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# The operators' form, and the guard of GitLab's gates: what makes no sense, or isn't configured, stops in the first job.
new_project
form='[{"environment":"dev","stack":"aws","actions":["infra","deploy","rollback","destroy"],"refs":["refs/heads/main"],"services":["app","worker"],
  "images":["app","worker"],"confirmed":["infra","deploy"]},
  {"environment":"prod","stack":"aws","actions":["infra","deploy","rollback"],"refs":["refs/tags/v*"],"services":["app","worker"],"images":["app"],"confirmed":["infra"]},
  {"environment":"prod","stack":"all","actions":["deploy","rollback"],"refs":["refs/tags/v*"],"services":[],"images":["app"],"confirmed":[]}]'

# ask ACTION ENVIRONMENT STACK [VARIABLE=VALUE...]: what the form was filled with.
ask() {
  start_job check-form '{}' "$commit" none FORM="$form" ACTION="$1" ENVIRONMENT_CHOSEN="$2" STACK_CHOSEN="$3" "${@:4}" ci/check-form.sh
  end_job
}
refused() {
  failed
  says "$1"
  says "  | dev on aws: infra, deploy, rollback, destroy; on refs/heads/main"
  says "  | prod on aws: infra, deploy, rollback; on refs/tags/v*"
}
digest=sha256:$(printf 'a%.0s' {1..64})
plan=$(printf 'a%.0s' {1..64})

step "what makes sense"
ask deploy dev aws SERVICE= IMAGE= CONFIRM=
succeeded
ask deploy dev aws SERVICE=worker
succeeded
ask infra dev aws SERVICE=all CONFIRM="$plan"
succeeded
ask rollback dev aws SERVICE=app IMAGE="$digest"
succeeded
ask destroy dev aws CONFIRM=dev
succeeded
ask deploy dev aws CONFIRM="$plan"
succeeded
ask deploy prod aws GITHUB_REF=refs/tags/v1.2
succeeded
# All of its services run one image.
ask rollback prod aws IMAGE="$digest" GITHUB_REF=refs/tags/v1
succeeded

step "what doesn't, with the list of what does"
ask deploy staging aws
refused "there is no deploy for staging on aws"
ask destroy prod aws CONFIRM=prod GITHUB_REF=refs/tags/v1
refused "there is no destroy for prod on aws"
ask '::stop-commands::x' dev aws
refused "there is no : :stop-commands: :x for dev on aws"
ask deploy prod aws
refused "is started on refs/tags/v*, and this run is on refs/heads/main"
ask deploy prod aws GITHUB_REF=refs/tags/v1/2
refused "and this run is on refs/tags/v1/2"
ask deploy dev aws GITHUB_REF=refs/heads/mainly
refused "and this run is on refs/heads/mainly"
ask deploy dev aws SERVICE=none
refused "has no service none, but app, worker"
ask infra dev aws SERVICE=app
refused "SERVICE is for deploy and rollback alone"
# shellcheck disable=SC2016 # nothing may expand it
ask rollback prod aws GITHUB_REF=refs/tags/v1 SERVICE='$(id)'
refused "is no service"
ask deploy dev aws IMAGE="$digest"
refused "IMAGE is for rollback alone"
ask rollback dev aws IMAGE=latest
refused "IMAGE should hold sha256: and 64 hex digits"
# Nobody's gate is opened for what the last job would refuse.
for service in '' all; do
  ask rollback dev aws IMAGE="$digest" SERVICE=$service
  refused "IMAGE needs SERVICE, whose image it is: dev on aws runs more than one (those of app, worker)"
done
ask deploy prod all GITHUB_REF=refs/tags/v1 SERVICE=app
refused "prod on all has no service app on every stack"
ask destroy dev aws CONFIRM=Dev
refused "CONFIRM has to repeat the environment's name"
ask infra dev aws CONFIRM=yes
refused "CONFIRM should be empty, or hold the fingerprint of a plan"
ask rollback dev aws CONFIRM=dev
refused "CONFIRM is for destroy (the environment's name), and for what applies one plan (its fingerprint)"
says "rollback for dev on aws does not: leave CONFIRM empty"
# A fingerprint that nothing compares with a plan would only look like a safety.
ask deploy prod aws GITHUB_REF=refs/tags/v1 CONFIRM="$plan"
refused "deploy for prod on aws does not: leave CONFIRM empty"
ask deploy prod all GITHUB_REF=refs/tags/v1 CONFIRM="$plan"
refused "deploy for prod on all does not: leave CONFIRM empty, or choose one stack"
ask deploy dev aws FORM='[]'
failed 2
ask '' dev aws
failed 2
says "ACTION is missing"

# guard CLAIMS [VARIABLE=VALUE...]: the guard with a token that says so.
guard() {
  local token
  token="e30.$(printf '%s' "$1" | base64 -w0 | tr '/+' '_-' | tr -d =).c2ln"
  start_job guard-prod '{}' "$commit" none GITHUB_ACTIONS= GITLAB_CI=true GATE_ENVIRONMENT=prod GATE_ID_TOKEN="$token" GATE_PLAN=free "${@:2}" ci/guard-gitlab.sh
  end_job
  if grep -Fq -e "$token" "$log" "$sandbox/arguments"; then die "the token was shown"; fi
}
good='{"ref":"main","ref_type":"branch","ref_protected":"true","environment":"prod","environment_protected":"true"}'

step "gates of GitLab that are as they should be"
guard "$good"
succeeded
guard '{"ref":"mäin>?~","ref_type":"branch","ref_protected":"true"}'
succeeded
for plan in premium ultimate; do
  guard "$good" GATE_PLAN="$plan"
  succeeded
done

step "and gates that are not"
guard '{"ref":"main","ref_type":"branch","ref_protected":"false"}'
failed
says "the branch main is not protected"
says "the gate of prod is not configured as pipewright.yaml says"
guard '{"ref":"v1","ref_type":"tag","ref_protected":"false"}'
failed
says "the tag v1 is not protected"
guard '{"ref":"main","ref_type":"branch"}'
failed
guard '{"ref":"main","ref_type":"branch","ref_protected":"true"}' GATE_PLAN=premium
failed
says "this job's token names the environment '', not prod"
guard '{"ref":"main","ref_type":"branch","ref_protected":"true","environment":"prod","environment_protected":"false"}' GATE_PLAN=premium
failed
says "the environment prod is not protected"
guard '{"ref":"main","ref_type":"branch","ref_protected":"true","environment":"dev","environment_protected":"true"}' GATE_PLAN=ultimate
failed
guard '[]'
failed
says "holds no token of GitLab"
for token in x a.b.c "e30.$(printf 'a' | base64).x"; do
  guard "$good" GATE_ID_TOKEN="$token"
  failed
  says "holds no token of GitLab"
done
guard "$good" GATE_ID_TOKEN=
failed 2
guard "$good" GATE_PLAN=gold
failed 2
# Not taken for free, on which the environment isn't asked for.
guard "$good" GATE_PLAN=
failed 2
says "GATE_PLAN is missing"
