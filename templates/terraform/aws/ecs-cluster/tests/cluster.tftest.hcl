mock_provider "aws" {}

variables {
  name = "shop-dev-aws"
}

run "fargate_on_demand_and_spot" {
  command = apply

  assert {
    condition     = aws_ecs_cluster.this.name == "shop-dev-aws" && output.name == "shop-dev-aws" && output.arn == aws_ecs_cluster.this.arn
    error_message = "The cluster has its name, and gives it out."
  }

  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.cluster_name == "shop-dev-aws" && toset(aws_ecs_cluster_capacity_providers.this.capacity_providers) == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "Both kinds of capacity are there."
  }

  assert {
    condition     = [for one in aws_ecs_cluster_capacity_providers.this.default_capacity_provider_strategy : one.capacity_provider] == ["FARGATE"]
    error_message = "What names none gets capacity on demand."
  }

  assert {
    condition     = [for one in aws_ecs_cluster.this.setting : "${one.name} ${one.value}"] == ["containerInsights enabled"]
    error_message = "Insights are on by default."
  }
}

run "without_insights" {
  command = plan

  variables {
    insights = false
  }

  assert {
    condition     = [for one in aws_ecs_cluster.this.setting : "${one.name} ${one.value}"] == ["containerInsights disabled"]
    error_message = "Insights are off, whatever the account's default is."
  }
}

run "name_with_a_dot" {
  command = plan

  variables {
    name = "shop.dev"
  }

  expect_failures = [var.name]
}

run "no_name" {
  command = plan

  variables {
    name = ""
  }

  expect_failures = [var.name]
}
