# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What exists once in the account 111111111111, whatever its targets. A person applies it, before anything else.

terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  # Where the state is stands in backend.hcl.
  backend "s3" {}
}

provider "aws" {
  region              = "ap-south-1"
  allowed_account_ids = ["111111111111"]

  default_tags {
    tags = {
      project    = "storefront"
      managed-by = "pipewright"
    }
  }
}

# Whose tokens the roles of this account may trust.
module "account" {
  source = "../../modules/aws/account"

  oidc_providers = {
    gitlab = {
      url = "https://gitlab.com"
      audiences = [
        "https://gitlab.com/pipewright/gated",
        "https://gitlab.com/pipewright/open",
        "https://gitlab.com/pipewright/plan",
      ]
    }
  }
}

# States and leases in ap-south-1.
module "state_ap_south_1" {
  source = "../../modules/aws/state"

  bucket = "storefront-tfstate-111111111111-ap-south-1"
  short_lived = [
    "storefront/accounts/111111111111.tflock",
    "storefront/aws/dev/bootstrap.tflock",
    "storefront/aws/dev/lease.json",
    "storefront/aws/dev/platform.tflock",
  ]
}

output "provider_arns" {
  description = "The identity providers' ARNs by host."
  value       = module.account.provider_arns
}

output "bucket_ap_south_1" {
  description = "The bucket of states and leases in that region."
  value       = module.state_ap_south_1.bucket
}
