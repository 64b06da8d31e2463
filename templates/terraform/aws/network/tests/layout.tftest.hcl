# Where things stand, and which way they go.

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
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-west-1c", "eu-west-1a", "eu-west-1f", "eu-west-1b", "eu-west-1e", "eu-west-1d"] }
  }
  mock_resource "aws_vpc" {
    defaults = { arn = "arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-0123456789abcdef0" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/shop-dev-aws-flow-logs" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:111111111111:log-group:/shop/dev/aws/flow_logs" }
  }
}

variables {
  name               = "shop-dev-aws"
  flow_log_group     = "/shop/dev/aws/flow_logs"
  flow_log_role_name = "shop-dev-aws-flow-logs"
}

run "two_zones_by_default" {
  command = plan

  assert {
    condition     = aws_vpc.this.cidr_block == "10.0.0.0/16" && aws_vpc.this.enable_dns_support && aws_vpc.this.enable_dns_hostnames
    error_message = "The VPC has the range, and the DNS that endpoints need."
  }

  assert {
    condition     = keys(aws_subnet.private) == ["eu-west-1a", "eu-west-1b"] && keys(aws_subnet.public) == ["eu-west-1a", "eu-west-1b"]
    error_message = "A private and a public subnet in each of the first two zones, in whatever order AWS names them."
  }

  assert {
    condition     = [for subnet in aws_subnet.private : subnet.cidr_block] == ["10.0.0.0/20", "10.0.16.0/20"]
    error_message = "Private subnets are the first parts of the range."
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == ["10.0.128.0/20", "10.0.144.0/20"]
    error_message = "Public subnets come from its second half."
  }

  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) : subnet.map_public_ip_on_launch == false])
    error_message = "No subnet gives out public addresses."
  }

  assert {
    condition     = data.aws_availability_zones.all.state == null && contains(data.aws_availability_zones.all.exclude_zone_ids, "use1-az3")
    error_message = "A zone's outage changes nothing, and zones without Fargate are left out."
  }
}

run "another_zone_moves_nothing" {
  command = plan

  variables {
    zones = 3
  }

  assert {
    condition     = [for subnet in aws_subnet.private : subnet.cidr_block] == ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"]
    error_message = "The first two private subnets stay what they are."
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == ["10.0.128.0/20", "10.0.144.0/20", "10.0.160.0/20"]
    error_message = "The first two public subnets stay what they are."
  }
}

# All subnets are different sixteenths of the range, so none overlap.
run "no_overlap_in_the_largest" {
  command = plan

  variables {
    cidr  = "172.16.0.0/16"
    zones = 6
  }

  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) : subnet.cidr_block])) == 12
    error_message = "Twelve subnets have twelve ranges."
  }

  assert {
    condition = alltrue([
      for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) :
      contains([for part in range(16) : cidrsubnet("172.16.0.0/16", 4, part)], subnet.cidr_block)
    ])
    error_message = "Each is a sixteenth of the VPC's range."
  }
}

run "no_overlap_in_the_smallest" {
  command = plan

  variables {
    cidr  = "192.168.2.0/23"
    zones = 6
  }

  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) : subnet.cidr_block])) == 12
    error_message = "Twelve subnets have twelve ranges."
  }

  assert {
    condition = alltrue([
      for subnet in concat(values(aws_subnet.private), values(aws_subnet.public)) :
      contains([for part in range(16) : cidrsubnet("192.168.2.0/23", 4, part)], subnet.cidr_block) && endswith(subnet.cidr_block, "/27")
    ])
    error_message = "Each is a sixteenth of the VPC's range, and large enough for a balancer."
  }
}

