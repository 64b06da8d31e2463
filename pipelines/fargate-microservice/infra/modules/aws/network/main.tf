# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# A VPC of its own for the target: in each zone a public subnet, in which balancers and NAT gateways stand, and a private
# one, in which everything runs. Nothing in a private subnet has a public address or a route to the internet gateway.
#
# plan: ec2:DescribeVpcs, ec2:DescribeVpcAttribute, ec2:DescribeSubnets, ec2:DescribeRouteTables, ec2:DescribeInternetGateways on *
# plan: ec2:DescribeNatGateways, ec2:DescribeAddresses, ec2:DescribeAddressesAttribute, ec2:DescribeNetworkInterfaces, ec2:DescribeNetworkAcls on *
# plan: ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules, ec2:DescribeVpcEndpoints, ec2:DescribePrefixLists, ec2:DescribeFlowLogs on *
# plan: ec2:DescribeAvailabilityZones on *
# plan: logs:DescribeLogGroups on *
# plan: logs:ListTagsForResource on log-groups
# plan: iam:GetRole, iam:GetRolePolicy, iam:ListRolePolicies, iam:ListAttachedRolePolicies on flow-log-role
# apply: ec2:CreateVpc, ec2:DeleteVpc, ec2:ModifyVpcAttribute, ec2:CreateSubnet, ec2:DeleteSubnet, ec2:ModifySubnetAttribute on *
# apply: ec2:CreateInternetGateway, ec2:AttachInternetGateway, ec2:DetachInternetGateway, ec2:DeleteInternetGateway on *
# apply: ec2:AllocateAddress, ec2:DisassociateAddress, ec2:ReleaseAddress, ec2:CreateNatGateway, ec2:DeleteNatGateway on *
# apply: ec2:CreateRouteTable, ec2:DeleteRouteTable, ec2:AssociateRouteTable, ec2:ReplaceRouteTableAssociation, ec2:DisassociateRouteTable on *
# apply: ec2:CreateRoute, ec2:ReplaceRoute, ec2:DeleteRoute on *
# apply: ec2:CreateSecurityGroup, ec2:DeleteSecurityGroup, ec2:ModifySecurityGroupRules on *
# apply: ec2:AuthorizeSecurityGroupIngress, ec2:RevokeSecurityGroupIngress, ec2:AuthorizeSecurityGroupEgress, ec2:RevokeSecurityGroupEgress on *
# apply: ec2:CreateVpcEndpoint, ec2:ModifyVpcEndpoint, ec2:DeleteVpcEndpoints, ec2:CreateFlowLogs, ec2:DeleteFlowLogs on *
# apply: ec2:CreateTags, ec2:DeleteTags on *
# apply: route53:AssociateVPCWithHostedZone on *
# apply: logs:CreateLogGroup, logs:DeleteLogGroup, logs:PutRetentionPolicy, logs:DeleteRetentionPolicy, logs:TagResource, logs:UntagResource on log-groups
# apply: iam:CreateRole, iam:DeleteRole, iam:UpdateRole, iam:UpdateRoleDescription, iam:UpdateAssumeRolePolicy, iam:PutRolePolicy, iam:DeleteRolePolicy on flow-log-role
# apply: iam:PutRolePermissionsBoundary, iam:TagRole, iam:UntagRole, iam:ListInstanceProfilesForRole on flow-log-role
# apply: iam:PassRole on flow-log-role if iam:PassedToService=vpc-flow-logs.amazonaws.com
# runs: logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents on log-groups
# runs: logs:DescribeLogGroups on *

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# Not filtered by state: a zone that has an outage would drop out of the list, and its subnets out of the plan.
data "aws_availability_zones" "all" {
  #checkov:skip=CKV_AWS_394:sorted and cut to the number asked for below, so that a new zone changes nothing
  # Neither local zones nor Wavelength: they lack most services.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  # Fargate has no capacity in these (Amazon ECS, "Supported Regions for AWS Fargate").
  exclude_zone_ids = ["use1-az3", "usw1-az2", "apne1-az3", "cac1-az4", "cnn1-az3"]

  lifecycle {
    postcondition {
      condition     = length(self.names) >= var.zones
      error_message = "This region has ${length(self.names)} zones that will do, and zones asks for ${var.zones}."
    }
  }
}

locals {
  # Its other attributes have one name in version 5 of the provider and another in version 6.
  region = split(".", data.aws_region.current.endpoint)[1]

  zones = slice(sort(data.aws_availability_zones.all.names), 0, min(var.zones, length(data.aws_availability_zones.all.names)))

  # Where there is a NAT gateway, and which one a zone's private subnet uses.
  nat_zones = toset(var.nat == "per-zone" ? local.zones : var.nat == "single" ? slice(local.zones, 0, 1) : [])
  nat_of    = { for zone in local.zones : zone => var.nat == "per-zone" ? zone : local.zones[0] if var.nat != "none" }

  # What a task calls before and beside its own work. Without NAT these are its only way to them.
  without_nat = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages"]
  services    = toset(concat(var.nat == "none" ? local.without_nat : [], var.endpoints))

  # CloudWatch knows these numbers of days only.
  retention = min([
    for days in [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] :
    days if days >= var.log_retention_days
  ]...)
}

