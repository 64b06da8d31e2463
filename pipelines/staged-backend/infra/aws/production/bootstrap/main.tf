# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What production on aws needs before its first pipeline: repositories and identities. A person applies it, once and after each change; no job may.

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
  allowed_account_ids = ["555555555555"]

  default_tags {
    tags = {
      project     = "prop"
      environment = "production"
      managed-by  = "pipewright"
    }
  }
}

# Where the images live.
module "registry" {
  source = "../../../modules/aws/registry"

  repositories = ["prop/production/aws/backend"]
}

# Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.
module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    plan = {
      name        = "prop-production-aws-plan"
      description = "Reads what Terraform would change of prop in production on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::555555555555:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/prop-backend/.github/workflows/delivery.yml@refs/heads/main",
              "acme/prop-backend/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/prop-backend:ref:refs/heads/main",
            ]
          }
        },
        {
          provider_arn = "arn:aws:iam::555555555555:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/prop-backend:pull_request"]
          }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/prop-backend/.github/workflows/infrastructure.yml@refs/pull/*/merge",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/pull/*/merge"]
          }
        },
      ]
      statements = [
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/platform"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1/prop/aws/production/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1"]
        },
        {
          sid       = "StateTable"
          actions   = ["dynamodb:GetItem"]
          resources = ["arn:aws:dynamodb:ap-south-1:555555555555:table/prop-terraform-state"]
        },
      ]
    }
    infra = {
      name        = "prop-production-aws-infra"
      description = "Applies and destroys the platform of prop in production on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::555555555555:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud"         = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:environment" = ["production"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/prop-backend/.github/workflows/delivery.yml@refs/heads/main",
              "acme/prop-backend/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/prop-backend:environment:production",
            ]
          }
        },
      ]
      statements = [
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1/prop/aws/production/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/record"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1/prop/aws/production/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1"]
        },
        {
          sid       = "StateTable"
          actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
          resources = ["arn:aws:dynamodb:ap-south-1:555555555555:table/prop-terraform-state"]
        },
      ]
    }
    deploy = {
      name        = "prop-production-aws-deploy"
      description = "Deploys and rolls back services of prop in production on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::555555555555:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud"         = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:environment" = ["production"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/prop-backend/.github/workflows/delivery.yml@refs/heads/main",
              "acme/prop-backend/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/prop-backend:environment:production",
            ]
          }
        },
      ]
      statements = [
        {
          sid = "Any"
          actions = [
            "ecr:GetAuthorizationToken",
            "ecs:DescribeTaskDefinition",
            "ecs:RegisterTaskDefinition",
            "elasticloadbalancing:DescribeLoadBalancers",
          ]
          resources = ["*"]
        },
        {
          sid       = "AnyIfCluster"
          actions   = ["ecs:ListTasks"]
          resources = ["*"]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:555555555555:cluster/prop-production-aws"]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1/prop/aws/production/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/record"]
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
          resources = ["arn:aws:ecr:ap-south-1:555555555555:repository/prop/production/aws/*"]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
          resources = ["arn:aws:ecs:ap-south-1:555555555555:service/prop-production-aws/*"]
        },
        {
          sid = "SourceRepositories"
          actions = [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
          ]
          resources = ["arn:aws:ecr:ap-south-1:444444444444:repository/prop/staging/aws/*"]
        },
        {
          sid     = "TaskDefinitionsIfCluster"
          actions = ["ecs:RunTask"]
          resources = [
            "arn:aws:ecs:ap-south-1:555555555555:task-definition/prop-production-aws-*:*",
          ]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:555555555555:cluster/prop-production-aws"]
          }
        },
        {
          sid     = "TaskDefinitionsIfCreateAction"
          actions = ["ecs:TagResource"]
          resources = [
            "arn:aws:ecs:ap-south-1:555555555555:task-definition/prop-production-aws-*:*",
          ]
          equals = { "ecs:CreateAction" = ["RegisterTaskDefinition"] }
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::555555555555:role/prop-production-aws-*-task",
            "arn:aws:iam::555555555555:role/prop-production-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid       = "Tasks"
          actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
          resources = ["arn:aws:ecs:ap-south-1:555555555555:task/prop-production-aws/*"]
        },
      ]
    }
  }
  boundary = {
    name = "prop-production-aws-boundary"
    statements = [
      {
        sid     = "Lease"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1/prop/aws/production/lease.json",
        ]
      },
      {
        sid       = "Platform"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/platform"]
      },
      {
        sid       = "Record"
        actions   = ["ssm:GetParameter"]
        resources = ["arn:aws:ssm:ap-south-1:555555555555:parameter/prop/production/aws/record"]
      },
      {
        sid     = "State"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1/prop/aws/production/platform",
        ]
      },
      {
        sid       = "StateBucket"
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::prop-terraform-state-555555555555-ap-south-1"]
      },
      {
        sid       = "StateTable"
        actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
        resources = ["arn:aws:dynamodb:ap-south-1:555555555555:table/prop-terraform-state"]
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
