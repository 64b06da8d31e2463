#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Refuses a run that is older than what the target runs: an old run that somebody started again, or one that waited
# behind a newer one. Needs the history's commits and nothing else of it (a clone with --filter=tree:0 will do), and
# COMMIT, RECORD, ROLLBACK, CONTENT_DIR. To be called with the lease held, or the answer could be old.

refuse_outdated() {
  local entry status=0 recorded
  local -a clone=(git -C "${CONTENT_DIR:-.}")
  if [ "${ROLLBACK:-false}" = true ]; then
    say "a rollback: it may go back behind what $ENVIRONMENT on $STACK runs"
    return 0
  fi
  entry=$(newest_record) || status=$?
  case $status in
    0) ;;
    3) say "nothing has passed on $ENVIRONMENT on $STACK yet: this is its first deploy" && return 0 ;;
    *) exit 1 ;;
  esac
  recorded=$(printf '%s' "$entry" | jq -r .commit)
  [[ $recorded =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || fail "the record $RECORD names no commit"
  [ "$recorded" != "$COMMIT" ] || return 0
  [ "$("${clone[@]}" rev-parse --is-shallow-repository)" = false ] ||
    wrong "the clone in ${CONTENT_DIR:-$PWD} is cut off: the job needs all commits (fetch-depth: 0 with filter: tree:0; GIT_DEPTH: 0)"
  # What isn't here must not be asked for at the remote, for which this job may have no key.
  export GIT_NO_LAZY_FETCH=1 GIT_TERMINAL_PROMPT=0
  if ! "${clone[@]}" cat-file -e "$recorded^{commit}" 2>/dev/null; then
    say "note: $ENVIRONMENT on $STACK runs the commit $recorded, which this clone does not know (its branch was rewritten" \
      "or removed, or another host deployed it): it can't be told whether this run is older"
    unset GIT_NO_LAZY_FETCH
    return 0
  fi
  "${clone[@]}" merge-base --is-ancestor "$COMMIT" "$recorded" || status=$?
  unset GIT_NO_LAZY_FETCH
  case $status in
    0)
      fail "this run is outdated: $ENVIRONMENT on $STACK already runs $recorded, which comes after $COMMIT;" \
        "to go back on purpose, roll back"
      ;;
    1) ;;
    *) fail "git can't tell how $COMMIT and $recorded are related" ;;
  esac
}
