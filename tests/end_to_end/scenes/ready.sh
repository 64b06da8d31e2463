# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Ready images: a reference becomes a digest once, for all platforms, and then passes like a build.
new_project
upstream=registry.example.com:5443/team/web

step "a public registry with an image for two platforms, attested as docker's builds are"
cat >"$sandbox/public.yml" <<YAML
version: 0.1
log: { level: error }
storage: { filesystem: { rootdirectory: "$sandbox/images.public" } }
http: { addr: "127.0.1.1:5443", tls: { certificate: "$sandbox/cloud.pem", key: "$sandbox/cloud.key" } }
YAML
docker-registry serve "$sandbox/public.yml" >"$sandbox/public.log" 2>&1 &
# publish TAG TEXT: an index of the project's image for linux/amd64 and linux/arm64 and of an attestation; its digest is
# in `published`.
publish() {
  local layout=$sandbox/layout.$2
  echo "$2" >"$project/app/www/index"
  buildah --root "$sandbox/b/root" --runroot "$sandbox/b/run" --storage-driver vfs bud --build-arg GREETING=hello --isolation chroot --quiet --format oci \
    --tag "ready:$1" "$project/app" >/dev/null
  buildah --root "$sandbox/b/root" --runroot "$sandbox/b/run" --storage-driver vfs push --quiet --format oci "ready:$1" "oci:$layout:x"
  published=$(python3 - "$layout" <<'PYTHON'
import hashlib, json, sys
layout = sys.argv[1]
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
def load(digest): return json.load(open(f"{layout}/blobs/sha256/{digest[7:]}", encoding="utf-8"))
def store(body):
    data = json.dumps(body).encode()
    digest = hashlib.sha256(data).hexdigest()
    open(f"{layout}/blobs/sha256/{digest}", "wb").write(data)
    return {"digest": "sha256:" + digest, "size": len(data)}
first = json.load(open(f"{layout}/index.json", encoding="utf-8"))["manifests"][0]
image = load(first["digest"])
def variant(architecture):
    config = load(image["config"]["digest"]) | {"architecture": architecture}
    body = image | {"config": {"mediaType": image["config"]["mediaType"], **store(config)}, "mediaType": MANIFEST}
    return {"mediaType": MANIFEST, **store(body), "platform": {"os": "linux", "architecture": architecture}}
manifests = [variant("amd64"), variant("arm64"), variant("unknown") | {"platform": {"os": "unknown", "architecture": "unknown"}}]
index = {"mediaType": "application/vnd.oci.image.index.v1+json",
         **store({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests})}
json.dump({"schemaVersion": 2, "manifests": [index]}, open(f"{layout}/index.json", "w", encoding="utf-8"))
print(index["digest"])
PYTHON
  )
  skopeo copy --quiet --all --preserve-digests "oci:$layout" "docker://$upstream:$1"
}
publish 1.0 one
one=$published

# ready REFERENCE ENVIRONMENT: its services, of which the image is that ready one.
ready() { services "$2" | jq -c --arg image "$1" 'map(.content = {image: $image})'; }
start_resolve() {
  local reference=$1
  shift
  start_job resolve-app "$branch_subject" "$commit" shallow PROJECT=simple-time ENVIRONMENT=dev STACK=aws CLOUD=aws REGISTRY=ecr \
    AWS_REGION="$region" AWS_ACCOUNT="${account[dev]}" AWS_ROLE_ARN="arn:aws:iam::${account[dev]}:role/simple-time-dev-aws-build" \
    SERVICES="$(ready "$reference" dev)" SERVICE=app "$@" ci/resolve.sh
}
resolve() {
  start_resolve "$@"
  end_job
  digest=$(sed -n 's/^digest=//p' "$place/output" 2>/dev/null || true)
}
key_of_ready() { CONTENT_DIR=$project COMMIT=$commit SERVICE=app SERVICES=$(ready "$1" dev) "$project/ci/key.sh"; }

step "the reference becomes the index's digest, with every platform of it"
resolve "$upstream:1.0"
succeeded "the resolve"
[ "$digest" = "$one" ] || die "the digest is $digest, not $one"
key=$(key_of_ready "$upstream:1.0")
[ "$(tag dev "$key")" = "$one" ] || die "the key is not on the digest"
says "is for linux/amd64 linux/arm64"
kept=$(PYTHONPATH=$here/cloud python3 - "$sandbox" "$digest" <<'PYTHON'
import glob, json, sys
folder, digest = sys.argv[1:]
blob = lambda d: json.load(open(glob.glob(f"{folder}/images.dev/docker/registry/v2/blobs/sha256/*/{d[7:]}/data")[0], "rb"))
print([blob(blob(one["digest"])["config"]["digest"])["architecture"] for one in blob(digest)["manifests"]])
PYTHON
)
[ "$kept" = "['amd64', 'arm64', 'unknown']" ] || die "the copy holds $kept"

