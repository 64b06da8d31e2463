# Who the service may be.

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

run "as_little_as_can_be" {
  command = apply

  variables {
    boundary_arn = "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"
  }

  assert {
    condition     = aws_iam_role.execution.name == "shop-dev-aws-api-exec" && aws_iam_role.task.name == "shop-dev-aws-api-task"
    error_message = "Both roles have their names."
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.execution, aws_iam_role.task] : role.permissions_boundary == "arn:aws:iam::111111111111:policy/shop-dev-aws-boundary"])
    error_message = "The boundary bounds both."
  }

  assert {
    condition = jsondecode(aws_iam_role.execution.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
    error_message = "Only ECS takes the execution role."
  }

  assert {
    condition = jsondecode(aws_iam_role.task.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "111111111111" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-west-1:111111111111:*" }
      }
    }]
    error_message = "Only this account's tasks take the task role."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.execution.policy).Statement == [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-west-1:111111111111:log-group:/shop/dev/aws/api:*"]
      },
      {
        Sid      = "SignInToRegistry"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"]
      },
      {
        Sid      = "PullImage"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = ["arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/api"]
      },
    ] && aws_iam_role_policy.execution.role == "shop-dev-aws-api-exec"
    error_message = "The execution role writes these logs and pulls this image, nothing else."
  }

  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "The service may do nothing in AWS unless the manifest says so."
  }

  assert {
    condition     = output.task_role_arn == aws_iam_role.task.arn && output.task_role_name == "shop-dev-aws-api-task" && output.execution_role_arn == aws_iam_role.execution.arn
    error_message = "Both roles are given out."
  }
}

run "what_the_manifest_permits" {
  command = apply

  variables {
    permissions = [
      { actions = ["s3:GetObject", "s3:PutObject"], resources = ["arn:aws:s3:::shop-uploads/*"] },
      { actions = ["sqs:SendMessage"], resources = ["arn:aws:sqs:eu-west-1:111111111111:orders"] },
    ]
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.task["manifest"].policy).Statement == [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["arn:aws:s3:::shop-uploads/*"] },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = ["arn:aws:sqs:eu-west-1:111111111111:orders"] },
    ] && aws_iam_role_policy.task["manifest"].role == "shop-dev-aws-api-task"
    error_message = "The service's own role gets exactly that."
  }

  assert {
    condition     = length(jsondecode(aws_iam_role_policy.execution.policy).Statement) == 3
    error_message = "The execution role gets nothing of it."
  }
}
