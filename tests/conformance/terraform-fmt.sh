#!/usr/bin/env bash
# terraform-fmt.sh FOLDER...: whatever is Terraform in these folders (*.tf, tests, backend.hcl) is laid out as terraform
# fmt lays it out.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: terraform-fmt.sh FOLDER..." >&2; exit 2; }
command -v terraform >/dev/null ||
  { echo "skip: terraform isn't installed; ./dev test does that (tests/tools/bin)"; exit 77; }
# A caller's configuration has no say in this.
unset TF_CLI_CONFIG_FILE

status=0 count=0
for folder in "$@"; do
  # Prints the files and how they differ.
  terraform fmt -check -diff -recursive -no-color "$folder" ||
    { echo "$folder: not as terraform fmt would have it"; status=1; }
  # Files of this name it only takes as its input.
  while IFS= read -r -d '' file; do
    terraform fmt -check -diff -no-color - <"$file" || { echo "$file: not as terraform fmt would have it"; status=1; }
  done < <(find "$folder" -name backend.hcl -print0)
  files=$(find "$folder" -type f \( -name '*.tf' -o -name '*.tftest.hcl' -o -name backend.hcl \) | wc -l)
  count=$((count + files))
done
[ "$count" -gt 0 ] || { echo "there is no Terraform in $*"; exit 1; }
echo "$count files read"
exit "$status"
