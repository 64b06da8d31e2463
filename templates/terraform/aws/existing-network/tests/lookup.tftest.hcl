# The manifest's network is found, and nothing is made.

mock_provider "aws" {
  mock_data "aws_vpc" {
    defaults = {
      id         = "vpc-0123456789abcdef0"
      cidr_block = "10.20.0.0/16"
      cidr_block_associations = [
        { association_id = "a", cidr_block = "10.20.0.0/16", state = "associated" },
        { association_id = "b", cidr_block = "100.64.0.0/16", state = "associated" },
        { association_id = "c", cidr_block = "100.65.0.0/16", state = "disassociated" },
      ]
    }
  }
  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-0123456789abcdef0" }
  }
}

variables {
  vpc_id             = "vpc-0123456789abcdef0"
  private_subnet_ids = ["subnet-0bbbbbbbbbbbbbbb2", "subnet-0aaaaaaaaaaaaaaa1"]
  public_subnet_ids  = ["subnet-0ccccccccccccccc3"]
}

run "gives_out_what_it_found" {
  command = plan

  assert {
    condition     = output.vpc_id == "vpc-0123456789abcdef0" && output.vpc_cidrs == tolist(["10.20.0.0/16", "100.64.0.0/16"])
    error_message = "The VPC and all its ranges are given out."
  }

  assert {
    condition     = output.private_subnet_ids == ["subnet-0bbbbbbbbbbbbbbb2", "subnet-0aaaaaaaaaaaaaaa1"]
    error_message = "The private subnets are given out, in the order given."
  }

  assert {
    condition     = output.public_subnet_ids == ["subnet-0ccccccccccccccc3"]
    error_message = "The public subnets are given out."
  }
}

run "without_public_subnets" {
  command = plan

  variables {
    public_subnet_ids = []
  }

  assert {
    condition     = length(output.public_subnet_ids) == 0
    error_message = "A network may have none: then nothing faces the internet."
  }
}

run "a_private_subnet_of_another_vpc" {
  command = plan

  override_data {
    target = data.aws_subnet.private
    values = { vpc_id = "vpc-0fedcba9876543210" }
  }

  expect_failures = [data.aws_subnet.private]
}

run "a_public_subnet_of_another_vpc" {
  command = plan

  override_data {
    target = data.aws_subnet.public
    values = { vpc_id = "vpc-0fedcba9876543210" }
  }

  expect_failures = [data.aws_subnet.public]
}
