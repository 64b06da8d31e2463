#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Where a target answers on Google Cloud, for the smoke tests: at the global address of its load balancer, where it has no
# name. Needs sign-in-gcp.sh. Variables: BASE_URL, or LOAD_BALANCER (the name of the address).
#
# calls: compute.globalAddresses.get on address
# shellcheck disable=SC2154 # gcp_compute is that of sign-in-gcp.sh

# find_base_url: fills BASE_URL.
find_base_url() {
  local answer address
  [ -z "${BASE_URL:-}" ] || return 0
  need LOAD_BALANCER "the name of the target's global address (or BASE_URL the target's own)"
  [[ $LOAD_BALANCER =~ ^[a-z][a-z0-9-]*$ ]] || wrong "LOAD_BALANCER should hold the name of an address, not '$(one_line "$LOAD_BALANCER")'"
  answer=$(gcp_call GET "$gcp_compute/global/addresses/$LOAD_BALANCER") ||
    { gcp_failed "can't look up the address $LOAD_BALANCER"; return 1; }
  address=$(printf '%s' "$answer" | jq -r '.address // empty')
  case $address in
    '')
      problem "$LOAD_BALANCER has no address yet"
      return 1
      ;;
    *:*) address="[$address]" ;;
  esac
  BASE_URL=http://$address
}
