#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The fingerprint of a target's platform, as a commit describes it: the SHA-256 over these lines.
#
#   pipewright-platform 1
#   root ID            the git tree of the target's platform root at the commit
#   modules ID         that of the modules
#   tool NAME VERSION
#
# Needs content-key.sh for what git says. Variables: COMMIT, ROOT, MODULES, TOOL, TOOL_VERSION, CONTENT_DIR.

# need_platform: that all of these variables are there and plain.
need_platform() {
  local name
  need ROOT "the target's platform root, from the repository's root: infra/STACK/ENVIRONMENT/platform" \
    MODULES "the modules' folder, from the repository's root: infra/modules" \
    TOOL "terraform or opentofu" TOOL_VERSION "its exact version"
  for name in ROOT MODULES; do
    [ "$(plain_path "${!name}")" = "${!name}" ] || wrong "$name should hold a path inside the repository, not '$(one_line "${!name}")'"
  done
  case $TOOL in terraform | opentofu) ;; *) wrong "TOOL should hold terraform or opentofu, not '$(one_line "$TOOL")'" ;; esac
  [[ $TOOL_VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] ||
    wrong "TOOL_VERSION should hold an exact version, as in 1.11.4, not '$(one_line "$TOOL_VERSION")'"
}

# platform_fingerprint: that of COMMIT.
platform_fingerprint() {
  local of_root of_modules
  of_root=$(object_id "$ROOT") || exit 1
  of_modules=$(object_id "$MODULES") || exit 1
  printf 'pipewright-platform 1\nroot %s\nmodules %s\ntool %s %s\n' "$of_root" "$of_modules" "$TOOL" "$TOOL_VERSION" | sha256
}
