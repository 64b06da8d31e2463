# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# One service on Fargate: what a task is, who it may be, who reaches it, and the ECS service that keeps tasks running.
#
# Two hands work on it. Terraform says everything but which image runs; the pipeline says that, by digest, and nothing
# else. It copies the newest revision of the family, puts the digest in place of the image, registers the copy and tells
# the service to run it. So what Terraform changes here goes out with the next deploy.
#
# - Terraform's own revision names an image that can't exist. No deploy runs it: the first one brings the first image.
# - Terraform looks at the very revision that it registered (track_latest), which no deploy changes: the pipeline's newer
#   ones are no difference. It never deregisters one (skip_destroy): the service may still name it.
# - The service's revision and its number of tasks are left as they are (ignore_changes): the pipeline raises it from
#   nothing, and scaling takes it from there.
#
# plan: ecs:DescribeServices on services
# plan: ecs:DescribeTaskDefinition on *
# plan: iam:GetRole, iam:GetRolePolicy, iam:ListRolePolicies, iam:ListAttachedRolePolicies on task-roles
# plan: logs:DescribeLogGroups on *
# plan: logs:ListTagsForResource on log-groups
# plan: ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules on *
# plan: secretsmanager:DescribeSecret, secretsmanager:GetResourcePolicy on secrets
# apply: ecs:CreateService, ecs:UpdateService, ecs:DeleteService on services
# apply: ecs:RegisterTaskDefinition on *
# apply: ecs:TagResource, ecs:UntagResource on services, task-definitions
# apply: iam:CreateRole, iam:DeleteRole, iam:UpdateRole, iam:UpdateRoleDescription, iam:UpdateAssumeRolePolicy, iam:PutRolePolicy, iam:DeleteRolePolicy on task-roles
# apply: iam:PutRolePermissionsBoundary, iam:TagRole, iam:UntagRole, iam:ListInstanceProfilesForRole on task-roles
# apply: iam:PassRole on task-roles if iam:PassedToService=ecs-tasks.amazonaws.com
# apply: iam:CreateServiceLinkedRole on service-linked-roles if iam:AWSServiceName=ecs.amazonaws.com
# apply: logs:CreateLogGroup, logs:DeleteLogGroup, logs:PutRetentionPolicy, logs:DeleteRetentionPolicy, logs:TagResource, logs:UntagResource on log-groups
# apply: ec2:CreateSecurityGroup, ec2:DeleteSecurityGroup, ec2:ModifySecurityGroupRules, ec2:CreateTags, ec2:DeleteTags on *
# apply: ec2:AuthorizeSecurityGroupIngress, ec2:RevokeSecurityGroupIngress, ec2:AuthorizeSecurityGroupEgress, ec2:RevokeSecurityGroupEgress on *
# apply: ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeNetworkInterfaces on *
# runs: logs:CreateLogStream, logs:PutLogEvents on log-groups
# runs: ecr:GetAuthorizationToken on *
# runs: ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on repositories
# runs: secretsmanager:GetSecretValue on secrets
# runs: kms:Decrypt on secret-keys if kms:ViaService=secrets-service

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# Looked up, for ECS wants the whole ARN: without the six characters that Secrets Manager adds, a name like db-secret
# would be taken for one that has them. Only what describes a secret is read, never its value.
data "aws_secretsmanager_secret" "this" {
  for_each = toset(concat(
    [for source in values(var.secrets) : source.secret if source.secret != null],
    var.pull_secret == null ? [] : [var.pull_secret],
  ))

  name = each.value
}

