# All runs only plan: what may not be destroyed could not be torn down after an apply.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111111111111:oidc-provider/made.example" }
  }

  mock_data "aws_iam_openid_connect_provider" {
    defaults = {
      arn            = "arn:aws:iam::111111111111:oidc-provider/existing.example"
      client_id_list = ["sts.amazonaws.com", "something-else"]
    }
  }
}

variables {
  oidc_providers = {
    github = { url = "https://token.actions.githubusercontent.com", audiences = ["sts.amazonaws.com"] }
    gitlab = {
      url = "https://gitlab.com"
      audiences = [
        "https://gitlab.com/pipewright/plan", "https://gitlab.com/pipewright/open", "https://gitlab.com/pipewright/gated",
      ]
    }
  }
}

run "a_provider_for_each_host" {
  command = plan

  assert {
    condition = { for host, one in aws_iam_openid_connect_provider.this : host => one.url } == {
      github = "https://token.actions.githubusercontent.com"
      gitlab = "https://gitlab.com"
    }
    error_message = "The providers are the issuers of the tokens."
  }

  assert {
    condition = { for host, one in aws_iam_openid_connect_provider.this : host => toset(one.client_id_list) } == {
      github = toset(["sts.amazonaws.com"])
      gitlab = toset([
        "https://gitlab.com/pipewright/plan", "https://gitlab.com/pipewright/open", "https://gitlab.com/pipewright/gated",
      ])
    }
    error_message = "They know exactly the given audiences."
  }

  assert {
    condition     = output.provider_arns == { for host in ["github", "gitlab"] : host => "arn:aws:iam::111111111111:oidc-provider/made.example" }
    error_message = "provider_arns names what was made."
  }
}

run "an_existing_provider_is_left_alone" {
  command = plan

  variables {
    oidc_providers = {
      github = { url = "https://token.actions.githubusercontent.com", audiences = ["sts.amazonaws.com"], existing = true }
      gitlab = { url = "https://git.example.com:8443/gitlab", audiences = ["https://git.example.com:8443/gitlab/pipewright/plan"] }
    }
  }

  assert {
    condition     = keys(aws_iam_openid_connect_provider.this) == ["gitlab"]
    error_message = "What exists isn't made again."
  }

  assert {
    condition = (
      { for host, one in data.aws_iam_openid_connect_provider.existing : host => one.url } ==
      { github = "https://token.actions.githubusercontent.com" }
    )
    error_message = "It is looked up by its issuer."
  }

  assert {
    condition = output.provider_arns == {
      github = "arn:aws:iam::111111111111:oidc-provider/existing.example"
      gitlab = "arn:aws:iam::111111111111:oidc-provider/made.example"
    }
    error_message = "provider_arns names what was found and what was made."
  }
}

run "says_when_an_existing_provider_lacks_an_audience" {
  command         = plan
  expect_failures = [check.existing_providers_know_the_audiences]

  variables {
    oidc_providers = {
      gitlab = { url = "https://gitlab.com", audiences = ["https://gitlab.com/pipewright/plan"], existing = true }
    }
  }
}

run "no_host_no_provider" {
  command = plan

  variables {
    oidc_providers = {}
  }

  assert {
    condition     = length(output.provider_arns) == 0
    error_message = "Without a host that signs in there is nothing to make."
  }
}

run "refuses_a_url_with_a_slash_at_the_end" {
  command         = plan
  expect_failures = [var.oidc_providers]

  variables {
    oidc_providers = { gitlab = { url = "https://gitlab.com/", audiences = ["https://gitlab.com/pipewright/plan"] } }
  }
}

run "refuses_a_url_without_tls" {
  command         = plan
  expect_failures = [var.oidc_providers]

  variables {
    oidc_providers = { gitlab = { url = "http://gitlab.example.com", audiences = ["http://gitlab.example.com/pipewright/plan"] } }
  }
}

run "refuses_the_same_issuer_twice" {
  command         = plan
  expect_failures = [var.oidc_providers]

  variables {
    oidc_providers = {
      one = { url = "https://gitlab.com", audiences = ["https://gitlab.com/pipewright/plan"] }
      two = { url = "https://gitlab.com", audiences = ["https://gitlab.com/pipewright/open"] }
    }
  }
}

run "refuses_no_audience" {
  command         = plan
  expect_failures = [var.oidc_providers]

  variables {
    oidc_providers = { github = { url = "https://token.actions.githubusercontent.com", audiences = [] } }
  }
}

run "refuses_any_audience" {
  command         = plan
  expect_failures = [var.oidc_providers]

  variables {
    oidc_providers = { github = { url = "https://token.actions.githubusercontent.com", audiences = ["*"] } }
  }
}

run "refuses_the_guards_audience" {
  command         = plan
  expect_failures = [var.oidc_providers]

  variables {
    oidc_providers = { gitlab = { url = "https://gitlab.com", audiences = ["https://gitlab.com/pipewright/guard"] } }
  }
}
