# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of sandbox.sh and lib.sh
# Terraform on Google Cloud: its own backend reads and locks the state in a bucket, with credentials that it gets by itself.
# shellcheck source=../lib-gcp.sh
. "$here/lib-gcp.sh"
gcp_project
root=$project/infra/gcp/dev/platform
cat >"$root/main.tf" <<'HCL'
terraform {
  backend "gcs" {}
}

resource "terraform_data" "network" {
  input = "first"
}
HCL
printf 'bucket = "simple-time-dev-tfstate"\nprefix = "simple-time/gcp/dev/platform"\n' >"$root/backend.hcl"
commit_all "let Terraform keep its state in a bucket"

step "a plan reads only, and an apply writes the state and what the platform is made of"
gcp_job terraform-plan.sh plan shallow dev "$commit"
end_job
succeeded
fingerprint=$(sed -n 's/^fingerprint=//p' "$place/output")
[ -n "$fingerprint" ] || die "no fingerprint"
gcp_job terraform-apply.sh infra commits dev "$commit" PLAN_FINGERPRINT="$fingerprint"
end_job
succeeded
says "1 to create"
[ "$(gcp_object gs://simple-time-dev-tfstate/simple-time/gcp/dev/platform/default.tfstate | jq -r '.resources[0].name')" = network ] || die "no state"
[ -z "$(gcp_object gs://simple-time-dev-tfstate/simple-time/gcp/dev/platform/default.tflock)" ] || die "the state is locked"
[ "$(gcp_object gs://simple-time-dev-record/simple-time/dev/gcp/platform.json | jq -r .state)" = applied ] || die "no platform"
gcp_lease_is_free dev

step "a plan says of which change of the platform it speaks, and drift is looked for where it was applied"
gcp_job terraform-plan.sh plan shallow dev "$commit"
end_job
succeeded
grep -qx "platform=$(gcp_platform_change dev)" "$place/output" || die "it says $(cat "$place/output")"
[[ $(gcp_platform_change dev) =~ ^[0-9a-f]{32}$ ]] || die "the change is $(gcp_platform_change dev)"
gcp_job terraform-drift.sh plan files dev "$commit"
end_job
succeeded
says "dev on gcp is what $commit describes"

step "the account of plans can't write"
gcp_job terraform-apply.sh plan commits dev "$commit" PLAN_FINGERPRINT="$fingerprint"
end_job
failed
says "Required 'storage.objects.create' permission"
