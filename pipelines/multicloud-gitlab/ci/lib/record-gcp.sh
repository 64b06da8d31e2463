#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Where a target's record is on Google Cloud: an object per entry, RECORD/0000000001 and so on, of which the newest twenty
# count. An entry is only ever written where there is none of that number, and by nobody written over or removed.
# Needs sign-in-gcp.sh and record.sh. Variables: RECORD (gs://BUCKET/PROJECT/ENVIRONMENT/STACK/record).
#
# calls: storage.objects.list on record-bucket
# calls: storage.objects.get on record
# calls: storage.objects.create on record in deploy.sh, rollback.sh, terraform-destroy.sh
# shellcheck disable=SC2154 # is_record is that of record.sh

needs+=(RECORD "where the target's record is, gs://BUCKET/PROJECT/ENVIRONMENT/STACK/record")

# record_entries: prints the newest twenty entries' numbers and times, newest first, as a JSON list.
record_entries() {
  local answer page='' list='[]'
  while :; do
    answer=$(gcp_call GET "https://storage.googleapis.com/storage/v1/b/$(gcp_bucket "$RECORD")/o?prefix=$(gcp_object "$RECORD")%2F$(
    )&fields=nextPageToken,items(name,timeCreated)$page") || { gcp_failed "can't read the record $RECORD"; return 1; }
    list=$(printf '%s\n%s' "$list" "$answer" | jq -cs --arg prefix "${RECORD#gs://*/}/" '[.[0][], (.[1].items[]?
      | {number: .name[($prefix | length):], written: .timeCreated} | select(.number | test("^[0-9]{10}$")))]
      | sort_by(.number) | reverse | .[0:20]') || return 1
    page=$(printf '%s' "$answer" | jq -r '.nextPageToken // "" | if . == "" then . else "&pageToken=\(@uri)" end') || return 1
    [ -n "$page" ] || break
  done
  printf '%s' "$list"
}

# newest_record: prints the newest entry, with "written", when Google took it; 3 where there is none yet, 1 for failures.
newest_record() {
  local all
  all=$(read_records 1) || return 1
  printf '%s' "$all" | jq -ce '.[0] // empty' || return 3
}

# all_records: prints the newest twenty entries, newest first, as a JSON list; [] where there are none, 1 for failures.
all_records() { read_records 20; }

# read_records COUNT: as many of the newest.
read_records() {
  local entries number written entry list='[]'
  entries=$(record_entries) || return 1
  while IFS=$'\t' read -r number written; do
    entry=$(gcp_read "$RECORD/$number") || { gcp_failed "can't read $RECORD/$number"; return 1; }
    list=$(printf '%s' "$entry" | jq -cR --slurp --argjson list "$list" --arg written "$written" \
      "\$list + [fromjson? | select($is_record) | . + {written: \$written}]") || return 1
  done < <(printf '%s' "$entries" | jq -r --argjson count "$1" '.[0:$count][] | [.number, .written] | @tsv')
  printf '%s' "$list"
}

# add_record FILE: adds the entry in FILE. The lease lets nobody else do so at the same time; where somebody does, one of
# the two fails.
add_record() {
  local entries number place
  entries=$(record_entries) || return 1
  number=$(printf '%s' "$entries" | jq -r '.[0].number // "0" | tonumber + 1') || return 1
  printf -v place '%s/%010d' "$RECORD" "$number"
  gcp_write "$place" "$1" 0 >/dev/null && return 0
  # Our own write may have gone through and its answer been lost.
  gcp_said '^412 ' || return 1
  gcp_read "$place" | cmp -s -- - "$1" && return 0
  printf '412: %s was written by somebody else at the same moment\n' "$place" >"$gcp_error_file"
  return 1
}
