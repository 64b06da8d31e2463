#!/usr/bin/env bash
# hcl.sh RANDOM_DOCUMENTS: Terraform finds in printed files what was put in, terraform fmt leaves them as they are, and
# both are shown to notice. PIPEWRIGHT_SEED is another seed than 1, PIPEWRIGHT_COUNT another number of files.
set -euo pipefail
program=$1
command -v terraform >/dev/null || { echo "skip: terraform isn't installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# No settings of whoever runs this, no calls home; no provider is needed.
touch "$folder/terraform.rc"
export TF_CLI_CONFIG_FILE=$folder/terraform.rc CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1

# make COUNT NAME [BROKEN]: the files with values in one folder, those that only have to be well laid out in another.
make() {
  "$program" make hcl "$seed" "$1" "$folder/$2" "${@:3}"
  mkdir "$folder/$2-blocks"
  for file in "$folder/$2"/blocks_*.txt; do mv "$file" "$folder/$2-blocks/$(basename "$file" .txt).tf"; done
}

formatted() { terraform fmt -check -diff "$folder/$1" && terraform fmt -check -diff "$folder/$1-blocks"; }

# agrees NAME: whether Terraform's values are those expected.
agrees() {
  (
    cd "$folder/$1"
    terraform init -no-color -input=false >../log 2>&1 || { cat ../log; exit 2; }
    terraform apply -no-color -input=false -auto-approve >../log 2>&1 || { cat ../log; exit 2; }
    terraform output -json >../output.json
  ) || return 2
  "$program" read-terraform "$folder/output.json" >"$folder/read.json"
  "$program" compare "$folder/$1/expected.json" "$folder/read.json"
}

seed=${PIPEWRIGHT_SEED:-1}
make "${PIPEWRIGHT_COUNT:-40}" good
formatted good || { echo "terraform fmt would change it; seed $seed"; exit 1; }
agrees good || { echo "seed $seed"; exit 1; }

make 3 value value
status=0
agrees value >"$folder/said" || status=$?
[ "$status" -eq 1 ] || { cat "$folder/said"; echo "a broken value wasn't noticed"; exit 1; }
make 3 bytes bytes
! formatted bytes >/dev/null || { echo "terraform fmt didn't notice what is badly laid out"; exit 1; }
echo "Terraform agrees, and a broken value and a broken layout are noticed"
