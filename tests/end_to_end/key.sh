#!/usr/bin/env bash
# key.sh: the key is the same for the same content and another one for any other, whatever clone or checkout it is asked
# in. Needs git and jq, and no sandbox.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
for tool in git jq; do
  command -v "$tool" >/dev/null 2>&1 || { echo "skip: $tool is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'
unset GITHUB_ACTIONS GITLAB_CI HOST COMMIT
repo=$work/repo

die() { echo "FAILED: $*"; exit 1; }
commit() { git -C "$repo" add -A && git -C "$repo" commit -q --allow-empty -m "$1"; }
# key [JQ-FILTER [FOLDER [COMMIT]]]: the key of the content as the filter changes it.
key() {
  local services
  services=$(jq -cn "{path: \"app\", dockerfile: \"Dockerfile\"} | ${1:-.} | [{name: \"app\", content: .}]")
  (cd "${2:-$repo}" && SERVICE=app SERVICES=$services COMMIT=${3:-$(git rev-parse HEAD)} "$here/../../templates/scripts/ci/key.sh")
}
same() { [ "$1" = "$2" ] || die "$3: $1 is not $2"; }
other() { [ "$1" != "$2" ] || die "$3: both are $1"; }

git init -q -b main "$repo"
mkdir -p "$repo/app/sub" "$repo/lib" "$repo/docs"
printf 'FROM scratch\r\nCOPY . /\n' >"$repo/app/Dockerfile"
printf 'text\n' >"$repo/app/sub/file"
echo lib >"$repo/lib/file"
echo x >"$repo/docs/page"
echo x >"$repo/pipewright.yaml"
commit one
first=$(git -C "$repo" rev-parse HEAD)
one=$(key)
[[ $one =~ ^k[0-9a-f]{40}$ ]] || die "'$one' is no key"

# The canonical form, made here a second time and in another way.
tree=$(git -C "$repo" rev-parse HEAD:app)
blob=$(git -C "$repo" rev-parse HEAD:app/Dockerfile)
# shellcheck disable=SC2059 # the formats are those below
by_hand() { printf "$@" | sha256sum | cut -c 1-40 | sed 's/^/k/'; }
same "$one" "$(by_hand 'pipewright-key 1\0tree %s\0dockerfile %s\0' "$tree" "$blob")" "the plain form"
# shellcheck disable=SC2016 # nothing may expand it
same "$(key '. + {args: {B: "2", A: "x\n\"$(id)\" ünï"}, target: "t", platforms: ["linux/arm64", "linux/amd64", "linux/arm64"], salt: "s"}')" \
  "$(by_hand 'pipewright-key 1\0tree %s\0dockerfile %s\0arg A=x\n"$(id)" ünï\0arg B=2\0target t\0platform linux/amd64\0platform linux/arm64\0salt s\0' "$tree" "$blob")" \
  "the full form"

# The same content, asked in other ways.
same "$one" "$(key . "$repo/app/sub")" "in a folder below"
same "$one" "$(key '. + {exclude: [], inputs: [], args: {}, target: "", platforms: [], salt: "", secrets: [{id: "x", variable: "X"}]}')" "empty settings"
same "$one" "$(key '.path = "./app/" | .dockerfile = "sub/../Dockerfile"')" "another way to write the path"
git clone -q --depth 1 "file://$repo" "$work/shallow"
same "$one" "$(key . "$work/shallow")" "a shallow clone"
git clone -q --filter=tree:0 --no-checkout "file://$repo" "$work/commits" 2>/dev/null
same "$one" "$(key . "$work/commits")" "a clone of commits, which fetches the trees that it needs"
git -c core.autocrlf=true clone -q "file://$repo" "$work/crlf"
grep -q $'text\r' "$work/crlf/app/sub/file" || die "the checkout has no CRLF"
same "$one" "$(key . "$work/crlf")" "a checkout with CRLF"
echo dirty >>"$repo/app/sub/file"
echo new >"$repo/app/untracked"
same "$one" "$(key)" "a dirty working tree"
git -C "$repo" checkout -q . && rm "$repo/app/untracked"

