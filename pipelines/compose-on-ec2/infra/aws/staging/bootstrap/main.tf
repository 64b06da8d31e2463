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
  allowed_account_ids = ["666666666666"]

  default_tags {
    tags = {
      project     = "taskboard"
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
      name        = "taskboard-staging-aws-plan"
      description = "Reads what Terraform would change of taskboard in staging on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::666666666666:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/taskboard/.github/workflows/delivery.yml@refs/heads/main",
              "acme/taskboard/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/taskboard:ref:refs/heads/main"]
          }
        },
        {
          provider_arn = "arn:aws:iam::666666666666:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/taskboard:pull_request"]
          }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/taskboard/.github/workflows/infrastructure.yml@refs/pull/*/merge",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/pull/*/merge"]
          }
        },
        {
          provider_arn = "arn:aws:iam::666666666666:oidc-provider/gitlab.com"
          equals       = { "gitlab.com:aud" = ["https://gitlab.com/pipewright/plan"] }
          like         = { "gitlab.com:sub" = ["project_path:acme/taskboard:ref_type:branch:ref:*"] }
        },
      ]
      statements = [
        {
          sid     = "Platform"
          actions = ["ssm:GetParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/platform",
          ]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1"]
        },
      ]
    }
    infra = {
      name        = "taskboard-staging-aws-infra"
      description = "Applies and destroys the platform of taskboard in staging on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::666666666666:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/taskboard/.github/workflows/delivery.yml@refs/heads/main",
              "acme/taskboard/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/taskboard:ref:refs/heads/main"]
          }
        },
      ]
      statements = [
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/lease.json",
          ]
        },
        {
          sid     = "Platform"
          actions = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/platform",
          ]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/record"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1"]
        },
        {
          sid     = "StateLock"
          actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/platform.tflock",
          ]
        },
      ]
    }
    deploy = {
      name        = "taskboard-staging-aws-deploy"
      description = "Deploys and rolls back services of taskboard in staging on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::666666666666:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/taskboard/.github/workflows/delivery.yml@refs/heads/main",
              "acme/taskboard/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/taskboard:ref:refs/heads/main"]
          }
        },
      ]
      statements = [
        {
          sid = "Any"
          actions = [
            "autoscaling:DescribeAutoScalingGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "ssm:GetCommandInvocation",
          ]
          resources = ["*"]
        },
        {
          sid       = "CommandDocument"
          actions   = ["ssm:SendCommand"]
          resources = ["arn:aws:ssm:ap-south-1::document/AWS-RunShellScript"]
        },
        {
          sid       = "InstancesIfResourceTagAwsAutoscalingGroupName"
          actions   = ["ssm:SendCommand"]
          resources = ["arn:aws:ec2:ap-south-1:666666666666:instance/*"]
          equals    = { "ssm:resourceTag/aws:autoscaling:groupName" = ["taskboard-staging-aws"] }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/lease.json",
          ]
        },
        {
          sid     = "Platform"
          actions = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = [
            "arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/platform",
          ]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/record"]
        },
      ]
    }
  }
  boundary = {
    name = "taskboard-staging-aws-boundary"
    statements = [
      {
        sid     = "Lease"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/lease.json",
        ]
      },
      {
        sid       = "Platform"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/platform"]
      },
      {
        sid       = "Record"
        actions   = ["ssm:GetParameter", "ssm:PutParameter"]
        resources = ["arn:aws:ssm:ap-south-1:666666666666:parameter/taskboard/staging/aws/record"]
      },
      {
        sid     = "State"
        actions = ["s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/platform",
        ]
      },
      {
        sid       = "StateBucket"
        actions   = ["s3:ListBucket"]
        resources = ["arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1"]
      },
      {
        sid     = "StateLock"
        actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = [
          "arn:aws:s3:::taskboard-tfstate-666666666666-ap-south-1/taskboard/aws/staging/platform.tflock",
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