locals {
  # Its other attributes have one name in version 5 of the provider and another in version 6.
  region  = split(".", data.aws_region.current.endpoint)[1]
  account = data.aws_caller_identity.current.account_id

  # A digest that no content has, so that nobody can ever push what it names.
  no_image = "${var.repository}@sha256:${format("%064d", 0)}"

  secret_arns = {
    for name, source in var.secrets :
    name => source.arn == null ? data.aws_secretsmanager_secret.this[source.secret].arn : source.arn
  }
  pull_secret_arns = var.pull_secret == null ? [] : [data.aws_secretsmanager_secret.this[var.pull_secret].arn]
  read_arns        = distinct(concat(values(local.secret_arns), local.pull_secret_arns))

  log_configuration = {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = local.region
      awslogs-stream-prefix = var.name
    }
  }

  # What is null isn't told at all: ECS would give it back in another way, and every plan would show it.
  container = { for key, value in {
    name      = var.name
    image     = local.no_image
    essential = true
    command   = var.command

    environment = [for name, value in var.environment : { name = name, value = value }]
    secrets = [for name, source in var.secrets : {
      name      = name
      valueFrom = source.key == null ? local.secret_arns[name] : "${local.secret_arns[name]}:${source.key}::"
    }]

    # The port has the name of the service: by it Service Connect finds the port.
    portMappings = var.port == null ? null : [{ name = var.name, containerPort = var.port, hostPort = var.port, protocol = "tcp" }]

    repositoryCredentials = var.pull_secret == null ? null : { credentialsParameter = one(local.pull_secret_arns) }

    # A volume would belong to root, and most images don't run as root: a file system in memory is everybody's. Half of
    # the memory is what Linux itself would give it; what isn't used isn't taken.
    readonlyRootFilesystem = var.read_only
    linuxParameters = var.read_only ? {
      tmpfs = [{ containerPath = "/tmp", size = floor(var.memory / 2), mountOptions = ["nosuid", "nodev"] }]
    } : null

    logConfiguration = local.log_configuration
  } : key => value if value != null }

  # The first task on demand, so that a shortage of spot capacity never takes the last one.
  capacity = {
    FARGATE      = { weight = 100 - var.spot_percent, base = var.spot_percent < 100 ? 1 : 0 }
    FARGATE_SPOT = { weight = var.spot_percent, base = 0 }
  }

  # CloudWatch knows these numbers of days only.
  retention = min([
    for days in [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] :
    days if days >= var.log_retention_days
  ]...)

  # Present or not, as a set to repeat over.
  balanced = var.load_balancer == null ? {} : { balancer = var.load_balancer }
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:encrypted with CloudWatch's own key; one of ours would be one more thing that can be lost, and hides nothing from those who may read logs
  name              = var.log_group
  retention_in_days = local.retention
}

# Who it may be. The execution role is ECS's own, for what happens before and around the service; the task role is the
# service's.

resource "aws_iam_role" "execution" {
  name                 = var.execution_role_name
  description          = "Starts ${var.family}: pulls its image, fetches its secrets, writes its logs"
  permissions_boundary = var.boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "execution" {
  name = "start-tasks"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this.arn}:*"]
      }],
      [for statement in [
        {
          # ECR knows no resource for it.
          Sid      = "SignInToRegistry"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = ["*"]
        },
        {
          Sid      = "PullImage"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = [var.repository_arn]
        },
      ] : statement if var.repository_arn != null],
      [for statement in [
        {
          Sid      = "ReadSecrets"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = local.read_arns
        },
        {
          # Whatever key they are encrypted with, as far as it lets this account: for these secrets alone, and only
          # through Secrets Manager.
          Sid      = "DecryptSecrets"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = ["arn:${data.aws_partition.current.partition}:kms:${local.region}:${local.account}:key/*"]
          Condition = {
            StringEquals = {
              "kms:ViaService"                  = "secretsmanager.${local.region}.${data.aws_partition.current.dns_suffix}"
              "kms:EncryptionContext:SecretARN" = local.read_arns
            }
          }
        },
      ] : statement if length(local.read_arns) > 0],
    )
  })
}

resource "aws_iam_role" "task" {
  name                 = var.task_role_name
  description          = "What ${var.family} may do in AWS"
  permissions_boundary = var.boundary_arn

  # Only for tasks of this account, whoever may pass it.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${local.region}:${local.account}:*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "task" {
  for_each = toset(length(var.permissions) > 0 ? ["manifest"] : [])

  name = "manifest"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for permission in var.permissions : { Effect = "Allow", Action = permission.actions, Resource = permission.resources }
    ]
  })
}

# Who reaches it, and whom it reaches

resource "aws_security_group" "this" {
  # AWS refuses names that begin with sg-, as a project's may.
  name_prefix = "tasks-${var.family}-"
  description = "Tasks of ${var.family}"
  vpc_id      = var.vpc_id

  tags = { Name = var.family }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  for_each = local.balanced

  security_group_id            = aws_security_group.this.id
  description                  = "Requests and health checks of the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = each.value.security_group_id

  tags = { Name = var.family }
}

