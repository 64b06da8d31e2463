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
# What it was made of stands in PLATFORM, which platform-CLOUD.sh reads and writes:
#   {"state": "applied" | "changing" | "destroyed", "fingerprint": …, "commit": …, "host": …, "run": …}
# Where the platform is being changed, or is gone, the fingerprint is empty.
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

# write_platform STATE: writes it; "applied" with the fingerprint of COMMIT.
write_platform() {
  local folder value fingerprint=
  if [ "$1" = applied ]; then fingerprint=$(platform_fingerprint) || exit 1; fi
  value=$(jq -cn --arg state "$1" --arg fingerprint "$fingerprint" --arg commit "$COMMIT" --arg host "$HOST" --arg run "$RUN_URL" \
    '{state: $state, fingerprint: $fingerprint, commit: $commit, host: $host, run: $run}') || return 1
  temporary_folder folder
  printf '%s' "$value" >"$folder/value" || return 1
  put_platform "$folder/value" || { cloud_failed "can't write the platform's fingerprint $PLATFORM"; return 1; }
  say "wrote to $PLATFORM: the platform of $ENVIRONMENT on $STACK is ${1/applied/that of $COMMIT}"
}

# need_platform_of_commit: stops unless the platform is what COMMIT's Terraform makes. Where this very run's plan was
# empty (PLAN_EMPTY=true), it is, whatever PLATFORM says: then that is put right. Needs outdated.sh.
need_platform_of_commit() {
  local wanted seen has='' of='' status=0
  wanted=$(platform_fingerprint) || exit 1
  seen=$(read_platform) || status=$?
  case $status in
    0)
      has=$(printf '%s' "$seen" | jq -r .fingerprint)
      of=$(printf '%s' "$seen" | jq -r .commit)
      ;;
    3) ;;
    *) exit 1 ;;
  esac
  [ "$has" != "$wanted" ] || return 0
  if [ "${PLAN_EMPTY:-}" = true ]; then
    # A plan may be old by the time of the deploy: a platform that was changed since is not put back by a note.
    if [[ $of =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] && [ "$of" != "$COMMIT" ]; then
      status=0
      comes_before "$COMMIT" "$of" || status=$?
      [ "$status" -ne 0 ] || fail "this run is outdated: the platform of $ENVIRONMENT on $STACK was changed since for $of, which" \
        "comes after $COMMIT"
      [ "$status" -ne 2 ] || refuse_newer_than_clone "the platform of $ENVIRONMENT on $STACK was changed" "$of" "$seen"
    fi
    need_lease
    write_platform applied || exit 1
    return 0
  fi
  if [ -z "$seen" ]; then
    problem "the platform of $ENVIRONMENT on $STACK was never applied"
  else
    problem "the platform of $ENVIRONMENT on $STACK is not what $COMMIT describes: it is $(printf '%s' "$seen" |
      jq -r '"\(.state) by the commit \(.commit[0:40])"' | tr -cd 'A-Za-z0-9 ')"
  fi
  fail "apply it first: the operators' form with the action infra for $ENVIRONMENT on $STACK (or, signed in, ROOT=$ROOT" \
    "ci/terraform-plan.sh, then ci/terraform-apply.sh); then deploy again"
}
