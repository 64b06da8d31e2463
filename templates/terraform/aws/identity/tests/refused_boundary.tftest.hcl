# Each run but the first breaks one thing of the boundary of a call that is right.
mock_provider "aws" {}

variables {
  # The parts of which the runs put a call together.
  boundary_arn = "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"
  task_role    = "arn:aws:iam::111111111111:role/shop-dev-aws-web-task"
  look         = { sid = "Look", actions = ["ecs:DescribeServices"], resources = ["*"] }
  roles = {
    infra = {
      name        = "shop-dev-aws-infra"
      description = "Applies the platform."
      trust = [{
        provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
        equals = {
          "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
          "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:ref:refs/heads/main"]
        }
      }]
      statements = [{ sid = "Look", actions = ["ecs:DescribeServices"], resources = ["*"] }]
    }
  }
  boundary = { name = "shop-dev-aws-boundary", statements = [{ sid = "All", actions = ["ecs:*"], resources = ["*"] }] }
}

run "accepts_what_is_right" {
  command = plan

  variables {
    roles = { infra = var.roles.infra }
  }

  assert {
    condition     = keys(aws_iam_role.this) == ["infra"]
    error_message = "The call that the others break is right."
  }
}

run "refuses_a_boundary_without_limits" {
  command         = plan
  expect_failures = [var.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "All"
        actions   = ["*"]
        resources = ["*"]
      }]
    }
  }
}

run "refuses_a_boundary_that_says_nothing" {
  command         = plan
  expect_failures = [var.boundary]

  variables {
    boundary = { name = "shop-dev-aws-boundary", statements = [] }
  }
}

run "refuses_a_boundary_with_a_name_that_iam_would_refuse" {
  command         = plan
  expect_failures = [var.boundary]

  variables {
    boundary = { name = "shop/boundary", statements = [var.look] }
  }
}

run "refuses_a_boundary_that_lets_roles_out" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Make"
        actions   = ["iam:CreateRole"]
        resources = [var.task_role]
      }]
    }
  }
}

run "refuses_a_boundary_that_lets_itself_be_changed" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Own"
        actions   = ["iam:SetDefaultPolicyVersion"]
        resources = [var.boundary_arn]
      }]
    }
  }
}

run "refuses_a_boundary_longer_than_iam_takes" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Long"
        actions   = ["s3:GetObject"]
        resources = [for number in range(250) : "arn:aws:s3:::shop/objects/${number}"]
      }]
    }
  }
}

run "refuses_attach_role_policy_in_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Give"
        actions   = ["iam:AttachRolePolicy"]
        resources = [var.task_role]
      }]
    }
  }
}

run "refuses_put_role_permissions_boundary_in_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Give"
        actions   = ["iam:PutRolePermissionsBoundary"]
        resources = [var.task_role]
      }]
    }
  }
}

run "refuses_create_user_in_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Give"
        actions   = ["iam:CreateUser"]
        resources = ["arn:aws:iam::111111111111:user/*"]
      }]
    }
  }
}

run "refuses_create_access_key_in_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Give"
        actions   = ["iam:CreateAccessKey"]
        resources = ["arn:aws:iam::111111111111:user/*"]
      }]
    }
  }
}

run "refuses_create_login_profile_in_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_policy.boundary]

  variables {
    boundary = {
      name = "shop-dev-aws-boundary"
      statements = [{
        sid       = "Give"
        actions   = ["iam:CreateLoginProfile"]
        resources = ["arn:aws:iam::111111111111:user/*"]
      }]
    }
  }
}
