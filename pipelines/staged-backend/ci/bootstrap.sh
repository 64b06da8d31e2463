#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What a person does once for an account, at a terminal and signed in to it: applies its account root, which makes the
# bucket that all state lives in, its own too, and then the bootstrap roots of the targets in that account.
#
#   ci/bootstrap.sh ACCOUNT_ROOT BOOTSTRAP_ROOT...    infra/accounts/NAME infra/STACK/ENVIRONMENT/bootstrap …
#
# While there is no bucket, the account root keeps its state in a file beside it, and moves it as soon as there is one.
# Whatever is there already stays: it can be run again at any time, and goes on where it was stopped. Each plan is shown,
# and applied when you say y.
#
# Variables (docs: scripts.md): TOOL TOOL_VERSION; may be given: YES (false; true asks nothing)
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/sign-in-aws.sh
. "$here/lib/sign-in-aws.sh"
# shellcheck source=lib/content-key.sh
. "$here/lib/content-key.sh"
# shellcheck source=lib/outdated.sh
. "$here/lib/outdated.sh"
# shellcheck source=lib/lease.sh
. "$here/lib/lease.sh"
# shellcheck source=lib/terraform.sh
. "$here/lib/terraform.sh"

root='' local_state=''

# in_root ARGUMENT...: the tool in the root itself: what the first init writes there, .terraform.lock.hcl, is to be committed.
in_root() { attended "$terraform_program" "-chdir=$root" "$@"; }

# setting NAME: what backend.hcl of the root says.
setting() { sed -n "s/^ *$1 *= *\[\{0,1\}\"\([^\"]*\)\"\]\{0,1\} *$/\1/p" "$root/backend.hcl" | head -n 1; }

# take_away_override STATUS: at the end, whatever ended the script; and what stands where, if that isn't all done.
take_away_override() {
  [ -z "$root" ] || rm -f -- "$root/backend_override.tf"
  [ "$1" -ne 0 ] || return 0
  if [ -n "$local_state" ] && [ -s "$local_state" ]; then
    problem "the state of $root is still in $local_state: keep that file, commit it nowhere, and run this again"
  elif [ -n "$local_state" ]; then
    problem "nothing of $root was applied yet"
  elif [ -n "$root" ]; then
    problem "$root is not done; what was applied is in its state in the bucket. Run this again to go on"
  fi
}

# ask WHAT: y, or the end. The answer comes from the terminal, not from what may be piped in.
ask() {
  local answer=
  [ "$YES" != true ] || return 0
  printf '%s [y/N] ' "$1" >&2
  IFS= read -r answer </dev/tty || true
  case $answer in
    y | Y | yes) ;;
    *) fail "you said no: $root stays as it is" ;;
  esac
}

# plan_and_apply: shows what would change in the root, asks, and applies that very plan.
plan_and_apply() {
  local status=0
  in_root plan -input=false -detailed-exitcode "-out=$terraform_folder/plan" >&2 || status=$?
  case $status in
    0)
      say "$root: nothing changes"
      return 0
      ;;
    2) ;;
    *) fail "no plan of $root could be made" ;;
  esac
  ask "Apply this to $root in the account $account?"
  in_root apply -input=false "$terraform_folder/plan" >&2 || fail "the apply of $root failed"
}

# enter ROOT: makes it the root, after a look at whether it is one, of this account.
enter() {
  local wanted
  [ -f "$1/backend.hcl" ] || wrong "$1 is no root: it has no backend.hcl"
  root=$1
  local_state=
  wanted=$(setting allowed_account_ids)
  [ -z "$wanted" ] || [ "$wanted" = "$account" ] ||
    fail "$root belongs to the account $wanted, and you are signed in to $(one_line "$account")"
  say "--- $root"
}

open_in_bucket() { in_root init -input=false -reconfigure -backend-config=backend.hcl >&2 || fail "$root can't be initialised"; }

# bucket_is_there: whether the root's state bucket exists. What is somebody else's stops the script.
bucket_is_there() {
  local bucket
  bucket=$(setting bucket)
  [ -n "$bucket" ] || wrong "$root/backend.hcl names no bucket"
  if aws_try s3api head-bucket --bucket "$bucket" --region "$(setting region)" --expected-bucket-owner "$account" >/dev/null; then
    return 0
  fi
  if aws_said '\(404\)|Not Found|NoSuchBucket'; then return 1; fi
  aws_failed "can't look for the state bucket $bucket: it may be somebody else's, or you may not see it"
  exit 1
}

