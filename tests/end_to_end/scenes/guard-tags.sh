# shellcheck shell=bash disable=SC2154,SC2016 # the variables are those of sandbox.sh and lib.sh; jq has some of its own
# ci/guard-tags.sh against a GitHub that keeps the tags of releases to a few, badly and not at all.
new_project
good='{"id":7,"name":"releases","target":"tag","source_type":"Repository","source":"acme/simple-time-service",
  "enforcement":"active","current_user_can_bypass":"never",
  "conditions":{"ref_name":{"include":["refs/tags/v*"],"exclude":[]}},
  "rules":[{"type":"creation"},{"type":"update"},{"type":"deletion"}]}'

guard() {
  start_job guard-prod '{}' "$commit" none GITHUB_API_URL=https://api.github.com GATE_ENVIRONMENT=prod \
    GATE_REFS='["refs/tags/v*"]' "$@" ci/guard-tags.sh
  end_job
}

# with JQ-FILTER [VARIABLE=VALUE...]: the rulesets that the filter makes of the good one; then the guard.
with() {
  cloud "$(jq -cn --argjson good "$good" "{rulesets: (\$good | $1)}")"
  guard "${@:2}"
}

kept() {
  with "$@"
  succeeded "the guard with $1"
}

# refused TEXT JQ-FILTER [VARIABLE=VALUE...]: the guard says no, and how it is mended.
refused() {
  with "${@:2}"
  failed
  says "$1"
  says "the gate of prod is not configured as pipewright.yaml says"
  says "https://github.com/acme/simple-time-service/settings/rules"
}

step "tags that GitHub keeps to a few"
kept '[.]'
says "may be created, moved and deleted only by those on the ruleset's bypass list"
never_says "error"
for pattern in '~ALL' 'refs/tags/*' 'refs/tags/**/*' 'refs/**/v*' 'refs/tags/v**'; do
  kept '[.conditions.ref_name.include = ["refs/tags/other", "'"$pattern"'"]]'
done
kept '[.]' GATE_REFS='["refs/tags/v1.*"]'
kept '[.conditions.ref_name.include = ["refs/tags/**/*"]]' GATE_REFS='["refs/tags/app/v*", "refs/tags/v*"]'
kept '[.conditions.ref_name.exclude = ["refs/tags/w*", "refs/tags/x"]]'
kept '[.conditions.ref_name.exclude = ["refs/tags/*-draft"]]' GATE_REFS='["refs/tags/v*-final"]'
# Rules of several rulesets hold together; those of the organization count where they apply here.
kept '[(.rules |= .[0:1]), (.id = 8 | .source_type = "Organization" | .conditions.repository_name = {include: ["~ALL"], exclude: []} | .rules |= .[1:3])]'
kept '[del(.current_user_can_bypass)]'

step "tags that it doesn't"
refused "whoever may push may create refs/tags/v*" '[]'
refused "the ruleset 'releases' is disabled" '[.enforcement = "disabled"]'
says "whoever may push may move refs/tags/v*"
refused "the ruleset 'releases' is only evaluated" '[.enforcement = "evaluate"]'
refused "whoever may push may create refs/tags/v*" '[.target = "branch"]'
refused "whoever may push may create refs/tags/v*" '[.rules |= .[1:3]]'
never_says "may delete"
refused "whoever may push may move refs/tags/v*" '[.rules |= [.[0], .[2]]]'
refused "whoever may push may delete refs/tags/v*" '[.rules |= .[0:2]]'
refused "whoever may push may move refs/tags/v*" '[.rules[1].parameters.update_allows_fetch_and_merge = true]'
for pattern in 'refs/tags/v1.*' 'refs/tags/w*' 'refs/heads/v*' 'v*' 'refs/tags/v?*' 'refs/tags/[v]*' 'refs/tags/{v,w}*' 'refs/tags/v' '~DEFAULT_BRANCH' 'refs/tags/v*/**/*'; do
  refused "the ruleset 'releases' doesn't surely cover refs/tags/v*" '[.conditions.ref_name.include = ["'"$pattern"'"]]'
