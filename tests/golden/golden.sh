#!/usr/bin/env bash
# golden.sh PROGRAM NAME: pipelines/NAME is byte for byte what examples/NAME/pipewright.yaml generates: here and
# anywhere, once and again. Without pipelines/NAME: it is refused as not built yet, and nothing is written.
set -euo pipefail
program=$1 name=$2
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
manifest=$root/examples/$name/pipewright.yaml
golden=$root/pipelines/$name
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
fail() { echo "FAILED: $*"; status=1; }

# listing FOLDER: every file, and whether it can be executed: diff -r compares bytes only, and git keeps no more of a mode.
listing() {
  (cd "$1" && find . -type f -perm -u+x -printf '%P x\n' -o -type f -printf '%P\n' -o -type l -printf '%P -> %l\n' |
    LC_ALL=C sort)
}

# same EXPECTED ACTUAL WHAT: compares two trees, and shows how they differ.
same() {
  diff -ru --no-dereference "$1" "$2" || { fail "$3"; return; }
  diff -u <(listing "$1") <(listing "$2") || fail "$3: modes"
}

# generate FOLDER [COMMAND...]: the manifest into a new folder, by the program run behind COMMAND.
generate() {
  local folder=$1
  shift
  mkdir -p "$folder"
  "$@" "$program" generate "$manifest" --root "$folder" >"$work/out" 2>&1 ||
    { fail "generate ended with $?"; cat "$work/out"; }
}

# An example without a tree is one that this version can't generate: it is right, it is refused by name, and nothing
# is written.
if [ ! -d "$golden" ]; then
  "$program" validate "$manifest" --root "$root/examples/$name" >"$work/out" 2>&1 ||
    { fail "validate ended with $?"; cat "$work/out"; }
  mkdir "$work/refused"
  if "$program" generate "$manifest" --root "$work/refused" >"$work/out" 2>&1; then
    fail "pipelines/$name is missing; run ./dev golden $name and read what it wrote"
  elif ! grep -q ': error: .*\[PW0401\]$' "$work/out" || grep ': error: ' "$work/out" | grep -qv '\[PW0401\]$'; then
    fail "generate should have refused with PW0401 alone"
    cat "$work/out"
  fi
  rmdir "$work/refused" || fail "something was written"
  exit "$status"
fi

generate "$work/first"
same "$golden" "$work/first" "pipelines/$name is not what is generated; run ./dev golden $name and read the diff"
[ "$status" -eq 0 ] || exit "$status"

# A second run over the same tree touches nothing, not even a time.
find "$work/first" -exec touch -d '2001-02-03 04:05:06' {} +
times() { (cd "$1" && find . -printf '%P %T@ %C@ %i\n' | LC_ALL=C sort); }
times "$work/first" >"$work/before"
generate "$work/first"
diff -u "$work/before" <(times "$work/first") || fail "a second generate touched files"
grep -qi 'nothing to do' "$work/out" || { fail "a second generate doesn't say that there was nothing to do:"; cat "$work/out"; }
"$program" check "$manifest" --root "$work/first" >"$work/out" 2>&1 || { fail "check ended with $?:"; cat "$work/out"; }

# The committed tree itself is recognised, and not only one that this run wrote.
cp -a "$golden" "$work/copy"
generate "$work/copy"
same "$golden" "$work/copy" "generate over a copy of pipelines/$name changed it"
grep -qi 'nothing to do' "$work/out" || { fail "generate over a copy of pipelines/$name found something to do:"; cat "$work/out"; }

# Not the surroundings: locale, time zone, working directory, umask, home.
generate "$work/c" env LC_ALL=C LANG=C TZ=UTC
same "$golden" "$work/c" "the C locale gives another tree"
# Turkish has another upper case of i than everybody else. It is compiled here, because few machines have it.
if localedef -i tr_TR -f UTF-8 "$work/tr_TR.UTF-8" >/dev/null 2>&1 || [ -d "$work/tr_TR.UTF-8" ]; then
  generate "$work/tr" env LOCPATH="$work" LC_ALL=tr_TR.UTF-8 TZ=Pacific/Kiritimati
  same "$golden" "$work/tr" "the Turkish locale gives another tree"
else
  echo "note: no localedef or no tr_TR (Debian's package locales), so the Turkish locale isn't tried"
fi
mkdir "$work/elsewhere"
(cd "$work/elsewhere" && generate ../other env HOME=/nonexistent TZ=America/St_Johns && exit "$status") || status=1
same "$golden" "$work/other" "another working directory gives another tree"
(umask 077 && generate "$work/private" && exit "$status") || status=1
diff -ru "$golden" "$work/private" || fail "another umask gives other bytes"
mkdir "$work/relative"
(cd "$root/examples/$name" && "$program" generate . --root "$work/relative" >"$work/out" 2>&1) ||
  { fail "generate . in the manifest's folder ended with $?"; cat "$work/out"; }
same "$golden" "$work/relative" "the manifest named by its folder gives another tree"

exit "$status"