# is_moved: whether what was left in a file is in the bucket already. Two states of which neither is the other stop the
# script. Asks S3 itself, as the tool would offer to move the file; and compares what they hold, as the tool gives a moved
# state another lineage.
is_moved() {
  local there=$terraform_folder/there
  if ! aws_try s3api get-object --bucket "$(setting bucket)" --key "$(setting key)" --region "$(setting region)" "$there" >/dev/null; then
    if aws_said '\((NoSuchKey|404)\)'; then return 1; fi
    aws_failed "the state of $root in the bucket can't be read"
    exit 1
  fi
  if jq -e '(.resources // []) == []' "$there" >/dev/null; then return 1; fi
  jq -en --slurpfile here "$local_state" --slurpfile there "$there" '[$here[0], $there[0]] | map({resources, outputs}) | .[0] == .[1]' >/dev/null ||
    fail "there is a state of $root in the bucket, and $local_state is another one: find out which of them is true, and remove the other"
}

# move_state: from the file into the bucket. The file is only gone when the bucket has it.
move_state() {
  say "$root: moving its state into the bucket $(setting bucket)"
  cp -- "$local_state" "$terraform_folder/terraform.tfstate"
  in_root init -input=false -migrate-state -force-copy -backend-config=backend.hcl >&2 || {
    cp -- "$terraform_folder/terraform.tfstate" "$local_state"
    fail "the state of $root could not be moved into the bucket"
  }
  cp -- "$terraform_folder/terraform.tfstate" "$local_state"
  is_moved || fail "the state of $root did not arrive in the bucket"
}

# bootstrap_account: the account root, whose state can't be in a bucket that it has yet to make.
bootstrap_account() {
  local_state=$root/terraform.tfstate
  if bucket_is_there && { [ ! -s "$local_state" ] || is_moved; }; then
    rm -f -- "$local_state" "$local_state.backup"
    local_state=
    open_in_bucket
    plan_and_apply
    return 0
  fi
  say "$root: its state is in $local_state until it is in the bucket"
  printf 'terraform {\n  backend "local" {}\n}\n' >"$root/backend_override.tf"
  in_root init -input=false -reconfigure >&2 || fail "$root can't be initialised"
  plan_and_apply
  rm -f -- "$root/backend_override.tf"
  bucket_is_there || fail "$root was applied, and there is still no bucket $(setting bucket)"
  move_state
  rm -f -- "$local_state" "$local_state.backup"
  local_state=
}

[ "$HOST" = terminal ] || wrong "bootstrap.sh is for a person at a terminal: no job may have what it needs"
[ $# -gt 0 ] || wrong "which roots? ci/bootstrap.sh infra/accounts/NAME infra/STACK/ENVIRONMENT/bootstrap …"
need TOOL "terraform or opentofu" TOOL_VERSION "its exact version, as pipewright.yaml has it"
case $TOOL in terraform | opentofu) ;; *) wrong "TOOL should hold terraform or opentofu" ;; esac
[[ $TOOL_VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || wrong "TOOL_VERSION should hold an exact version, as in 1.11.4"
case ${YES:=false} in true | false) ;; *) wrong "YES should hold true or false" ;; esac
[ "$YES" = true ] || (: </dev/tty) 2>/dev/null || wrong "there is no terminal to ask at; YES=true asks nothing"
tools aws jq
get_terraform
aws_errors
temporary_folder terraform_folder
for name in TF_WORKSPACE TF_DATA_DIR TF_CLI_ARGS $(compgen -e TF_CLI_ARGS_ || true); do unset "$name"; done
export CHECKPOINT_DISABLE=1 AWS_PAGER=''
account=$(aws sts get-caller-identity --query Account --output text) ||
  fail "not signed in to AWS: sign in first (aws sso login, or AWS_PROFILE)"
at_exit take_away_override
let_terraform_end

for one in "$@"; do
  enter "${one%/}"
  if [ "$one" = "$1" ]; then
    bootstrap_account
  else
    open_in_bucket
    plan_and_apply
  fi
done
root=
say "done: commit each .terraform.lock.hcl that is new"
