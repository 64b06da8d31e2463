# What a task is.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { endpoint = "ec2.eu-west-1.amazonaws.com" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111111111111" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-1:111111111111:log-group:/shop/dev/aws/api" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-1:111111111111:task-definition/shop-dev-aws-api:1" }
  }
}

override_resource {
  target = aws_iam_role.execution
  values = { arn = "arn:aws:iam::111111111111:role/shop-dev-aws-api-exec", id = "shop-dev-aws-api-exec" }
}
override_resource {
  target = aws_iam_role.task
  values = { arn = "arn:aws:iam::111111111111:role/shop-dev-aws-api-task", id = "shop-dev-aws-api-task" }
}

variables {
  name                = "api"
  cluster             = "shop-dev-aws"
  family              = "shop-dev-aws-api"
  log_group           = "/shop/dev/aws/api"
  task_role_name      = "shop-dev-aws-api-task"
  execution_role_name = "shop-dev-aws-api-exec"
  repository          = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/dev/aws/api"
  repository_arn      = "arn:aws:ecr:eu-west-1:111111111111:repository/shop/dev/aws/api"
  port                = 8000
  vpc_id              = "vpc-0123456789abcdef0"
  vpc_cidrs           = ["10.0.0.0/16"]
  subnet_ids          = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0bbbbbbbbbbbbbbb2"]
}

run "what_everybody_gets" {
  command = apply

  assert {
    condition = (
      aws_ecs_task_definition.this.family == "shop-dev-aws-api" && aws_ecs_task_definition.this.network_mode == "awsvpc" &&
      toset(aws_ecs_task_definition.this.requires_compatibilities) == toset(["FARGATE"]) &&
      aws_ecs_task_definition.this.cpu == "256" && aws_ecs_task_definition.this.memory == "512"
    )
    error_message = "A Fargate task of the family, of the smallest size."
  }

  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "X86_64" && aws_ecs_task_definition.this.runtime_platform[0].operating_system_family == "LINUX"
    error_message = "It runs on linux/amd64."
  }

  assert {
    condition     = aws_ecs_task_definition.this.execution_role_arn == aws_iam_role.execution.arn && aws_ecs_task_definition.this.task_role_arn == aws_iam_role.task.arn && aws_iam_role.task.arn != aws_iam_role.execution.arn
    error_message = "What starts it and what it is are two roles."
  }

  # Nothing beside what is said here: what ECS gives back in another form would be a change in every plan.
  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions) == [{
      name                   = "api"
      image                  = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/dev/aws/api@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      essential              = true
      environment            = []
      secrets                = []
      portMappings           = [{ name = "api", containerPort = 8000, hostPort = 8000, protocol = "tcp" }]
      readonlyRootFilesystem = true
      linuxParameters        = { tmpfs = [{ containerPath = "/tmp", size = 256, mountOptions = ["nosuid", "nodev"] }] }
      logConfiguration = {
        logDriver = "awslogs"
        options   = { awslogs-group = "/shop/dev/aws/api", awslogs-region = "eu-west-1", awslogs-stream-prefix = "api" }
      }
    }]
    error_message = "One container, of an image that can't exist, read-only but for /tmp, that writes to the log group."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/shop/dev/aws/api" && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Its logs are kept for thirty days."
  }
}

run "a_worker_of_its_own_kind" {
  command = apply

  variables {
    port               = null
    command            = ["python", "worker.py", ""]
    cpu                = 1024
    memory             = 4096
    architecture       = "ARM64"
    read_only          = false
    log_retention_days = 200
    environment        = { MODE = "work", EMPTY = "" }
  }

  assert {
    condition     = aws_ecs_task_definition.this.cpu == "1024" && aws_ecs_task_definition.this.memory == "4096" && aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "ARM64"
    error_message = "Size and processor are those given."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command == ["python", "worker.py", ""]
    error_message = "It runs the command given."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment == [{ name = "EMPTY", value = "" }, { name = "MODE", value = "work" }]
    error_message = "It gets its variables, the empty one too."
  }

  assert {
    condition     = length(setintersection(keys(jsondecode(aws_ecs_task_definition.this.container_definitions)[0]), ["portMappings", "linuxParameters", "repositoryCredentials"])) == 0
    error_message = "It has neither a port nor a file system in memory."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem == false
    error_message = "Its root file system is writable."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "Logs are kept for CloudWatch's next number of days."
  }
}

# A revision that names :latest could never be written: the address takes no tag, and the digest is always there.
run "never_a_latest" {
  command = plan

  variables {
    repository     = "ghcr.io/acme/api"
    repository_arn = null
  }

  assert {
    condition     = endswith(local.no_image, "@sha256:${format("%064d", 0)}") && !strcontains(local.no_image, ":latest")
    error_message = "The image is named by a digest."
  }
}

run "secrets_by_name_and_by_arn" {
  command = apply

  override_data {
    target = data.aws_secretsmanager_secret.this["shop/db-secret"]
    values = { arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-secret-AbCdEf" }
  }
  override_data {
    target = data.aws_secretsmanager_secret.this["token"]
    values = { arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:token-GhIjKl" }
  }

  variables {
    secrets = {
      DB_PASSWORD = { secret = "shop/db-secret", key = "password" }
      DB_USER     = { secret = "shop/db-secret", key = "user" }
      TOKEN       = { secret = "token" }
      MADE_HERE   = { arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:made-here-MnOpQr", key = "url" }
    }
  }

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets == [
      { name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-secret-AbCdEf:password::" },
      { name = "DB_USER", valueFrom = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-secret-AbCdEf:user::" },
      { name = "MADE_HERE", valueFrom = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:made-here-MnOpQr:url::" },
      { name = "TOKEN", valueFrom = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:token-GhIjKl" },
    ]
    error_message = "ECS is told the whole ARN, and which part of the secret."
  }

  assert {
    condition = toset(one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource if statement.Sid == "ReadSecrets"])) == toset([
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-secret-AbCdEf",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:token-GhIjKl",
      "arn:aws:secretsmanager:eu-west-1:111111111111:secret:made-here-MnOpQr",
    ])
    error_message = "The execution role reads these secrets and no other."
  }

  assert {
    condition = one([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : [statement.Action, statement.Condition.StringEquals["kms:ViaService"], toset(statement.Condition.StringEquals["kms:EncryptionContext:SecretARN"])] if statement.Sid == "DecryptSecrets"]) == [
      ["kms:Decrypt"], "secretsmanager.eu-west-1.amazonaws.com",
      toset(["arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db-secret-AbCdEf", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:token-GhIjKl", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:made-here-MnOpQr"]),
    ]
    error_message = "It decrypts these secrets alone, and only through Secrets Manager."
  }

  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "The service itself may read none of them."
  }
}

run "a_registry_that_wants_a_password" {
  command = apply

  override_data {
    target = data.aws_secretsmanager_secret.this["registry-login"]
    values = { arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:registry-login-AbCdEf" }
  }

  variables {
    repository     = "ghcr.io/acme/api"
    repository_arn = null
    pull_secret    = "registry-login"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].repositoryCredentials == { credentialsParameter = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:registry-login-AbCdEf" }
    error_message = "ECS signs in with the secret."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Sid] == ["WriteLogs", "ReadSecrets", "DecryptSecrets"]
    error_message = "The execution role reads that secret, and has no business with ECR."
  }
}
