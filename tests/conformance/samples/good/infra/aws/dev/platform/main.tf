# What the target runs on.
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

resource "aws_ecs_cluster" "this" {
  name = "shop-dev-aws"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

output "cluster" {
  description = "The cluster's name."
  value       = aws_ecs_cluster.this.name
}
