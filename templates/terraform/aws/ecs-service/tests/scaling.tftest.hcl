# How many tasks run.

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
    condition     = length(aws_appautoscaling_target.this) == 0 && length(aws_appautoscaling_policy.cpu) == 0
    error_message = "Without scaling nothing counts tasks."
  }
}

run "follows_the_load" {
  command = apply

  variables {
    scaling = { min = 2, max = 6, cpu_percent = 70 }
  }

  assert {
    condition = (
      aws_appautoscaling_target.this["tasks"].min_capacity == 2 && aws_appautoscaling_target.this["tasks"].max_capacity == 6 &&
      aws_appautoscaling_target.this["tasks"].resource_id == "service/shop-dev-aws/api" &&
      aws_appautoscaling_target.this["tasks"].service_namespace == "ecs" &&
      aws_appautoscaling_target.this["tasks"].scalable_dimension == "ecs:service:DesiredCount"
    )
    error_message = "The service has two to six tasks."
  }

  assert {
    condition = (
      aws_appautoscaling_policy.cpu["tasks"].policy_type == "TargetTrackingScaling" &&
      aws_appautoscaling_policy.cpu["tasks"].resource_id == aws_appautoscaling_target.this["tasks"].resource_id &&
      aws_appautoscaling_policy.cpu["tasks"].target_tracking_scaling_policy_configuration[0].target_value == 70 &&
      aws_appautoscaling_policy.cpu["tasks"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type == "ECSServiceAverageCPUUtilization"
    )
    error_message = "Their number aims at the CPU load given."
  }

  # Still the pipeline's: Terraform brings no number of its own.
  assert {
    condition     = aws_ecs_service.this.desired_count == 0
    error_message = "The service itself wants none at first."
  }
}

# So the first apply of such a service really wants no task: AWS would raise a scalable target to its least at once.
run "always_as_many" {
  command = plan

  variables {
    scaling = { min = 3, max = 3 }
  }

  assert {
    condition     = length(aws_appautoscaling_target.this) == 0 && length(aws_appautoscaling_policy.cpu) == 0
    error_message = "There is nothing to decide, and nobody who would."
  }
}

run "by_default" {
  command = plan

  variables {
    scaling = { min = 1, max = 2 }
  }

  assert {
    condition     = aws_appautoscaling_policy.cpu["tasks"].target_tracking_scaling_policy_configuration[0].target_value == 60
    error_message = "Sixty percent by default."
  }
}

# Where no task runs there is no load to see, so nothing would ever start one.
run "down_to_none" {
  command = plan

  variables {
    scaling = { min = 0, max = 1 }
  }

  expect_failures = [var.scaling]
}

run "more_at_least_than_at_most" {
  command = plan

  variables {
    scaling = { min = 3, max = 2 }
  }

  expect_failures = [var.scaling]
}

run "less_than_none" {
  command = plan

  variables {
    scaling = { min = -1, max = 2 }
  }

  expect_failures = [var.scaling]
}

run "none_at_most" {
  command = plan

  variables {
    scaling = { min = 0, max = 0 }
  }

  expect_failures = [var.scaling]
}

run "half_a_task" {
  command = plan

  variables {
    scaling = { min = 0.5, max = 2 }
  }

  expect_failures = [var.scaling]
}

run "no_load_at_all" {
  command = plan

  variables {
    scaling = { min = 1, max = 2, cpu_percent = 9 }
  }

  expect_failures = [var.scaling]
}

run "all_the_load" {
  command = plan

  variables {
    scaling = { min = 1, max = 2, cpu_percent = 96 }
  }

  expect_failures = [var.scaling]
}
