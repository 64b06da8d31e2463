# Each run but the first breaks one thing of a call that is right.
mock_provider "aws" {}

variables {
  # The parts of which the runs put a call together.
  github_main = {
    provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
    equals = {
      "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
      "token.actions.githubusercontent.com:sub" = ["repo:acme/shop:ref:refs/heads/main"]
    }
  }
  audience = { "git.example.com:8443/gitlab:aud" = ["https://git.example.com:8443/gitlab/pipewright/plan"] }
  subject  = { "git.example.com:8443/gitlab:sub" = ["project_path:acme/shop:ref_type:branch:ref:main"] }
  gitlab   = "arn:aws:iam::111111111111:oidc-provider/git.example.com:8443/gitlab"
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

run "accepts_an_issuer_with_port_and_path" {
  command = plan

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{ provider_arn = var.gitlab, equals = merge(var.audience, var.subject) }]
    }) }
  }
}

run "refuses_no_role" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = {}
  }
}

run "refuses_a_name_that_iam_would_refuse" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { name = "shop/dev" }) }
  }
}

run "refuses_the_same_name_twice" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = var.roles.infra, plan = var.roles.infra }
  }
}

run "refuses_a_session_of_a_minute" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { max_session_seconds = 60 }) }
  }
}

run "refuses_nobody" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { trust = [] }) }
  }
}

run "refuses_everybody" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, { trust = [merge(var.github_main, { provider_arn = "*" })] }) }
  }
}

run "refuses_an_account" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [merge(var.github_main, { provider_arn = "arn:aws:iam::222222222222:root" })]
    }) }
  }
}

run "refuses_a_provider_without_conditions" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, { trust = [{ provider_arn = var.gitlab, equals = {} }] }) }
  }
}

run "refuses_no_audience" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{ provider_arn = var.gitlab, equals = var.subject }]
    }) }
  }
}

run "refuses_an_empty_audience" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = merge(var.subject, { "git.example.com:8443/gitlab:aud" = [] })
      }]
    }) }
  }
}

run "refuses_any_audience" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.subject
        like         = { "git.example.com:8443/gitlab:aud" = ["https://git.example.com:8443/gitlab/pipewright/*"] }
      }]
    }) }
  }
}

run "refuses_no_subject" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{ provider_arn = var.gitlab, equals = var.audience }]
    }) }
  }
}

run "refuses_the_claims_of_another_provider" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{ provider_arn = var.gitlab, equals = var.github_main.equals }]
    }) }
  }
}

run "refuses_a_claim_of_another_provider_beside" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = merge(var.audience, var.subject, { "gitlab.com:ref" = ["main"] })
      }]
    }) }
  }
}

run "refuses_all_repositories_of_an_owner" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["repo:acme/*"] }
      }]
    }) }
  }
}

run "refuses_all_repositories" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["repo:*:ref:refs/heads/main"] }
      }]
    }) }
  }
}

run "refuses_any_ref_of_a_repository" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["repo:acme/shop:*"] }
      }]
    }) }
  }
}

run "refuses_a_part_of_a_repositorys_name" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["repo:acme/sho*:ref:refs/heads/main"] }
      }]
    }) }
  }
}

run "refuses_all_projects_of_a_group" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["project_path:acme/*:ref_type:branch:ref:main"] }
      }]
    }) }
  }
}

run "refuses_a_subject_of_no_repository" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["main"] }
      }]
    }) }
  }
}

run "refuses_any_subject" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like         = { "git.example.com:8443/gitlab:sub" = ["*"] }
      }]
    }) }
  }
}

run "refuses_one_wide_subject_among_narrow_ones" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = var.audience
        like = { "git.example.com:8443/gitlab:sub" = [
          "project_path:acme/shop:ref_type:tag:ref:v*", "project_path:acme/*:ref_type:tag:ref:v*",
        ] }
      }]
    }) }
  }
}

run "refuses_a_wildcard_that_is_compared_as_it_stands" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = merge(var.audience, { "git.example.com:8443/gitlab:sub" = ["project_path:acme/shop:ref_type:tag:ref:v*"] })
      }]
    }) }
  }
}

run "refuses_an_exception_of_everything" {
  command         = plan
  expect_failures = [var.roles]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals       = merge(var.audience, var.subject)
        not_like     = { "git.example.com:8443/gitlab:sub" = ["*"] }
      }]
    }) }
  }
}

run "refuses_providers_of_two_accounts" {
  command         = plan
  expect_failures = [aws_iam_role.this]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [var.github_main, {
        provider_arn = "arn:aws:iam::222222222222:oidc-provider/git.example.com:8443/gitlab"
        equals       = merge(var.audience, var.subject)
      }]
    }) }
  }
}

run "says_that_a_trust_is_longer_than_the_default_quota" {
  command         = plan
  expect_failures = [check.trust_fits_the_default_quota]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals = merge(var.audience, {
          "git.example.com:8443/gitlab:sub" = [for n in range(40) : "project_path:acme/shop:ref_type:branch:ref:release-${n}"]
        })
      }]
    }) }
  }
}

run "refuses_a_trust_longer_than_any_quota" {
  command         = plan
  expect_failures = [aws_iam_role.this, check.trust_fits_the_default_quota]

  variables {
    roles = { infra = merge(var.roles.infra, {
      trust = [{
        provider_arn = var.gitlab
        equals = merge(var.audience, {
          "git.example.com:8443/gitlab:sub" = [for n in range(80) : "project_path:acme/shop:ref_type:branch:ref:release-${n}"]
        })
      }]
    }) }
  }
}
