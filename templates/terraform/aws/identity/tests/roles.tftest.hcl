mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/mock" }
  }

  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary" }
  }
}

variables {
  roles = {
    plan = {
      name        = "shop-dev-aws-plan"
      description = "Reads what Terraform compares with."
      trust = [
        {
          provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
          equals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:pull_request", "repo:acme@1/shop@2:pull_request"]
          }
        },
        {
          provider_arn = "arn:aws:iam::111111111111:oidc-provider/gitlab.com"
          equals       = { "gitlab.com:aud" = ["https://gitlab.com/pipewright/plan"] }
          like         = { "gitlab.com:sub" = ["project_path:acme/tools/shop:ref_type:tag:ref:v*"] }
          not_like     = { "gitlab.com:sub" = ["project_path:acme/tools/shop:ref_type:tag:ref:v*/*"] }
        },
      ]
      statements = [
        { sid = "Look", actions = ["ec2:DescribeVpcs"], resources = ["*"] },
        { sid = "Roles", actions = ["iam:GetRole", "iam:ListRolePolicies"], resources = ["arn:aws:iam::111111111111:role/shop-dev-aws-*"] },
      ]
    }
    infra = {
      name                = "shop-dev-aws-infra"
      description         = "Applies the platform."
      max_session_seconds = 7200
      trust = [{
        provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
        equals = {
          "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
          "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:ref:refs/heads/main"]
        }
      }]
      statements = [
        {
          sid       = "MakeRoles", actions = ["iam:CreateRole", "iam:PutRolePolicy"]
          resources = ["arn:aws:iam::111111111111:role/shop-dev-aws-web-task"]
          equals    = { "iam:PermissionsBoundary" = ["arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"] }
        },
        { sid = "RemoveRoles", actions = ["iam:DeleteRole"], resources = ["arn:aws:iam::111111111111:role/shop-dev-aws-web-task"] },
        {
          sid    = "ServiceRoles", actions = ["iam:CreateServiceLinkedRole"], resources = ["*"]
          equals = { "iam:AWSServiceName" = ["ecs.amazonaws.com"] }
        },
      ]
    }
    deploy = {
      name        = "shop-dev-aws-deploy"
      description = "Rolls out."
      bounded     = false
      trust = [{
        provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
        equals = {
          "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
          "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:ref:refs/heads/main"]
        }
      }]
      statements = [
        {
          sid       = "Pass", actions = ["iam:PassRole"]
          resources = ["arn:aws:iam::111111111111:role/shop-dev-aws-web-task"]
          equals    = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] }
        },
        {
          sid        = "NotElsewhere", effect = "Deny", actions = ["ecs:*"], resources = ["*"]
          like       = { "aws:PrincipalArn" = ["arn:aws:iam::111111111111:role/shop-*"] }
          not_equals = { "aws:RequestedRegion" = ["eu-west-1"] }
        },
      ]
    }
  }
  boundary = {
    name = "shop-dev-aws-boundary"
    statements = [
      { sid = "Network", actions = ["ec2:*"], resources = ["*"] },
      {
        sid       = "MakeRoles", actions = ["iam:CreateRole", "iam:PutRolePolicy"]
        resources = ["arn:aws:iam::111111111111:role/shop-dev-aws-web-task"]
        equals    = { "iam:PermissionsBoundary" = ["arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"] }
      },
    ]
  }
}

run "each_kind_of_job_has_its_role" {
  assert {
    condition = { for kind, one in aws_iam_role.this : kind => one.name } == {
      deploy = "shop-dev-aws-deploy"
      infra  = "shop-dev-aws-infra"
      plan   = "shop-dev-aws-plan"
    }
    error_message = "The roles have the given names."
  }

  assert {
    condition = { for kind, one in aws_iam_role.this : kind => one.max_session_duration } == {
      deploy = 3600
      infra  = 7200
      plan   = 3600
    }
    error_message = "A session lasts an hour, or as long as is given."
  }

  assert {
    condition     = output.role_arns == { for kind in ["deploy", "infra", "plan"] : kind => "arn:aws:iam::111111111111:role/mock" }
    error_message = "role_arns has each role."
  }
}

