#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Is what is committed what pipewright makes of the manifest? Fetches the program that the manifest names, of which nothing
# runs before its checksum was compared, and lets it compare. Needs no identity and calls no cloud; changes nothing.
#
# Variables (docs: scripts.md): CHECK_URL CHECK_SHA256 MANIFEST
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

folder=

# fetch_program: afterwards the program is in folder.
fetch_program() {
  temporary_folder folder
  attended curl -fsSL --proto '=https' --proto-redir '=https' --retry 3 --max-time 300 -o "$folder/pipewright" -- "$CHECK_URL" ||
    fail "pipewright can't be fetched from $(one_line "$CHECK_URL")"
  sum=$(sha256 "$folder/pipewright") || exit 1
  [ "$sum" = "$CHECK_SHA256" ] ||
    fail "what came from $(one_line "$CHECK_URL") is not the program that pipewright.yaml names (delivery.check): its SHA-256 is" \
      "$sum, and should be $CHECK_SHA256"
  chmod 700 "$folder/pipewright"
}

need CHECK_URL "where pipewright is to be had: an address with https" CHECK_SHA256 "its SHA-256, 64 hex digits" \
  MANIFEST "the manifest's path from the root of the repository"
[[ $CHECK_URL =~ ^https://[^[:space:]]+$ ]] || wrong "CHECK_URL should hold an address with https, not '$(one_line "$CHECK_URL")'"
[[ $CHECK_SHA256 =~ ^[0-9a-f]{64}$ ]] || wrong "CHECK_SHA256 should hold 64 hex digits, not '$(one_line "$CHECK_SHA256")'"
tools curl
case $MANIFEST in -*) MANIFEST=./$MANIFEST ;; esac
[ -f "$MANIFEST" ] || fail "there is no $(one_line "$MANIFEST") in $PWD"
fetch_program

status=0
attended_copy=$folder/said
attended_quoted "$folder/pipewright" check "$MANIFEST" || status=$?
case $status in
  0)
    say "what is generated of $(one_line "$MANIFEST") is up to date"
    summary "What is generated of $(markdown "$MANIFEST") is up to date."
    ;;
  1)
    summary "What is generated of $(markdown "$MANIFEST") is not what it says:"
    summary_block <"$folder/said"
    fail "what is generated of $(one_line "$MANIFEST") is not what it says: run pipewright generate with the program of" \
      "$(one_line "$CHECK_URL"), and commit what it writes"
    ;;
  *)
    summary "$(markdown "$MANIFEST") can't be checked:"
    summary_block <"$folder/said"
    fail "pipewright does not take $(one_line "$MANIFEST")"
    ;;
esac
