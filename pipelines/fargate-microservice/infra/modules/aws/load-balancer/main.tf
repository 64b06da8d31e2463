# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The application load balancer before the target's services: who may reach it, which requests go to which service, and
# how the services' health is asked.
#
# plan: elasticloadbalancing:DescribeLoadBalancers, elasticloadbalancing:DescribeLoadBalancerAttributes, elasticloadbalancing:DescribeCapacityReservation on *
# plan: elasticloadbalancing:DescribeListeners, elasticloadbalancing:DescribeListenerAttributes, elasticloadbalancing:DescribeRules on *
# plan: elasticloadbalancing:DescribeTargetGroups, elasticloadbalancing:DescribeTargetGroupAttributes, elasticloadbalancing:DescribeTags on *
# plan: ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules on *
# apply: elasticloadbalancing:CreateLoadBalancer, elasticloadbalancing:DeleteLoadBalancer, elasticloadbalancing:ModifyLoadBalancerAttributes on load-balancers
# apply: elasticloadbalancing:SetSecurityGroups, elasticloadbalancing:SetSubnets, elasticloadbalancing:SetIpAddressType, elasticloadbalancing:CreateListener on load-balancers
# apply: elasticloadbalancing:ModifyListener, elasticloadbalancing:ModifyListenerAttributes, elasticloadbalancing:DeleteListener, elasticloadbalancing:CreateRule on listeners
# apply: elasticloadbalancing:ModifyRule, elasticloadbalancing:DeleteRule, elasticloadbalancing:SetRulePriorities on listener-rules
# apply: elasticloadbalancing:CreateTargetGroup, elasticloadbalancing:ModifyTargetGroup, elasticloadbalancing:ModifyTargetGroupAttributes, elasticloadbalancing:DeleteTargetGroup on target-groups
# apply: elasticloadbalancing:AddTags, elasticloadbalancing:RemoveTags on load-balancers, listeners, listener-rules, target-groups
# apply: ec2:CreateSecurityGroup, ec2:DeleteSecurityGroup, ec2:ModifySecurityGroupRules, ec2:CreateTags, ec2:DeleteTags on *
# apply: ec2:AuthorizeSecurityGroupIngress, ec2:RevokeSecurityGroupIngress, ec2:AuthorizeSecurityGroupEgress, ec2:RevokeSecurityGroupEgress on *
# apply: ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeInternetGateways, ec2:DescribeAccountAttributes, ec2:DescribeAddresses, ec2:DescribeNetworkInterfaces on *
# apply: ec2:GetSecurityGroupsForVpc on *
# apply: iam:CreateServiceLinkedRole on service-linked-roles if iam:AWSServiceName=elasticloadbalancing.amazonaws.com

locals {
  # Written the way AWS keeps them, so that 203.0.113.7/24 is the range that it means and no eternal change.
  ranges = toset([for range in coalesce(var.allow, ["0.0.0.0/0"]) : cidrsubnet(range, 0, 0)])
  ports  = var.https == null ? [80] : [80, 443]

  # The rules that let requests in: each range to each port.
  doors = { for door in setproduct(local.ports, local.ranges) : "${door[0]} ${door[1]}" => { port = door[0], range = door[1] } }

  # Where requests are told apart.
  listener_arn = var.https == null ? aws_lb_listener.http.arn : one([for listener in aws_lb_listener.https : listener.arn])

  # The most specific first. The key is the priority, not the path: another route moves others to other priorities, and
  # AWS gives one priority to one rule only, so that moving rules one by one fails where rewriting them in place does not.
  rules = { for index, route in var.routes : tostring(index + 1) => {
    priority = index + 1
    service  = route.service

    # The balancer's own /x/* doesn't match /x.
    paths = endswith(route.path, "/*") && length(route.path) > 2 ? [trimsuffix(route.path, "/*"), route.path] : [route.path]
  } }
}

