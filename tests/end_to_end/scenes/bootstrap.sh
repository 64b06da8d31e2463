# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# An account from nothing, by a person; and how the tool itself is fetched.
command -v terraform >/dev/null 2>&1 || { echo "skip: terraform is not installed"; exit 77; }
command -v gpg >/dev/null 2>&1 || { echo "skip: gpg is not installed"; exit 77; }
new_project
bucket=acme-tfstate-${account[dev]}-$region
root=$project/infra/accounts/dev

# root FOLDER KEY: a root with a backend; what is read from standard input makes it something.
root() {
  mkdir -p "$project/$1"
  printf 'bucket = "%s"\nkey = "%s"\nregion = "%s"\nallowed_account_ids = ["%s"]\nuse_lockfile = true\n' "$bucket" "$2" "$region" "${account[dev]}" >"$project/$1/backend.hcl"
  { printf 'terraform {\n  backend "s3" {}\n}\n\n'; cat; } >"$project/$1/main.tf"
}
root infra/accounts/dev acme/accounts/dev <<HCL
resource "terraform_data" "bucket" {
  provisioner "local-exec" {
    command = "aws s3api create-bucket --bucket $bucket --create-bucket-configuration LocationConstraint=$region"
  }
}

resource "terraform_data" "provider" {
  input = terraform_data.bucket.id
  provisioner "local-exec" {
    command = "test -e $sandbox/well"
  }
}
HCL
root infra/aws/dev/bootstrap acme/aws/dev/bootstrap <<HCL
resource "terraform_data" "role" {
  input = "build"
}
HCL
commit_all "roots"

# bootstrap [VARIABLE=VALUE...] COMMAND...: as a person in the project's own folder.
bootstrap() {
  start_job bootstrap '{}' "$commit" none GITHUB_ACTIONS= GITHUB_OUTPUT= GITHUB_STEP_SUMMARY= GITHUB_SHA= AWS_REGION="$region" AWS_DEFAULT_REGION="$region" \
    AWS_ACCESS_KEY_ID=AKIAADMIN AWS_SECRET_ACCESS_KEY=x TOOL=terraform TOOL_VERSION="$terraform_version" "$@"
  end_job
}
all=(ci/bootstrap.sh infra/accounts/dev infra/aws/dev/bootstrap)
in_bucket() { as_admin s3api get-object --bucket "$bucket" --key "$1" "$sandbox/seen" >/dev/null 2>&1 && jq -r '.resources | length' "$sandbox/seen"; }
# tidy: neither the override nor a local state is left.
tidy() {
  local left
  left=$(git -C "$project" status --porcelain --ignored | grep -v '\.terraform/$' || true)
  [ -z "$left" ] || die "left in the project: $left"
}

step "it is for a person, who is asked"
bootstrap GITHUB_ACTIONS=true YES=true "${all[@]}"
failed 2
says "no job may have what it needs"
bootstrap "${all[@]}"
failed 2
says "there is no terminal to ask at"
bootstrap bash -c "(until grep -Fq '[y/N]' '$sandbox/jobs/$((job_number + 1))/log'; do sleep 0.1; done; echo n) | script -qec '${all[*]}' /dev/null"
says "you said no"
says "nothing of infra/accounts/dev was applied yet"
tidy
bootstrap YES=true ci/bootstrap.sh infra/none
failed 2
sed -i 's/888888888888"\]/999999999999"]/' "$root/backend.hcl"
bootstrap YES=true "${all[@]}"
failed
says "belongs to the account 999999999999, and you are signed in to 888888888888"
git -C "$project" checkout -q infra

step "an apply that fails in the middle leaves the state where it is said to be"
bootstrap YES=true "${all[@]}"
failed
says "is still in infra/accounts/dev/terraform.tfstate: keep that file"
[ -s "$root/terraform.tfstate" ] || die "there is no state"
[ ! -e "$root/backend_override.tf" ] || die "the override is left"

step "run again it goes on: what is there stays, and the state moves into the bucket"
touch "$sandbox/well"
cp "$root/terraform.tfstate" "$sandbox/old.tfstate"
bootstrap YES=true "${all[@]}"
succeeded
says "moving its state into the bucket $bucket"
says "done: commit each .terraform.lock.hcl that is new"
[ "$(in_bucket acme/accounts/dev)" = 2 ] || die "the account root's state is not in the bucket"
[ "$(in_bucket acme/aws/dev/bootstrap)" = 1 ] || die "the bootstrap root's state is not in the bucket"
tidy

