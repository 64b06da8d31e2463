#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Terraform or OpenTofu in the exact version TOOL_VERSION: the one on PATH where it has that version, else the release,
# of which nothing runs before its checksum was compared. It works on a copy of exactly the commit's files, in a folder
# that is removed at the end with all plans in it.
#
# Needs content-key.sh and outdated.sh for what git says. Variables: ROOT, TOOL, TOOL_VERSION, COMMIT, CONTENT_DIR; what
# the tool itself knows (TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR, …) is handed on. Where PIPEWRIGHT_TERRAFORM_MIRROR names
# a folder with a terraform.rc, providers come from there. For locks: LOCK_WAIT_MINUTES (5), and the lease. Needs the
# cloud's part, terraform-CLOUD.sh, for credentials.

# The checksums of releases that the program chooses by itself, and who signs the lists of all others.
terraform_key=C874011F0AB405110D02105534365D9472D7468F
opentofu_key=E3E6E43D84CB852EADB0051D0C0AF313E5FD9F80
pinned_checksum() {
  case $1 in
    terraform_1.11.4_linux_amd64) echo 1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc ;;
    terraform_1.11.4_linux_arm64) echo a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633 ;;
    terraform_1.15.9_linux_amd64) echo 76edd0b22d2f27d3d2e097cd793209646f719cf60f02ff3af626b07361137da1 ;;
    terraform_1.15.9_linux_arm64) echo 0afa6c29f61ca5ea270e950e43e50ecf2418b598507bf580e8ae76e1e6699b19 ;;
    tofu_1.12.6_linux_amd64) echo 5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8 ;;
    tofu_1.12.6_linux_arm64) echo e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d ;;
  esac
}

terraform_program= # its path
terraform_files=   # the copy of the commit's files
terraform_folder=  # plans and the tool's own data
plan_options=()    # -destroy, where that is what is planned
own_marks='[]'      # what mark_lock wrote into the lease
# shellcheck disable=SC2034 # read by the cloud's library
terraform_reads= # yes in a script that only plans: it may not even write an empty state where there is none

# get_terraform: afterwards terraform_program is the tool in the version TOOL_VERSION.
get_terraform() {
  local name=terraform folder machine archive base sum
  [ "$TOOL" = terraform ] || name=tofu
  terraform_program=$(type -P "$name") || terraform_program=
  if [ -n "$terraform_program" ] &&
    [ "$(CHECKPOINT_DISABLE=1 "$terraform_program" version -json 2>/dev/null | jq -r '.terraform_version // empty')" = "$TOOL_VERSION" ]; then
    return 0
  fi
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) machine=linux_amd64 ;;
    Linux-aarch64) machine=linux_arm64 ;;
    *) wrong "$name $TOOL_VERSION is needed on PATH: its release is only fetched on Linux, x86_64 or aarch64" ;;
  esac
  tools curl sha256sum
  temporary_folder folder
  archive=${name}_${TOOL_VERSION}_$machine
  if [ "$TOOL" = terraform ]; then
    base=https://releases.hashicorp.com/terraform/$TOOL_VERSION
  else
    base=https://github.com/opentofu/opentofu/releases/download/v$TOOL_VERSION
  fi
  say "fetching $name $TOOL_VERSION"
  fetch "$base/$archive.zip" "$folder/release.zip"
  sum=$(pinned_checksum "$archive")
  [ -n "$sum" ] || sum=$(signed_checksum "$name" "$base" "$archive.zip" "$folder") || exit 1
  printf '%s  %s\n' "$sum" "$folder/release.zip" | sha256sum --check --status - ||
    fail "what came as $name $TOOL_VERSION is not the release: its checksum differs"
  unpack "$folder/release.zip" "$name" "$folder"
  chmod 700 "$folder/$name"
  terraform_program=$folder/$name
}

# fetch ADDRESS FILE
fetch() {
  attended curl -fsSL --proto '=https' --retry 3 --max-time 300 -o "$2" -- "$1" || fail "$1 can't be fetched"
}

