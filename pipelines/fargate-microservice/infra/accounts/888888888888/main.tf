# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What exists once in the account 888888888888, whatever its targets. A person applies it, before anything else.

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
  region              = "eu-west-1"
  allowed_account_ids = ["888888888888"]

  default_tags {
    tags = {
      project    = "simple-time"
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

# States and leases in eu-west-1.
module "state_eu_west_1" {
  source = "../../modules/aws/state"

  bucket = "simple-time-tfstate-888888888888-eu-west-1"
  short_lived = [
    "simple-time/accounts/888888888888.tflock",
    "simple-time/aws/dev/bootstrap.tflock",
    "simple-time/aws/dev/lease.json",
    "simple-time/aws/dev/platform.tflock",
  ]
}

output "provider_arns" {
  description = "The identity providers' ARNs by host."
  value       = module.account.provider_arns
}

output "bucket_eu_west_1" {
  description = "The bucket of states and leases in that region."
  value       = module.state_eu_west_1.bucket
}
