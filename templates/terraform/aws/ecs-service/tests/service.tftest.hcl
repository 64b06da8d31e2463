# The service, and who may talk to whom.

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

run "the_first_apply_needs_no_image" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.desired_count == 0 && aws_ecs_service.this.wait_for_steady_state == false
    error_message = "No task is wanted, and none is waited for."
  }
}

run "private_pinned_and_careful" {
  command = apply

  assert {
    condition     = aws_ecs_service.this.name == "api" && aws_ecs_service.this.cluster == "shop-dev-aws" && aws_ecs_service.this.task_definition == aws_ecs_task_definition.this.arn
    error_message = "The service has its name, its cluster and its task."
  }

  assert {
    condition = (
      aws_ecs_service.this.network_configuration[0].assign_public_ip == false &&
      toset(aws_ecs_service.this.network_configuration[0].subnets) == toset(var.subnet_ids) &&
      toset(aws_ecs_service.this.network_configuration[0].security_groups) == toset([aws_security_group.this.id])
    )
    error_message = "Tasks run in the private subnets, have no public address, and their own security group alone."
  }

  assert {
    condition     = aws_ecs_service.this.platform_version == "1.4.0" && aws_ecs_service.this.enable_execute_command == false
    error_message = "The platform is exact, and nobody opens a shell."
  }

  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "A deployment that fails goes back by itself."
  }

  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100 && aws_ecs_service.this.deployment_maximum_percent == 200
    error_message = "Old tasks stay until new ones are healthy."
  }

  assert {
    condition     = aws_ecs_service.this.propagate_tags == "SERVICE" && aws_ecs_service.this.enable_ecs_managed_tags
    error_message = "Tasks carry the service's tags."
  }

  assert {
    condition     = output.name == "api" && output.arn == aws_ecs_service.this.id && output.family == "shop-dev-aws-api" && output.log_group_name == "/shop/dev/aws/api" && output.security_group_id == aws_security_group.this.id
    error_message = "What others need of it is given out."
  }
}

run "on_demand" {
  command = plan

  assert {
    condition     = { for one in aws_ecs_service.this.capacity_provider_strategy : one.capacity_provider => "${one.weight} ${one.base}" } == { FARGATE = "100 1" }
    error_message = "Nothing runs on spot capacity by default."
  }
}

run "seventy_percent_on_spot" {
  command = plan

  variables {
    spot_percent = 70
  }

  assert {
    condition     = { for one in aws_ecs_service.this.capacity_provider_strategy : one.capacity_provider => "${one.weight} ${one.base}" } == { FARGATE = "30 1", FARGATE_SPOT = "70 0" }
    error_message = "The first task is on demand, of the others seven in ten on spot capacity."
  }
}

run "all_on_spot" {
  command = plan

  variables {
    spot_percent = 100
  }

  assert {
    condition     = { for one in aws_ecs_service.this.capacity_provider_strategy : one.capacity_provider => "${one.weight} ${one.base}" } == { FARGATE_SPOT = "100 0" }
    error_message = "Everything runs on spot capacity."
  }
}

run "nobody_reaches_it" {
  command = apply

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.balancer) == 0 && length(aws_vpc_security_group_egress_rule.balancer) == 0 && length(aws_ecs_service.this.load_balancer) == 0
    error_message = "Without a balancer nothing lets anybody in."
  }

  assert {
    condition     = aws_ecs_service.this.health_check_grace_period_seconds == null || aws_ecs_service.this.health_check_grace_period_seconds == 0
    error_message = "Without a balancer there are no health checks to wait for."
  }

  assert {
    condition     = aws_security_group.this.vpc_id == "vpc-0123456789abcdef0" && aws_security_group.this.name_prefix == "tasks-shop-dev-aws-api-" && length(aws_security_group.this.ingress) == 0
    error_message = "The security group itself opens nothing."
  }

  assert {
    condition = (
      aws_vpc_security_group_egress_rule.https.ip_protocol == "tcp" && aws_vpc_security_group_egress_rule.https.from_port == 443 &&
      aws_vpc_security_group_egress_rule.https.to_port == 443 && aws_vpc_security_group_egress_rule.https.cidr_ipv4 == "0.0.0.0/0" &&
      aws_vpc_security_group_egress_rule.https.security_group_id == aws_security_group.this.id
    )
    error_message = "The only way out of the VPC is HTTPS."
  }

  assert {
    condition = (
      keys(aws_vpc_security_group_egress_rule.vpc) == ["10.0.0.0/16"] && length(aws_security_group.this.egress) == 0 && alltrue([
        for range, rule in aws_vpc_security_group_egress_rule.vpc :
        rule.ip_protocol == "tcp" && rule.from_port == 0 && rule.to_port == 65535 && rule.cidr_ipv4 == range &&
        rule.security_group_id == aws_security_group.this.id
      ])
    )
    error_message = "Inside the VPC it may ask everybody, by TCP."
  }
}

