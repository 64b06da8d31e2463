#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Where a target answers on AWS, for the smoke tests: at its load balancer's own name, where it has no name of its own.
# Needs sign-in-aws.sh. Variables: BASE_URL, or LOAD_BALANCER (the balancer's name).
#
# calls: elasticloadbalancing:DescribeLoadBalancers on *

# find_base_url: fills BASE_URL.
find_base_url() {
  local answer name
  [ -z "${BASE_URL:-}" ] || return 0
  need LOAD_BALANCER "the name of the target's load balancer (or BASE_URL its address)"
  answer=$(aws_try elbv2 describe-load-balancers --names "$LOAD_BALANCER") ||
    { aws_failed "can't look up the load balancer $LOAD_BALANCER"; return 1; }
  name=$(printf '%s' "$answer" | jq -r '.LoadBalancers[0].DNSName // empty')
  [ -n "$name" ] || { problem "the load balancer $LOAD_BALANCER has no address"; return 1; }
  BASE_URL=http://$name
}
