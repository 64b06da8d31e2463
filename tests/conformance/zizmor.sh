#!/usr/bin/env bash
# zizmor.sh FOLDER...: zizmor reads the workflows of generated trees, offline and as its pedantic persona. A finding may
# be silenced only by a comment that says why: # zizmor: ignore[audit] reason.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: zizmor.sh FOLDER..." >&2; exit 2; }
command -v zizmor >/dev/null || { echo "skip: zizmor isn't installed; ./dev test does that (tests/tools/venv)"; exit 77; }

# Named one by one, because zizmor leaves out what git ignores, and generated trees are ignored.
files=()
for folder in "$@"; do
  found=0
  for file in "$folder"/.github/workflows/*.y*ml "$folder"/.github/dependabot.yml; do
    if [ -f "$file" ]; then files+=("$file"); found=1; fi
  done
  if [ "$found" -eq 0 ] && [ ! -f "$folder/.gitlab-ci.yml" ]; then
    echo "$folder: there is neither .github/workflows nor .gitlab-ci.yml" >&2
    exit 2
  fi
done
[ ${#files[@]} -gt 0 ] || { echo "0 workflows"; exit 0; }

status=0
# An ignore with nothing after the bracket has no reason.
grep -nE '# *zizmor: *ignore(\[[^]]*\])? *$' "${files[@]}" && { echo "an ignore comment without a reason"; status=1; }
zizmor --offline --persona=pedantic --no-config --no-progress --color=never --format=plain "${files[@]}" || status=1
exit "$status"
