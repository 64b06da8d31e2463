# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Built once on dev for two platforms, promoted to prod in another account by digest; unchanged content is neither built nor
# rolled out.
# shellcheck disable=SC2034 # read by services
platforms='["linux/amd64","linux/arm64"]'
new_project
first=$commit

step "the first build and the first deploy, which has nothing to go back to"
build "$first"
succeeded "the build"
says "building"
one=$digest
[ "$(tag dev "$(key_of "$first")")" = "$one" ] || die "the key is not on the digest"
[ "$(tag dev "$first")" = "$one" ] || die "the commit is not on the digest"
grep -q 'attest=2$' "$sandbox/docker.log" || die "no attestations"
deploy dev "$first"
succeeded "the deploy"
says "nothing has passed on dev on aws yet"
says "from 0 to 2 tasks"
says "app: migrated"
runs dev "$one"
answers dev one
[ "$(tag dev "passed_dev_aws_$(key_of "$first")")" = "$one" ] || die "no passed tag"
[ "$(record dev | jq -c 'map([.host, .commit, .services])')" = "[[\"github\",\"$first\",{\"app\":\"$one\",\"worker\":\"$one\"}]]" ] ||
  die "the record says $(record dev)"
lease_is_free dev
grep -q 'passed' "$place/summary" || die "no summary"
state '.tags_of_newest["simple-time-dev-aws-app"][0].key' | grep -x project >/dev/null || die "the task definition lost its tags"

step "the deploy of prod can't be somebody else"
deploy prod "$first" AWS_ROLE_ARN=arn:aws:iam::888888888888:role/simple-time-dev-aws-deploy
failed
says "AWS does not let this job be"

step "what passed dev is promoted to prod, as it is"
deploy prod "$first"
succeeded "the promotion"
runs prod "$one"
answers prod one
key=$(key_of "$first")
[ "$(tag prod "$key-${one:7:12}")" = "$one" ] || die "the copy has no tag of key and digest"
[ "$(tag prod "passed_prod_aws_$key")" = "$one" ] || die "no passed tag in prod"
PYTHONPATH=$here/cloud python3 -B - "$sandbox" "$one" <<'PYTHON'
import glob, json, sys
folder, digest = sys.argv[1:]
blob = lambda where, d: json.loads(open(glob.glob(f"{folder}/images.{where}/docker/registry/v2/blobs/sha256/*/{d[7:]}/data")[0], "rb").read())
index = blob("prod", digest)
platforms = [m["platform"]["architecture"] for m in index["manifests"] if "annotations" not in m]
assert platforms == ["amd64", "arm64"] and len(index["manifests"]) == 4, index
for manifest in index["manifests"]:
    for part in (lambda m: [m["config"]] + m["layers"])(blob("prod", manifest["digest"])):
        assert glob.glob(f"{folder}/images.prod/docker/registry/v2/blobs/sha256/*/{part['digest'][7:]}/data"), part
PYTHON
[ "$(record prod | jq length)" = 1 ] || die "no record in prod"
[ "$(builds)" = 1 ] || die "promotion built something"

step "the same content in another commit: no build, no new rollout, but the record moves on"
updated=$(updates)
echo elsewhere >"$project/README.md"
commit_all "a change that no image contains"
build "$commit"
succeeded
says "is built already"
[ "$digest" = "$one" ] || die "another digest for the same content"
deploy dev "$commit"
succeeded
says "nothing to roll out"
never_says "migrating"
[ "$(updates)" = "$updated" ] || die "something was rolled out"
[ "$(record dev | jq -c 'map(.commit)')" = "[\"$first\",\"$commit\"]" ] || die "the record says $(record dev)"
deploy dev "$commit"
succeeded
[ "$(record dev | jq length)" = 2 ] || die "a second run of the same added an entry"
deploy prod "$commit"
succeeded
[ "$(builds)" = 1 ] || die "something was built"

step "new content is built once, and an older run is outdated from then on"
change index two
second=$commit
build "$second"
succeeded
two=$digest
if [ "$two" = "$one" ] || [ "$(builds)" != 2 ]; then die "it was not built"; fi
deploy prod "$second"
failed
says "has not passed dev"
deploy dev "$second"
succeeded
answers dev two
answers prod one
digest=$one
deploy dev "$first"
failed
says "this run is outdated"
answers dev two
digest=$one
deploy dev "$second"
failed
says "but this commit's content of app is $two"

step "a merge commit with the same content is promoted without a build"
git -C "$project" checkout -q -b feature "$first"
git -C "$project" cherry-pick -n "$second" && git -C "$project" commit -q -m "the same on a branch"
git -C "$project" checkout -q main
git -C "$project" merge -q --no-ff -m merge feature
git -C "$project" push -q origin main
merge=$(git -C "$project" rev-parse HEAD)
[ "$(git -C "$project" rev-list --parents -n 1 HEAD | wc -w)" = 3 ] || die "not a merge"
deploy prod "$merge"
succeeded
answers prod two
runs prod "$two"
[ "$(builds)" = 2 ] || die "the merge was built"

step "a record of a commit that this clone does not know, written after the clone was made, stops an older run"
as_admin ssm put-parameter --overwrite --name /simple-time/prod/aws/record \
  --value "{\"commit\":\"$(printf 'a%.0s' {1..40})\",\"services\":{}}" >/dev/null
deploy prod "$merge"
failed
says "this run may be outdated; start it again"
answers prod two

step "written before, its branch is gone: that stops nothing"
later=$(mktemp -d)
git clone -q "$project" "$later/clone"
touch -d '+1 hour' "$later/clone/.git/packed-refs" "$later/clone/.git/HEAD"
new_run
deploy prod "$merge" CONTENT_DIR="$later/clone"
succeeded
says "which this clone does not know"