run "trust_is_what_was_given" {
  assert {
    condition = jsondecode(aws_iam_role.this["plan"].assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect    = "Allow"
          Principal = { Federated = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" }
          Action    = "sts:AssumeRoleWithWebIdentity"
          Condition = {
            StringEquals = {
              "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
              "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:pull_request", "repo:acme@1/shop@2:pull_request"]
            }
          }
        },
        {
          Effect    = "Allow"
          Principal = { Federated = "arn:aws:iam::111111111111:oidc-provider/gitlab.com" }
          Action    = "sts:AssumeRoleWithWebIdentity"
          Condition = {
            StringEquals  = { "gitlab.com:aud" = ["https://gitlab.com/pipewright/plan"] }
            StringLike    = { "gitlab.com:sub" = ["project_path:acme/tools/shop:ref_type:tag:ref:v*"] }
            StringNotLike = { "gitlab.com:sub" = ["project_path:acme/tools/shop:ref_type:tag:ref:v*/*"] }
          }
        },
      ]
    }
    error_message = "A statement for each way in, with exactly its conditions."
  }

  # IAM counts characters: no spaces.
  assert {
    condition     = alltrue([for one in aws_iam_role.this : !strcontains(one.assume_role_policy, " ")])
    error_message = "Trust is written compactly."
  }
}

run "permissions_are_what_was_given" {
  assert {
    condition = alltrue([
      for kind, one in aws_iam_role_policy.this : one.role == aws_iam_role.this[kind].name && one.name == kind
    ]) && keys(aws_iam_role_policy.this) == ["deploy", "infra", "plan"]
    error_message = "Each role has its own permissions."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this["deploy"].policy) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid       = "Pass"
          Effect    = "Allow"
          Action    = ["iam:PassRole"]
          Resource  = ["arn:aws:iam::111111111111:role/shop-dev-aws-web-task"]
          Condition = { StringEquals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] } }
        },
        {
          Sid      = "NotElsewhere"
          Effect   = "Deny"
          Action   = ["ecs:*"]
          Resource = ["*"]
          Condition = {
            StringLike      = { "aws:PrincipalArn" = ["arn:aws:iam::111111111111:role/shop-*"] }
            StringNotEquals = { "aws:RequestedRegion" = ["eu-west-1"] }
          }
        },
      ]
    }
    error_message = "The permissions are exactly the statements, with all their conditions."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this["plan"].policy).Statement[0] == {
      Sid      = "Look"
      Effect   = "Allow"
      Action   = ["ec2:DescribeVpcs"]
      Resource = ["*"]
    }
    error_message = "A statement without conditions has no Condition."
  }
}

run "the_boundary_bounds" {
  assert {
    condition = { for kind, one in aws_iam_role.this : kind => coalesce(one.permissions_boundary, "none") } == {
      deploy = "none"
      infra  = "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"
      plan   = "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"
    }
    error_message = "Roles are bounded unless they say otherwise."
  }

  assert {
    condition = aws_iam_policy.boundary.name == "shop-dev-aws-boundary" && jsondecode(aws_iam_policy.boundary.policy) == {
      Version = "2012-10-17"
      Statement = [
        { Sid = "Network", Effect = "Allow", Action = ["ec2:*"], Resource = ["*"] },
        {
          Sid       = "MakeRoles"
          Effect    = "Allow"
          Action    = ["iam:CreateRole", "iam:PutRolePolicy"]
          Resource  = ["arn:aws:iam::111111111111:role/shop-dev-aws-web-task"]
          Condition = { StringEquals = { "iam:PermissionsBoundary" = ["arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"] } }
        },
      ]
    }
    error_message = "The boundary is what was given."
  }

  assert {
    condition     = output.boundary_arn == "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"
    error_message = "boundary_arn is its ARN."
  }
}