step "once more: nothing changes"
bootstrap YES=true "${all[@]}"
succeeded
says "infra/accounts/dev: nothing changes"
says "infra/aws/dev/bootstrap: nothing changes"
tidy

step "a state that was moved and left beside it is taken away; another one is nobody's to decide about"
in_bucket acme/accounts/dev >/dev/null
cp "$sandbox/seen" "$root/terraform.tfstate"
bootstrap YES=true "${all[@]}"
succeeded
tidy
cp "$sandbox/old.tfstate" "$root/terraform.tfstate"
bootstrap YES=true "${all[@]}"
failed
says "is another one: find out which of them is true"
[ "$(in_bucket acme/accounts/dev)" = 2 ] || die "another state was moved there"
[ -s "$root/terraform.tfstate" ] || die "the other state was removed"
rm "$root/terraform.tfstate"

# ---- the tool itself

machine=linux_$(uname -m | sed -e s/x86_64/amd64/ -e s/aarch64/arm64/)
there=$sandbox/releases/releases.hashicorp.com/terraform/9.9.9
mkdir -p "$there" "$sandbox/releases/www.hashicorp.com/.well-known"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$(command -v terraform)" >"$sandbox/terraform"
python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").write(sys.argv[2], "terraform")' "$there/terraform_9.9.9_$machine.zip" "$sandbox/terraform"
(cd "$there" && sha256sum "terraform_9.9.9_$machine.zip" >terraform_9.9.9_SHA256SUMS)
# new_key NAME: a throw-away key; its fingerprint is printed.
new_key() {
  mkdir -m 700 "$sandbox/$1"
  gpg --homedir "$sandbox/$1" --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key "$1 <$1@example.com>" rsa2048 sign never
  gpg --homedir "$sandbox/$1" --batch --with-colons --list-keys | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p' | head -n 1
}
sign() {
  gpg --homedir "$sandbox/$1" --batch --yes --quiet --pinentry-mode loopback --passphrase '' --detach-sign -o "$there/terraform_9.9.9_SHA256SUMS.sig" "$there/terraform_9.9.9_SHA256SUMS"
  gpg --homedir "$sandbox/$1" --batch --armor --export >"$sandbox/releases/www.hashicorp.com/.well-known/pgp-key.txt"
}
maker=$(new_key maker 2>/dev/null)
new_key stranger >/dev/null 2>&1
sign stranger

step "a release is taken by its checksum, known here or signed by the maker, and never otherwise"
plan dev "$commit" TOOL_VERSION=1.15.9
failed
says "fetching terraform 1.15.9"
says "its checksum differs"
plan dev "$commit" TOOL=opentofu TOOL_VERSION=1.12.6
failed
says "fetching tofu 1.12.6"
says "its checksum differs"
plan dev "$commit" TOOL_VERSION=9.9.9
failed
says "are not signed by the key C874011F0AB405110D02105534365D9472D7468F"
sed -i "s/^terraform_key=.*/terraform_key=$maker/" "$project/ci/lib/terraform.sh"
commit_all "another maker"
plan dev "$commit" TOOL_VERSION=9.9.9
failed
says "are not signed by the key $maker"
sign maker
plan dev "$commit" TOOL_VERSION=9.9.9
succeeded
says "2 to create"
cp "$there/terraform_9.9.9_$machine.zip" "$sandbox/release.zip"
echo x >>"$there/terraform_9.9.9_$machine.zip"
plan dev "$commit" TOOL_VERSION=9.9.9
failed
says "its checksum differs"
cp "$sandbox/release.zip" "$there/terraform_9.9.9_$machine.zip"
echo "x  y" >>"$there/terraform_9.9.9_SHA256SUMS"
plan dev "$commit" TOOL_VERSION=9.9.9
failed
says "are not signed"
: >"$there/terraform_9.9.9_SHA256SUMS"
sign maker
plan dev "$commit" TOOL_VERSION=9.9.9
failed
says "there is no terraform_9.9.9_$machine.zip among the checksums"
plan dev "$commit" TOOL_VERSION='~> 1.11'
failed 2
