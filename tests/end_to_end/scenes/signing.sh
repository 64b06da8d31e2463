# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Signing: once, by the build, of a digest; asked for by every deploy; copied along with the image.
new_project
signers='[{"issuer":"https://token.actions.githubusercontent.com","identity":"https://github.com/acme/simple-time-service/.github/workflows/delivery.yml@refs/heads/main"},
  {"issuer":"https://gitlab.com","identity":"https://gitlab.com/acme/simple-time-service//.gitlab-ci.yml@refs/heads/*"}]'
signing=(SIGN=cosign SIGNERS="$signers")
signed="$sandbox/signed.log"
: >"$signed"
signature() { tag "$1" "${2/:/-}"; }

step "what was built before anybody signed is not deployed by those who ask"
build "$commit"
succeeded
one=$digest
deploy dev "$commit" "${signing[@]}"
failed
says "is not signed"
[ "$(updates)" = 0 ] || die "something was rolled out"

step "the next build of the same content signs it, once"
build "$commit" "${signing[@]}" COSIGN_STAND_IN_LOG="$signed"
succeeded
says "is built already"
says "is signed by this project's own pipeline"
[ "$digest" = "$one" ] || die "another digest"
[ "$(builds)" = 1 ] || die "it was built again"
one_signature=$(signature dev "$one")
[ -n "$one_signature" ] || die "there is no signature"
build "$commit" "${signing[@]}" COSIGN_STAND_IN_LOG="$signed"
succeeded
[ "$(wc -l <"$signed")" = 1 ] || die "it was signed again: $(cat "$signed")"
[ "$(signature dev "$one")" = "$one_signature" ] || die "the signature changed"

step "the signature refers to the image, as OCI and cosign have it"
PYTHONPATH=$here/cloud python3 - "$sandbox" "$one_signature" "$one" <<'PYTHON'
import glob, json, sys
folder, listed, image = sys.argv[1:]
raw = lambda d: open(glob.glob(f"{folder}/images.dev/docker/registry/v2/blobs/sha256/*/{d[7:]}/data")[0], "rb").read()
index = json.loads(raw(listed))
assert index["mediaType"] == "application/vnd.oci.image.index.v1+json" and len(index["manifests"]) == 1, index
manifest = json.loads(raw(index["manifests"][0]["digest"]))
assert manifest["subject"] == {"mediaType": json.loads(raw(image))["mediaType"], "digest": image, "size": len(raw(image))}, manifest
assert manifest["artifactType"] == manifest["layers"][0]["mediaType"] == "application/vnd.dev.sigstore.bundle.v0.3+json"
assert manifest["config"]["mediaType"] == "application/vnd.oci.empty.v1+json" and raw(manifest["config"]["digest"]) == b"{}"
assert json.loads(raw(manifest["layers"][0]["digest"]))["digest"] == image[7:]
PYTHON

step "signed it is deployed, and promoted with its signature"
deploy dev "$commit" "${signing[@]}"
succeeded "the deploy"
runs dev "$one"
deploy prod "$commit" "${signing[@]}"
succeeded "the promotion"
runs prod "$one"
[ "$(signature prod "$one")" = "$one_signature" ] || die "the signature was not copied"

step "a signature of anybody else is none"
change index two
build "$commit" "${signing[@]}" COSIGN_STAND_IN_WORKFLOW=other.yml
failed
says "is not signed by this project's own pipeline"
says "other.yml"
two=$(tag dev "$(key_of "$commit")")
[ -n "$two" ] || die "it was not built"
digest=$two
deploy dev "$commit" "${signing[@]}"
failed
says "is not signed by this project's own pipeline"
runs dev "$one"
for other in delivery.yml@refs/heads/main-2 delivery.yml@refs/heads/a/main deliveryxyml@refs/heads/main; do
  deploy dev "$commit" SIGN=cosign SIGNERS="[{\"issuer\":\"https://token.actions.githubusercontent.com\",
    \"identity\":\"https://github.com/acme/simple-time-service/.github/workflows/$other\"}]" DIGEST_APP="$one"
  failed
done

step "somebody's signature of another image is none of this one's"
change index three
build "$commit"
succeeded
three=$digest
skopeo copy --quiet --all --preserve-digests --src-tls-verify=false --dest-tls-verify=false \
  --src-creds "AWS:$(as_admin ecr get-authorization-token | jq -r '.authorizationData[0].authorizationToken' | base64 -d | cut -d : -f 2)" \
  --dest-creds "AWS:$(as_admin ecr get-authorization-token | jq -r '.authorizationData[0].authorizationToken' | base64 -d | cut -d : -f 2)" \
  "docker://${account[dev]}.dkr.ecr.$region.amazonaws.com/simple-time/dev/aws/app:${one/:/-}" \
  "docker://${account[dev]}.dkr.ecr.$region.amazonaws.com/simple-time/dev/aws/app:${three/:/-}"
deploy dev "$commit" "${signing[@]}"
failed
says "does not match any digest"

step "GitLab's pipeline signs as itself, and GitHub's deploy takes that"
change index four
token=$(jq -cnj '{aud: "sigstore", iss: "https://gitlab.com", ci_config_ref_uri: "gitlab.com/acme/simple-time-service//.gitlab-ci.yml@refs/heads/main"}' | base64 -w0 | tr '/+' '_-')
# Only the signing is GitLab's here: AWS is signed in to as a GitHub job does.
mv "$sandbox/bin/cosign" "$sandbox/bin/cosign.real"
cat >"$sandbox/bin/cosign" <<SH
#!/bin/sh
if [ "\$1" = sign ] && [ -n "\${AS_GITLAB:-}" ]; then
  shift 4
  exec "$sandbox/bin/cosign.real" sign --yes --oidc-provider envvar "\$@"
fi
exec "$sandbox/bin/cosign.real" "\$@"
SH
chmod 755 "$sandbox/bin/cosign"
build "$commit" "${signing[@]}" AS_GITLAB=yes SIGSTORE_ID_TOKEN="$token"
succeeded
deploy dev "$commit" "${signing[@]}"
succeeded
runs dev "$digest"

step "two builds at once: one signature, and both jobs are content"
mv "$sandbox/bin/cosign" "$sandbox/bin/cosign.as"
cat >"$sandbox/bin/cosign" <<SH
#!/bin/sh
if [ "\$1" = sign ] && [ -n "\${HOLD:-}" ]; then while [ -e "\$HOLD" ]; do sleep 0.1; done; fi
exec "$sandbox/bin/cosign.as" "\$@"
SH
chmod 755 "$sandbox/bin/cosign"
change index five
touch "$sandbox/hold"
start_build "$commit" "${signing[@]}" HOLD="$sandbox/hold"
until_log "signing "
other=$job other_place=$place other_log=$log
build "$commit" "${signing[@]}" COSIGN_STAND_IN_WORKFLOW=delivery.yml
succeeded
first=$(signature dev "$digest")
rm "$sandbox/hold"
job=$other place=$other_place log=$other_log
end_job
succeeded
[ "$(signature dev "$digest")" = "$first" ] || die "the signature was moved"

step "a cosign of another version is not used, nor a download that is not the release"
build "$commit" "${signing[@]}" COSIGN_STAND_IN_VERSION=3.0.0
failed
says "its checksum differs"
build "$commit" SIGN=pgp
failed 2
build "$commit" SIGN=cosign SIGNERS='[{"issuer":"https://gitlab.com"}]'
failed 2
