# Each run but the first breaks one thing of a call that is right.
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

run "refuses_no_permission" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { statements = [] }) }
  }
}

run "refuses_two_statements_of_one_name" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { statements = [var.look, var.look] }) }
  }
}

run "refuses_everything" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "All"
        actions   = ["*"]
        resources = ["*"]
      }]
    }) }
  }
}

run "refuses_all_of_iam" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "All"
        actions   = ["iam:*"]
        resources = ["*"]
      }]
    }) }
  }
}

run "refuses_an_unknown_effect" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { statements = [merge(var.look, { effect = "Maybe" })] }) }
  }
}

run "refuses_no_resource" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { statements = [merge(var.look, { resources = [] })] }) }
  }
}

run "refuses_all_resources_of_all_services" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { statements = [merge(var.look, { resources = ["arn:aws:*:*:111111111111:*"] })] }) }
  }
}

run "refuses_a_role_made_without_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Make"
        actions   = ["iam:CreateRole"]
        resources = [var.task_role]
      }]
    }) }
  }
}

run "refuses_a_role_made_with_another_boundary" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Make"
        actions   = ["iam:CreateRole"]
        resources = [var.task_role]
        equals    = { "iam:PermissionsBoundary" = ["arn:aws:iam::aws:policy/AdministratorAccess"] }
      }]
    }) }
  }
}

run "refuses_a_role_made_with_one_of_two_boundaries" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Make"
        actions   = ["iam:CreateRole"]
        resources = [var.task_role]
        equals    = { "iam:PermissionsBoundary" = [var.boundary_arn, "arn:aws:iam::aws:policy/AdministratorAccess"] }
      }]
    }) }
  }
}

run "refuses_permissions_given_to_unbounded_roles" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Give"
        actions   = ["iam:PutRolePolicy"]
        resources = [var.task_role]
      }]
    }) }
  }
}

run "refuses_taking_the_boundary_away" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Free"
        actions   = ["iam:DeleteRolePermissionsBoundary"]
        resources = [var.task_role]
        equals    = { "iam:PermissionsBoundary" = [var.boundary_arn] }
      }]
    }) }
  }
}

run "refuses_a_wildcard_among_the_actions_of_iam" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Give"
        actions   = ["iam:Put*"]
        resources = [var.task_role]
        equals    = { "iam:PermissionsBoundary" = [var.boundary_arn] }
      }]
    }) }
  }
}

run "refuses_actions_of_iam_in_other_letters" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Make"
        actions   = ["iam:createrole"]
        resources = [var.task_role]
      }]
    }) }
  }
}

run "refuses_a_role_that_can_change_its_own_trust" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Own"
        actions   = ["iam:UpdateAssumeRolePolicy"]
        resources = ["arn:aws:iam::111111111111:role/shop-dev-aws-*"]
      }]
    }) }
  }
}

run "refuses_a_role_that_can_change_itself_among_others" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Own"
        actions   = ["iam:TagRole"]
        resources = [var.task_role, "arn:aws:iam::*:role/shop-dev-?ws-infra"]
      }]
    }) }
  }
}

run "refuses_a_role_that_can_change_the_boundary" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Own"
        actions   = ["iam:CreatePolicyVersion"]
        resources = ["arn:aws:iam::111111111111:policy/*"]
      }]
    }) }
  }
}

run "refuses_permissions_longer_than_iam_takes" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Long"
        actions   = ["s3:GetObject"]
        resources = [for number in range(500) : "arn:aws:s3:::shop/${number}"]
      }]
    }) }
  }
}

run "refuses_attach_role_policy_in_a_role" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Give"
        actions   = ["iam:AttachRolePolicy"]
        resources = [var.task_role]
      }]
    }) }
  }
}

run "refuses_put_role_permissions_boundary_in_a_role" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Give"
        actions   = ["iam:PutRolePermissionsBoundary"]
        resources = [var.task_role]
      }]
    }) }
  }
}

run "refuses_create_user_in_a_role" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Give"
        actions   = ["iam:CreateUser"]
        resources = ["arn:aws:iam::111111111111:user/*"]
      }]
    }) }
  }
}

run "refuses_create_access_key_in_a_role" {
  command         = plan
  expect_failures = [aws_iam_role_policy.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      statements = [{
        sid       = "Give"
        actions   = ["iam:CreateAccessKey"]
        resources = ["arn:aws:iam::111111111111:user/*"]
      }]
    }) }
  }
}