# The balancer's only ways out are these, one for each service behind it.
resource "aws_vpc_security_group_egress_rule" "balancer" {
  for_each = local.balanced

  security_group_id            = each.value.security_group_id
  description                  = "Requests and health checks to ${var.name}"
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
  referenced_security_group_id = aws_security_group.this.id

  tags = { Name = var.family }
}

# The ways out are a decision. HTTPS to anywhere, since images, secrets, logs and most other people's services are asked
# that way, and their addresses are nobody's to know. TCP to the own VPC, where data stores, endpoints and other services
# decide themselves whom they let in. Nothing else: neither mail nor plain HTTP nor anything by UDP but the VPC's own DNS
# and clock, which pass without a rule. A service that needs more gets a rule beside this module (custom_*.tf), for
# the security group that it gives out.

#trivy:ignore:AWS-0104 registries, AWS and other people's services have no addresses that could be named; HTTPS alone
resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "HTTPS to anywhere"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"

  tags = { Name = var.family }
}

resource "aws_vpc_security_group_egress_rule" "vpc" {
  for_each = toset(var.vpc_cidrs)

  security_group_id = aws_security_group.this.id
  description       = "TCP to the VPC"
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_ipv4         = each.value

  tags = { Name = var.family }
}

# What a task is

resource "aws_ecs_task_definition" "this" {
  family                   = var.family
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = tostring(var.cpu)
  memory                   = tostring(var.memory)
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  container_definitions = jsonencode([local.container])

  # See the head of this file.
  track_latest = false
  skip_destroy = true
}

# ECS takes no port that the running revision doesn't have, and which revision runs is the pipeline's affair. So another
# port makes the service anew, without tasks, and the deploy that follows brings them. The plan says so, and who can't
# have the service away for that long gives it another name.
resource "terraform_data" "port" {
  input = var.port
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = 0

  # Exact, for what passed one environment is to run the same way in the next.
  platform_version = "1.4.0"

  # A shell in a running task goes round every review.
  enable_execute_command = false

  # Tasks carry the service's tags.
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"

  # The old tasks go when the new ones are healthy; a deployment that doesn't get healthy goes back by itself.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  availability_zone_rebalancing      = "ENABLED"
  health_check_grace_period_seconds  = var.load_balancer == null ? null : var.load_balancer.grace_seconds

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Without it another share of spot capacity would replace the service. It does nothing unless something else changes.
  force_new_deployment = true

  # Nothing runs yet at the first apply, and later deploys wait for their own.
  wait_for_steady_state = false

  dynamic "capacity_provider_strategy" {
    for_each = { for provider, share in local.capacity : provider => share if share.weight > 0 }

    content {
      capacity_provider = capacity_provider_strategy.key
      weight            = capacity_provider_strategy.value.weight
      base              = capacity_provider_strategy.value.base
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = local.balanced

    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = var.name
      container_port   = var.port
    }
  }

  # A proxy beside each task knows the others by name. What the services speak through it is their own affair: no
  # protocol is named, so that it passes bytes on and cuts off nothing that takes long.
  dynamic "service_connect_configuration" {
    for_each = var.service_connect == null ? [] : [var.service_connect]

    content {
      enabled   = true
      namespace = service_connect_configuration.value.namespace_arn

      log_configuration {
        log_driver = local.log_configuration.logDriver
        options    = merge(local.log_configuration.options, { awslogs-stream-prefix = "service-connect" })
      }

      dynamic "service" {
        for_each = var.port == null ? [] : [var.port]

        content {
          port_name      = var.name
          discovery_name = var.name

          client_alias {
            dns_name = var.name
            port     = service.value
          }
        }
      }
    }
  }

  tags = { Name = var.family }

  lifecycle {
    ignore_changes       = [task_definition, desired_count]
    replace_triggered_by = [terraform_data.port]
  }

  # Without its permissions and ways no task starts. And while the service goes, ECS still needs them.
  depends_on = [
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_vpc_security_group_ingress_rule.balancer,
    aws_vpc_security_group_egress_rule.balancer,
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.vpc,
  ]
}
