# What the account needs once: the issuers that it trusts, and a bucket for states in each region in use.
terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  backend "s3" {}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]

  default_tags {
    tags = { project = "shop", managed-by = "pipewright" }
  }
}

provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = ["111111111111"]

  default_tags {
    tags = { project = "shop", managed-by = "pipewright" }
  }
}

module "account" {
  source = "../../modules/aws/account"

  oidc_providers = {
    github = { url = "https://token.actions.githubusercontent.com", audiences = ["sts.amazonaws.com"] }
  }
}

module "state_eu_west_1" {
  source = "../../modules/aws/state"

  bucket      = "shop-tfstate-111111111111-eu-west-1"
  short_lived = ["shop/aws/dev/lease.json"]
}

module "state_us_east_1" {
  source    = "../../modules/aws/state"
  providers = { aws = aws.us_east_1 }

  bucket = "shop-tfstate-111111111111-us-east-1"
}

output "provider_arns" {
  description = "The issuers' ARNs."
  value       = module.account.provider_arns
}
