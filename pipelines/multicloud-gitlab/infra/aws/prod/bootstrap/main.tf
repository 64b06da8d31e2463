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
  region              = "ap-south-1"
  allowed_account_ids = ["333333333333"]

  default_tags {
    tags = {
      project     = "storefront"
      environment = "prod"
      managed-by  = "pipewright"
    }
  }
}

# Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.
module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    plan = {
      name        = "storefront-prod-aws-plan"
      description = "Reads what Terraform would change of storefront in prod on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::333333333333:oidc-provider/gitlab.com"
          equals       = { "gitlab.com:aud" = ["https://gitlab.com/pipewright/plan"] }
          like = {
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:*"]
          }
        },
      ]
      statements = [
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/platform"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1"]
        },
      ]
    }
    infra = {
      name        = "storefront-prod-aws-infra"
      description = "Applies and destroys the platform of storefront in prod on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::333333333333:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/gated"]
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:main"]
          }
        },
      ]
      statements = [
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/record"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1"]
        },
        {
          sid     = "StateLock"
          actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/platform.tflock",
          ]
        },
      ]
    }
    deploy = {
      name        = "storefront-prod-aws-deploy"
      description = "Deploys and rolls back services of storefront in prod on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::333333333333:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/gated"]
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:main"]
          }
        },
      ]
      statements = [
        {
          sid = "Any"
          actions = [
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
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:333333333333:cluster/storefront-prod-aws"]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/record"]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
          resources = ["arn:aws:ecs:ap-south-1:333333333333:service/storefront-prod-aws/*"]
        },
        {
          sid     = "TaskDefinitionsIfCluster"
          actions = ["ecs:RunTask"]
          resources = [
            "arn:aws:ecs:ap-south-1:333333333333:task-definition/storefront-prod-aws-*:*",
          ]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:333333333333:cluster/storefront-prod-aws"]
          }
        },
        {
          sid     = "TaskDefinitionsIfCreateAction"
          actions = ["ecs:TagResource"]
          resources = [
            "arn:aws:ecs:ap-south-1:333333333333:task-definition/storefront-prod-aws-*:*",
          ]
          equals = { "ecs:CreateAction" = ["RegisterTaskDefinition"] }
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::333333333333:role/storefront-prod-aws-*-task",
            "arn:aws:iam::333333333333:role/storefront-prod-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid       = "Tasks"
          actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
          resources = ["arn:aws:ecs:ap-south-1:333333333333:task/storefront-prod-aws/*"]
        },
      ]
    }
  }
  boundary = {
    name = "storefront-prod-aws-boundary"
    statements = [
      {
        sid     = "Lease"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/lease.json",
        ]
      },
      {
        sid       = "Platform"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/platform"]
      },
      {
        sid       = "Record"
        actions   = ["ssm:GetParameter"]
        resources = ["arn:aws:ssm:ap-south-1:333333333333:parameter/storefront/prod/aws/record"]
      },
      {
        sid     = "State"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/platform",
        ]
      },
      {
        sid       = "StateBucket"
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1"]
      },
      {
        sid     = "StateLock"
        actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-333333333333-ap-south-1/storefront/aws/prod/platform.tflock",
        ]
      },
    ]
  }
}

output "role_arns" {
  description = "The roles' ARNs by the kind of job that takes them."
  value       = module.identity.role_arns
}

output "boundary_arn" {
  description = "The boundary of every role that Terraform makes here."
  value       = module.identity.boundary_arn
}
