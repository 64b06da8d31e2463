# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# A registry that all environments share, opened by a user and a token, in which whoever may push may move a tag.
new_project
app=ghcr.io/acme/simple-time-service/app
first=$commit

# as_pusher COMMAND...: skopeo with the token of whoever may push.
mkdir "$sandbox/pusher"
printf '{"auths":{"ghcr.io":{"auth":"%s"},"docker.io":{"auth":"%s"},"registry.gitlab.com":{"auth":"%s"}}}' \
  "$(printf 'octo:registry-token-of-the-job' | base64 -w0)"{,,} >"$sandbox/pusher/auth.json"
as_pusher() { REGISTRY_AUTH_FILE=$sandbox/pusher/auth.json skopeo "$@"; }
# put FROM TO: the image of one reference under another one, whatever stands there.
put() { as_pusher copy --quiet --all --preserve-digests "docker://$1" "docker://$2"; }
no_token() { ! grep -Fq registry-token-of-the-job "$log" "$sandbox/arguments" || die "the registry's token was shown"; }

step "two commits with the same content are built at once, into a repository that isn't there yet: one digest, and no tag moves"
echo elsewhere >"$project/README.md"
commit_all "a change that no image contains"
second=$commit
start_build "$first" DOCKER_WAIT="$sandbox/go"
until_log "building"
other=$job other_place=$place other_log=$log
build "$second"
succeeded
one=$digest
touch "$sandbox/go"
job=$other place=$other_place log=$other_log
end_job
succeeded
says "another run built this content"
no_token
[ "$(cat "$place/output")" = "digest=$one" ] || die "the jobs disagree"
key=$(key_of "$first")
[ "$(tag dev "$key")" = "$one" ] || die "the key is not on the digest that was first"
[ "$(tag dev "$second")" = "$one" ] || die "the commit is not on its digest"
[ "$(tag dev "$first")" != "$one" ] || die "there were no two images"
[ "$(state '.pushed | map(sub("^.*/app:"; "") | select(startswith("sha256:") | not)) | sort | .[]')" = "$(printf '%s\n' "$first" "$second" "$key" | sort)" ] ||
  die "other tags were pushed: $(state '.pushed')"

step "a build that was stopped between its push and the key goes on from its push"
change index two
built=$(builds)
put "$app@$one" "$app:$commit"
build "$commit"
succeeded
says "an earlier run of this commit pushed $one"
if [ "$digest" != "$one" ] || [ "$(builds)" != "$built" ]; then die "it was built again"; fi

step "a wrong token, and a key that somebody moved: nothing is deployed"
build "$commit" REGISTRY_TOKEN=guessed
failed
says "can't ask the registry"
digest=$(tag dev "$first")
deploy dev "$first"
failed
says "but this commit's content of app is $one"

step "the first environment, and the next one from the same repository: nothing is copied"
digest=$one
deploy dev "$second"
succeeded
runs dev "$one"
no_token
[ "$(tag dev "passed_dev_aws_$key")" = "$one" ] || die "no passed tag"
change index three
deploy prod "$commit"
failed
says "has not passed dev"
deploy prod "$second"
succeeded
never_says "copying"
runs prod "$one"
[ "$(tag prod "passed_prod_aws_$key")" = "$one" ] || die "no passed tag of prod"
[ -z "$(tag prod "$key-${one:7:12}")" ] || die "a copy was tagged"
never_moved() { [ "$(state '.moved | length')" = 0 ] || die "tags were moved: $(state .moved)"; }
never_moved

step "a rollback to an image takes what passed here, which a tag says where the record doesn't"
new_run
three=$(tag dev "$first")
rollback prod "$second" IMAGE="sha256:$(printf 'a%.0s' {1..64})"
failed
says "there is no sha256:aaaa"
put "$app@$three" "$app:passed_dev_aws_kother"
rollback prod "$second" IMAGE="$three"
failed
says "never passed on prod on aws"
runs prod "$one"
put "$app@$three" "$app:passed_prod_aws_kother"
rollback prod "$second" IMAGE="$three"
succeeded
runs prod "$three"
no_token

step "Docker Hub, for which docker and skopeo know their password by different names, and GitLab's registry"
hub=$(services dev | jq -c 'map(.repository = "docker.io/acme/simple-time-app")')
build "$second" REGISTRY=dockerhub SERVICES="$hub"
succeeded
says "building docker.io/acme/simple-time-app"
put "docker.io/acme/simple-time-app@$digest" "registry.gitlab.com/acme/times/app:$key"
build "$second" REGISTRY=gitlab SERVICES="$(services dev | jq -c 'map(.repository = "registry.gitlab.com/acme/times/app")')"
succeeded
says "is built already"
build "$second" REGISTRY=gitlab SERVICES="$hub"
failed
says "'docker.io' is no registry of these kinds: gitlab"
never_moved

step "a registry of which the project has no library is named, with those that it has"
build "$second" REGISTRY=quay
failed 2
says "REGISTRY holds 'quay', and these scripts were generated for"
says "REGISTRY=ghcr"
build "$second" REGISTRY_USERNAME=
failed 2
says "REGISTRY_USERNAME is missing"
