mock_provider "aws" {
  mock_resource "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:eu-west-1:111111111111:repository/mock"
      repository_url = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/mock"
    }
  }
}

variables {
  repositories = ["shop/dev/aws/web", "shop/dev/aws/api"]
}

run "repositories_are_immutable_scanned_and_kept" {
  command = plan

  assert {
    condition     = toset([for one in aws_ecr_repository.this : one.name]) == toset(["shop/dev/aws/api", "shop/dev/aws/web"])
    error_message = "There is one repository for each name, and it has that name."
  }

  assert {
    condition     = alltrue([for one in aws_ecr_repository.this : one.image_tag_mutability == "IMMUTABLE"])
    error_message = "Tags are immutable."
  }

  assert {
    condition     = alltrue([for one in aws_ecr_repository.this : one.image_scanning_configuration[0].scan_on_push])
    error_message = "Images are scanned on push."
  }

  assert {
    condition     = alltrue([for one in aws_ecr_repository.this : one.encryption_configuration[0].encryption_type == "AES256"])
    error_message = "Images are encrypted."
  }

  assert {
    condition     = alltrue([for one in aws_ecr_repository.this : one.force_delete == false])
    error_message = "A repository with images isn't removed."
  }
}

run "the_lifecycle_spares_what_passed" {
  command = plan

  assert {
    condition     = keys(aws_ecr_lifecycle_policy.this) == ["shop/dev/aws/api", "shop/dev/aws/web"]
    error_message = "Each repository has a lifecycle."
  }

  # What the first rule selects no other can expire, so it has to be the first, and to select all passed tags at once.
  assert {
    condition = alltrue([
      for one in aws_ecr_lifecycle_policy.this : jsondecode(one.policy).rules[0] == {
        rulePriority = 1
        description  = "Spare what passed in any environment"
        selection = {
          tagStatus = "tagged", tagPrefixList = ["passed_"], countType = "sinceImagePushed", countUnit = "days", countNumber = 36500
        }
        action = { type = "expire" }
      }
    ])
    error_message = "The first rule selects what passed, and expires it after a hundred years."
  }

  assert {
    condition = alltrue([
      for one in aws_ecr_lifecycle_policy.this : [for rule in jsondecode(one.policy).rules : rule.rulePriority] == [1, 2, 3]
    ])
    error_message = "ECR sorts rules by priority; another order would be a change at every plan."
  }

  assert {
    condition = alltrue([
      for one in aws_ecr_lifecycle_policy.this : alltrue([
        for rule in slice(jsondecode(one.policy).rules, 1, 3) :
        rule.selection.tagStatus == "untagged" || try(rule.selection.tagPrefixList, []) == ["k"]
      ])
    ])
    error_message = "Only keys and what has no tag expire: never every image (any), never a tag that a person pushed."
  }

  assert {
    condition = alltrue([
      for one in aws_ecr_lifecycle_policy.this :
      [for rule in slice(jsondecode(one.policy).rules, 1, 3) : rule.selection.countNumber] == [90, 7]
    ])
    error_message = "By default builds that never passed stay for ninety days, remains for seven."
  }
}

run "the_days_are_the_callers" {
  command = plan

  variables {
    unpassed_days = 31
    untagged_days = 1
  }

  assert {
    condition = alltrue([
      for one in aws_ecr_lifecycle_policy.this :
      [for rule in jsondecode(one.policy).rules : rule.selection.countNumber] == [36500, 31, 1]
    ])
    error_message = "unpassed_days and untagged_days are the rules' days."
  }
}

run "outputs" {
  assert {
    condition = output.repository_urls == {
      "shop/dev/aws/api" = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/mock"
      "shop/dev/aws/web" = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/mock"
    }
    error_message = "repository_urls says where each image lives."
  }

  assert {
    condition = output.repository_arns == {
      "shop/dev/aws/api" = "arn:aws:ecr:eu-west-1:111111111111:repository/mock"
      "shop/dev/aws/web" = "arn:aws:ecr:eu-west-1:111111111111:repository/mock"
    }
    error_message = "repository_arns gives the ARNs by name."
  }
}

run "refuses_no_repository" {
  command         = plan
  expect_failures = [var.repositories]

  variables {
    repositories = []
  }
}

run "refuses_a_repository_twice" {
  command         = plan
  expect_failures = [var.repositories]

  variables {
    repositories = ["shop/dev/aws/web", "shop/dev/aws/web"]
  }
}

run "refuses_a_name_that_ecr_would_refuse" {
  command         = plan
  expect_failures = [var.repositories]

  variables {
    repositories = ["shop/Dev/aws/web"]
  }
}

run "refuses_an_empty_part_of_a_name" {
  command         = plan
  expect_failures = [var.repositories]

  variables {
    repositories = ["shop//web"]
  }
}

run "refuses_builds_that_expire_while_they_wait_at_a_gate" {
  command         = plan
  expect_failures = [var.unpassed_days]

  variables {
    unpassed_days = 30
  }
}

run "refuses_half_a_day" {
  command         = plan
  expect_failures = [var.untagged_days]

  variables {
    untagged_days = 0.5
  }
}
