# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What exists once in the account 222222222222, whatever its targets. A person applies it, before anything else.

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
  region              = "us-east-1"
  allowed_account_ids = ["222222222222"]

  default_tags {
    tags = {
      project    = "scoring-api"
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
  }
}

# States and leases in us-east-1.
module "state_us_east_1" {
  source = "../../modules/aws/state"

  bucket = "scoring-api-tfstate-222222222222-us-east-1"
  short_lived = [
    "scoring-api/accounts/222222222222.tflock",
    "scoring-api/aws/prod/bootstrap.tflock",
    "scoring-api/aws/prod/lease.json",
    "scoring-api/aws/prod/platform.tflock",
  ]
}

output "provider_arns" {
  description = "The identity providers' ARNs by host."
  value       = module.account.provider_arns
}

output "bucket_us_east_1" {
  description = "The bucket of states and leases in that region."
  value       = module.state_us_east_1.bucket
}
