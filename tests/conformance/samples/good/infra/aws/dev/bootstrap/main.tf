# What the jobs of this target need before they can run: their roles and the images' repositories.
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
    tags = { project = "shop", environment = "dev", managed-by = "pipewright" }
  }
}

module "registry" {
  source = "../../../modules/aws/registry"

  repositories = ["shop/dev/aws/web"]
  pull_from    = [{ account = "222222222222", principals = ["arn:aws:iam::222222222222:role/shop-prod-aws-deploy"] }]
}

module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    build = {
      name        = "shop-dev-aws-build"
      description = "Pushes images."
      bounded     = false
      trust = [{
        provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
        equals = {
          "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
          "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:ref:refs/heads/main"]
        }
      }]
      statements = [{
        sid       = "Push"
        actions   = ["ecr:PutImage"]
        resources = ["arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/web"]
      }]
    }
  }

  boundary = {
    name       = "shop-dev-aws-boundary"
    statements = [{ sid = "Logs", actions = ["logs:CreateLogStream"], resources = ["*"] }]
  }
}

output "role_arns" {
  description = "The roles' ARNs."
  value       = module.identity.role_arns
}
