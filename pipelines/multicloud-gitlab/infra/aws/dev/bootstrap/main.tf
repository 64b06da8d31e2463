# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What dev on aws needs before its first pipeline: repositories and identities. A person applies it, once and after each change; no job may.

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
  allowed_account_ids = ["111111111111"]

  default_tags {
    tags = {
      project     = "storefront"
      environment = "dev"
      managed-by  = "pipewright"
    }
  }
}

# Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.
module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    plan = {
      name        = "storefront-dev-aws-plan"
      description = "Reads what Terraform would change of storefront in dev on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::111111111111:oidc-provider/gitlab.com"
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
          resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/platform"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1"]
        },
      ]
    }
    infra = {
      name        = "storefront-dev-aws-infra"
      description = "Applies and destroys the platform of storefront in dev on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::111111111111:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/open"]
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:develop"]
          }
        },
      ]
      statements = [
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/record"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1"]
        },
        {
          sid     = "StateLock"
          actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/platform.tflock",
          ]
        },
      ]
    }
    deploy = {
      name        = "storefront-dev-aws-deploy"
      description = "Deploys and rolls back services of storefront in dev on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::111111111111:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/open"]
            "gitlab.com:sub" = ["project_path:acme/platform/storefront:ref_type:branch:ref:develop"]
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
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:111111111111:cluster/storefront-dev-aws"]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/record"]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
          resources = ["arn:aws:ecs:ap-south-1:111111111111:service/storefront-dev-aws/*"]
        },
        {
          sid       = "TaskDefinitionsIfCluster"
          actions   = ["ecs:RunTask"]
          resources = ["arn:aws:ecs:ap-south-1:111111111111:task-definition/storefront-dev-aws-*:*"]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:ap-south-1:111111111111:cluster/storefront-dev-aws"]
          }
        },
        {
          sid       = "TaskDefinitionsIfCreateAction"
          actions   = ["ecs:TagResource"]
          resources = ["arn:aws:ecs:ap-south-1:111111111111:task-definition/storefront-dev-aws-*:*"]
          equals    = { "ecs:CreateAction" = ["RegisterTaskDefinition"] }
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::111111111111:role/storefront-dev-aws-*-task",
            "arn:aws:iam::111111111111:role/storefront-dev-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid       = "Tasks"
          actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
          resources = ["arn:aws:ecs:ap-south-1:111111111111:task/storefront-dev-aws/*"]
        },
      ]
    }
  }
  boundary = {
    name = "storefront-dev-aws-boundary"
    statements = [
      {
        sid     = "Lease"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/lease.json",
        ]
      },
      {
        sid       = "Platform"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/platform"]
      },
      {
        sid       = "Record"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:111111111111:parameter/storefront/dev/aws/record"]
      },
      {
        sid     = "State"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/platform",
        ]
      },
      {
        sid       = "StateBucket"
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1"]
      },
      {
        sid     = "StateLock"
        actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::storefront-tfstate-111111111111-ap-south-1/storefront/aws/dev/platform.tflock",
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
