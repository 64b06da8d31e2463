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
  region              = "eu-west-1"
  allowed_account_ids = ["999999999999"]

  default_tags {
    tags = {
      project     = "simple-time"
      environment = "prod"
      managed-by  = "pipewright"
    }
  }
}

# Where the images live.
module "registry" {
  source = "../../../modules/aws/registry"

  repositories = ["simple-time/prod/aws/app"]
}

# Who may do what: each role lets in exactly the jobs that take it, for exactly what they call.
module "identity" {
  source = "../../../modules/aws/identity"

  roles = {
    plan = {
      name        = "simple-time-prod-aws-plan"
      description = "Reads what Terraform would change of simple-time in prod on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/simple-time-service/.github/workflows/delivery.yml@refs/heads/main",
              "acme/simple-time-service/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/simple-time-service:ref:refs/heads/main",
            ]
          }
        },
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/simple-time-service:pull_request",
            ]
          }
          like = {
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/simple-time-service/.github/workflows/infrastructure.yml@refs/pull/*/merge",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/pull/*/merge"]
          }
        },
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/gitlab.com"
          equals       = { "gitlab.com:aud" = ["https://gitlab.com/pipewright/plan"] }
          like = {
            "gitlab.com:sub" = ["project_path:acme/simple-time-service:ref_type:branch:ref:*"]
          }
        },
      ]
      statements = [
        {
          sid = "Any"
          actions = [
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies",
            "ec2:DescribeAddresses",
            "ec2:DescribeAddressesAttribute",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeFlowLogs",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNatGateways",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribePrefixLists",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcAttribute",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcs",
            "ecs:DescribeTaskDefinition",
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "logs:DescribeLogGroups",
          ]
          resources = ["*"]
        },
        {
          sid       = "Cluster"
          actions   = ["ecs:DescribeClusters"]
          resources = ["arn:aws:ecs:eu-west-1:999999999999:cluster/simple-time-prod-aws"]
        },
        {
          sid = "FlowLogRole"
          actions = [
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
          ]
          resources = ["arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs"]
        },
        {
          sid       = "LogGroups"
          actions   = ["logs:ListTagsForResource"]
          resources = ["arn:aws:logs:eu-west-1:999999999999:log-group:/simple-time/prod/aws/*"]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/platform"]
        },
        {
          sid       = "ScalableTargets"
          actions   = ["application-autoscaling:ListTagsForResource"]
          resources = ["arn:aws:application-autoscaling:eu-west-1:999999999999:scalable-target/*"]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices"]
          resources = ["arn:aws:ecs:eu-west-1:999999999999:service/simple-time-prod-aws/*"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject"]
          resources = [
            "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1"]
        },
        {
          sid = "TaskRoles"
          actions = [
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
          ]
          resources = [
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          ]
        },
      ]
    }
    infra = {
      name        = "simple-time-prod-aws-infra"
      description = "Applies and destroys the platform of simple-time in prod on aws"
      trust = [
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud"         = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:environment" = ["prod"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/simple-time-service/.github/workflows/delivery.yml@refs/heads/main",
              "acme/simple-time-service/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/simple-time-service:environment:prod",
            ]
          }
        },
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/gated"]
            "gitlab.com:sub" = ["project_path:acme/simple-time-service:ref_type:branch:ref:main"]
          }
        },
      ]
      statements = [
        {
          sid = "Any"
          actions = [
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies",
            "ec2:AllocateAddress",
            "ec2:AssociateRouteTable",
            "ec2:AttachInternetGateway",
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateFlowLogs",
            "ec2:CreateInternetGateway",
            "ec2:CreateNatGateway",
            "ec2:CreateRoute",
            "ec2:CreateRouteTable",
            "ec2:CreateSecurityGroup",
            "ec2:CreateSubnet",
            "ec2:CreateTags",
            "ec2:CreateVpc",
            "ec2:CreateVpcEndpoint",
            "ec2:DeleteFlowLogs",
            "ec2:DeleteInternetGateway",
            "ec2:DeleteNatGateway",
            "ec2:DeleteRoute",
            "ec2:DeleteRouteTable",
            "ec2:DeleteSecurityGroup",
            "ec2:DeleteSubnet",
            "ec2:DeleteTags",
            "ec2:DeleteVpc",
            "ec2:DeleteVpcEndpoints",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeAddressesAttribute",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeFlowLogs",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNatGateways",
            "ec2:DescribeNetworkAcls",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribePrefixLists",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroupRules",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcAttribute",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcs",
            "ec2:DetachInternetGateway",
            "ec2:DisassociateAddress",
            "ec2:DisassociateRouteTable",
            "ec2:GetSecurityGroupsForVpc",
            "ec2:ModifySecurityGroupRules",
            "ec2:ModifySubnetAttribute",
            "ec2:ModifyVpcAttribute",
            "ec2:ModifyVpcEndpoint",
            "ec2:ReleaseAddress",
            "ec2:ReplaceRoute",
            "ec2:ReplaceRouteTableAssociation",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
            "ecs:CreateCluster",
            "ecs:DescribeTaskDefinition",
            "ecs:RegisterTaskDefinition",
            "elasticloadbalancing:DescribeCapacityReservation",
            "elasticloadbalancing:DescribeListenerAttributes",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
            "elasticloadbalancing:DescribeTargetGroups",
            "logs:DescribeLogGroups",
            "route53:AssociateVPCWithHostedZone",
          ]
          resources = ["*"]
        },
        {
          sid = "Cluster"
          actions = [
            "ecs:DeleteCluster",
            "ecs:DescribeClusters",
            "ecs:PutClusterCapacityProviders",
            "ecs:TagResource",
            "ecs:UntagResource",
            "ecs:UpdateCluster",
            "ecs:UpdateClusterSettings",
          ]
          resources = ["arn:aws:ecs:eu-west-1:999999999999:cluster/simple-time-prod-aws"]
        },
        {
          sid = "FlowLogRole"
          actions = [
            "iam:DeleteRole",
            "iam:DeleteRolePolicy",
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListInstanceProfilesForRole",
            "iam:ListRolePolicies",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
          ]
          resources = ["arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs"]
        },
        {
          sid       = "FlowLogRoleIfPassedToService"
          actions   = ["iam:PassRole"]
          resources = ["arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs"]
          equals    = { "iam:PassedToService" = ["vpc-flow-logs.amazonaws.com"] }
        },
        {
          sid       = "FlowLogRoleIfPermissionsBoundary"
          actions   = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
          resources = ["arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs"]
          equals = {
            "iam:PermissionsBoundary" = [
              "arn:aws:iam::999999999999:policy/simple-time-prod-aws-boundary",
            ]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/lease.json",
          ]
        },
        {
          sid = "ListenerRules"
          actions = [
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:DeleteRule",
            "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetRulePriorities",
          ]
          resources = [
            "arn:aws:elasticloadbalancing:eu-west-1:999999999999:listener-rule/app/simple-time-prod-aws/*",
          ]
        },
        {
          sid = "Listeners"
          actions = [
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyListenerAttributes",
            "elasticloadbalancing:RemoveTags",
          ]
          resources = [
            "arn:aws:elasticloadbalancing:eu-west-1:999999999999:listener/app/simple-time-prod-aws/*",
          ]
        },
        {
          sid = "LoadBalancers"
          actions = [
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:DeleteLoadBalancer",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:RemoveTags",
            "elasticloadbalancing:SetIpAddressType",
            "elasticloadbalancing:SetSecurityGroups",
            "elasticloadbalancing:SetSubnets",
          ]
          resources = [
            "arn:aws:elasticloadbalancing:eu-west-1:999999999999:loadbalancer/app/simple-time-prod-aws/*",
          ]
        },
        {
          sid = "LogGroups"
          actions = [
            "logs:CreateLogGroup",
            "logs:DeleteLogGroup",
            "logs:DeleteRetentionPolicy",
            "logs:ListTagsForResource",
            "logs:PutRetentionPolicy",
            "logs:TagResource",
            "logs:UntagResource",
          ]
          resources = ["arn:aws:logs:eu-west-1:999999999999:log-group:/simple-time/prod/aws/*"]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter"]
          resources = ["arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/record"]
        },
        {
          sid = "ScalableTargets"
          actions = [
            "application-autoscaling:DeleteScalingPolicy",
            "application-autoscaling:DeregisterScalableTarget",
            "application-autoscaling:ListTagsForResource",
            "application-autoscaling:PutScalingPolicy",
            "application-autoscaling:RegisterScalableTarget",
            "application-autoscaling:TagResource",
            "application-autoscaling:UntagResource",
          ]
          resources = ["arn:aws:application-autoscaling:eu-west-1:999999999999:scalable-target/*"]
        },
        {
          sid = "ScalingAlarms"
          actions = [
            "cloudwatch:DeleteAlarms",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:PutMetricAlarm",
          ]
          resources = [
            "arn:aws:cloudwatch:eu-west-1:999999999999:alarm:TargetTracking-service/simple-time-prod-aws/*",
          ]
        },
        {
          sid       = "ServiceLinkedRolesIfAWSServiceName"
          actions   = ["iam:CreateServiceLinkedRole"]
          resources = ["arn:aws:iam::999999999999:role/aws-service-role/*"]
          equals    = { "iam:AWSServiceName" = ["ecs.amazonaws.com"] }
        },
        {
          sid       = "ServiceLinkedRolesIfAWSServiceName2"
          actions   = ["iam:CreateServiceLinkedRole"]
          resources = ["arn:aws:iam::999999999999:role/aws-service-role/*"]
          equals    = { "iam:AWSServiceName" = ["ecs.application-autoscaling.amazonaws.com"] }
        },
        {
          sid       = "ServiceLinkedRolesIfAWSServiceName3"
          actions   = ["iam:CreateServiceLinkedRole"]
          resources = ["arn:aws:iam::999999999999:role/aws-service-role/*"]
          equals    = { "iam:AWSServiceName" = ["elasticloadbalancing.amazonaws.com"] }
        },
        {
          sid = "Services"
          actions = [
            "ecs:CreateService",
            "ecs:DeleteService",
            "ecs:DescribeServices",
            "ecs:TagResource",
            "ecs:UntagResource",
            "ecs:UpdateService",
          ]
          resources = ["arn:aws:ecs:eu-west-1:999999999999:service/simple-time-prod-aws/*"]
        },
        {
          sid     = "State"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/platform",
          ]
        },
        {
          sid       = "StateBucket"
          actions   = ["s3:ListBucket"]
          resources = ["arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1"]
        },
        {
          sid     = "StateLock"
          actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/platform.tflock",
          ]
        },
        {
          sid = "TargetGroups"
          actions = [
            "elasticloadbalancing:AddTags",
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:DeleteTargetGroup",
            "elasticloadbalancing:ModifyTargetGroup",
            "elasticloadbalancing:ModifyTargetGroupAttributes",
            "elasticloadbalancing:RemoveTags",
          ]
          resources = ["arn:aws:elasticloadbalancing:eu-west-1:999999999999:targetgroup/1998e-*/*"]
        },
        {
          sid     = "TaskDefinitions"
          actions = ["ecs:TagResource", "ecs:UntagResource"]
          resources = [
            "arn:aws:ecs:eu-west-1:999999999999:task-definition/simple-time-prod-aws-*:*",
          ]
        },
        {
          sid = "TaskRoles"
          actions = [
            "iam:DeleteRole",
            "iam:DeleteRolePolicy",
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListInstanceProfilesForRole",
            "iam:ListRolePolicies",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
          ]
          resources = [
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          ]
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid     = "TaskRolesIfPermissionsBoundary"
          actions = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
          resources = [
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          ]
          equals = {
            "iam:PermissionsBoundary" = [
              "arn:aws:iam::999999999999:policy/simple-time-prod-aws-boundary",
            ]
          }
        },
      ]
    }
    deploy = {
      name        = "simple-time-prod-aws-deploy"
      description = "Deploys and rolls back services of simple-time in prod on aws"
      bounded     = false
      trust = [
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud"         = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:environment" = ["prod"]
            "token.actions.githubusercontent.com:job_workflow_ref" = [
              "acme/simple-time-service/.github/workflows/delivery.yml@refs/heads/main",
              "acme/simple-time-service/.github/workflows/operations.yml@refs/heads/main",
            ]
            "token.actions.githubusercontent.com:ref" = ["refs/heads/main"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:acme/simple-time-service:environment:prod",
            ]
          }
        },
        {
          provider_arn = "arn:aws:iam::999999999999:oidc-provider/gitlab.com"
          equals = {
            "gitlab.com:aud" = ["https://gitlab.com/pipewright/gated"]
            "gitlab.com:sub" = ["project_path:acme/simple-time-service:ref_type:branch:ref:main"]
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
            "ecs:cluster" = ["arn:aws:ecs:eu-west-1:999999999999:cluster/simple-time-prod-aws"]
          }
        },
        {
          sid     = "Lease"
          actions = ["s3:GetObject", "s3:PutObject"]
          resources = [
            "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/lease.json",
          ]
        },
        {
          sid       = "Platform"
          actions   = ["ssm:GetParameter", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/platform"]
        },
        {
          sid       = "Record"
          actions   = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"]
          resources = ["arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/record"]
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
          resources = ["arn:aws:ecr:eu-west-1:999999999999:repository/simple-time/prod/aws/*"]
        },
        {
          sid       = "Services"
          actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
          resources = ["arn:aws:ecs:eu-west-1:999999999999:service/simple-time-prod-aws/*"]
        },
        {
          sid = "SourceRepositories"
          actions = [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
          ]
          resources = ["arn:aws:ecr:eu-west-1:888888888888:repository/simple-time/dev/aws/*"]
        },
        {
          sid     = "TaskDefinitionsIfCluster"
          actions = ["ecs:RunTask"]
          resources = [
            "arn:aws:ecs:eu-west-1:999999999999:task-definition/simple-time-prod-aws-*:*",
          ]
          equals = {
            "ecs:cluster" = ["arn:aws:ecs:eu-west-1:999999999999:cluster/simple-time-prod-aws"]
          }
        },
        {
          sid     = "TaskDefinitionsIfCreateAction"
          actions = ["ecs:TagResource"]
          resources = [
            "arn:aws:ecs:eu-west-1:999999999999:task-definition/simple-time-prod-aws-*:*",
          ]
          equals = { "ecs:CreateAction" = ["RegisterTaskDefinition"] }
        },
        {
          sid     = "TaskRolesIfPassedToService"
          actions = ["iam:PassRole"]
          resources = [
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
            "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          ]
          equals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid       = "Tasks"
          actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
          resources = ["arn:aws:ecs:eu-west-1:999999999999:task/simple-time-prod-aws/*"]
        },
      ]
    }
  }
  boundary = {
    name = "simple-time-prod-aws-boundary"
    statements = [
      {
        sid = "Any"
        actions = [
          "application-autoscaling:Describe*",
          "ec2:AllocateAddress",
          "ec2:AssociateRouteTable",
          "ec2:AttachInternetGateway",
          "ec2:AuthorizeSecurityGroupEgress",
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:CreateFlowLogs",
          "ec2:CreateInternetGateway",
          "ec2:CreateNatGateway",
          "ec2:CreateRoute",
          "ec2:CreateRouteTable",
          "ec2:CreateSecurityGroup",
          "ec2:CreateSubnet",
          "ec2:CreateTags",
          "ec2:CreateVpc",
          "ec2:CreateVpcEndpoint",
          "ec2:DeleteFlowLogs",
          "ec2:DeleteInternetGateway",
          "ec2:DeleteNatGateway",
          "ec2:DeleteRoute",
          "ec2:DeleteRouteTable",
          "ec2:DeleteSecurityGroup",
          "ec2:DeleteSubnet",
          "ec2:DeleteTags",
          "ec2:DeleteVpc",
          "ec2:DeleteVpcEndpoints",
          "ec2:Describe*",
          "ec2:DetachInternetGateway",
          "ec2:DisassociateAddress",
          "ec2:DisassociateRouteTable",
          "ec2:GetSecurityGroupsForVpc",
          "ec2:ModifySecurityGroupRules",
          "ec2:ModifySubnetAttribute",
          "ec2:ModifyVpcAttribute",
          "ec2:ModifyVpcEndpoint",
          "ec2:ReleaseAddress",
          "ec2:ReplaceRoute",
          "ec2:ReplaceRouteTableAssociation",
          "ec2:RevokeSecurityGroupEgress",
          "ec2:RevokeSecurityGroupIngress",
          "ecr:GetAuthorizationToken",
          "ecs:CreateCluster",
          "ecs:DescribeTaskDefinition",
          "ecs:RegisterTaskDefinition",
          "elasticloadbalancing:Describe*",
          "logs:DescribeLogGroups",
          "route53:AssociateVPCWithHostedZone",
        ]
        resources = ["*"]
      },
      {
        sid       = "IfAWSServiceName"
        actions   = ["iam:CreateServiceLinkedRole"]
        resources = ["arn:aws:iam::999999999999:role/aws-service-role/*"]
        equals = {
          "iam:AWSServiceName" = [
            "ecs.amazonaws.com",
            "ecs.application-autoscaling.amazonaws.com",
            "elasticloadbalancing.amazonaws.com",
          ]
        }
      },
      {
        sid     = "IfPassedToService"
        actions = ["iam:PassRole"]
        resources = [
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs",
        ]
        equals = {
          "iam:PassedToService" = ["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com"]
        }
      },
      {
        sid     = "IfPermissionsBoundary"
        actions = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
        resources = [
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs",
        ]
        equals = {
          "iam:PermissionsBoundary" = [
            "arn:aws:iam::999999999999:policy/simple-time-prod-aws-boundary",
          ]
        }
      },
      {
        sid = "Named"
        actions = [
          "application-autoscaling:*",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:DescribeAlarms",
          "cloudwatch:PutMetricAlarm",
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
          "ecs:*",
          "elasticloadbalancing:*",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListRolePolicies",
          "iam:TagRole",
          "iam:UntagRole",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
          "logs:*",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListBucket",
          "s3:PutObject",
          "ssm:GetParameter",
          "ssm:PutParameter",
        ]
        resources = [
          "arn:aws:application-autoscaling:eu-west-1:999999999999:scalable-target/*",
          "arn:aws:cloudwatch:eu-west-1:999999999999:alarm:TargetTracking-service/simple-time-prod-aws/*",
          "arn:aws:ecr:eu-west-1:999999999999:repository/simple-time/prod/aws/*",
          "arn:aws:ecs:eu-west-1:999999999999:cluster/simple-time-prod-aws",
          "arn:aws:ecs:eu-west-1:999999999999:service/simple-time-prod-aws/*",
          "arn:aws:ecs:eu-west-1:999999999999:task-definition/simple-time-prod-aws-*:*",
          "arn:aws:elasticloadbalancing:eu-west-1:999999999999:listener-rule/app/simple-time-prod-aws/*",
          "arn:aws:elasticloadbalancing:eu-west-1:999999999999:listener/app/simple-time-prod-aws/*",
          "arn:aws:elasticloadbalancing:eu-west-1:999999999999:loadbalancer/app/simple-time-prod-aws/*",
          "arn:aws:elasticloadbalancing:eu-west-1:999999999999:targetgroup/1998e-*/*",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-exec",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-*-task",
          "arn:aws:iam::999999999999:role/simple-time-prod-aws-flow-logs",
          "arn:aws:logs:eu-west-1:999999999999:log-group:/simple-time/prod/aws/*",
          "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1",
          "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/lease.json",
          "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/platform",
          "arn:aws:s3:::simple-time-tfstate-999999999999-eu-west-1/simple-time/aws/prod/platform.tflock",
          "arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/platform",
          "arn:aws:ssm:eu-west-1:999999999999:parameter/simple-time/prod/aws/record",
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