done
refused "doesn't surely cover refs/tags/app/v*" '[.conditions.ref_name.include = ["refs/tags/v*", "refs/tags/*"]]' GATE_REFS='["refs/tags/app/v*"]'
refused "doesn't surely cover refs/tags/vXa" '[.conditions.ref_name.include = ["refs/tags/v.a"]]' GATE_REFS='["refs/tags/vXa"]'
for pattern in 'refs/tags/v1.*' 'refs/tags/*' '~ALL' 'refs/tags/*-rc' 'refs/tags/[vw]*' 'refs/tags/v*'; do
  refused "the ruleset 'releases' excludes $pattern" '[.conditions.ref_name.exclude = ["refs/tags/w*", "'"$pattern"'"]]'
done
refused "whoever may push may create refs/tags/w*" '[.]' GATE_REFS='["refs/tags/v*", "refs/tags/w*"]'
never_says "may create refs/tags/v*"
refused "the ruleset 'releases' can be bypassed by jobs of this repository" '[.current_user_can_bypass = "always"]'
refused "can be bypassed by jobs" '[.current_user_can_bypass = "exempt"]'
refused "whoever may push may create refs/tags/v*" '[.conditions = null]'
refused "whoever may push may create refs/tags/v*" '[del(.rules)]'

step "more rulesets than a page holds"
kept '. as $good | [range(100; 250) as $id | $good | .id = $id | .name = "other \($id)" | .enforcement = "disabled"] + [$good]'
refused "whoever may push may create refs/tags/v*" '. as $good | [range(100; 300) as $id | $good | .id = $id | .enforcement = "disabled"]'
with '. as $good | [range(100; 1200) as $id | $good | .id = $id | .enforcement = "disabled"]'
failed
says "more rulesets than can be looked at"

step "answers that are none"
for code in 403 404 500; do
  cloud "{\"rulesets\": [], \"rulesets_status\": $code}"
  guard
  failed
  grep -q "^::error::GitHub answers $code to whether" "$log" || die "$code is no error of its own line"
  says "Upgrade to GitHub Pro"
  says "settings/rules"
  cloud "$(jq -cn --argjson good "$good" --argjson code "$code" '{rulesets: [$good], ruleset_status: $code}')"
  guard
  failed
  says "GitHub answers $code"
done
for text in '<html>' '' 'null' '{"message":"fine"}' '[1]' '[{"id":"7/../8","enforcement":"active"}]' '[{"id":1.5,"enforcement":"active"}]' '[{"id":7}]'; do
  cloud "$(jq -cn --argjson good "$good" --arg text "$text" '{rulesets: [$good], rulesets_text: $text}')"
  guard
  failed
  says "is not what its API describes"
done
for filter in '.rules = "creation"' '.rules = ["creation"]' '.conditions.ref_name.include = [1]' '.conditions.ref_name.exclude = "x"' '.conditions = []'; do
  with "[$filter]"
  failed
  says "is not what its API describes"
done
with '[.name = "::stop-commands::x\n::error::y" | .enforcement = "disabled"]'
failed
if grep -q '^::stop\|^::error::y' "$log"; then die "a ruleset's name is a command"; fi
with '[.]' GITHUB_TOKEN=wrong
failed
says "GitHub answers 401"
guard GITHUB_API_URL=https://api.github.com:1
failed
says "GitHub can't be asked"

step "calls that are wrong"
for refs in '[]' 'v*' '["v*"]' '["refs/heads/main"]' '["refs/tags/v?"]' '["refs/tags/**/v"]' '[1]'; do
  guard GATE_REFS="$refs"
  failed 2
  says "GATE_REFS should hold"
done
guard GATE_ENVIRONMENT=
failed 2
says "GATE_ENVIRONMENT is missing"
