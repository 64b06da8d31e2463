# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What prod on aws needs before its first pipeline: repositories and identities. A person applies it, once and after each change; no job may.

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
      project     = "scoring-api"
      environment = "prod"
      managed-by  = "pipewright"
    }
  }
}

# Where the images live.
module "registry" {
  source = "../../../modules/aws/registry"

  repositories = ["scoring-api/prod/aws/api"]
}

# Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.
module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    plan = {
      name        = "scoring-api-prod-aws-plan"
      description = "Reads what Terraform would change of scoring-api in prod on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"
          equals       = { "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"] }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/scoring-api/.github/workflows/delivery.yml@refs/tags/v*",
              "acme/scoring-api/.github/workflows/operations.yml@refs/tags/v*",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/tags/v*"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/scoring-api:ref:refs/tags/v*"]
          }
          not_like = { "token.actions.githubusercontent.com:ref" = ["refs/tags/v*/*"] }
        },
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/scoring-api:pull_request"]
          }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/scoring-api/.github/workflows/infrastructure.yml@refs/pull/*/merge",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/pull/*/merge"]
          }
        },
      ]
      statements = [
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/platform"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1"]
        },
      ]
    }
    infra = {
      name        = "scoring-api-prod-aws-infra"
      description = "Applies and destroys the platform of scoring-api in prod on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"
          equals       = { "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"] }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/scoring-api/.github/workflows/delivery.yml@refs/tags/v*",
              "acme/scoring-api/.github/workflows/operations.yml@refs/tags/v*",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/tags/v*"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/scoring-api:ref:refs/tags/v*"]
          }
          not_like = { "token.actions.githubusercontent.com:ref" = ["refs/tags/v*/*"] }
        },
      ]
      statements = [
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/record"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1"]
        },
        {
          sid     = "StateLock"
          actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/platform.tflock",
          ]
        },
      ]
    }
    deploy = {
      name        = "scoring-api-prod-aws-deploy"
      description = "Deploys and rolls back services of scoring-api in prod on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"
          equals       = { "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"] }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/scoring-api/.github/workflows/delivery.yml@refs/tags/v*",
              "acme/scoring-api/.github/workflows/operations.yml@refs/tags/v*",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/tags/v*"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/scoring-api:ref:refs/tags/v*"]
          }
          not_like = { "token.actions.githubusercontent.com:ref" = ["refs/tags/v*/*"] }
        },
      ]
      statements = [
        {
          sid = "Any"
          actions = [
            "ecr:GetAuthorizationToken",
            "ecs:DescribeTaskDefinition",
            "ecs:RegisterTaskDefinition",
          ]
          resources = ["*"]
        },
        {
          sid       = "AnyIfCluster"
          actions   = ["ecs:ListTasks"]
          resources = ["*"]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:us-east-1:222222222222:cluster/scoring-api-prod-aws"]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/record"]
        },
        {
          sid = "Repositories"
          actions = [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:CompleteLayerUpload",
            "ecr:DescribeImages",
            "ecr:GetDownloadUrlForLayer",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
          ]
          resources = ["arn:aws:ecr:us-east-1:222222222222:repository/scoring-api/prod/aws/*"]
        },
        {
          sid       = "RestApis"
          actions   = ["apigateway:GET"]
          resources = ["arn:aws:apigateway:us-east-1::/restapis"]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
          resources = ["arn:aws:ecs:us-east-1:222222222222:service/scoring-api-prod-aws/*"]
        },
        {
          sid = "SourceRepositories"
          actions = [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
          ]
          resources = ["arn:aws:ecr:us-east-1:111111111111:repository/scoring-api/dev/aws/*"]
        },
        {
          sid     = "TaskDefinitionsIfCluster"
          actions = ["ecs:RunTask"]
          resources = [
            "arn:aws:ecs:us-east-1:222222222222:task-definition/scoring-api-prod-aws-*:*",
          ]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:us-east-1:222222222222:cluster/scoring-api-prod-aws"]
          }
        },
        {
          sid     = "TaskDefinitionsIfCreateAction"
          actions = ["ecs:TagResource"]
          resources = [
            "arn:aws:ecs:us-east-1:222222222222:task-definition/scoring-api-prod-aws-*:*",
          ]
          equals = { "ecs:CreateAction" = ["RegisterTaskDefinition"] }
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::222222222222:role/scoring-api-prod-aws-*-task",
            "arn:aws:iam::222222222222:role/scoring-api-prod-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid       = "Tasks"
          actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
          resources = ["arn:aws:ecs:us-east-1:222222222222:task/scoring-api-prod-aws/*"]
        },
      ]
    }
  }
  boundary = {
    name = "scoring-api-prod-aws-boundary"
    statements = [
      {
        sid     = "Lease"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/lease.json",
        ]
      },
      {
        sid       = "Platform"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/platform"]
      },
      {
        sid       = "Record"
        actions   = ["ssm:GetParameter"]
        resources = ["arn:aws:ssm:us-east-1:222222222222:parameter/scoring-api/prod/aws/record"]
      },
      {
        sid     = "State"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/platform",
        ]
      },
      {
        sid       = "StateBucket"
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1"]
      },
      {
        sid     = "StateLock"
        actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::scoring-api-tfstate-222222222222-us-east-1/scoring-api/aws/prod/platform.tflock",
        ]
      },
    ]
  }
}

output "repository_urls" {
  description = "Where each image lives, without a tag."
  value       = module.registry.repository_urls
}

output "role_arns" {
  description = "The roles' ARNs by the kind of job that takes them."
  value       = module.identity.role_arns
}

output "boundary_arn" {
  description = "The boundary of every role that Terraform makes here."
  value       = module.identity.boundary_arn
}
