#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The object that is a target's lease, in Cloud Storage, which writes it under a condition (ifGenerationMatch, 0 where there
# is none): its version is its generation. Needs sign-in-gcp.sh. Variables: STATE_BUCKET, LEASE_KEY.
#
# calls: storage.objects.get, storage.objects.create, storage.objects.delete on lease
# shellcheck disable=SC2034 # read by gcp_call

# lease_place: what a person would call the object.
lease_place() { printf 'gs://%s/%s' "$STATE_BUCKET" "$LEASE_KEY"; }

# lease_put FILE VERSION: writes FILE in place of that version, or of nothing, and prints the new version. 3 where the
# condition does not hold, 4 where another write is under way, 1 for failures. It gives up early, so that a renewal can be
# tried again before the lease is over.
lease_put() {
  local answer gcp_tries=2 gcp_seconds=10
  if ! answer=$(gcp_write "$(lease_place)" "$1" "${2:-0}"); then
    # 404: the object that was to be replaced is gone, or the bucket is.
    if gcp_said '^412 ' || { [ -n "$2" ] && gcp_said '^404 '; }; then return 3; fi
    if gcp_said '^(409|429) '; then return 4; fi
    return 1
  fi
  printf '%s' "$answer" | jq -r '.generation // empty' || return 1
}

# lease_get FILE: reads the object into FILE and prints its version. 3 where there is none, 1 for failures.
lease_get() {
  local gcp_tries=2 gcp_seconds=10
  if ! gcp_read "$(lease_place)" >"$1"; then
    if gcp_said '^404 '; then return 3; fi
    return 1
  fi
  gcp_header x-goog-generation | grep -Ex '[0-9]+' || return 1
}
