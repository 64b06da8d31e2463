#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Signatures of images, where SIGN asks for them: made once by the job that builds or resolves an image, of its digest,
# and asked for before a deploy. They name who signed: the workflow or pipeline, its ref and its host, which has to be one
# of SIGNERS.
#
# cosign signs keyless, with the job's own token; every signature stands in the public log. The bundle lies beside the
# image, as a manifest that refers to it, listed under the tag sha256-HEX as OCI's distribution spec has it for registries
# that can't be asked for referrers. So it has a tag that lifecycle rules see, and can be copied like an image.
#
# Variables: SIGN (none or cosign; default none), SIGNERS (a JSON list of {"issuer", "identity"}; * in an identity stops
# at "/")

cosign_version=3.1.3
cosign_sha256_amd64=4629c757b7618056f8ddd7e2625ae9fdd94c0372a65049520bc7d9df9efc7f71
cosign_sha256_arm64=c5d324e091826b0d7a78eb16fef316450b4eb9aaec045611c08ba06f5e73220a
cosign_predicate=https://sigstore.dev/cosign/sign/v1

signing_folder= # ours, for bundles and what cosign keeps
signers=()      # of each issuer: itself, a tab, and the regular expression of its identities

# need_signing: SIGN and SIGNERS hold what they should. Nothing on the runner may say whose certificates are believed.
need_signing() {
  case ${SIGN:=none} in none | cosign) ;; *) wrong "SIGN should hold none or cosign" ;; esac
  [ "$SIGN" != none ] || return 0
  need SIGNERS "the JSON list of who signs images, as the generated pipeline has it"
  # shellcheck disable=SC2153 # signers is another one
  printf '%s' "$SIGNERS" | jq -e 'type == "array" and length > 0 and all(.[]; (.issuer | type == "string" and test("^https://[A-Za-z0-9./:-]+$"))
      and (.identity | type == "string" and test("^https://[!-~]+$")))' >/dev/null 2>&1 ||
    wrong "SIGNERS should hold a JSON list of signers, each with its issuer and identity"
  mapfile -t signers < <(printf '%s' "$SIGNERS" | jq -r 'group_by(.issuer)[] | .[0].issuer + "\t^("
    + (map(.identity | gsub("(?<c>[][\\\\.^$+?(){}|])"; "\\\(.c)") | gsub("\\*"; "[^/]*")) | join("|")) + ")$"')
  unset COSIGN_REPOSITORY COSIGN_EXPERIMENTAL SIGSTORE_ROOT_FILE SIGSTORE_REKOR_PUBLIC_KEY SIGSTORE_CT_LOG_PUBLIC_KEY_FILE
  unset SIGSTORE_TSA_CERTIFICATE_FILE TUF_MIRROR TUF_ROOT_JSON
  temporary_folder signing_folder
  export TUF_ROOT=$signing_folder/tuf
}

# get_cosign: afterwards `cosign` is the pinned version.
get_cosign() {
  local machine sum
  if command -v cosign >/dev/null 2>&1 && cosign version 2>/dev/null | grep -Eqx "GitVersion: +v$cosign_version"; then
    return 0
  fi
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) machine=amd64 sum=$cosign_sha256_amd64 ;;
    Linux-aarch64) machine=arm64 sum=$cosign_sha256_arm64 ;;
    *) wrong "cosign $cosign_version is needed on PATH: its release is only fetched on Linux, x86_64 or aarch64" ;;
  esac
  tools curl sha256sum
  mkdir -p "$signing_folder/bin"
  say "fetching cosign $cosign_version"
  attended curl -fsSL --proto '=https' --retry 3 --max-time 300 -o "$signing_folder/bin/cosign" -- \
    "https://github.com/sigstore/cosign/releases/download/v$cosign_version/cosign-linux-$machine" ||
    fail "cosign $cosign_version can't be fetched"
  printf '%s  %s\n' "$sum" "$signing_folder/bin/cosign" | sha256sum --check --status - ||
    fail "what came as cosign $cosign_version is not the release: its checksum differs"
  chmod 700 "$signing_folder/bin/cosign"
  PATH=$signing_folder/bin:$PATH
  export PATH
}

# signature_tag DIGEST: the tag under which the image's signatures are listed.
signature_tag() { printf '%s' "${1/:/-}"; }

# layout_blob LAYOUT FILE TYPE: puts FILE into a folder in OCI's layout, and prints its descriptor.
layout_blob() {
  local digest
  digest=$(sha256 "$2")
  cp -- "$2" "$1/blobs/sha256/$digest"
  jq -cn --arg type "$3" --arg digest "sha256:$digest" --argjson size "$(wc -c <"$2")" \
    '{mediaType: $type, digest: $digest, size: $size}'
}

