# Who reaches it, and how.

mock_provider "aws" {
  mock_resource "aws_lb" {
    defaults = {
      arn      = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop-dev-aws/0123456789abcdef"
      dns_name = "shop-dev-aws-1.eu-west-1.elb.amazonaws.com"
      zone_id  = "Z32O12XQLNTSW2"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/mock/0123456789abcdef" }
  }
}

override_resource {
  target = aws_lb_listener.http
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shop-dev-aws/0123456789abcdef/0000000000000080" }
}
override_resource {
  target = aws_lb_listener.https["https"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shop-dev-aws/0123456789abcdef/0000000000000443" }
}

variables {
  name       = "shop-dev-aws"
  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0bbbbbbbbbbbbbbb2"]
  services = {
    web = { port = 3000, health = { path = "/", codes = "200-399", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } }
  }
  routes = [{ path = "/*", service = "web" }]
}

run "plain_http_for_everyone" {
  command = apply

  assert {
    condition     = aws_lb.this.internal == false && aws_lb.this.load_balancer_type == "application" && toset(aws_lb.this.subnets) == toset(var.subnet_ids)
    error_message = "It faces the internet from the subnets given."
  }

  assert {
    condition     = toset(aws_lb.this.security_groups) == toset([aws_security_group.this.id]) && aws_security_group.this.name_prefix == "balancer-shop-dev-aws-" && aws_security_group.this.vpc_id == "vpc-0123456789abcdef0"
    error_message = "It has its own security group and no other."
  }

  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.this :
      rule.security_group_id == aws_security_group.this.id && rule.ip_protocol == "tcp" && rule.from_port == 80 && rule.to_port == 80 && rule.cidr_ipv4 == "0.0.0.0/0"
    ]) && length(aws_vpc_security_group_ingress_rule.this) == 1
    error_message = "Everyone may ask port 80, and nothing else is open."
  }

  assert {
    condition     = aws_lb_listener.http.port == 80 && aws_lb_listener.http.protocol == "HTTP" && length(aws_lb_listener.https) == 0
    error_message = "There is a listener on port 80 alone."
  }

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.this : rule.listener_arn == aws_lb_listener.http.arn])
    error_message = "Port 80 serves."
  }

  assert {
    condition     = output.url == "http://shop-dev-aws-1.eu-west-1.elb.amazonaws.com" && output.dns_name == "shop-dev-aws-1.eu-west-1.elb.amazonaws.com" && output.zone_id == "Z32O12XQLNTSW2"
    error_message = "It is reached by its own name."
  }

  assert {
    condition     = length(aws_security_group.this.ingress) == 0 && length(aws_security_group.this.egress) == 0
    error_message = "The security group itself opens nothing: each service adds its own way out."
  }

  assert {
    condition     = output.arn == aws_lb.this.arn && output.security_group_id == aws_security_group.this.id
    error_message = "What others need of it is given out."
  }
}

run "https_serves_and_http_redirects" {
  command = apply

  variables {
    https = {
      certificate_arn = "arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-0000-0000-000000000000"
      domain          = "shop.example.com"
    }
  }

  assert {
    condition = (
      aws_lb_listener.https["https"].port == 443 && aws_lb_listener.https["https"].protocol == "HTTPS" &&
      aws_lb_listener.https["https"].certificate_arn == var.https.certificate_arn &&
      aws_lb_listener.https["https"].load_balancer_arn == aws_lb.this.arn
    )
    error_message = "Port 443 has the certificate."
  }

  assert {
    condition     = aws_lb_listener.https["https"].ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
    error_message = "Nothing older than TLS 1.2 is spoken."
  }

  assert {
    condition = (
      length(aws_lb_listener.https["https"].default_action) == 1 && aws_lb_listener.https["https"].default_action[0].type == "fixed-response" &&
      aws_lb_listener.https["https"].default_action[0].fixed_response[0].status_code == "404"
    )
    error_message = "What no route claims is answered with 404."
  }

  assert {
    condition = (
      length(aws_lb_listener.http.default_action) == 1 && aws_lb_listener.http.default_action[0].type == "redirect" &&
      aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http.default_action[0].redirect[0].port == "443" &&
      aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_301"
    )
    error_message = "Port 80 redirects there."
  }

  assert {
    condition     = length(aws_lb_listener_rule.this) == 1 && alltrue([for rule in aws_lb_listener_rule.this : rule.listener_arn == aws_lb_listener.https["https"].arn])
    error_message = "No rule of port 80 serves anything."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.this : rule.from_port]) == toset([80, 443]) && alltrue([for rule in aws_vpc_security_group_ingress_rule.this : rule.from_port == rule.to_port])
    error_message = "Both ports are open, and no other."
  }

  assert {
    condition     = output.url == "https://shop.example.com"
    error_message = "It is reached by the certificate's name."
  }
}

run "only_those_who_are_allowed" {
  command = apply

  variables {
    internal = true
    allow    = ["203.0.113.7/24", "203.0.113.0/24", "198.51.100.10/32", "2001:DB8::1/32"]
    https = {
      certificate_arn = "arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-0000-0000-000000000000"
      domain          = "shop.example.com"
    }
  }

  assert {
    condition     = aws_lb.this.internal
    error_message = "It has private addresses only."
  }

  assert {
    condition = toset([for rule in aws_vpc_security_group_ingress_rule.this : "${rule.from_port} ${rule.cidr_ipv4 == null ? rule.cidr_ipv6 : rule.cidr_ipv4}"]) == toset([
      "80 203.0.113.0/24", "80 198.51.100.10/32", "80 2001:db8::/32",
      "443 203.0.113.0/24", "443 198.51.100.10/32", "443 2001:db8::/32",
    ])
    error_message = "Each range may ask each port, written as AWS writes it, once; nobody else may."
  }
}

run "sound_requests_only" {
  command = plan

  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && contains(["defensive", "strictest"], aws_lb.this.desync_mitigation_mode)
    error_message = "Invalid headers are dropped, ambiguous requests are not passed on."
  }

  assert {
    condition     = aws_lb.this.enable_deletion_protection == false && length(aws_lb.this.access_logs) == 0
    error_message = "Protection and access logs are off unless asked for."
  }
}

run "protected_and_logged" {
  command = plan

  variables {
    deletion_protection = true
    access_logs         = { bucket = "acme-elb-logs", prefix = "shop" }
  }

  assert {
    condition     = aws_lb.this.enable_deletion_protection
    error_message = "AWS refuses to delete it."
  }

  assert {
    condition     = aws_lb.this.access_logs[0].enabled && aws_lb.this.access_logs[0].bucket == "acme-elb-logs" && aws_lb.this.access_logs[0].prefix == "shop"
    error_message = "Access logs go to the bucket."
  }
}
