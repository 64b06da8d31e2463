#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The target's lease: one object in its state bucket, so that one job at a time changes the target, from whichever host
# or terminal. It is only ever written under the condition that it still is what was read, and the cloud lets one of two
# writers through. It says who holds it and until when; a holder that was killed is followed by the next one once that
# time is over. While the script runs, a process beside it renews the lease; a script that loses it stops.
#
# Variables: STATE_BUCKET, LEASE_KEY, LEASE_SECONDS (600), LEASE_WAIT_MINUTES (60), and the facts about the run. Needs
# lease-CLOUD.sh, which reads and writes the object.

needs+=(STATE_BUCKET "the target's state bucket" LEASE_KEY "the lease's name in that bucket")

# What holders of the lease that may have been killed left locked: a JSON list, which is handed from holder to holder
# until somebody clears it (terraform.sh). lease_left is what the holder before left.
lease_marks='[]'
lease_left='[]'

# lease_write EXPIRES VERSION: writes the lease as ours in place of VERSION of the object; of none where that is empty. 3
# where the object is another by now, 4 where another write is under way, 1 for failures. Where it went well, the new
# version and the expiry are kept for what comes next.
lease_write() {
  local version body=$lease_folder/body.${BASHPID}
  jq -n --arg run "$RUN_URL" --arg job "$JOB" --arg host "$HOST" --arg commit "${COMMIT:-}" --arg nonce "$lease_nonce" \
    --argjson expires "$1" --argjson marks "$lease_marks" \
    '{run: $run, job: $job, host: $host, commit: $commit, nonce: $nonce, expires: $expires, marks: $marks}' >"$body" || return 1
  version=$(lease_put "$body" "$2") || return
  [ -n "$version" ] || return 1
  lease_is "$1" "$version"
}

# lease_is EXPIRES VERSION: keeps what the lease is now for what comes next, in one piece: another process reads it.
lease_is() {
  printf '%s %s\n' "$1" "$2" >"$lease_folder/held.${BASHPID}" || return 1
  mv -f -- "$lease_folder/held.${BASHPID}" "$lease_folder/held"
}

# lease_look: reads the lease into lease_seen (JSON) and lease_seen_version. 3 where there is none.
lease_look() {
  local body=$lease_folder/seen.${BASHPID}
  lease_seen_version=$(lease_get "$body") || return
  lease_seen=$(jq -c 'if (.expires | type) == "number" then . else error("no lease") end' "$body" 2>/dev/null) ||
    fail "$(lease_place) is not a lease; look at it, and remove it if no deploy is running"
}

lease_says() { printf '%s' "$lease_seen" | jq -r ".$1 // \"\" | tostring"; }

# take_lease: waits until the target is ours; stops the script when that takes longer than LEASE_WAIT_MINUTES.
take_lease() {
  local end told=0 status now holder
  need STATE_BUCKET "the target's state bucket" LEASE_KEY "the lease's name in that bucket" \
    RUN_URL "the address of this run" JOB "the name of this job"
  number LEASE_SECONDS 600
  number LEASE_WAIT_MINUTES 60
  ((LEASE_SECONDS >= 3)) || wrong "LEASE_SECONDS should be 3 or more"
  temporary_folder lease_folder
  lease_nonce=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  lease_keeper=
  lease_own_marks=$lease_marks
  at_exit give_lease_back
  end=$(($(date +%s) + LEASE_WAIT_MINUTES * 60))
  while :; do
    stay_signed_in
    now=$(date +%s)
    status=0
    lease_write $((now + LEASE_SECONDS)) '' || status=$?
    if [ "$status" -eq 3 ]; then
      status=0
      lease_look || status=$?
      if [ "$status" -eq 0 ]; then
        lease_left=$(printf '%s' "$lease_seen" | jq -c '.marks // [] | if type == "array" then . else [] end')
        lease_marks=$(jq -cn --argjson left "$lease_left" --argjson own "$lease_own_marks" '($left + $own | unique)[-5:]') || exit 1
        holder="$(one_line "$(lease_says run)"), job $(one_line "$(lease_says job)")"
        if [ "$(lease_says nonce)" = "$lease_nonce" ]; then
          # The answer to our own write was lost, and it was asked for a second time.
          say "the lease of $ENVIRONMENT on $STACK was ours already"
          lease_write $((now + LEASE_SECONDS)) "$lease_seen_version" || status=$?
        elif (($(lease_says 'expires | floor') <= now)); then
          [ "$(lease_says expires)" = 0 ] || say "taking over the lease that $holder let run out"
          lease_write $((now + LEASE_SECONDS)) "$lease_seen_version" || status=$?
        elif [ "$HOST" != terminal ] && [ "$(lease_says run)" = "$RUN_URL" ] && [ "$(lease_says job)" = "$JOB" ]; then
          # A host never runs one job of one run twice at a time: this is a killed job that was started again.
          say "taking back the lease that this very job held before it was started again"
          lease_write $((now + LEASE_SECONDS)) "$lease_seen_version" || status=$?
        else
          status=5
        fi
      fi
    fi
    case $status in
      0) break ;;
      1)
        cloud_failed "can't take the lease $(lease_place)"
        exit 1
        ;;
      5)
        ((now < end)) ||
          fail "$ENVIRONMENT on $STACK is still held by $holder after $LEASE_WAIT_MINUTES minutes: run this again later"
        if ((now - told >= 60)); then
          say "$ENVIRONMENT on $STACK is held by $holder; waiting"
          told=$now
        fi
        pause $((LEASE_SECONDS > 30 ? 10 : 1))
        ;;
      *)
        # Somebody else wrote at the same moment: look again.
        ((now < end)) || fail "the lease of $ENVIRONMENT on $STACK could not be taken within $LEASE_WAIT_MINUTES minutes"
        pause 1
        ;;
    esac
  done
  say "took the lease of $ENVIRONMENT on $STACK"
  keep_lease
}

