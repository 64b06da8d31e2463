# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# ci/notify.sh against a Slack that takes what it is given, one that doesn't, and none.
new_project
webhook=https://hooks.slack.com/services/T000/B000/the-secret-of-the-webhook
results='[{"stack": "aws", "job": "apply", "result": "RESULT_APPLY_DEV_AWS"}, {"stack": "aws", "job": "deploy", "result": "RESULT_DEPLOY_DEV_AWS"},
  {"stack": "gcp", "job": "apply", "result": "RESULT_APPLY_DEV_GCP"}, {"stack": "gcp", "job": "deploy", "result": "RESULT_DEPLOY_DEV_GCP"},
  {"stack": "gcp", "job": "rollback", "result": "RESULT_ROLLBACK_DEV_GCP"}]'

# tell VARIABLE=VALUE...: the job; its message, if one came, is in `message`. It never fails, and never shows the address.
tell() {
  local before
  before=$(state '.messages | length')
  start_job notify-dev '{}' "$commit" none WEBHOOK="$webhook" WEBHOOK_SECRET=SLACK_WEBHOOK PROJECT='shop <b>' ENVIRONMENT=dev EVENT=result \
    RESULTS="$results" GITHUB_ACTOR=mona GITHUB_TRIGGERING_ACTOR='<!channel> & co' "$@" ci/notify.sh
  end_job
  succeeded
  message=$(state ".messages[$before] // empty")
  [ "$(state '.messages | length')" -le $((before + 1)) ] || die "it was told twice"
  if grep -Fq -e the-secret-of "$log" "$sandbox/arguments"; then die "the webhook was shown"; fi
}
is() { [ "$message" = "$1" ] || die "the message is '$message', not '$1'"; }
run="Commit \`${commit:0:12}\`, started by &lt;!channel&gt; &amp; co: <https://github.com/acme/simple-time-service/actions/runs/1000|the run>"

