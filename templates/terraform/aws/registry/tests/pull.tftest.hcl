mock_provider "aws" {}

variables {
  repositories = ["shop/dev/aws/web", "shop/dev/aws/api"]
  pull_from = [
    { account = "222222222222", principals = ["arn:aws:iam::222222222222:role/shop-prod-aws-deploy"] },
    { account = "333333333333", principals = ["arn:aws:iam::333333333333:role/shop-stage-aws-*", "arn:aws:iam::333333333333:role/ops/look"] },
  ]
}

run "only_these_roles_may_pull_and_nothing_else" {
  command = plan

  assert {
    condition     = keys(aws_ecr_repository_policy.pull) == ["shop/dev/aws/api", "shop/dev/aws/web"]
    error_message = "Each repository has a policy."
  }

  assert {
    condition     = alltrue([for name, one in aws_ecr_repository_policy.pull : one.repository == name])
    error_message = "Each policy is that of its repository."
  }

  assert {
    condition = alltrue([
      for one in aws_ecr_repository_policy.pull : jsondecode(one.policy) == {
        Version = "2012-10-17"
        Statement = [
          {
            Sid       = "Pull222222222222"
            Effect    = "Allow"
            Principal = { AWS = "arn:aws:iam::222222222222:root" }
            Action    = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
            Condition = { ArnLike = { "aws:PrincipalArn" = ["arn:aws:iam::222222222222:role/shop-prod-aws-deploy"] } }
          },
          {
            Sid       = "Pull333333333333"
            Effect    = "Allow"
            Principal = { AWS = "arn:aws:iam::333333333333:root" }
            Action    = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
            Condition = {
              ArnLike = {
                "aws:PrincipalArn" = ["arn:aws:iam::333333333333:role/shop-stage-aws-*", "arn:aws:iam::333333333333:role/ops/look"]
              }
            }
          },
        ]
      }
    ])
    error_message = "The account may pull, and of it only the named roles; nobody may push."
  }
}

run "other_partitions" {
  command = plan

  variables {
    pull_from = [{ account = "222222222222", principals = ["arn:aws-cn:iam::222222222222:role/shop-prod-aws-deploy"] }]
  }

  assert {
    condition = (
      jsondecode(aws_ecr_repository_policy.pull["shop/dev/aws/web"].policy).Statement[0].Principal.AWS ==
      "arn:aws-cn:iam::222222222222:root"
    )
    error_message = "The account is named in the partition of its roles."
  }
}

run "nobody_by_default" {
  command = plan

  variables {
    pull_from = null
  }

  assert {
    condition     = length(aws_ecr_repository_policy.pull) == 0
    error_message = "Without pull_from there is no policy."
  }
}

run "refuses_an_empty_list" {
  command         = plan
  expect_failures = [var.pull_from]

  variables {
    pull_from = []
  }
}

run "refuses_an_account_twice" {
  command         = plan
  expect_failures = [var.pull_from]

  variables {
    pull_from = [
      { account = "222222222222", principals = ["arn:aws:iam::222222222222:role/one"] },
      { account = "222222222222", principals = ["arn:aws:iam::222222222222:role/two"] },
    ]
  }
}

run "refuses_everybody" {
  command         = plan
  expect_failures = [var.pull_from]

  variables {
    pull_from = [{ account = "*", principals = ["*"] }]
  }
}

run "refuses_a_whole_account" {
  command         = plan
  expect_failures = [var.pull_from]

  variables {
    pull_from = [{ account = "222222222222", principals = ["arn:aws:iam::222222222222:role/*"] }]
  }
}

run "refuses_no_role" {
  command         = plan
  expect_failures = [var.pull_from]

  variables {
    pull_from = [{ account = "222222222222", principals = [] }]
  }
}

run "refuses_a_role_of_another_account" {
  command         = plan
  expect_failures = [var.pull_from]

  variables {
    pull_from = [{ account = "222222222222", principals = ["arn:aws:iam::333333333333:role/shop-prod-aws-deploy"] }]
  }
}
