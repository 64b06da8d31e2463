#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Gets Trivy: the one on PATH where it has the pinned version, else the release, whose checksum is compared before
# anything of it runs. In March 2026 releases of Trivy and of its actions were replaced by a thief's, so neither a tag
# nor an action that downloads by tag is trusted here.

trivy_version=0.70.0
trivy_sha256_64bit=8b4376d5d6befe5c24d503f10ff136d9e0c49f9127a4279fd110b727929a5aa9
trivy_sha256_arm64=2f6bb988b553a1bbac6bdd1ce890f5e412439564e17522b88a4541b4f364fc8d

# get_scanner: afterwards `trivy` is the pinned version.
get_scanner() {
  local folder archive sum
  if command -v trivy >/dev/null 2>&1 && trivy --version 2>/dev/null | sed -n 1p | grep -xF "Version: $trivy_version" >/dev/null; then
    return 0
  fi
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) archive=trivy_${trivy_version}_Linux-64bit.tar.gz sum=$trivy_sha256_64bit ;;
    Linux-aarch64) archive=trivy_${trivy_version}_Linux-ARM64.tar.gz sum=$trivy_sha256_arm64 ;;
    *) wrong "trivy $trivy_version is needed on PATH: its release is only fetched on Linux, x86_64 or aarch64" ;;
  esac
  tools curl sha256sum tar gzip
  folder=
  temporary_folder folder
  say "fetching trivy $trivy_version"
  attended curl -fsSL --proto '=https' --retry 3 --max-time 300 -o "$folder/$archive" -- \
    "https://github.com/aquasecurity/trivy/releases/download/v$trivy_version/$archive" ||
    fail "trivy $trivy_version can't be fetched"
  printf '%s  %s\n' "$sum" "$folder/$archive" | sha256sum --check --status - ||
    fail "what came as trivy $trivy_version is not the release: its checksum differs"
  tar -xzf "$folder/$archive" -C "$folder" trivy || fail "trivy $trivy_version can't be unpacked"
  PATH=$folder:$PATH
  export PATH
}
