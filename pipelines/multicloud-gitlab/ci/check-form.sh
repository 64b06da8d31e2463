#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The first job of a run that a person started by the form: is what was chosen one of the valid combinations, and is the
# run on the ref that they belong to? Where not, it fails with the list of them. Needs no identity and calls no cloud.
#
# Variables (docs: scripts.md): FORM ACTION ENVIRONMENT_CHOSEN STACK_CHOSEN; may be given: SERVICE IMAGE CONFIRM
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

# refuse TEXT: with the list of what is valid.
refuse() {
  say "valid are:"
  printf '%s' "$FORM" | jq -r '.[] | "\(.environment) on \(.stack): \(.actions | join(", ")); on \(.refs | join(", "))"' | quoted
  fail "$*"
}

tools jq
need FORM "the JSON list of what the form may ask for, as the generated pipeline has it" ACTION "what is to be done" \
  ENVIRONMENT_CHOSEN "the environment" STACK_CHOSEN "the stack"
printf '%s' "$FORM" | jq -e 'def words: type == "array" and length > 0 and all(.[]; type == "string" and . != "");
    type == "array" and length > 0 and all(.[]; (.environment | type == "string") and (.stack | type == "string")
      and (.actions | words) and (.refs | words) and (.images | words)
      and all(.services, .confirmed; type == "array" and all(.[]; type == "string")))' >/dev/null 2>&1 ||
  wrong 'FORM should hold a JSON list of {"environment", "stack", "actions", "services", "images", "confirmed", "refs"}'
place="$(one_line "$ENVIRONMENT_CHOSEN") on $(one_line "$STACK_CHOSEN")"
chosen="$(one_line "$ACTION") for $place"

entry=$(printf '%s' "$FORM" | jq -c --arg environment "$ENVIRONMENT_CHOSEN" --arg stack "$STACK_CHOSEN" --arg action "$ACTION" \
  '[.[] | select(.environment == $environment and .stack == $stack and (.actions | index($action)))] | .[0] // empty')
[ -n "$entry" ] || refuse "there is no $chosen"
right=
while IFS= read -r ref; do
  if on_ref "$ref"; then right=yes; fi
done < <(printf '%s' "$entry" | jq -r '.refs[]')
[ -n "$right" ] || refuse "$chosen is started on $(printf '%s' "$entry" | jq -r '.refs | join(" or ")'), and this run is on $(one_line "$RUN_REF")"

if [ -n "${SERVICE:-}" ] && [ "$SERVICE" != all ]; then
  case $ACTION in deploy | rollback) ;; *) refuse "SERVICE is for deploy and rollback alone, not for $(one_line "$ACTION")" ;; esac
  [[ $SERVICE =~ ^[a-z][a-z0-9]*(-[a-z0-9]+)*$ ]] || refuse "'$(one_line "$SERVICE")' is no service"
  printf '%s' "$entry" | jq -e --arg service "$SERVICE" '.services | index($service) != null' >/dev/null ||
    refuse "$place has no service $(one_line "$SERVICE")$(printf '%s' "$entry" |
      jq -r '.services | if . == [] then " on every stack" else ", but " + join(", ") end')"
fi
if [ -n "${IMAGE:-}" ]; then
  [ "$ACTION" = rollback ] || refuse "IMAGE is for rollback alone, not for $(one_line "$ACTION")"
  is_digest "$IMAGE" || refuse "IMAGE should hold sha256: and 64 hex digits, not '$(one_line "$IMAGE")'"
  images=$(printf '%s' "$entry" | jq -r '.images | if length > 1 then join(", ") else empty end')
  case ${SERVICE:-all},$images in
    all,?*) refuse "IMAGE needs SERVICE, whose image it is: $place runs more than one (those of $images)" ;;
  esac
fi
case $ACTION in
  destroy)
    [ "${CONFIRM:-}" = "$ENVIRONMENT_CHOSEN" ] ||
      refuse "to destroy it, CONFIRM has to repeat the environment's name, and holds '$(one_line "${CONFIRM:-}")'"
    ;;
  *)
    # What no job compares with a plan would only look as if it were.
    if [ -n "${CONFIRM:-}" ]; then
      instead=
      [ "$STACK_CHOSEN" != all ] || instead=", or choose one stack"
      printf '%s' "$entry" | jq -e --arg action "$ACTION" '.confirmed | index($action) != null' >/dev/null ||
        refuse "CONFIRM is for destroy (the environment's name), and for what applies one plan (its fingerprint); $chosen does not:" \
          "leave CONFIRM empty$instead"
      [[ $CONFIRM =~ ^[0-9a-f]{64}$ ]] ||
        refuse "CONFIRM should be empty, or hold the fingerprint of a plan (64 hex digits), not '$(one_line "$CONFIRM")'"
    fi
    ;;
esac
say "$chosen is valid here"
summary "$(markdown "$ACTION") for $(markdown "$ENVIRONMENT_CHOSEN") on $(markdown "$STACK_CHOSEN")"
