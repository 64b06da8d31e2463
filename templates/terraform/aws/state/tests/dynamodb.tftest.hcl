# All runs only plan: what may not be destroyed could not be torn down after an apply.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1" }
  }
}

variables {
  bucket = "shop-tfstate-111111111111-eu-west-1"
}

run "a_table_for_locks" {
  command = plan

  variables {
    table = "shop-tfstate"
  }

  assert {
    condition     = keys(aws_dynamodb_table.lock) == ["shop-tfstate"] && aws_dynamodb_table.lock["shop-tfstate"].name == "shop-tfstate"
    error_message = "The table has the given name."
  }

  assert {
    condition = (
      aws_dynamodb_table.lock["shop-tfstate"].hash_key == "LockID" &&
      [for one in aws_dynamodb_table.lock["shop-tfstate"].attribute : "${one.name} ${one.type}"] == ["LockID S"]
    )
    error_message = "The backend looks for the string LockID."
  }

  assert {
    condition = alltrue([
      aws_dynamodb_table.lock["shop-tfstate"].billing_mode == "PAY_PER_REQUEST",
      aws_dynamodb_table.lock["shop-tfstate"].point_in_time_recovery[0].enabled,
      aws_dynamodb_table.lock["shop-tfstate"].deletion_protection_enabled,
    ])
    error_message = "The table costs nothing at rest, can be restored, and is protected."
  }
}

run "no_table_by_default" {
  command = plan

  assert {
    condition     = length(aws_dynamodb_table.lock) == 0
    error_message = "Without a name there is no table."
  }
}

run "refuses_a_name_that_dynamodb_would_refuse" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = "shop/tfstate"
  }
}
