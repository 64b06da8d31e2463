# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# A network that somebody else made and keeps: it is looked up, and nothing of it is changed. Security groups are made by
# those who need them.
#
# plan: ec2:DescribeVpcs, ec2:DescribeVpcAttribute, ec2:DescribeRouteTables, ec2:DescribeSubnets on *

data "aws_vpc" "this" {
  id = var.vpc_id
}

data "aws_subnet" "private" {
  for_each = toset(var.private_subnet_ids)

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "The private subnet ${each.value} belongs to ${self.vpc_id}, not to ${var.vpc_id}."
    }
  }
}

data "aws_subnet" "public" {
  for_each = toset(var.public_subnet_ids)

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.vpc_id
      error_message = "The public subnet ${each.value} belongs to ${self.vpc_id}, not to ${var.vpc_id}."
    }
  }
}