step "the same reference is the same key in every commit, and another spelling is another"
old=$commit
change index elsewhere
[ "$(key_of_ready "$upstream:1.0")" = "$key" ] || die "the key follows the commit"
[ "$(key_of_ready "$upstream:1.0@$one")" != "$key" ] || die "the key doesn't follow the reference"
[ "$old" != "$commit" ] || die "there is no other commit"

step "it is scanned on the platforms that targets run"
start_job scan-image-app "$branch_subject" "$commit" shallow CLOUD=aws REGISTRY=ecr AWS_REGION="$region" AWS_ACCOUNT="${account[dev]}" \
  AWS_ROLE_ARN="arn:aws:iam::${account[dev]}:role/simple-time-dev-aws-build" SERVICES="$(ready "$upstream:1.0" dev)" SERVICE=app \
  DIGEST_APP="$one" TRIVY_LOG="$sandbox/trivy.log" ci/scan-image.sh
end_job
succeeded "the scan"
[ "$(sort "$sandbox/trivy.log" | paste -s -d ' ' -)" = "linux/amd64 linux/arm64" ] || die "scanned: $(cat "$sandbox/trivy.log")"

step "it is deployed and promoted by that digest, with its worker"
deploy dev "$commit" SERVICES="$(ready "$upstream:1.0" dev)"
succeeded "the deploy"
runs dev "$one"
answers dev one
deploy prod "$commit" SERVICES="$(ready "$upstream:1.0" prod)"
succeeded "the promotion"
runs prod "$one"
[ "$(tag prod "passed_prod_aws_$key")" = "$one" ] || die "no passed tag in prod"

step "a tag that has moved since changes nothing; its new digest beside it is a new reference"
publish 1.0 two
two=$published
[ "$one" != "$two" ] || die "the tag did not move"
resolve "$upstream:1.0"
succeeded
says "was resolved before, to $one"
[ "$digest" = "$one" ] || die "the answer moved with the tag"
resolve "$upstream:1.0@$two"
succeeded
[ "$digest" = "$two" ] || die "the digest is $digest, not $two"
deploy prod "$commit" SERVICES="$(ready "$upstream:1.0@$two" prod)"
failed
says "has not passed dev"

step "what is not there, not for our machines, or not what its digest says, is refused"
resolve "$upstream:none"
failed
says "can't be read"
resolve "$upstream:1.0@sha256:$(printf '0%.0s' {1..64})"
failed
[ -z "$digest" ] || die "there is a digest"
skopeo copy --quiet --preserve-digests "docker://$upstream@$(skopeo inspect --raw "docker://$upstream:1.0" | jq -r '.manifests[2].digest')" \
  "docker://$upstream:odd"
resolve "$upstream:odd"
failed
says "is for neither linux/amd64 nor linux/arm64"

step "two runs at once, between which the tag moves: the first one's image is both's"
publish 2.0 three
three=$published
mv "$sandbox/bin/skopeo" "$sandbox/bin/skopeo.real"
cat >"$sandbox/bin/skopeo" <<SH
#!/bin/sh
if [ "\$1" = copy ] && [ -n "\${HOLD:-}" ]; then while [ -e "\$HOLD" ]; do sleep 0.1; done; fi
exec "$sandbox/bin/skopeo.real" "\$@"
SH
chmod 755 "$sandbox/bin/skopeo"
touch "$sandbox/hold"
start_resolve "$upstream:2.0" HOLD="$sandbox/hold"
until_log "copying it"
other=$job other_place=$place other_log=$log
publish 2.0 four
four=$published
[ "$three" != "$four" ] || die "the tag did not move"
resolve "$upstream:2.0"
succeeded
[ "$digest" = "$four" ] || die "the second run did not resolve anew"
rm "$sandbox/hold"
job=$other place=$other_place log=$other_log
end_job
succeeded
says "another run resolved $upstream:2.0 at the same time"
[ "$(cat "$place/output")" = "digest=$four" ] || die "the jobs disagree"

step "a reference is read as engines read it"
for pair in "nginx docker.io/library/nginx latest" "nginx:1.29 docker.io/library/nginx 1.29" "team/web docker.io/team/web latest" \
  "localhost/web:1 localhost/web 1" "r.example.com:5000/a/b r.example.com:5000/a/b latest" "a/b:1@sha256:ab docker.io/a/b sha256:ab"; do
  read -r reference expected_repository expected_rest <<<"$pair"
  # shellcheck disable=SC2016 # that shell expands it
  seen=$(bash -c '. "$1/ci/lib/ready.sh"; read_reference "$2"; printf "%s %s" "$upstream" "$wanted"' - "$project" "$reference")
  [ "$seen" = "$expected_repository $expected_rest" ] || die "$reference is read as $seen"
done
