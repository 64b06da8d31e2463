# Who talked to whom is written down.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { endpoint = "ec2.cn-north-1.amazonaws.com.cn" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws-cn", dns_suffix = "amazonaws.com.cn" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["cn-north-1a", "cn-north-1b"] }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws-cn:iam::111111111111:role/shop-dev-aws-flow-logs" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws-cn:logs:cn-north-1:111111111111:log-group:/shop/dev/aws/flow_logs" }
  }
}

variables {
  name               = "shop-dev-aws"
  flow_log_group     = "/shop/dev/aws/flow_logs"
  flow_log_role_name = "shop-dev-aws-flow-logs"
  boundary_arn       = "arn:aws-cn:iam::111111111111:policy/shop-dev-aws-boundary"
}

run "everything_is_written_to_the_log_group" {
  command = apply

  assert {
    condition = (
      aws_flow_log.this.vpc_id == aws_vpc.this.id && aws_flow_log.this.traffic_type == "ALL" &&
      aws_flow_log.this.log_destination_type == "cloud-watch-logs" && aws_flow_log.this.log_destination == aws_cloudwatch_log_group.flow.arn &&
      aws_flow_log.this.iam_role_arn == aws_iam_role.flow.arn
    )
    error_message = "All traffic of the VPC goes to the log group, with the role."
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow.name == "/shop/dev/aws/flow_logs" && aws_cloudwatch_log_group.flow.retention_in_days == 30
    error_message = "The log group has its name, and keeps thirty days by default."
  }

  assert {
    condition     = aws_iam_role.flow.name == "shop-dev-aws-flow-logs" && aws_iam_role.flow.permissions_boundary == "arn:aws-cn:iam::111111111111:policy/shop-dev-aws-boundary"
    error_message = "The role has its name and the boundary."
  }

  assert {
    condition = jsondecode(aws_iam_role.flow.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "111111111111" }
        ArnLike      = { "aws:SourceArn" = "arn:aws-cn:ec2:cn-north-1:111111111111:vpc-flow-log/*" }
      }
    }]
    error_message = "Only this account's flow logs take the role."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.flow.policy).Statement == [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = ["arn:aws-cn:logs:cn-north-1:111111111111:log-group:/shop/dev/aws/flow_logs", "arn:aws-cn:logs:cn-north-1:111111111111:log-group:/shop/dev/aws/flow_logs:*"]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:DescribeLogGroups"]
        Resource = ["*"]
      },
    ]
    error_message = "The role writes to that log group alone."
  }
}

run "kept_at_least_as_long_as_asked" {
  command = plan

  variables {
    log_retention_days = 91
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow.retention_in_days == 120
    error_message = "CloudWatch's next number of days is taken."
  }
}

run "kept_as_long_as_can_be" {
  command = plan

  variables {
    log_retention_days = 3653
    boundary_arn       = null
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow.retention_in_days == 3653 && aws_iam_role.flow.permissions_boundary == null
    error_message = "The longest time is one that CloudWatch knows, and a boundary is not a must."
  }
}
