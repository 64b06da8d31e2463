# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What dev on aws runs on. The pipeline plans and applies it; which image runs is not decided here.
# Terraform of your own goes into files custom_*.tf beside this one, which nobody else touches.

terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  # Where the state is stands in backend.hcl.
  backend "s3" {}
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["888888888888"]

  default_tags {
    tags = {
      project     = "simple-time"
      environment = "dev"
      managed-by  = "pipewright"
    }
  }
}

# A network of its own: everything runs in private subnets.
module "network" {
  source = "../../../modules/aws/network"

  name               = "simple-time-dev-aws"
  cidr               = "10.0.0.0/16"
  zones              = 2
  nat                = "single"
  flow_log_group     = "/simple-time/dev/aws/flow_logs"
  flow_log_role_name = "simple-time-dev-aws-flow-logs"
  log_retention_days = 30
  boundary_arn       = "arn:aws:iam::888888888888:policy/simple-time-dev-aws-boundary"
}

# Which requests from outside go to which service.
module "load_balancer" {
  source = "../../../modules/aws/load-balancer"

  name                = "simple-time-dev-aws"
  vpc_id              = module.network.vpc_id
  subnet_ids          = module.network.public_subnet_ids
  internal            = false
  deletion_protection = false
  services = {
    app = {
      port = 8000
      health = {
        path      = "/health"
        codes     = "200-399"
        interval  = 15
        timeout   = 5
        healthy   = 2
        unhealthy = 3
      }
    }
  }
  routes = [{ path = "/*", service = "app" }]
}

# Where the services run.
module "cluster" {
  source = "../../../modules/aws/ecs-cluster"

  name     = "simple-time-dev-aws"
  insights = true
}

module "service_app" {
  source = "../../../modules/aws/ecs-service"

  name                = "app"
  cluster             = module.cluster.name
  family              = "simple-time-dev-aws-app"
  log_group           = "/simple-time/dev/aws/app"
  log_retention_days  = 30
  task_role_name      = "simple-time-dev-aws-app-task"
  execution_role_name = "simple-time-dev-aws-app-exec"
  boundary_arn        = "arn:aws:iam::888888888888:policy/simple-time-dev-aws-boundary"
  repository          = "888888888888.dkr.ecr.eu-west-1.amazonaws.com/simple-time/dev/aws/app"
  repository_arn      = "arn:aws:ecr:eu-west-1:888888888888:repository/simple-time/dev/aws/app"
  port                = 8000
  cpu                 = 256
  memory              = 512
  architecture        = "X86_64"
  read_only           = true
  spot_percent        = 70
  scaling             = { min = 1, max = 1, cpu_percent = 60 }
  vpc_id              = module.network.vpc_id
  vpc_cidrs           = module.network.vpc_cidrs
  subnet_ids          = module.network.private_subnet_ids
  load_balancer = {
    security_group_id = module.load_balancer.security_group_id
    target_group_arn  = module.load_balancer.target_group_arns["app"]
    grace_seconds     = 60
  }
}

output "url" {
  description = "Where the services are reached."
  value       = module.load_balancer.url
}

output "vpc_id" {
  description = "The network."
  value       = module.network.vpc_id
}

output "private_subnet_ids" {
  description = "The subnets in which services run."
  value       = module.network.private_subnet_ids
}

output "public_subnet_ids" {
  description = "The subnets that the internet reaches."
  value       = module.network.public_subnet_ids
}

output "alb_dns_name" {
  description = "The load balancer's own name in the DNS."
  value       = module.load_balancer.dns_name
}

output "target_group_arns" {
  description = "The target group of each service behind the load balancer."
  value       = module.load_balancer.target_group_arns
}

output "services" {
  description = "Each service's role and security group."
  value = {
    app = {
      task_role_arn     = module.service_app.task_role_arn
      task_role_name    = module.service_app.task_role_name
      security_group_id = module.service_app.security_group_id
    }
  }
}