# store_bundle REPOSITORY DIGEST BUNDLE: lays the bundle beside the image, as cosign itself does, under the signature tag.
# False where that didn't go well: another run may have been first.
store_bundle() {
  local layout=$signing_folder/layout kind=application/vnd.dev.sigstore.bundle.v0.3+json subject config bundle manifest index
  rm -rf -- "$layout"
  mkdir -p "$layout/blobs/sha256"
  skopeo inspect --retry-times 3 --raw "docker://$1@$2" >"$layout.subject" || fail "the manifest of $1@$2 can't be read"
  subject=$(jq -c --arg digest "$2" --argjson size "$(wc -c <"$layout.subject")" \
    '{mediaType: (.mediaType // "application/vnd.oci.image.index.v1+json"), digest: $digest, size: $size}' "$layout.subject")
  printf '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
  printf '{}' >"$layout.file"
  config=$(layout_blob "$layout" "$layout.file" application/vnd.oci.empty.v1+json)
  bundle=$(layout_blob "$layout" "$3" "$kind")
  jq -jcn --arg kind "$kind" --arg predicate "$cosign_predicate" --argjson config "$config" --argjson bundle "$bundle" \
    --argjson subject "$subject" '{schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", artifactType: $kind,
      config: $config, layers: [$bundle], subject: $subject,
      annotations: {"dev.sigstore.bundle.content": "dsse-envelope", "dev.sigstore.bundle.predicateType": $predicate}}' >"$layout.file"
  manifest=$(layout_blob "$layout" "$layout.file" application/vnd.oci.image.manifest.v1+json)
  # Without the artifact's type, which older versions of skopeo would take away, and with it the digest.
  jq -jcn --argjson manifest "$manifest" '{schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [$manifest]}' \
    >"$layout.file"
  index=$(layout_blob "$layout" "$layout.file" application/vnd.oci.image.index.v1+json)
  jq -cn --argjson index "$index" '{schemaVersion: 2, manifests: [$index]}' >"$layout/index.json"
  attended skopeo copy --quiet --retry-times 3 --all --preserve-digests "oci:$layout" "docker://$1:$(signature_tag "$2")"
}

# bundles_of REPOSITORY DIGEST: the files of all bundles beside the image, one a line.
bundles_of() {
  local layout=$signing_folder/found index manifest layer
  rm -rf -- "$layout"
  skopeo copy --quiet --retry-times 3 --all --preserve-digests "docker://$1:$(signature_tag "$2")" "oci:$layout" >&2 || return 1
  index=$(jq -r '.manifests[0].digest' "$layout/index.json")
  is_digest "$index" || return 1
  for manifest in $(jq -r '.manifests[]?.digest' "$layout/blobs/sha256/${index#sha256:}"); do
    is_digest "$manifest" || continue
    for layer in $(jq -r '.layers[]? | select(.mediaType | startswith("application/vnd.dev.sigstore.bundle")) | .digest' \
      "$layout/blobs/sha256/${manifest#sha256:}"); do
      ! is_digest "$layer" || printf '%s\n' "$layout/blobs/sha256/${layer#sha256:}"
    done
  done
}

# is_signed REPOSITORY DIGEST: whether one of SIGNERS signed it. What the tools say of what they don't believe is in the
# file $signing_folder/said.
is_signed() {
  local line bundle bundles
  : >"$signing_folder/said"
  get_cosign
  bundles=$(bundles_of "$1" "$2") || fail "the signatures of $1@$2 can't be read"
  for bundle in $bundles; do
    for line in "${signers[@]}"; do
      if attended cosign verify-blob-attestation --bundle "$bundle" --type "$cosign_predicate" --digest "${2#sha256:}" \
        --digestAlg sha256 --certificate-oidc-issuer "${line%%$'\t'*}" --certificate-identity-regexp "${line#*$'\t'}" \
        >>"$signing_folder/said" 2>&1; then return 0; fi
    done
  done
  return 1
}

# need_signature REPOSITORY DIGEST: stops where none of SIGNERS signed it.
need_signature() {
  local status=0
  [ "$SIGN" != none ] || return 0
  digest_of "$1" "$(signature_tag "$2")" >/dev/null || status=$?
  [ "$status" -ne 3 ] || fail "$1@$2 is not signed: a new run of the first environment's pipeline signs it"
  [ "$status" -eq 0 ] || exit 1
  is_signed "$1" "$2" || {
    problem "$1@$2 is not signed by this project's own pipeline:" \
      "$(printf '%s' "$SIGNERS" | jq -r 'map(.identity) | join(", ")')"
    quoted <"$signing_folder/said"
    exit 1
  }
  say "$1@$2 is signed by this project's own pipeline"
}

# sign_image REPOSITORY DIGEST: signs it, once: what is signed already is only looked at.
sign_image() {
  local status=0
  [ "$SIGN" != none ] || return 0
  if [ "$HOST" = terminal ]; then
    say "note: a person's signature would be no deploy's; the pipeline signs this image when it comes to its content"
    return 0
  fi
  digest_of "$1" "$(signature_tag "$2")" >/dev/null || status=$?
  if [ "$status" -eq 3 ]; then
    get_cosign
    say "signing $1@$2"
    local -a provider=(--oidc-provider github-actions)
    if [ "$HOST" = gitlab ]; then
      need SIGSTORE_ID_TOKEN "the token that the job asks for under id_tokens, for sigstore"
      provider=(--oidc-provider envvar)
      export SIGSTORE_ID_TOKEN
    fi
    attended_quoted cosign sign --yes "${provider[@]}" --upload=false --bundle "$signing_folder/bundle" "$1@$2" ||
      fail "$1@$2 could not be signed"
    # Whoever was first while this one signed stays: a tag is never moved, not where it could be either.
    status=0
    digest_of "$1" "$(signature_tag "$2")" >/dev/null || status=$?
    if [ "$status" -eq 3 ]; then
      store_bundle "$1" "$2" "$signing_folder/bundle" || say "note: the signature was not written; another run may have been first"
    fi
  elif [ "$status" -ne 0 ]; then
    exit 1
  fi
  need_signature "$1" "$2"
}

# copy_signature SOURCE DIGEST REPOSITORY: what signs the image, beside its copy.
copy_signature() {
  local digest
  [ "$SIGN" = cosign ] || return 0
  digest=$(digest_of "$1" "$(signature_tag "$2")") || fail "the signature of $1@$2 can't be found any more"
  place_tag "$1" "$digest" "$3" "$(signature_tag "$2")"
}
