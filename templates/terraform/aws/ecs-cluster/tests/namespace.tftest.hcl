mock_provider "aws" {}

variables {
  name = "shop-dev-aws"
}

run "absent" {
  command = apply

  assert {
    condition     = length(aws_service_discovery_http_namespace.this) == 0 && output.namespace_arn == null
    error_message = "Without a name there is no namespace."
  }
}

run "present" {
  command = apply

  variables {
    namespace = "shop-dev-aws"
  }

  assert {
    condition     = [for one in aws_service_discovery_http_namespace.this : one.name] == ["shop-dev-aws"]
    error_message = "There is a namespace of that name."
  }

  assert {
    condition     = output.namespace_arn == aws_service_discovery_http_namespace.this["shop-dev-aws"].arn
    error_message = "It is given out."
  }
}

run "name_with_a_blank" {
  command = plan

  variables {
    namespace = "shop dev"
  }

  expect_failures = [var.namespace]
}
