# The pipeline's deploys and Terraform's applies don't undo each other.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { endpoint = "ec2.eu-west-1.amazonaws.com" }
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

run "applied" {
  command = apply

  assert {
    condition     = aws_ecs_service.this.task_definition == aws_ecs_task_definition.this.arn && aws_ecs_service.this.desired_count == 0
    error_message = "At first the service has Terraform's revision, and no task."
  }

  assert {
    condition     = aws_ecs_task_definition.this.track_latest == false && aws_ecs_task_definition.this.skip_destroy
    error_message = "The pipeline's revisions are no difference, and no revision is deregistered: the service may still name it."
  }

  assert {
    condition     = aws_ecs_service.this.force_new_deployment
    error_message = "Another share of spot capacity changes the service and doesn't replace it."
  }
}

# A new revision of Terraform's, as another size or variable makes it.
run "applied_again" {
  command = apply

  plan_options {
    replace = [aws_ecs_task_definition.this]
  }

  assert {
    condition     = aws_ecs_task_definition.this.arn != run.applied.task_definition_arn
    error_message = "There is a new revision."
  }

  assert {
    condition     = aws_ecs_service.this.task_definition == run.applied.task_definition_arn
    error_message = "The service keeps the revision that it has."
  }
}

# ECS refuses a port that the running revision hasn't.
run "another_port" {
  command = plan

  variables {
    port = 9000
  }

  assert {
    condition     = aws_ecs_service.this.task_definition != run.applied.task_definition_arn && aws_ecs_service.this.desired_count == 0
    error_message = "The service is made anew with the new port, and without tasks until the deploy."
  }
}

# A test can't change the number of tasks behind Terraform's back; so this looks at what is written.
run "the_number_of_tasks_is_left_alone" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.desired_count == 0 && can(regex("ignore_changes +=  *\\[task_definition, desired_count\\]", file("main.tf")))
    error_message = "Terraform changes neither the service's revision nor its number of tasks."
  }
}