# signed_checksum NAME BASE ARCHIVE FOLDER: prints the checksum that the release's own list names, after the list's
# signature was found to be by the maker's key, which is known here by its whole fingerprint.
signed_checksum() {
  local list=$1_${TOOL_VERSION}_SHA256SUMS key=$terraform_key signature=sig from=https://www.hashicorp.com/.well-known/pgp-key.txt sum
  if [ "$1" = tofu ]; then key=$opentofu_key signature=gpgsig from=https://get.opentofu.org/opentofu.asc; fi
  command -v gpg >/dev/null 2>&1 || wrong "gpg is needed to verify $1 $TOOL_VERSION, whose checksum is not known here" \
    "(or put $1 $TOOL_VERSION on PATH)"
  fetch "$2/$list" "$4/list"
  fetch "$2/$list.$signature" "$4/signature"
  fetch "$from" "$4/key"
  mkdir -m 700 "$4/gnupg"
  gpg --homedir "$4/gnupg" --batch --quiet --no-autostart --import "$4/key" >/dev/null 2>&1 || fail "$from is no key"
  gpg --homedir "$4/gnupg" --batch --no-autostart --status-fd 1 --verify "$4/signature" "$4/list" >"$4/verdict" 2>/dev/null || true
  if ! grep -q '^\[GNUPG:\] GOODSIG ' "$4/verdict" || ! grep -q "^\[GNUPG:\] VALIDSIG .* $key\$" "$4/verdict"; then
    fail "the checksums of $1 $TOOL_VERSION are not signed by the key $key"
  fi
  sum=$(sed -n "s/^\([0-9a-f]\{64\}\)  $3\$/\1/p" "$4/list")
  [ -n "$sum" ] || fail "there is no $3 among the checksums of $1 $TOOL_VERSION"
  printf '%s' "$sum"
}

# unpack ZIP FILE FOLDER: with what there is.
unpack() {
  if command -v unzip >/dev/null 2>&1; then
    unzip -q -o "$1" "$2" -d "$3"
  elif command -v python3 >/dev/null 2>&1; then
    python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2], sys.argv[3])' "$@"
  elif command -v busybox >/dev/null 2>&1; then
    busybox unzip -q -o "$1" "$2" -d "$3"
  else
    wrong "unzip is needed (or python3, or busybox)"
  fi || fail "$1 can't be unpacked"
}

# need_own_commit: a host runs Terraform only of the run's own commit, or of one that comes before it: nobody has looked
# at others, and whoever may start a run could have them planned and applied.
need_own_commit() {
  local status=0
  if [ "$HOST" = terminal ] || [ "$COMMIT" = "$RUN_COMMIT" ]; then return 0; fi
  [ -n "$RUN_COMMIT" ] || fail "it can't be told on which commit this run is"
  comes_before "$COMMIT" "$RUN_COMMIT" || status=$?
  case $status in
    0) ;;
    1) fail "$COMMIT is not part of the history of $RUN_COMMIT, on which this run is: its Terraform is not run" ;;
    *) fail "the clone in ${CONTENT_DIR:-$PWD} does not know both $COMMIT and $RUN_COMMIT: it can't be told whether they belong together" ;;
  esac
}

# open_root: copies the commit's files, and initialises the tool in the copy of ROOT.
open_root() {
  local index
  local -a options=(-input=false -no-color -backend-config=backend.hcl)
  temporary_folder terraform_folder
  temporary_folder index
  terraform_files=$terraform_folder/files
  mkdir "$terraform_files"
  content_git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
    fail "the clone in ${CONTENT_DIR:-$PWD} does not hold the commit $COMMIT, or git refuses to read it"
  GIT_INDEX_FILE=$index/index content_git read-tree "$COMMIT^{commit}" || fail "can't read the files of $COMMIT"
  (cd -- "$(content_git rev-parse --show-toplevel)" &&
    GIT_INDEX_FILE=$index/index GIT_TERMINAL_PROMPT=0 git checkout-index -q -a --prefix="$terraform_files/") ||
    fail "can't write the files of $COMMIT"
  [ -f "$terraform_files/$ROOT/backend.hcl" ] || fail "$COMMIT has no $ROOT/backend.hcl"
  if [ "$HOST" = terminal ] &&
    [ -n "$(content_git status --porcelain -- ":(top,literal)$ROOT" ":(top,literal)$MODULES" 2>/dev/null)" ]; then
    say "note: what is not committed below $ROOT and $MODULES does not count"
  fi
  prepare_credentials "$terraform_folder"
  let_terraform_end
  if [ -f "$terraform_files/$ROOT/.terraform.lock.hcl" ]; then
    options+=(-lockfile=readonly)
  else
    say "note: $ROOT has no .terraform.lock.hcl, so its providers may change from run to run; to make one and commit it:"
    say "  ${terraform_program##*/} -chdir=$ROOT init -backend=false && ${terraform_program##*/} -chdir=$ROOT providers lock" \
      "-platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64"
  fi
  run_terraform init "${options[@]}" || fail "$ROOT can't be initialised: is its state bucket there (the bootstrap roots), and may" \
    "this identity read it? Where a provider is not in .terraform.lock.hcl: '${terraform_program##*/} -chdir=$ROOT providers lock', and commit it"
  run_terraform validate -no-color || fail "$ROOT is not valid"
}