# keep_lease: renews the lease every third of its time from a process beside this one. That process ends when it is told
# that it is over, or within a second of the script, however the script ended; where the lease can't be kept, it ends the
# script.
keep_lease() {
  local main=$$
  # With an environment of its own: what it signs in anew is not the script's.
  (
    set +e
    # What stops the script is sent to all of its process group (Ctrl-C, a cancelled job), and the script may be at work for
    # long after that, putting things in order. It needs the lease for that, so neither this process nor what it starts may
    # end of it.
    trap '' HUP INT TERM PIPE
    trap ': >"$lease_folder/lost"; kill -TERM "$main" 2>/dev/null' EXIT
    cloud_errors_in "$lease_folder/keeper-said"
    next=$(($(date +%s) + LEASE_SECONDS / 3))
    while is_alive "$main" && [ ! -f "$lease_folder/over" ]; do
      sleep 1
      now=$(date +%s)
      ((now >= next)) || continue
      stay_signed_in
      read -r expires version <"$lease_folder/held"
      status=0
      lease_write $((now + LEASE_SECONDS)) "$version" || status=$?
      case $status in
        0) next=$((now + LEASE_SECONDS / 3)) ;;
        3)
          # Either it is somebody else's now, or our own write went through and its answer was lost.
          if lease_look && [ "$(lease_says nonce)" = "$lease_nonce" ]; then
            lease_is "$(lease_says expires)" "$lease_seen_version"
          else
            say "the lease of $ENVIRONMENT on $STACK was lost"
            exit 1
          fi
          ;;
        *)
          if (($(date +%s) >= expires - 1)); then
            say "the lease of $ENVIRONMENT on $STACK could not be renewed in time"
            exit 1
          fi
          ;;
      esac
    done
    trap - EXIT
  ) </dev/null >/dev/null &
  lease_keeper=$!
}

# lease_held: whether the target is still ours. Asked before every change, as a machine may have slept meanwhile.
lease_held() {
  local expires rest
  [ -n "${lease_folder:-}" ] && [ -f "$lease_folder/held" ] && [ ! -f "$lease_folder/lost" ] || return 1
  read -r expires rest <"$lease_folder/held" && (($(date +%s) < expires))
}

need_lease() { lease_held || fail "the lease of $ENVIRONMENT on $STACK is lost: nothing more is changed"; }

# give_lease_back: others may go on. Writes an expiry of 0 and never removes the object, so that no one else's lease can
# be removed by mistake. Done once; a second call does nothing.
give_lease_back() {
  local expires version tries=0 status
  if [ -n "$lease_keeper" ]; then
    # A renewal that is under way comes to its end first. Called in a subshell, of which the keeper is no child: wait would
    # not wait.
    : >"$lease_folder/over"
    while is_alive "$lease_keeper" && ((tries < 300)); do
      tries=$((tries + 1))
      sleep 0.1
    done
    ! is_alive "$lease_keeper" || kill -KILL "$lease_keeper" 2>/dev/null || true
    tries=0
    lease_keeper=
  fi
  [ -f "$lease_folder/held" ] && [ ! -f "$lease_folder/lost" ] || return 0
  stay_signed_in
  read -r expires version <"$lease_folder/held"
  while ((tries < 3)); do
    tries=$((tries + 1))
    status=0
    lease_write 0 "$version" || status=$?
    if [ "$status" -eq 0 ]; then
      rm -f -- "$lease_folder/held"
      say "gave the lease of $ENVIRONMENT on $STACK back"
      return 0
    fi
    if [ "$status" -eq 3 ]; then
      if ! lease_look || [ "$(lease_says nonce)" != "$lease_nonce" ]; then break; fi
      version=$lease_seen_version
    fi
  done
  rm -f -- "$lease_folder/held"
  say "the lease of $ENVIRONMENT on $STACK could not be given back: it runs out by itself within $LEASE_SECONDS seconds"
}