# Who reaches it. The way out is added by each service, from here to its own security group alone.
resource "aws_security_group" "this" {
  # AWS refuses names that begin with sg-, as a project's may.
  name_prefix = "balancer-${var.name}-"
  description = "The load balancer ${var.name}"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-balancer" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.doors

  security_group_id = aws_security_group.this.id
  description       = each.value.port == 443 ? "HTTPS from outside" : var.https == null ? "HTTP from outside" : "HTTP from outside, redirected"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = strcontains(each.value.range, ":") ? null : each.value.range
  cidr_ipv6         = strcontains(each.value.range, ":") ? each.value.range : null

  tags = { Name = "${var.name}-balancer" }
}

#trivy:ignore:AWS-0053 whether the internet reaches it is the manifest's choice
resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:deletion protection is the environment's choice: on where it is production
  #checkov:skip=CKV2_AWS_20:port 80 only redirects to 443 where there is a certificate; without one the manifest chose plain HTTP
  #checkov:skip=CKV2_AWS_28:a web application firewall is a module of its own
  name               = var.name
  load_balancer_type = "application"
  internal           = var.internal
  security_groups    = [aws_security_group.this.id]
  subnets            = var.subnet_ids
  ip_address_type    = "ipv4"

  # Services see neither headers that no sound client sends nor requests that two servers would read differently.
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "defensive"

  enable_deletion_protection = var.deletion_protection

  dynamic "access_logs" {
    for_each = var.access_logs == null ? [] : [var.access_logs]

    content {
      enabled = true
      bucket  = access_logs.value.bucket
      prefix  = access_logs.value.prefix
    }
  }

  tags = { Name = var.name }

  lifecycle {
    # A balancer can't move to another VPC: AWS refuses its new subnets.
    replace_triggered_by = [aws_security_group.this.vpc_id]
  }
}

# Listeners

#trivy:ignore:AWS-0054 only redirects to 443 where there is a certificate; without one the manifest chose plain HTTP
resource "aws_lb_listener" "http" {
  #checkov:skip=CKV_AWS_103:there is no TLS on port 80
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  dynamic "default_action" {
    for_each = var.https == null ? [] : ["redirect"]

    content {
      type = "redirect"

      redirect {
        protocol    = "HTTPS"
        port        = "443"
        status_code = "HTTP_301"
      }
    }
  }

  dynamic "default_action" {
    for_each = var.https == null ? ["not found"] : []

    content {
      type = "fixed-response"

      fixed_response {
        content_type = "text/plain"
        message_body = "not found"
        status_code  = "404"
      }
    }
  }
}

resource "aws_lb_listener" "https" {
  for_each = toset(var.https == null ? [] : ["https"])

  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.https.certificate_arn

  # TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only.
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"

  # What no route claims is nobody's.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each = local.rules

  listener_arn = local.listener_arn
  priority     = each.value.priority

  condition {
    path_pattern {
      values = each.value.paths
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.value.service].arn
  }
}

# Target groups

resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:from the balancer to a task inside the VPC; TLS ends at the balancer
  for_each = var.services

  # AWS has 32 characters for a name, of which Terraform takes 26 to make it unlike any other: a group is replaced by
  # another while rules still lead to it. The first five digits are those of the SHA-256 of the balancer's name; who it is
  # for stands in the tag.
  name_prefix = "${substr(sha256(var.name), 0, 5)}-"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = each.value.port

  # As long as the balancer keeps a silent connection: a task goes when the last request to it may be over.
  deregistration_delay = 60

  health_check {
    protocol            = "HTTP"
    port                = "traffic-port"
    path                = each.value.health.path
    matcher             = each.value.health.codes
    interval            = each.value.health.interval
    timeout             = each.value.health.timeout
    healthy_threshold   = each.value.health.healthy
    unhealthy_threshold = each.value.health.unhealthy
  }

  tags = { Name = "${var.name} ${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}
