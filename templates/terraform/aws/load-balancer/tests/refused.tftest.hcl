# What is refused.

mock_provider "aws" {}

variables {
  name       = "shop-dev-aws"
  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0bbbbbbbbbbbbbbb2"]
  services = {
    web = { port = 3000, health = { path = "/", codes = "200-399", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } }
  }
  routes = [{ path = "/*", service = "web" }]
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-name-of-33-characters-is-1-more"
  }

  expect_failures = [var.name]
}

run "name_with_a_hyphen_at_its_end" {
  command = plan

  variables {
    name = "shop-"
  }

  expect_failures = [var.name]
}

run "name_that_aws_keeps" {
  command = plan

  variables {
    name = "internal-shop"
  }

  expect_failures = [var.name]
}

run "one_subnet" {
  command = plan

  variables {
    subnet_ids = ["subnet-0aaaaaaaaaaaaaaa1"]
  }

  expect_failures = [var.subnet_ids]
}

run "allow_nobody" {
  command = plan

  variables {
    allow = []
  }

  expect_failures = [var.allow]
}

run "allow_an_address" {
  command = plan

  variables {
    allow = ["203.0.113.7"]
  }

  expect_failures = [var.allow]
}

run "allow_no_range" {
  command = plan

  variables {
    allow = ["203.0.113.0/33"]
  }

  expect_failures = [var.allow]
}

run "certificate_of_nothing" {
  command = plan

  variables {
    https = { certificate_arn = "certificate/1", domain = "shop.example.com" }
  }

  expect_failures = [var.https]
}

run "domain_with_a_star" {
  command = plan

  variables {
    https = { certificate_arn = "arn:aws:acm:eu-west-1:111111111111:certificate/1", domain = "*.example.com" }
  }

  expect_failures = [var.https]
}

run "domain_with_a_scheme" {
  command = plan

  variables {
    https = { certificate_arn = "arn:aws:acm:eu-west-1:111111111111:certificate/1", domain = "https://shop.example.com" }
  }

  expect_failures = [var.https]
}

run "port_zero" {
  command = plan

  variables {
    services = { web = { port = 0, health = { path = "/", codes = "200", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "port_too_high" {
  command = plan

  variables {
    services = { web = { port = 65536, health = { path = "/", codes = "200", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "port_broken" {
  command = plan

  variables {
    services = { web = { port = 80.5, health = { path = "/", codes = "200", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "health_without_slash" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "health", codes = "200", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "codes_of_faults" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "500-599", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "codes_in_words" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "ok", interval = 15, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "interval_too_short" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "200", interval = 4, timeout = 2, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "interval_too_long" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "200", interval = 301, timeout = 5, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "timeout_as_long_as_the_interval" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "200", interval = 15, timeout = 15, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "timeout_too_short" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "200", interval = 15, timeout = 1, healthy = 2, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "healthy_after_one" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "200", interval = 15, timeout = 5, healthy = 1, unhealthy = 3 } } }
  }

  expect_failures = [var.services]
}

run "unhealthy_after_eleven" {
  command = plan

  variables {
    services = { web = { port = 80, health = { path = "/", codes = "200", interval = 15, timeout = 5, healthy = 2, unhealthy = 11 } } }
  }

  expect_failures = [var.services]
}

run "route_without_slash" {
  command = plan

  variables {
    routes = [{ path = "api", service = "web" }]
  }

  expect_failures = [var.routes]
}

run "route_with_a_star_inside" {
  command = plan

  variables {
    routes = [{ path = "/api/*/x", service = "web" }]
  }

  expect_failures = [var.routes]
}

run "route_with_a_star_in_a_word" {
  command = plan

  variables {
    routes = [{ path = "/api*", service = "web" }]
  }

  expect_failures = [var.routes]
}

run "route_too_long" {
  command = plan

  variables {
    routes = [{ path = "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", service = "web" }]
  }

  expect_failures = [var.routes]
}

run "route_twice" {
  command = plan

  variables {
    routes = [{ path = "/*", service = "web" }, { path = "/*", service = "web" }]
  }

  expect_failures = [var.routes]
}

run "route_to_nobody" {
  command = plan

  variables {
    routes = [{ path = "/*", service = "web" }, { path = "/x", service = "api" }]
  }

  expect_failures = [var.routes]
}

run "service_without_route" {
  command = plan

  variables {
    routes = []
  }

  expect_failures = [var.routes]
}
