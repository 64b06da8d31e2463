# Who calls it without the ingress.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { endpoint = "ec2.eu-west-1.amazonaws.com" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:111111111111:log-group:/shop/dev/aws/api" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:111111111111:task-definition/shop-dev-aws-api:1" }
  }
}

override_resource {
  target = aws_iam_role.execution
  values = { arn = "arn:aws:iam::111111111111:role/shop-dev-aws-api-exec", id = "shop-dev-aws-api-exec" }
}
override_resource {
  target = aws_iam_role.task
  values = { arn = "arn:aws:iam::111111111111:role/shop-dev-aws-api-task", id = "shop-dev-aws-api-task" }
}

variables {
  name                = "api"
  cluster             = "shop-dev-aws"
  family              = "shop-dev-aws-api"
  log_group           = "/shop/dev/aws/api"
  task_role_name      = "shop-dev-aws-api-task"
  execution_role_name = "shop-dev-aws-api-exec"
  repository          = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/dev/aws/api"
  repository_arn      = "arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/api"
  port                = 8000
  vpc_id              = "vpc-0123456789abcdef0"
  vpc_cidrs           = ["10.0.0.0/16"]
  subnet_ids          = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0bbbbbbbbbbbbbbb2"]
}

run "absent" {
  command = plan

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.caller) == 0
    error_message = "Nobody calls it."
  }
}

run "two_callers" {
  command = apply

  variables {
    callers = { web = "sg-0aaaaaaaaaaaaaaa1", worker = "sg-0bbbbbbbbbbbbbbb2" }
  }

  assert {
    condition     = { for caller, rule in aws_vpc_security_group_ingress_rule.caller : caller => rule.referenced_security_group_id } == { web = "sg-0aaaaaaaaaaaaaaa1", worker = "sg-0bbbbbbbbbbbbbbb2" }
    error_message = "Each caller's security group is let in."
  }

  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.caller :
      rule.security_group_id == aws_security_group.this.id && rule.ip_protocol == "tcp" && rule.from_port == 8000 && rule.to_port == 8000
    ])
    error_message = "To the port alone."
  }
}

run "a_worker_is_not_called" {
  command = plan

  variables {
    port    = null
    callers = { web = "sg-0aaaaaaaaaaaaaaa1" }
  }

  expect_failures = [var.callers]
}