# let_terraform_end: a signal is for the tool alone, which then ends what it has begun and writes its state. Its providers,
# whom the signal would kill in the middle of a call, hear of it from the tool. The end of the script waits for that.
let_terraform_end() {
  # shellcheck disable=SC2034 # read by common.sh
  attended_alone=yes
  at_exit end_attended
}

# terraform_call ARGUMENT...: becomes the tool, in the copy of ROOT; to be called in a subshell. What would lead it to
# another state, or its own talk into the log, stays outside.
terraform_call() {
  local name
  for name in TF_WORKSPACE TF_DATA_DIR TF_CLI_ARGS $(compgen -e TF_CLI_ARGS_ || true); do unset "$name"; done
  [ "$HOST" = terminal ] || unset TF_LOG TF_LOG_CORE TF_LOG_PROVIDER TF_LOG_PATH
  export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1
  [ -z "${PIPEWRIGHT_TERRAFORM_MIRROR:-}" ] || export TF_CLI_CONFIG_FILE=$PIPEWRIGHT_TERRAFORM_MIRROR/terraform.rc
  use_credentials "$terraform_folder"
  exec "$terraform_program" "-chdir=$terraform_files/$ROOT" "$@"
}

# run_terraform ARGUMENT...: runs it; what it prints comes into the log as it comes.
run_terraform() { attended_quoted terraform_call "$@"; }

