# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What exists once in the account 666666666666, whatever its targets. A person applies it, before anything else.

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
  allowed_account_ids = ["666666666666"]

  default_tags {
    tags = {
      project    = "taskboard"
      managed-by = "pipewright"
    }
  }
}

# Whose tokens the roles of this account may trust.
module "account" {
  source = "../../modules/aws/account"

  oidc_providers = {
    github = {
      url       = "https://token.actions.githubusercontent.com"
      audiences = ["sts.amazonaws.com"]
    }
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

  bucket = "taskboard-tfstate-666666666666-ap-south-1"
  short_lived = [
    "taskboard/accounts/666666666666.tflock",
    "taskboard/aws/staging/bootstrap.tflock",
    "taskboard/aws/staging/lease.json",
    "taskboard/aws/staging/platform.tflock",
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