resource "aws_vpc" "this" {
  cidr_block = var.cidr

  # The private names of endpoints need both.
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.name }
}

# Whatever is made without a security group gets this one: it lets nothing in and nothing out.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-closed" }
}

# Subnets. Each is a sixteenth of the range: the first eight parts are for private ones, the others for public ones. So
# none overlap, and another zone moves no subnet that is there.

resource "aws_subnet" "private" {
  for_each = toset(local.zones)

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.value
  cidr_block              = cidrsubnet(var.cidr, 4, index(local.zones, each.value))
  map_public_ip_on_launch = false

  tags = { Name = "${var.name}-private-${each.value}" }
}

resource "aws_subnet" "public" {
  for_each = toset(local.zones)

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.cidr, 4, 8 + index(local.zones, each.value))

  # Balancers and NAT gateways have public addresses without it.
  map_public_ip_on_launch = false

  tags = { Name = "${var.name}-public-${each.value}" }
}

# Ways of the public subnets

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = var.name }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-public" }
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

# Ways of the private subnets

resource "aws_eip" "nat" {
  for_each = local.nat_zones

  domain = "vpc"

  tags = { Name = "${var.name}-nat-${each.value}" }
}

resource "aws_nat_gateway" "this" {
  for_each = local.nat_zones

  allocation_id = aws_eip.nat[each.value].id
  subnet_id     = aws_subnet.public[each.value].id

  tags = { Name = "${var.name}-${each.value}" }

  # Of no use, and not to be made, before its own way out is there.
  depends_on = [aws_route.internet, aws_route_table_association.public]
}

# One table for each zone, also with one NAT gateway or none: another choice then changes routes and no subnet's table.
resource "aws_route_table" "private" {
  for_each = toset(local.zones)

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-private-${each.value}" }
}

resource "aws_route" "nat" {
  for_each = local.nat_of

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}

# Endpoints

# ECR keeps the layers of images in S3. This way there costs nothing and needs no NAT.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${local.region}.s3"
  route_table_ids   = [for zone in local.zones : aws_route_table.private[zone].id]

  tags = { Name = "${var.name}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.services

  vpc_id              = aws_vpc.this.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${local.region}.${each.value}"
  subnet_ids          = [for zone in local.zones : aws_subnet.private[zone].id]
  security_group_ids  = [for group in aws_security_group.endpoints : group.id]
  private_dns_enabled = true

  tags = { Name = "${var.name}-${each.value}" }
}

# Answers pass without a rule, and endpoints call nobody: no way out.
resource "aws_security_group" "endpoints" {
  for_each = toset(length(local.services) > 0 ? ["endpoints"] : [])

  # AWS refuses names that begin with sg-, as a project's may.
  name_prefix = "endpoints-${var.name}-"
  description = "Interface endpoints of ${var.name}"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-endpoints" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = aws_security_group.endpoints

  security_group_id = each.value.id
  description       = "HTTPS from the VPC"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = aws_vpc.this.cidr_block

  tags = { Name = "${var.name}-endpoints" }
}

# Flow logs: who talked to whom, and what was refused.

resource "aws_cloudwatch_log_group" "flow" {
  #checkov:skip=CKV_AWS_158:encrypted with CloudWatch's own key; one of ours would be one more thing that can be lost, and hides nothing from those who may read logs
  name              = var.flow_log_group
  retention_in_days = local.retention
}

resource "aws_iam_role" "flow" {
  name                 = var.flow_log_role_name
  description          = "Writes the flow logs of ${var.name}"
  permissions_boundary = var.boundary_arn

  # Only for this account's flow logs, whoever may pass it.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ec2:${local.region}:${data.aws_caller_identity.current.account_id}:vpc-flow-log/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "flow" {
  name = "write-flow-logs"
  role = aws_iam_role.flow.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = [aws_cloudwatch_log_group.flow.arn, "${aws_cloudwatch_log_group.flow.arn}:*"]
      },
      {
        # It lists, and can't be narrowed to one group.
        Effect   = "Allow"
        Action   = ["logs:DescribeLogGroups"]
        Resource = ["*"]
      },
    ]
  })
}

resource "aws_flow_log" "this" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow.arn
  iam_role_arn         = aws_iam_role.flow.arn

  tags = { Name = var.name }

  # Without its permissions the role delivers nothing.
  depends_on = [aws_iam_role_policy.flow]
}