run "behind_the_balancer" {
  command = apply

  variables {
    load_balancer = {
      security_group_id = "sg-0fedcba9876543210"
      target_group_arn  = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/api/0123456789abcdef"
      grace_seconds     = 90
    }
  }

  assert {
    condition     = [for one in aws_ecs_service.this.load_balancer : "${one.target_group_arn} ${one.container_name} ${one.container_port}"] == ["arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/api/0123456789abcdef api 8000"]
    error_message = "Its tasks join the target group with their port."
  }

  assert {
    condition     = aws_ecs_service.this.health_check_grace_period_seconds == 90
    error_message = "It is given time to start."
  }

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.balancer["balancer"].security_group_id == aws_security_group.this.id &&
      aws_vpc_security_group_ingress_rule.balancer["balancer"].referenced_security_group_id == "sg-0fedcba9876543210" &&
      aws_vpc_security_group_ingress_rule.balancer["balancer"].ip_protocol == "tcp" &&
      aws_vpc_security_group_ingress_rule.balancer["balancer"].from_port == 8000 && aws_vpc_security_group_ingress_rule.balancer["balancer"].to_port == 8000
    )
    error_message = "The balancer alone is let in, to the port alone."
  }

  assert {
    condition = (
      aws_vpc_security_group_egress_rule.balancer["balancer"].security_group_id == "sg-0fedcba9876543210" &&
      aws_vpc_security_group_egress_rule.balancer["balancer"].referenced_security_group_id == aws_security_group.this.id &&
      aws_vpc_security_group_egress_rule.balancer["balancer"].ip_protocol == "tcp" &&
      aws_vpc_security_group_egress_rule.balancer["balancer"].from_port == 8000 && aws_vpc_security_group_egress_rule.balancer["balancer"].to_port == 8000
    )
    error_message = "The balancer's way out leads to this service's port alone."
  }
}

run "called_by_name" {
  command = apply

  variables {
    service_connect = { namespace_arn = "arn:aws:servicediscovery:eu-west-1:111111111111:namespace/ns-0123456789abcdef" }
  }

  assert {
    condition     = aws_ecs_service.this.service_connect_configuration[0].enabled && aws_ecs_service.this.service_connect_configuration[0].namespace == "arn:aws:servicediscovery:eu-west-1:111111111111:namespace/ns-0123456789abcdef"
    error_message = "It is part of the namespace."
  }

  assert {
    condition = (
      length(aws_ecs_service.this.service_connect_configuration[0].service) == 1 &&
      aws_ecs_service.this.service_connect_configuration[0].service[0].port_name == "api" &&
      aws_ecs_service.this.service_connect_configuration[0].service[0].discovery_name == "api" &&
      one(aws_ecs_service.this.service_connect_configuration[0].service[0].client_alias).dns_name == "api" &&
      one(aws_ecs_service.this.service_connect_configuration[0].service[0].client_alias).port == 8000
    )
    error_message = "Others reach it at http://api:8000."
  }

  assert {
    condition     = aws_ecs_service.this.service_connect_configuration[0].service[0].port_name == jsondecode(aws_ecs_task_definition.this.container_definitions)[0].portMappings[0].name
    error_message = "The name of the port is the task's."
  }

  assert {
    condition     = aws_ecs_service.this.service_connect_configuration[0].log_configuration[0].options["awslogs-group"] == "/shop/dev/aws/api"
    error_message = "The proxy writes to the same log group."
  }
}

run "a_worker_that_calls_others" {
  command = apply

  variables {
    port            = null
    service_connect = { namespace_arn = "arn:aws:servicediscovery:eu-west-1:111111111111:namespace/ns-0123456789abcdef" }
  }

  assert {
    condition     = aws_ecs_service.this.service_connect_configuration[0].enabled && length(aws_ecs_service.this.service_connect_configuration[0].service) == 0
    error_message = "It knows the others' names, and has none of its own."
  }
}

run "not_called_by_name" {
  command = plan

  assert {
    condition     = length(aws_ecs_service.this.service_connect_configuration) == 0
    error_message = "Without a namespace there is no proxy."
  }
}
