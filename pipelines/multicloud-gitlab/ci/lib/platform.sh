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
#   {"state": "applied" | "changing" | "destroyed", "fingerprint": …, "commit": …, "host": …, "run": …, "change": …}
# Where the platform is being changed, or is gone, the fingerprint is empty. "change" is a random number, which is another
# one whenever Terraform has begun or ended to change something, and stays where only a commit was found to be the same: so
# a plan can say of which platform it spoke.
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

# look_at_platform: fills platform_seen with what PLATFORM says, empty where it says nothing, and platform_change with its
# change, or "none".
look_at_platform() {
  local status=0
  platform_seen=$(read_platform) || status=$?
  case $status in
    0) ;;
    3) platform_seen= ;;
    *) exit 1 ;;
  esac
  platform_change=$(platform_says change)
  [[ $platform_change =~ ^[0-9a-f]{32}$ ]] || platform_change=none
}

platform_says() { printf '%s' "$platform_seen" | jq -r ".$1 // \"\" | tostring"; }

# platform_words: its state, by which commit and run, as part of a message.
platform_words() {
  printf '%s by the commit %s (%s)' "$(one_line "$(platform_says state)")" "$(one_line "$(platform_says commit)")" \
    "$(one_line "$(platform_says run)")"
}

# write_platform STATE [CHANGE]: writes it; "applied" with the fingerprint of COMMIT. With a CHANGE, that of before, where
# nothing was changed.
write_platform() {
  local folder value fingerprint='' change=${2:-}
  if [ "$1" = applied ]; then fingerprint=$(platform_fingerprint) || exit 1; fi
  [ -n "$change" ] || change=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  value=$(jq -cn --arg state "$1" --arg fingerprint "$fingerprint" --arg commit "$COMMIT" --arg host "$HOST" --arg run "$RUN_URL" \
    --arg change "$change" '{state: $state, fingerprint: $fingerprint, commit: $commit, host: $host, run: $run, change: $change}') ||
    return 1
  temporary_folder folder
  printf '%s' "$value" >"$folder/value" || return 1
  put_platform "$folder/value" || { cloud_failed "can't write the platform's fingerprint $PLATFORM"; return 1; }
  say "wrote to $PLATFORM: the platform of $ENVIRONMENT on $STACK is ${1/applied/that of $COMMIT}"
}

# refuse_older_than_platform, after look_at_platform: stops where COMMIT comes before the commit whose Terraform was run
# there last, deployed or not. Needs outdated.sh.
refuse_older_than_platform() {
  local of status=0
  of=$(platform_says commit)
  if [[ ! $of =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || [ "$of" = "$COMMIT" ]; then return 0; fi
  comes_before "$COMMIT" "$of" || status=$?
  case $status in
    0)
      fail "this run is outdated: the platform of $ENVIRONMENT on $STACK was changed since for $of, which comes after $COMMIT;" \
        "to go back to the Terraform of before, revert what came after it in a new commit"
      ;;
    2)
      refuse_newer_than_clone "the platform of $ENVIRONMENT on $STACK was changed" "$of" "$platform_seen"
      say "note: the platform of $ENVIRONMENT on $STACK is that of the commit $of, which this clone does not know: it can't be" \
        "told whether this run is older"
      ;;
  esac
}

# need_platform_of_commit: stops unless the platform is what COMMIT's Terraform makes. Where this very run's plan was
# empty (PLAN_EMPTY=true), and nothing was changed since it looked (PLAN_PLATFORM), it is, whatever PLATFORM says: then that
# is put right. Needs outdated.sh.
need_platform_of_commit() {
  local wanted
  wanted=$(platform_fingerprint) || exit 1
  look_at_platform
  [ "$(platform_says fingerprint)" != "$wanted" ] || return 0
  if [ "${PLAN_EMPTY:-}" = true ]; then
    # A plan may be old by the time of the deploy: a platform that was changed since is not put back by a note.
    refuse_older_than_platform
    need PLAN_PLATFORM "what terraform-plan.sh printed with that name beside PLAN_EMPTY=true"
    [ "$PLAN_PLATFORM" = "$platform_change" ] ||
      fail "the platform of $ENVIRONMENT on $STACK was changed since this run's plan looked at it, which was empty then: it is" \
        "$(platform_words). Start all jobs of this run again, or a new one, so that it is planned anew"
    need_lease
    write_platform applied "$platform_change" || exit 1
    return 0
  fi
  if [ -z "$platform_seen" ]; then
    problem "the platform of $ENVIRONMENT on $STACK was never applied"
  else
    problem "the platform of $ENVIRONMENT on $STACK is not what $COMMIT describes: it is $(platform_words)"
  fi
  fail "apply it first: the operators' form with the action infra for $ENVIRONMENT on $STACK; where nobody reviews that, it" \
    "first shows the plan's fingerprint, and applies when it is started again with CONFIRM set to it (or, signed in, ROOT=$ROOT" \
    "ci/terraform-plan.sh, then ci/terraform-apply.sh); then deploy again"
}
