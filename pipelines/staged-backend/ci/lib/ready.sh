#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Ready images: what their references say, and for which of our platforms they are.

# shellcheck disable=SC2034 # read by resolve.sh
upstream= # the repository of a reference, with its registry
wanted=   # its digest, else its tag

# read_reference REFERENCE: fills upstream and wanted, as container engines read it: no registry is Docker Hub, no tag is
# latest, and beside a digest a tag says nothing.
read_reference() {
  local name=$1 tag=latest
  [[ $name =~ ^[A-Za-z0-9][A-Za-z0-9._:/@-]*$ ]] || wrong "'$(one_line "$name")' is not the reference of an image"
  wanted=
  case $name in *@*) wanted=${name#*@} name=${name%%@*} ;; esac
  case ${name##*/} in *:*) tag=${name##*:} name=${name%:*} ;; esac
  case ${name%%/*} in
    "$name") name=docker.io/library/$name ;;
    *.* | *:* | localhost) ;;
    *) name=docker.io/$name ;;
  esac
  upstream=$name
  : "${wanted:=$tag}"
}

# platforms_in REPOSITORY DIGEST: which of the platforms that targets run the image is for, one a line.
platforms_in() {
  local manifest platforms
  manifest=$(skopeo inspect --retry-times 3 --raw "docker://$1@$2") || fail "the manifest of $1@$2 can't be read"
  if printf '%s' "$manifest" | jq -e 'has("manifests")' >/dev/null; then
    platforms=$(printf '%s' "$manifest" | jq -r '.manifests[] | .platform | values | "\(.os)/\(.architecture)"')
  else
    platforms=$(skopeo inspect --retry-times 3 --config --raw "docker://$1@$2" | jq -r '"\(.os)/\(.architecture)"') ||
      fail "the configuration of $1@$2 can't be read"
  fi
  printf '%s\n' "$platforms" | grep -x -e linux/amd64 -e linux/arm64 | sort -u ||
    fail "$1@$2 is for neither linux/amd64 nor linux/arm64, and targets run nothing else"
}
