#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Refuses a run that is older than what the target runs: an old run that somebody started again, or one that waited
# behind a newer one. Needs the history's commits and nothing else of it (a clone with --filter=tree:0 will do), and
# COMMIT, RECORD, CONTENT_DIR. To be called with the lease held, or the answer could be old.
#
# A run clones first and then waits for the lease, for an hour perhaps. What was deployed meanwhile isn't in its clone: so
# of a commit that the clone doesn't know counts when it was written. Before the clone, its branch was rewritten or
# removed; after it, this run may be the older one.

# comes_before COMMIT OTHER: whether the one is an ancestor of the other, or the same. 1 where it is not, 2 where this
# clone doesn't know one of them.
comes_before() {
  local status=0
  local -a clone=(git -C "${CONTENT_DIR:-.}")
  [ "$("${clone[@]}" rev-parse --is-shallow-repository)" = false ] ||
    wrong "the clone in ${CONTENT_DIR:-$PWD} is cut off: the job needs all commits (fetch-depth: 0 with filter: tree:0; GIT_DEPTH: 0)"
  # What isn't here must not be asked for at the remote, for which this job may have no key.
  export GIT_NO_LAZY_FETCH=1 GIT_TERMINAL_PROMPT=0
  if ! "${clone[@]}" cat-file -e "$1^{commit}" 2>/dev/null || ! "${clone[@]}" cat-file -e "$2^{commit}" 2>/dev/null; then
    status=2
  else
    "${clone[@]}" merge-base --is-ancestor "$1" "$2" || status=$?
  fi
  unset GIT_NO_LAZY_FETCH
  case $status in
    0 | 1 | 2) return "$status" ;;
    *) fail "git can't tell how $1 and $2 are related" ;;
  esac
}

# cloned_at: prints when this clone last heard of its remote, in seconds since 1970.
cloned_at() {
  local folder file
  folder=$(git -C "${CONTENT_DIR:-.}" rev-parse --absolute-git-dir) || fail "${CONTENT_DIR:-$PWD} is no clone"
  for file in FETCH_HEAD packed-refs HEAD; do
    if [ -e "$folder/$file" ]; then
      stat -c %Y -- "$folder/$file" || fail "can't tell when $folder was cloned"
      return 0
    fi
  done
  fail "can't tell when $folder was cloned"
}

# refuse_newer_than_clone WHAT COMMIT ENTRY: stops where the entry, which names a commit that the clone doesn't know, may
# have been written after the clone was made. Clocks may differ by two minutes.
refuse_newer_than_clone() {
  local written cloned
  written=$(printf '%s' "$3" | jq -r '.written | if type == "number" then "@\(floor)" else . // "" | tostring end')
  if [ -n "$written" ]; then written=$(date -d "$written" +%s 2>/dev/null || true); fi
  cloned=$(cloned_at) || exit 1
  if [[ ! $written =~ ^[0-9]+$ ]] || ((written + 120 >= cloned)); then
    fail "$1 for the commit $2 while this run waited, and its clone does not know that commit: this run may be outdated;" \
      "start it again"
  fi
}

refuse_outdated() {
  local entry status=0 recorded
  entry=$(newest_record) || status=$?
  case $status in
    0) ;;
    3) say "nothing has passed on $ENVIRONMENT on $STACK yet" && return 0 ;;
    *) exit 1 ;;
  esac
  recorded=$(printf '%s' "$entry" | jq -r .commit)
  [[ $recorded =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || fail "the record $RECORD names no commit"
  [ "$recorded" != "$COMMIT" ] || return 0
  comes_before "$COMMIT" "$recorded" || status=$?
  case $status in
    0)
      fail "this run is outdated: $ENVIRONMENT on $STACK already runs $recorded, which comes after $COMMIT;" \
        "to go back on purpose, roll back"
      ;;
    2)
      refuse_newer_than_clone "$ENVIRONMENT on $STACK was deployed" "$recorded" "$entry"
      say "note: $ENVIRONMENT on $STACK runs the commit $recorded, which this clone does not know (its branch was rewritten" \
        "or removed, or another host deployed it): it can't be told whether this run is older"
      ;;
  esac
}
