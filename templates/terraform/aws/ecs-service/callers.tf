# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Feature: other services call this one without the ingress.
#
# plan: ec2:DescribeSecurityGroupRules on *
# apply: ec2:AuthorizeSecurityGroupIngress, ec2:RevokeSecurityGroupIngress, ec2:ModifySecurityGroupRules, ec2:CreateTags, ec2:DeleteTags on *

variable "callers" {
  description = "The services that may reach its port: their names and security groups. null: nobody but the balancer."
  type        = map(string)
  default     = null

  validation {
    condition     = var.callers == null || var.port != null
    error_message = "A service that is called needs a port."
  }
}

resource "aws_vpc_security_group_ingress_rule" "caller" {
  for_each = coalesce(var.callers, {})

  security_group_id            = aws_security_group.this.id
  description                  = "Calls of ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = each.value

  tags = { Name = var.family }
}