# The same content in other commits.
echo y >"$repo/docs/page"
commit "elsewhere"
same "$one" "$(key)" "a commit elsewhere"
git -C "$repo" checkout -q -b side "$first"
commit "side"
git -C "$repo" checkout -q main
git -C "$repo" merge -q --no-ff -m merge side
same "$one" "$(key)" "a merge commit"
git -C "$repo" tag -a v1 -m v1
same "$one" "$(key . "$repo" "$(git -C "$repo" rev-parse v1)")" "an annotated tag"

# Other content.
other "$one" "$(key '.args = {A: "1"}')" "a build argument"
other "$(key '.args = {A: "1", B: "2"}')" "$(key '.args = {A: "1\u0000arg B=2"}' 2>/dev/null || echo refused)" "a NUL in an argument"
other "$one" "$(key '.salt = "1"')" "a salt"
other "$(key '.salt = "x"')" "$(key '.target = "x"')" "a target is no salt"
other "$one" "$(key '.platforms = ["linux/arm64"]')" "a platform"
other "$one" "$(key '.dockerfile = "../lib/file"')" "another Dockerfile"
chmod +x "$repo/app/sub/file"
commit "mode"
other "$one" "$(key)" "a file's mode"
same "$one" "$(key . "$repo" "$first")" "an older commit, asked by its id"

# Inputs in place of the path.
inputs=$(key '.inputs = ["lib", "app/Dockerfile"]')
same "$inputs" "$(key '.inputs = ["app/Dockerfile", "lib", "lib"]')" "the order of inputs"
echo more >"$repo/app/sub/more"
commit "more"
same "$inputs" "$(key '.inputs = ["lib", "app/Dockerfile"]')" "a file that is no input"
echo lib2 >"$repo/lib/file"
commit "lib"
other "$inputs" "$(key '.inputs = ["lib", "app/Dockerfile"]')" "a changed input"

# The whole repository, without what pipewright itself writes.
whole='.path = "." | .dockerfile = "app/Dockerfile" | .exclude = ["pipewright.yaml", "pipewright.lock", "DELIVERY.md", "infra", "ci", ".github", ".gitlab*"]'
dot=$(key "$whole")
same "$dot" "$(key "$whole" "$repo/app")" "the whole repository, asked below"
mkdir -p "$repo/.gitlab/ci" "$repo/.github/workflows" "$repo/ci" "$repo/infra"
for file in .gitlab-ci.yml .gitlab/ci/x.yml .github/workflows/x.yml ci/x.sh infra/x.tf pipewright.lock DELIVERY.md pipewright.yaml; do
  echo "$file" >"$repo/$file"
done
commit "generated files"
same "$dot" "$(key "$whole")" "generated files"
other "$dot" "$(key '.path = "." | .dockerfile = "app/Dockerfile"')" "without excludes"
mkdir "$repo/.gitea" && echo x >"$repo/.gitea/x"
commit "another file"
other "$dot" "$(key "$whole")" "a file that is not excluded"
mkdir -p "$repo/docs/ci" && echo x >"$repo/docs/ci/x"
dot=$(commit "below" && key "$whole")
echo y >"$repo/docs/ci/x"
commit "an excluded name further down"
other "$dot" "$(key "$whole")" "an excluded name counts at the top alone"

# What can't be answered is an error.
refuse() {
  local status=0
  key "$@" >"$work/out" 2>"$work/said" || status=$?
  if [ "$status" -eq 0 ] || [ -s "$work/out" ]; then die "it should have been refused: $* gave $(cat "$work/out")"; fi
}
refuse '.path = "none"'
refuse '.dockerfile = "none"'
refuse '.path = "../.."'
refuse '.inputs = ["none"]'
refuse . "$work/shallow" "$(printf 'a%.0s' {1..40})"
refuse . "$repo" main
refuse . "$repo" '--help'
SERVICES=nonsense SERVICE=app COMMIT=$first "$here/../../templates/scripts/ci/key.sh" 2>/dev/null && die "nonsense has a key"
echo "the key: fine"