# make_plan LOCKING: LOCKING is the option that says how to lock. Afterwards plan_fingerprint and plan_empty (true or false) say what would change, plan_counts how
# much, and the plan itself is in terraform_folder.
make_plan() {
  run_terraform plan -input=false -no-color "-out=$terraform_folder/plan" "$1" "${plan_options[@]}" || return 1
  (terraform_call show -json "$terraform_folder/plan") </dev/null >"$terraform_folder/plan.json" || fail "the plan can't be read"
  # All that will be done, and nothing of when, by which version and from which state it was planned. What is only
  # moved to another address or taken into the state has no action of its own.
  jq -S -c '{
      resource_changes: [.resource_changes // [] | .[]
        | select(((.change.actions // []) - ["no-op", "read"] | length) > 0 or .previous_address != null or .change.importing != null)]
        | sort_by(.address, .deposed // ""),
      output_changes: (.output_changes // {} | with_entries(select(.value.actions != ["no-op"]))),
      action_invocations: (.action_invocations // [])}' "$terraform_folder/plan.json" >"$terraform_folder/changes" ||
    fail "the plan is not what ${terraform_program##*/} describes"
  plan_fingerprint=$(sha256 "$terraform_folder/changes") || exit 1
  plan_empty=$(jq 'all(.[]; length == 0)' "$terraform_folder/changes") || exit 1
  plan_counts=$(jq -r '[.resource_changes[].change.actions | join(" and ")] as $all
    | [["create", "to create"], ["update", "to update"], ["delete and create", "to replace"], ["create and delete", "to replace"],
       ["delete", "to delete"], ["forget", "to forget"]]
    | map(. as [$action, $words] | {words: $words, count: ([$all[] | select(. == $action)] | length)})
    | group_by(.words) | map({words: .[0].words, count: map(.count) | add}) | map(select(.count > 0) | "\(.count) \(.words)")
    | join(", ") | if . == "" then "no resources, only outputs or addresses" else . end' "$terraform_folder/changes") || exit 1
  if [ "$plan_empty" = true ]; then plan_counts="nothing changes"; fi
  say "plan of $ENVIRONMENT on $STACK at $COMMIT: $plan_counts; fingerprint $plan_fingerprint"
}

# mark_lock, before the lease is taken: the lease says who locks the state, so that whoever comes after a job that was
# killed knows whose lock that was. At a terminal nothing is marked, as a person may well have two shells.
mark_lock() {
  [ "$HOST" != terminal ] || return 0
  own_marks=$(jq -cn --arg who "$(id -un)@$(uname -n)" --argjson since "$(date +%s)" '[{who: $who, since: $since}]')
  lease_marks=$own_marks
}

# make_locked_plan: the same as make_plan under the state's lock. A lock that a killed job left is opened: its
# lease is ours now, so that job is no more, and the lock names it. Any other lock is somebody's at work.
make_locked_plan() {
  local wait id
  number LOCK_WAIT_MINUTES 5
  wait=${LOCK_WAIT_MINUTES}m
  # shellcheck disable=SC2154 # of the lease
  [ "$lease_left" = '[]' ] || wait=0m
  attended_copy=$terraform_folder/said
  if ! make_plan "-lock-timeout=$wait"; then
    grep -q 'Error acquiring the state lock' "$attended_copy" || fail "no plan could be made"
    id=$(lock_says ID)
    [[ $id =~ ^[0-9A-Za-z-]+$ ]] || fail "the state is locked"
    if lock_is_dead; then
      say "the job that locked the state was killed; opening its lock $id"
      need_lease
      run_terraform force-unlock -force "$id" || fail "the lock $id can't be opened"
    elif [ "$lease_left" = '[]' ]; then
      lock_stays "$id"
    fi
    if ! make_plan "-lock-timeout=${LOCK_WAIT_MINUTES}m"; then
      ! grep -q 'Error acquiring the state lock' "$attended_copy" || lock_stays "$(lock_says ID)"
      fail "no plan could be made"
    fi
  fi
  attended_copy=
  # Nobody's lock is left.
  lease_marks='[]'
}

lock_says() { sed -n "s/^[^A-Za-z]*$1: *//p" "$terraform_folder/said" | head -n 1; }

# lock_is_dead: whether the lock is that of a holder before us: the same machine and user, since it had the lease.
lock_is_dead() {
  jq -en --argjson left "$lease_left" --arg who "$(lock_says Who)" --arg created "$(lock_says Created)" '
    ($created[0:19] | strptime("%Y-%m-%d %H:%M:%S") | mktime) as $created
    | any($left[]; .who == $who and .since - 60 <= $created)' >/dev/null 2>&1
}

lock_stays() {
  fail "the state of $ROOT is locked by $(one_line "$(lock_says Who)") since $(one_line "$(lock_says Created)"). If nobody is at" \
    "work there: ${terraform_program##*/} -chdir=$ROOT init -backend-config=backend.hcl, then ${terraform_program##*/} -chdir=$ROOT force-unlock $1"
}

# apply_plan: exactly the plan that make_locked_plan left.
apply_plan() {
  need_lease
  lease_marks=$own_marks
  run_terraform apply -input=false -no-color "-lock-timeout=${LOCK_WAIT_MINUTES}m" "$terraform_folder/plan" || return 1
  # shellcheck disable=SC2034 # written into the lease
  lease_marks='[]'
}

# plan_summary TITLE: the plan on the run's page.
plan_summary() {
  summary "### $(markdown "$PROJECT"): $1 of $(markdown "$ENVIRONMENT") on $(markdown "$STACK")"
  summary
  summary "Commit \`$COMMIT\`: $plan_counts. Fingerprint of the plan: \`$plan_fingerprint\`"
  [ "$plan_empty" = true ] || (terraform_call show -no-color "$terraform_folder/plan") </dev/null | summary_block
}
