# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# ci/guard.sh against a GitHub whose environments are configured well, badly and not at all.
new_project
good='{"can_admins_bypass":false,"protection_rules":[{"type":"wait_timer","wait_timer":30},
  {"type":"required_reviewers","prevent_self_review":true,"reviewers":[{"type":"Team","reviewer":{"slug":"release-managers"}},
  {"type":"User","reviewer":{"login":"Octocat"}}]},{"type":"branch_policy"}],
  "deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}}'
refs='{"total_count":1,"branch_policies":[{"name":"main","type":"branch"}]}'

# gate JQ-FILTER [JQ-FILTER-FOR-REFS [STATUS]]: the environment prod, changed by the filters; then the guard.
gate() {
  cloud "$(jq -cn --argjson environment "$good" --argjson refs "$refs" --argjson status "${3:-200}" \
    "{environments: {\"prod/eu\": {environment: (\$environment | $1), refs: (\$refs | ${2:-.}), status: \$status}}}")"
  guard
}

guard() {
  start_job guard-prod '{}' "$commit" none GITHUB_API_URL=https://api.github.com GATE_ENVIRONMENT=prod/eu \
    GATE_APPROVERS='["acme/Release-Managers","octocat"]' GATE_WAIT_MINUTES=30 GATE_REFS='["main"]' "$@" ci/guard.sh
  end_job
}

refused() {
  failed
  says "$1"
  says "the gate of prod/eu is not configured as pipewright.yaml says"
}

step "a gate that is as it should be"
gate .
succeeded
never_says "administrators"
gate '.can_admins_bypass = true'
succeeded
says "administrators of acme/simple-time-service can go past the gate"
gate '.protection_rules[0].wait_timer = 60'
succeeded

step "gates that are not"
gate '.protection_rules = []'
refused "it needs nobody's approval"
gate 'del(.protection_rules)'
refused "it needs nobody's approval"
gate '.protection_rules[1].reviewers = []'
refused "it needs nobody's approval"
gate '.protection_rules[1].reviewers += [{type: "User", reviewer: {login: "mallory"}}]'
refused "mallory may approve, and should not"
gate '.protection_rules[1].reviewers |= .[0:1]'
refused "octocat should approve, and is not asked"
gate '.protection_rules[1].reviewers[1] = {type: "Robot", reviewer: {id: 1}}'
refused "a reviewer of the unknown kind Robot may approve"
gate '.protection_rules[0].wait_timer = 5'
refused "it waits 5 minutes, and should wait 30"
gate '.deployment_branch_policy = null'
refused "every branch and tag may be deployed to it"
gate '.deployment_branch_policy = {protected_branches: true, custom_branch_policies: false}'
refused "it is open to all protected branches, and should name main"
gate '.deployment_branch_policy = {}'
refused "in a way that this script does not know"
gate . '.branch_policies += [{name: "*", type: "branch"}] | .total_count = 2'
refused "refs/heads/* may be deployed to it, and should not"
gate . '.branch_policies[0].type = "tag"'
refused "refs/tags/main may be deployed to it, and should not"
gate . '.total_count = 31'
refused "more refs than can be looked at"

step "a gate without reviewers, where the plan has none: the refs are what is asked"
guard_without() { guard GATE_REVIEWERS=false GATE_APPROVERS='[]' GATE_WAIT_MINUTES=0; }
gate '.protection_rules = [{type: "branch_policy"}]'
guard_without
succeeded
says "the environment prod/eu is restricted to main"
gate '.protection_rules = [] | .deployment_branch_policy = null'
guard_without
refused "every branch and tag may be deployed to it"
guard GATE_REVIEWERS=false
failed 2

step "answers that are none"
gate . . 500
failed
says "GitHub answers 500"
gate . 'del(.branch_policies)'
failed
says "is not what its API describes"
gate '[]'
failed
says "is not what its API describes"
gate '.protection_rules[1].reviewers[0] = "::stop-commands::x"'
failed
guard GITHUB_TOKEN=wrong
failed
says "GitHub answers 401"
guard GITHUB_API_URL=https://api.github.com:1
failed
says "GitHub can't be asked"
cloud '{"forget_environments":["prod/eu"]}'
guard
failed
says "the environment prod/eu of acme/simple-time-service does not exist"
guard GATE_APPROVERS='[]'
failed 2
guard GATE_APPROVERS=
failed 2
says "GATE_APPROVERS is missing"
