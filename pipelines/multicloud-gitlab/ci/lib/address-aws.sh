#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Where a target answers on AWS, for the smoke tests: at its load balancer's own name or at the stage of its REST API,
# where it has no name of its own. Needs sign-in-aws.sh. Variables: BASE_URL, or LOAD_BALANCER (the balancer's name), or
# REST_API (that of the REST API, whose stage is ENVIRONMENT).
#
# calls: elasticloadbalancing:DescribeLoadBalancers on balancer-names
# calls: apigateway:GET on rest-apis

# find_base_url: fills BASE_URL.
find_base_url() {
  local answer name
  [ -z "${BASE_URL:-}" ] || return 0
  if [ -n "${REST_API:-}" ]; then
    find_stage
    return
  fi
  need LOAD_BALANCER "the name of the target's load balancer (or BASE_URL its address, or REST_API the name of its REST API)"
  answer=$(aws_try elbv2 describe-load-balancers --names "$LOAD_BALANCER") ||
    { aws_failed "can't look up the load balancer $LOAD_BALANCER"; return 1; }
  name=$(printf '%s' "$answer" | jq -r '.LoadBalancers[0].DNSName // empty')
  [ -n "$name" ] || { problem "the load balancer $LOAD_BALANCER has no address"; return 1; }
  BASE_URL=http://$name
}

# find_stage: fills BASE_URL with the address of the REST API's stage. Names of APIs are not unique: of two nobody can
# tell which one is meant.
find_stage() {
  local answer
  local -a ids
  answer=$(aws_try apigateway get-rest-apis) || { aws_failed "can't look up the REST API $REST_API"; return 1; }
  mapfile -t ids < <(printf '%s' "$answer" | jq -r --arg name "$REST_API" '.items[]? | select(.name == $name) | .id')
  case ${#ids[@]} in
    0) problem "there is no REST API $REST_API in $AWS_REGION: apply the target's platform first" && return 1 ;;
    1) BASE_URL=https://${ids[0]}.execute-api.$AWS_REGION.amazonaws.com/$ENVIRONMENT ;;
    *) problem "there are ${#ids[@]} REST APIs called $REST_API in $AWS_REGION (${ids[*]}): remove those that are not the target's" && return 1 ;;
  esac
}
