#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The target's record: one entry per run that passed, so that each run's own can be found again. An entry is
#   {"host": …, "run": …, "commit": …, "services": {NAME: DIGEST, …}}
# Where services is empty, nothing runs: the platform was destroyed. Needs record-CLOUD.sh, which knows where the record
# (RECORD) is, and the facts about the run.

# A jq filter: whether something is an entry.
# shellcheck disable=SC2034 # read by record-CLOUD.sh
is_record='type == "object" and (.commit | type == "string") and (.services | type == "object")'

# write_record SERVICES [COMMIT]: adds an entry; SERVICES is a JSON object of service names and digests, and COMMIT what
# they are of, where that is not the run's. Nothing is added where the newest entry is this very run's and says the same of
# the same commit, so that a run that is started again leaves one entry. What another run says again is added.
write_record() {
  local entry newest status=0 folder
  entry=$(jq -cn --arg host "$HOST" --arg run "$RUN_URL" --arg commit "${2:-$COMMIT}" --argjson services "$1" \
    '{host: $host, run: $run, commit: $commit, services: $services}') || return 1
  newest=$(newest_record) || status=$?
  case $status in
    0)
      if jq -en --argjson a "$newest" --argjson b "$entry" '[$a, $b] | map({host, run, commit, services}) | .[0] == .[1]' >/dev/null; then
        say "the record $RECORD says this already"
        return 0
      fi
      ;;
    3) ;;
    *) return 1 ;;
  esac
  temporary_folder folder
  printf '%s' "$entry" >"$folder/entry" || return 1
  add_record "$folder/entry" || { cloud_failed "can't write the record $RECORD"; return 1; }
  say "wrote to the record $RECORD: $entry"
}