step "an environment that ended well, on every stack"
tell RESULT_APPLY_DEV_AWS=success RESULT_DEPLOY_DEV_AWS=success RESULT_APPLY_DEV_GCP=skipped RESULT_DEPLOY_DEV_GCP=success RESULT_ROLLBACK_DEV_GCP=skipped
is ":white_check_mark: *shop &lt;b&gt;*: *dev* is well
• \`aws\`: deployed
• \`gcp\`: deployed
$run"
says "sent"

step "one that did not: each stack says what became of it"
tell RESULT_APPLY_DEV_AWS=failure RESULT_DEPLOY_DEV_AWS=skipped RESULT_DEPLOY_DEV_GCP=success
is ":x: *shop &lt;b&gt;*: *dev* did not end well
• \`aws\`: *apply failed*
• \`gcp\`: deployed
$run
The jobs that failed say why in their logs; who started the run looks first."
tell RESULT_APPLY_DEV_AWS=success RESULT_DEPLOY_DEV_AWS=canceled RESULT_APPLY_DEV_GCP=skipped RESULT_DEPLOY_DEV_GCP=skipped
[[ $message == *"\`aws\`: *deploy was stopped*"*"\`gcp\`: *deploy did not run*"* ]] || die "the message is '$message'"
# A word that no host has is no good news.
tell RESULT_DEPLOY_DEV_AWS=perhaps RESULT_DEPLOY_DEV_GCP=success
[[ $message == ":x:"*"\`aws\`: *deploy failed*"* ]] || die "the message is '$message'"

step "by the form only what was asked for counts"
tell ACTION=infra STACK_CHOSEN=aws RESULT_APPLY_DEV_AWS=success
[[ $message == ":white_check_mark:"*"\`aws\`: the platform is applied"* && $message != *gcp* ]] || die "the message is '$message'"
tell ACTION=rollback STACK_CHOSEN=gcp RESULT_ROLLBACK_DEV_GCP=success
[[ $message == ":white_check_mark:"*"\`gcp\`: rolled back"* ]] || die "the message is '$message'"
tell ACTION=deploy STACK_CHOSEN=gcp RESULT_APPLY_DEV_GCP=success RESULT_DEPLOY_DEV_GCP=failed
[[ $message == ":x:"*"\`gcp\`: *deploy failed*"* ]] || die "the message is '$message'"

step "an apply that waits for its plan to be confirmed is neither good nor bad, and says how it goes on"
tell ACTION=infra STACK_CHOSEN=aws RESULT_APPLY_DEV_AWS=waits
is ":hand: *shop &lt;b&gt;*: *dev* waits for a person
• \`aws\`: planned, and not applied: who has read the plan starts the form again with its fingerprint as CONFIRM
$run"
# What comes after it is no news of its own; what failed beside it is.
tell ACTION=deploy RESULT_APPLY_DEV_AWS=waits RESULT_DEPLOY_DEV_AWS=failure RESULT_DEPLOY_DEV_GCP=failure
[[ $message == ":x:"*"\`aws\`: planned, and not applied"*"\`gcp\`: *deploy failed*"* ]] || die "the message is '$message'"
tell ACTION=deploy STACK_CHOSEN=aws RESULT_APPLY_DEV_AWS=waits RESULT_DEPLOY_DEV_AWS=failure
[[ $message == ":hand:"*"\`aws\`: planned, and not applied"* && $message != *failed* ]] || die "the message is '$message'"

step "where nothing began nothing is told"
tell RESULT_APPLY_DEV_AWS=skipped RESULT_DEPLOY_DEV_GCP=
is ""
says "nothing of dev began"

step "gates that wait, each in its own words"
waits() { tell EVENT=waits RESULTS= GATE="$1" GATE_PLACE="$2" GATE_APPROVERS="$3"; }
waits reviewers dev '["acme/owners", "octocat"]'
is ":hand: *shop &lt;b&gt;*: *dev* waits for a person
Reviewers of the environment dev are asked: acme/owners, octocat
$run"
tell EVENT=waits RESULTS= GATE=reviewers GATE_PLACE=dev GATE_APPROVERS='[]' GATE_TWICE=true
[[ $message == *"The platform changes too, so they are asked twice: for the apply, then for the release"* ]] || die "the message is '$message'"
tell EVENT=waits RESULTS= GATE=reviewers GATE_PLACE=dev GATE_APPROVERS='[]' GATE_TWICE=false
[[ $message != *twice* ]] || die "the message is '$message'"
waits job release-dev '[]'
[[ $message == ":hand:"*"A person starts the job release-dev"* ]] || die "the message is '$message'"
waits approvals release-dev '["platform/owners"]'
[[ $message == *"It needs approvals by platform/owners, and then a person who starts the job release-dev"* ]] || die "the message is '$message'"
waits workflow .github/workflows/promote-dev.yml '["octocat"]'
[[ $message == ":arrow_up:"*"*dev* can be promoted"*"A person starts the workflow .github/workflows/promote-dev.yml: octocat"* ]] || die "the message is '$message'"

step "drift, which nobody started"
tell EVENT=drift RESULTS='[{"stack": "aws", "job": "drift", "result": "RESULT_DRIFT_DEV_AWS"}]' RESULT_DRIFT_DEV_AWS=failure
[[ $message == ":warning:"*"is not what was deployed there"*"\`aws\`: *drift failed*"* && $message != *"started by"* ]] || die "the message is '$message'"

step "on GitLab the facts are its own"
tell GITHUB_ACTIONS= GITLAB_CI=true GITHUB_ACTOR= GITHUB_TRIGGERING_ACTOR= CI_COMMIT_SHA="$commit" CI_PIPELINE_URL=https://gitlab.com/acme/x/-/pipelines/7 \
  GITLAB_USER_LOGIN=mona RESULT_DEPLOY_DEV_AWS=success RESULT_DEPLOY_DEV_GCP=success
[[ $message == *"started by mona: <https://gitlab.com/acme/x/-/pipelines/7|the run>" ]] || die "the message is '$message'"

step "a Slack that refuses, one that isn't there, and a secret that is missing or wrong fail nothing, and are said"
cloud '{"slack": 403}'
tell RESULT_DEPLOY_DEV_AWS=success
says "::warning::Slack did not take the message (403)"
says "action_prohibited"
grep -q 'No message was sent' "$place/summary" || die "the run's page says nothing"
cloud '{"slack": 200}'
tell RESULT_DEPLOY_DEV_AWS=success WEBHOOK=https://hooks.slack.com:1/services/T000/B000/the-secret-of-the-webhook
says "::warning::Slack did not take the message (no answer)"
tell RESULT_DEPLOY_DEV_AWS=success WEBHOOK=
says "::warning::the secret SLACK_WEBHOOK is missing or empty"
# shellcheck disable=SC2016 # what a host leaves of a variable that it doesn't know
for wrong in '$SLACK_WEBHOOK' http://hooks.slack.com/services/T000/B000/the-secret-of-the-webhook "https://x\" -o $sandbox/written" "https://hooks.slack.com/
output = $sandbox/written"; do
  tell RESULT_DEPLOY_DEV_AWS=success WEBHOOK="$wrong"
  says "does not hold the address of a Slack webhook"
  is ""
done
[ ! -e "$sandbox/written" ] || die "the address was a command to curl"
