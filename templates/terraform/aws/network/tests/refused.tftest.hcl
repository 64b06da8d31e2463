# What is refused.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { endpoint = "ec2.eu-west-1.amazonaws.com" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1d", "eu-west-1e", "eu-west-1f", "eu-west-1g"] }
  }
}

variables {
  name               = "shop-dev-aws"
  flow_log_group     = "/shop/dev/aws/flow_logs"
  flow_log_role_name = "shop-dev-aws-flow-logs"
}

run "name_empty" {
  command = plan

  variables {
    name = ""
  }

  expect_failures = [var.name]
}

run "name_capital" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}

run "cidr_too_large" {
  command = plan

  variables {
    cidr = "10.0.0.0/15"
  }

  expect_failures = [var.cidr]
}

run "cidr_too_small" {
  command = plan

  variables {
    cidr = "10.0.0.0/24"
  }

  expect_failures = [var.cidr]
}

run "cidr_off_its_first_address" {
  command = plan

  variables {
    cidr = "10.0.1.0/16"
  }

  expect_failures = [var.cidr]
}

run "cidr_of_ipv6" {
  command = plan

  variables {
    cidr = "fd00::/16"
  }

  expect_failures = [var.cidr]
}

run "cidr_no_range" {
  command = plan

  variables {
    cidr = "10.0.0.0"
  }

  expect_failures = [var.cidr]
}

run "cidr_no_address" {
  command = plan

  variables {
    cidr = "10.0.300.0/16"
  }

  expect_failures = [var.cidr]
}

run "zones_one" {
  command = plan

  variables {
    zones = 1
  }

  expect_failures = [var.zones]
}

run "zones_seven" {
  command = plan

  variables {
    zones = 7
  }

  expect_failures = [var.zones]
}

run "zones_broken" {
  command = plan

  variables {
    zones = 2.5
  }

  expect_failures = [var.zones]
}

run "nat_unknown" {
  command = plan

  variables {
    nat = "two"
  }

  expect_failures = [var.nat]
}

run "endpoint_of_s3" {
  command = plan

  variables {
    endpoints = ["s3"]
  }

  expect_failures = [var.endpoints]
}

run "endpoint_of_s3_nor_dynamodb" {
  command = plan

  variables {
    endpoints = ["dynamodb"]
  }

  expect_failures = [var.endpoints]
}

run "endpoint_with_its_prefix" {
  command = plan

  variables {
    endpoints = ["com.amazonaws.eu-west-1/sqs"]
  }

  expect_failures = [var.endpoints]
}

run "log_group_with_blank" {
  command = plan

  variables {
    flow_log_group = "a b"
  }

  expect_failures = [var.flow_log_group]
}

run "role_name_too_long" {
  command = plan

  variables {
    flow_log_role_name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.flow_log_role_name]
}

run "retention_zero" {
  command = plan

  variables {
    log_retention_days = 0
  }

  expect_failures = [var.log_retention_days]
}

run "retention_too_long" {
  command = plan

  variables {
    log_retention_days = 3654
  }

  expect_failures = [var.log_retention_days]
}

run "retention_broken" {
  command = plan

  variables {
    log_retention_days = 1.5
  }

  expect_failures = [var.log_retention_days]
}

run "boundary_of_a_role" {
  command = plan

  variables {
    boundary_arn = "arn:aws:iam::111111111111:role/x"
  }

  expect_failures = [var.boundary_arn]
}
