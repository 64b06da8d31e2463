#!/usr/bin/env bash
# scripts.sh FOLDER...: the ci/*.sh of generated trees: executable, strict, read by bash, and
# passed by shellcheck down to its matters of style.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: scripts.sh FOLDER..." >&2; exit 2; }
command -v shellcheck >/dev/null || { echo "skip: shellcheck isn't installed"; exit 77; }

status=0
fail() { echo "$*"; status=1; }
for folder in "$@"; do
  count=0
  for file in "$folder"/ci/*.sh; do
    [ -f "$file" ] || continue
    count=$((count + 1))
    [ -x "$file" ] || fail "$file: it can't be executed: its mode is $(stat -c %a "$file")"
    [ "$(head -n 1 "$file")" = "#!/usr/bin/env bash" ] || fail "$file:1: it doesn't begin with #!/usr/bin/env bash"
    grep -qx 'set -euo pipefail' "$file" || fail "$file: it doesn't say set -euo pipefail"
    bash -n "$file" || status=1
  done
  [ "$count" -gt 0 ] || { fail "$folder: there is no ci/*.sh"; continue; }
  (cd "$folder" && shellcheck -x -P SCRIPTDIR:. -S style -o avoid-nullary-conditions,deprecate-which --color=never ci/*.sh) || status=1
  echo "$folder: $count scripts"
done
exit "$status"
