# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What staging on aws needs before its first pipeline: repositories and identities. A person applies it, once and after each change; no job may.

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
  allowed_account_ids = ["222222222222"]

  default_tags {
    tags = {
      project     = "storefront"
      environment = "staging"
      managed-by  = "pipewright"
    }
  }
}

# Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.
module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    plan = {
      name        = "storefront-staging-aws-plan"
      description = "Reads what Terraform would change of storefront in staging on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/gitlab.com"
          equals       = { "gitlab.com:aud" = ["https://gitlab.com/pipewright/plan"] }
          like = {
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:*"]
          }
        },
      ]
      statements = [
        {
          sid     = "Platform"
          actions = ["ssm:GetParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/platform",
          ]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1"]
        },
      ]
    }
    infra = {
      name        = "storefront-staging-aws-infra"
      description = "Applies and destroys the platform of storefront in staging on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/open"]
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:main"]
          }
        },
      ]
      statements = [
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/lease.json",
          ]
        },
        {
          sid     = "Platform"
          actions = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/platform",
          ]
        },
        {
          sid     = "Record"
          actions = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/record",
          ]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1"]
        },
        {
          sid     = "StateLock"
          actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/platform.tflock",
          ]
        },
      ]
    }
    deploy = {
      name        = "storefront-staging-aws-deploy"
      description = "Deploys and rolls back services of storefront in staging on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::222222222222:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/open"]
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
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:222222222222:cluster/storefront-staging-aws"]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/lease.json",
          ]
        },
        {
          sid     = "Platform"
          actions = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/platform",
          ]
        },
        {
          sid     = "Record"
          actions = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/record",
          ]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
          resources = ["arn:aws:ecs:ap-south-1:222222222222:service/storefront-staging-aws/*"]
        },
        {
          sid     = "TaskDefinitionsIfCluster"
          actions = ["ecs:RunTask"]
          resources = [
            "arn:aws:ecs:ap-south-1:222222222222:task-definition/storefront-staging-aws-*:*",
          ]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:222222222222:cluster/storefront-staging-aws"]
          }
        },
        {
          sid     = "TaskDefinitionsIfCreateAction"
          actions = ["ecs:TagResource"]
          resources = [
            "arn:aws:ecs:ap-south-1:222222222222:task-definition/storefront-staging-aws-*:*",
          ]
          equals = { "ecs:CreateAction" = ["RegisterTaskDefinition"] }
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::222222222222:role/storefront-staging-aws-*-task",
            "arn:aws:iam::222222222222:role/storefront-staging-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid       = "Tasks"
          actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
          resources = ["arn:aws:ecs:ap-south-1:222222222222:task/storefront-staging-aws/*"]
        },
      ]
    }
  }
  boundary = {
    name = "storefront-staging-aws-boundary"
    statements = [
      {
        sid     = "Lease"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/lease.json",
        ]
      },
      {
        sid     = "Platform"
        actions = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = [
          "arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/platform",
        ]
      },
      {
        sid       = "Record"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:222222222222:parameter/storefront/staging/aws/record"]
      },
      {
        sid     = "State"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/platform",
        ]
      },
      {
        sid       = "StateBucket"
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1"]
      },
      {
        sid     = "StateLock"
        actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-222222222222-ap-south-1/storefront/aws/staging/platform.tflock",
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
