# What is refused.

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

run "name_too_long" {
  command = plan

  variables {
    name = "a-name-of-21-letters1"
  }

  expect_failures = [var.name]
}

run "name_with_capitals" {
  command = plan

  variables {
    name = "Api"
  }

  expect_failures = [var.name]
}

run "cluster_by_its_arn" {
  command = plan

  variables {
    cluster = "arn:aws:ecs:eu-west-1:111111111111:cluster/shop-dev-aws"
  }

  expect_failures = [var.cluster]
}

run "family_with_a_slash" {
  command = plan

  variables {
    family = "shop/api"
  }

  expect_failures = [var.family]
}

run "log_group_with_a_blank" {
  command = plan

  variables {
    log_group = "a b"
  }

  expect_failures = [var.log_group]
}

run "task_role_too_long" {
  command = plan

  variables {
    task_role_name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.task_role_name]
}

run "execution_role_too_long" {
  command = plan

  variables {
    execution_role_name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.execution_role_name]
}

run "one_role_for_both" {
  command = plan

  variables {
    execution_role_name = "shop-dev-aws-api-task"
  }

  expect_failures = [var.execution_role_name]
}

run "boundary_of_a_role" {
  command = plan

  variables {
    boundary_arn = "arn:aws:iam::111111111111:role/x"
  }

  expect_failures = [var.boundary_arn]
}

run "image_with_a_tag" {
  command = plan

  variables {
    repository = "ghcr.io/acme/api:latest"
  }

  expect_failures = [var.repository]
}

run "image_with_a_digest" {
  command = plan

  variables {
    repository = "ghcr.io/acme/api@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  }

  expect_failures = [var.repository]
}

run "every_repository" {
  command = plan

  variables {
    repository_arn = "*"
  }

  expect_failures = [var.repository_arn]
}

run "repositories_by_a_pattern" {
  command = plan

  variables {
    repository_arn = "arn:aws:ecr:eu-west-1:111111111111:repository/*"
  }

  expect_failures = [var.repository_arn]
}

run "pull_secret_by_its_arn" {
  command = plan

  variables {
    repository_arn = null
    pull_secret    = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:x-AbCdEf"
  }

  expect_failures = [var.pull_secret]
}

run "pull_secret_for_ecr" {
  command = plan

  variables {
    pull_secret = "registry-login"
  }

  expect_failures = [var.pull_secret]
}

run "no_word_of_a_command" {
  command = plan

  variables {
    command = []
  }

  expect_failures = [var.command]
}

run "port_zero" {
  command = plan

  variables {
    port = 0
  }

  expect_failures = [var.port]
}

run "port_too_high" {
  command = plan

  variables {
    port = 65536
  }

  expect_failures = [var.port]
}

run "port_broken" {
  command = plan

  variables {
    port = 80.5
  }

  expect_failures = [var.port]
}

run "cpu_that_fargate_lacks" {
  command = plan

  variables {
    cpu = 300
  }

  expect_failures = [var.cpu]
}

run "memory_that_fargate_lacks" {
  command = plan

  variables {
    memory = 1536
  }

  expect_failures = [var.memory]
}

run "memory_too_small_for_its_cpu" {
  command = plan

  variables {
    cpu    = 1024
    memory = 1024
  }

  expect_failures = [var.memory]
}

run "memory_between_steps" {
  command = plan

  variables {
    cpu    = 8192
    memory = 18432
  }

  expect_failures = [var.memory]
}

run "architecture_of_docker" {
  command = plan

  variables {
    architecture = "linux/amd64"
  }

  expect_failures = [var.architecture]
}

run "variable_with_a_hyphen" {
  command = plan

  variables {
    environment = { "A-B" = "1" }
  }

  expect_failures = [var.environment]
}

run "variable_without_value" {
  command = plan

  variables {
    environment = { A = null }
  }

  expect_failures = [var.environment]
}

run "secret_with_a_hyphen" {
  command = plan

  variables {
    secrets = { "A-B" = { secret = "x" } }
  }

  expect_failures = [var.secrets]
}

run "secret_of_nothing" {
  command = plan

  variables {
    secrets = { A = { key = "x" } }
  }

  expect_failures = [var.secrets]
}

run "secret_of_two" {
  command = plan

  variables {
    secrets = { A = { secret = "x", arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:x-AbCdEf" } }
  }

  expect_failures = [var.secrets]
}

run "secret_with_a_blank" {
  command = plan

  variables {
    secrets = { A = { secret = "a b" } }
  }

  expect_failures = [var.secrets]
}

run "secret_key_with_a_colon" {
  command = plan

  variables {
    secrets = { A = { secret = "x", key = "a:b" } }
  }

  expect_failures = [var.secrets]
}

run "variable_both_plain_and_secret" {
  command = plan

  variables {
    environment = { A = "1" }
    secrets     = { A = { secret = "x" } }
  }

  expect_failures = [var.secrets]
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

run "spot_below_none" {
  command = plan

  variables {
    spot_percent = -1
  }

  expect_failures = [var.spot_percent]
}

run "spot_above_all" {
  command = plan

  variables {
    spot_percent = 101
  }

  expect_failures = [var.spot_percent]
}

run "spot_broken" {
  command = plan

  variables {
    spot_percent = 1.5
  }

  expect_failures = [var.spot_percent]
}

run "permission_without_actions" {
  command = plan

  variables {
    permissions = [{ actions = [], resources = ["*"] }]
  }

  expect_failures = [var.permissions]
}

run "permission_without_resources" {
  command = plan

  variables {
    permissions = [{ actions = ["s3:GetObject"], resources = [] }]
  }

  expect_failures = [var.permissions]
}

run "no_subnet" {
  command = plan

  variables {
    subnet_ids = []
  }

  expect_failures = [var.subnet_ids]
}

run "a_worker_behind_a_balancer" {
  command = plan

  variables {
    port          = null
    load_balancer = { security_group_id = "sg-1", target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/api/0123456789abcdef" }
  }

  expect_failures = [var.load_balancer]
}

run "grace_of_less_than_nothing" {
  command = plan

  variables {
    load_balancer = { security_group_id = "sg-1", target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/api/0123456789abcdef", grace_seconds = -1 }
  }

  expect_failures = [var.load_balancer]
}

run "no_ipv4_range" {
  command = plan

  variables {
    vpc_cidrs = ["fd00::/64"]
  }

  expect_failures = [var.vpc_cidrs]
}
