# Which request goes where, and how services are asked whether they are well.

mock_provider "aws" {
  mock_resource "aws_lb" {
    defaults = {
      arn      = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop-dev-aws/0123456789abcdef"
      dns_name = "shop-dev-aws-1.eu-west-1.elb.amazonaws.com"
      zone_id  = "Z32O12XQLNTSW2"
    }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shop-dev-aws/0123456789abcdef/0123456789abcdef" }
  }
}

# Each group has an ARN of its own, so that one can't stand for another.
override_resource {
  target = aws_lb_target_group.this["api"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/api/0123456789abcdef" }
}
override_resource {
  target = aws_lb_target_group.this["web"]
  values = { arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef" }
}

variables {
  name       = "shop-dev-aws"
  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0bbbbbbbbbbbbbbb2"]
  services = {
    api = { port = 8000, health = { path = "/health", codes = "200-299", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } }
    web = { port = 3000, health = { path = "/", codes = "200,301", interval = 30, timeout = 10, healthy = 5, unhealthy = 4 } }
  }
  routes = [
    { path = "/api/status", service = "web" },
    { path = "/api/*", service = "api" },
    { path = "/*", service = "web" },
  ]
}

run "the_most_specific_route_first" {
  command = apply

  assert {
    condition     = { for rule in aws_lb_listener_rule.this : rule.priority => flatten([for one in rule.condition : [for path in one.path_pattern : sort(path.values)]]) } == { 1 = ["/api/status"], 2 = ["/api", "/api/*"], 3 = ["/*"] }
    error_message = "Priorities follow the list; /x/* also matches /x, an exact path only itself, /* everything."
  }

  assert {
    condition = { for rule in aws_lb_listener_rule.this : rule.priority => one(rule.action).target_group_arn } == {
      1 = aws_lb_target_group.this["web"].arn
      2 = aws_lb_target_group.this["api"].arn
      3 = aws_lb_target_group.this["web"].arn
    }
    error_message = "Each leads to its service."
  }

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.this : length(rule.action) == 1 && one(rule.action).type == "forward"])
    error_message = "A rule forwards and does nothing else."
  }

  assert {
    condition     = output.target_group_arns == { api = aws_lb_target_group.this["api"].arn, web = aws_lb_target_group.this["web"].arn }
    error_message = "Each service's group is given out."
  }
}

# A rule keeps its priority whatever comes before it: AWS refuses a priority that another rule still has.
run "another_route_moves_no_rule" {
  command = apply

  variables {
    routes = [
      { path = "/api/login", service = "web" },
      { path = "/api/status", service = "web" },
      { path = "/api/*", service = "api" },
      { path = "/*", service = "web" },
    ]
  }

  assert {
    condition     = alltrue([for key, rule in aws_lb_listener_rule.this : tostring(rule.priority) == key])
    error_message = "Rules are told apart by their priorities."
  }

  assert {
    condition     = length(aws_lb_listener_rule.this) == 4
    error_message = "There is one rule for each route."
  }
}

run "what_no_route_claims_is_nobodys" {
  command = apply

  variables {
    services = {
      api = { port = 8000, health = { path = "/health", codes = "200", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } }
    }
    routes = [{ path = "/api/*", service = "api" }]
  }

  assert {
    condition = (
      length(aws_lb_listener.http.default_action) == 1 && aws_lb_listener.http.default_action[0].type == "fixed-response" &&
      aws_lb_listener.http.default_action[0].fixed_response[0].status_code == "404"
    )
    error_message = "It is answered with 404."
  }
}

run "health_checks_are_the_manifests" {
  command = plan

  assert {
    condition = alltrue([for service, group in aws_lb_target_group.this :
      group.health_check[0].path == var.services[service].health.path &&
      group.health_check[0].matcher == var.services[service].health.codes &&
      group.health_check[0].interval == var.services[service].health.interval &&
      group.health_check[0].timeout == var.services[service].health.timeout &&
      group.health_check[0].healthy_threshold == var.services[service].health.healthy &&
      group.health_check[0].unhealthy_threshold == var.services[service].health.unhealthy &&
      group.health_check[0].protocol == "HTTP" && group.health_check[0].port == "traffic-port"
    ])
    error_message = "Path, codes, times and counts are those given, asked on the service's own port."
  }

  assert {
    condition     = aws_lb_target_group.this["api"].port == 8000 && aws_lb_target_group.this["web"].port == 3000
    error_message = "A group has its service's port."
  }

  assert {
    condition     = alltrue([for group in aws_lb_target_group.this : group.target_type == "ip" && group.protocol == "HTTP" && group.vpc_id == "vpc-0123456789abcdef0" && group.deregistration_delay == "60"])
    error_message = "Groups take tasks by their addresses, and let the last requests end."
  }
}

# Six characters, to which Terraform adds twenty-six: AWS has 32.
run "names_of_groups_fit_and_can_be_replaced" {
  command = plan

  variables {
    name = "a-name-of-all-32-characters-here"
  }

  assert {
    condition     = alltrue([for group in aws_lb_target_group.this : group.name_prefix == "${substr(sha256("a-name-of-all-32-characters-here"), 0, 5)}-"])
    error_message = "They begin with five digits of the balancer's."
  }

  assert {
    condition     = length(aws_lb.this.name) == 32
    error_message = "The balancer has the name given."
  }
}

run "no_service_at_all" {
  command = apply

  variables {
    services = {}
    routes   = []
  }

  assert {
    condition     = length(aws_lb_listener_rule.this) == 0 && length(output.target_group_arns) == 0
    error_message = "A balancer without services answers 404 to everything."
  }
}
