# What is refused.

mock_provider "aws" {
  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-0123456789abcdef0" }
  }
}

variables {
  vpc_id             = "vpc-0123456789abcdef0"
  private_subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1"]
  public_subnet_ids  = ["subnet-0ccccccccccccccc3"]
}

run "vpc_by_its_name" {
  command = plan

  variables {
    vpc_id = "main"
  }

  expect_failures = [var.vpc_id]
}

run "no_private_subnet" {
  command = plan

  variables {
    private_subnet_ids = []
  }

  expect_failures = [var.private_subnet_ids]
}

run "private_subnet_twice" {
  command = plan

  variables {
    private_subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa1"]
  }

  expect_failures = [var.private_subnet_ids]
}

run "private_subnet_by_its_name" {
  command = plan

  variables {
    private_subnet_ids = ["private-a"]
  }

  expect_failures = [var.private_subnet_ids]
}

run "public_subnet_twice" {
  command = plan

  variables {
    public_subnet_ids = ["subnet-0ccccccccccccccc3", "subnet-0ccccccccccccccc3"]
  }

  expect_failures = [var.public_subnet_ids]
}

run "public_subnet_by_its_name" {
  command = plan

  variables {
    public_subnet_ids = ["public-a"]
  }

  expect_failures = [var.public_subnet_ids]
}

run "a_subnet_of_both_kinds" {
  command = plan

  variables {
    public_subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1"]
  }

  expect_failures = [var.public_subnet_ids]
}
