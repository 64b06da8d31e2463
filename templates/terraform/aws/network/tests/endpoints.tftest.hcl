# What private subnets reach without the internet.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { endpoint = "ec2.ap-south-1.amazonaws.com" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["ap-south-1a", "ap-south-1b"] }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/shop-dev-aws-flow-logs" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:ap-south-1:111111111111:log-group:/shop/dev/aws/flow_logs" }
  }
}

variables {
  name               = "shop-dev-aws"
  flow_log_group     = "/shop/dev/aws/flow_logs"
  flow_log_role_name = "shop-dev-aws-flow-logs"
}

run "s3_is_always_there" {
  command = apply

  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3.service_name == "com.amazonaws.ap-south-1.s3"
    error_message = "S3 has a gateway endpoint."
  }

  assert {
    condition     = toset(aws_vpc_endpoint.s3.route_table_ids) == toset([for table in aws_route_table.private : table.id])
    error_message = "Every private table leads there."
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 0 && length(aws_security_group.endpoints) == 0
    error_message = "With NAT there is no other, and no security group for one."
  }
}

run "without_nat_what_a_task_calls" {
  command = apply

  variables {
    nat       = "none"
    endpoints = ["sqs", "logs"]
  }

  assert {
    condition     = toset(keys(aws_vpc_endpoint.interface)) == toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "sqs"])
    error_message = "ECR, logs, secrets and SSM, and what the manifest adds, each once."
  }

  assert {
    condition = alltrue([
      for service, endpoint in aws_vpc_endpoint.interface :
      endpoint.service_name == "com.amazonaws.ap-south-1.${service}" && endpoint.vpc_endpoint_type == "Interface" && endpoint.private_dns_enabled
    ])
    error_message = "Each answers to the name by which everybody asks."
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : toset(endpoint.subnet_ids) == toset([for subnet in aws_subnet.private : subnet.id])])
    error_message = "Each stands in all private subnets."
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : toset(endpoint.security_group_ids) == toset([aws_security_group.endpoints["endpoints"].id])]) && aws_security_group.endpoints["endpoints"].vpc_id == aws_vpc.this.id
    error_message = "Each has the endpoints' security group and no other."
  }

  assert {
    condition = (
      length(aws_vpc_security_group_ingress_rule.endpoints) == 1 &&
      aws_vpc_security_group_ingress_rule.endpoints["endpoints"].security_group_id == aws_security_group.endpoints["endpoints"].id &&
      aws_vpc_security_group_ingress_rule.endpoints["endpoints"].ip_protocol == "tcp" &&
      aws_vpc_security_group_ingress_rule.endpoints["endpoints"].from_port == 443 &&
      aws_vpc_security_group_ingress_rule.endpoints["endpoints"].to_port == 443 &&
      aws_vpc_security_group_ingress_rule.endpoints["endpoints"].cidr_ipv4 == "10.0.0.0/16"
    )
    error_message = "That lets in HTTPS from the VPC and nothing else."
  }

  assert {
    condition     = length(aws_security_group.endpoints["endpoints"].ingress) == 0 && length(aws_security_group.endpoints["endpoints"].egress) == 0
    error_message = "An endpoint asks nobody."
  }
}

run "with_nat_only_those_of_the_manifest" {
  command = plan

  variables {
    endpoints = ["kms"]
  }

  assert {
    condition     = keys(aws_vpc_endpoint.interface) == ["kms"] && length(aws_vpc_security_group_ingress_rule.endpoints) == 1
    error_message = "The manifest's endpoint is there, with its way in."
  }
}
