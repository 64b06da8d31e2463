#!/usr/bin/env bash
# scripts.sh FOLDER...: the scripts of generated trees, ci/*.sh and what they source from ci/lib: executable, strict,
# read by bash, and passed by shellcheck down to its matters of style.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: scripts.sh FOLDER..." >&2; exit 2; }
command -v shellcheck >/dev/null || { echo "skip: shellcheck isn't installed"; exit 77; }
shopt -s nullglob

status=0
fail() { echo "$*"; status=1; }

# The same script with the same libraries is in most trees: shellcheck, which is slow, reads it once.
declare -A read_before

# sourced FILE: it, and the libraries that shellcheck reads with it.
sourced() {
  local -a open=("$1")
  local -A met=()
  local file
  while [ ${#open[@]} -gt 0 ]; do
    file=${open[0]}
    open=("${open[@]:1}")
    if [ -n "${met[$file]:-}" ] || [ ! -f "$file" ]; then continue; fi
    met[$file]=yes
    mapfile -t -O ${#open[@]} open < <(sed -n 's,^# shellcheck source=\(lib/[^ ]*\)$,ci/\1,p' "$file")
  done
  printf '%s\n' "${!met[@]}" | sort
}

start=$PWD
for folder in "$@"; do
  cd "$start"
  cd "$folder"
  programs=(ci/*.sh)
  libraries=(ci/lib/*.sh)
  [ ${#programs[@]} -gt 0 ] || { fail "$folder: there is no ci/*.sh"; continue; }
  for file in "${programs[@]}"; do
    [ -x "$file" ] || fail "$folder/$file: it can't be executed: its mode is $(stat -c %a "$file")"
    [ "$(head -n 1 "$file")" = "#!/usr/bin/env bash" ] || fail "$folder/$file:1: it doesn't begin with #!/usr/bin/env bash"
    grep -qx 'set -euo pipefail' "$file" || fail "$folder/$file: it doesn't say set -euo pipefail"
  done
  for file in "${programs[@]}" "${libraries[@]}"; do bash -n "$file" || fail "$folder/$file: bash can't read it"; done
  # Which of several libraries is sourced is decided by a variable, about which shellcheck says nothing.
  while IFS=: read -r file line; do
    # shellcheck disable=SC2016 # as it is written
    pattern=$(sed -E 's/^[^"]*"\$here\/(.*)"$/ci\/\1/; s/\$[A-Z]+/*/' <<<"$line")
    # shellcheck disable=SC2206 # a pattern
    found=($pattern)
    [ ${#found[@]} -gt 0 ] || fail "$folder/$file: there is no library $pattern"
  done < <(grep -E "^ *\. \"[$]here/lib/.*[$][A-Z]" "${programs[@]}" /dev/null || true)
  files=()
  for file in "${programs[@]}" "${libraries[@]}"; do
    key="$file $(sourced "$file" | xargs sha256sum)"
    [ -z "${read_before[$key]:-}" ] || continue
    read_before[$key]=yes
    files+=("$file")
  done
  [ ${#files[@]} -gt 0 ] || continue
  shellcheck -x -P SCRIPTDIR:. -S style -o avoid-nullary-conditions,deprecate-which --color=never "${files[@]}" ||
    fail "$folder: shellcheck has remarks"
  echo "$folder: ${#files[@]} scripts read"
done
exit "$status"