run "one_nat_gateway" {
  command = apply

  variables {
    zones = 3
    nat   = "single"
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-west-1a"] && keys(aws_eip.nat) == ["eu-west-1a"]
    error_message = "One NAT gateway, with one address."
  }

  assert {
    condition     = aws_nat_gateway.this["eu-west-1a"].subnet_id == aws_subnet.public["eu-west-1a"].id
    error_message = "It stands in a public subnet."
  }

  assert {
    condition     = keys(aws_route.nat) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"] && alltrue([for route in aws_route.nat : route.nat_gateway_id == aws_nat_gateway.this["eu-west-1a"].id])
    error_message = "Every private subnet goes through it."
  }
}

run "a_nat_gateway_in_each_zone" {
  command = apply

  variables {
    zones = 3
    nat   = "per-zone"
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    error_message = "Each zone has a NAT gateway."
  }

  assert {
    condition = alltrue([
      for zone in ["eu-west-1a", "eu-west-1b", "eu-west-1c"] :
      aws_route.nat[zone].nat_gateway_id == aws_nat_gateway.this[zone].id &&
      aws_nat_gateway.this[zone].subnet_id == aws_subnet.public[zone].id &&
      aws_nat_gateway.this[zone].allocation_id == aws_eip.nat[zone].id
    ])
    error_message = "Each private subnet goes through that of its own zone, which stands in the zone's public subnet."
  }
}

run "no_nat_gateway" {
  command = apply

  variables {
    nat = "none"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_eip.nat) == 0 && length(aws_route.nat) == 0
    error_message = "Nothing leads out of the private subnets."
  }
}

run "private_subnets_never_meet_the_internet_gateway" {
  command = apply

  variables {
    zones = 3
    nat   = "per-zone"
  }

  assert {
    condition     = aws_route.internet.route_table_id == aws_route_table.public.id && aws_route.internet.gateway_id == aws_internet_gateway.this.id
    error_message = "The way to the internet gateway stands in the public table."
  }

  assert {
    condition     = alltrue([for zone, one in aws_route_table_association.public : one.route_table_id == aws_route_table.public.id && one.subnet_id == aws_subnet.public[zone].id])
    error_message = "Public subnets have the public table."
  }

  assert {
    condition = alltrue([
      for zone, one in aws_route_table_association.private :
      one.route_table_id == aws_route_table.private[zone].id && one.subnet_id == aws_subnet.private[zone].id && one.route_table_id != aws_route_table.public.id
    ])
    error_message = "Private subnets have tables of their own."
  }

  # Without a NAT gateway a private table has no route of ours at all; with one only those of aws_route.nat.
  assert {
    condition     = alltrue([for zone, route in aws_route.nat : route.gateway_id == null && route.route_table_id == aws_route_table.private[zone].id])
    error_message = "The private tables' routes name no internet gateway."
  }

  assert {
    condition     = alltrue([for table in concat(values(aws_route_table.private), [aws_route_table.public]) : length(table.route) == 0])
    error_message = "No table has routes beside those."
  }

  assert {
    condition     = output.private_subnet_ids == [for zone in ["eu-west-1a", "eu-west-1b", "eu-west-1c"] : aws_subnet.private[zone].id]
    error_message = "The private subnets are given out as such."
  }

  assert {
    condition     = output.public_subnet_ids == [for zone in ["eu-west-1a", "eu-west-1b", "eu-west-1c"] : aws_subnet.public[zone].id]
    error_message = "The public subnets are given out as such."
  }

  assert {
    condition     = output.vpc_id == aws_vpc.this.id && output.vpc_cidrs == ["10.0.0.0/16"]
    error_message = "The VPC and its range are given out."
  }
}

run "the_default_security_group_is_closed" {
  command = apply

  assert {
    condition     = aws_default_security_group.this.vpc_id == aws_vpc.this.id && length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "It has no rule in either direction."
  }
}

run "too_few_zones" {
  command = plan

  override_data {
    target = data.aws_availability_zones.all
    values = { names = ["eu-west-1a", "eu-west-1b"] }
  }

  variables {
    zones = 3
  }

  expect_failures = [data.aws_availability_zones.all]
}
