# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

# What it is called

variable "name" {
  description = "The service's name: that of the ECS service, of its container, and the one by which others call it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) <= 20
    error_message = "name is lower-case letters and digits in groups joined by single hyphens, at most 20 characters."
  }
}

variable "cluster" {
  description = "The name of the cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster))
    error_message = "cluster is the name of a cluster, not its ARN."
  }
}

variable "family" {
  description = "The family of its task definitions, PROJECT-ENVIRONMENT-STACK-SERVICE."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,200}$", var.family))
    error_message = "family is 1 to 200 letters, digits, hyphens and underscores."
  }
}

variable "log_group" {
  description = "The name of the log group to which it writes."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,512}$", var.log_group))
    error_message = "log_group is 1 to 512 letters, digits and . _ / # -."
  }
}

variable "task_role_name" {
  description = "The name of the role that the running service has."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.task_role_name))
    error_message = "task_role_name is 1 to 64 letters, digits and + = , . @ _ -."
  }
}

variable "execution_role_name" {
  description = "The name of the role with which ECS pulls the image, fetches secrets and writes logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.execution_role_name)) && var.execution_role_name != var.task_role_name
    error_message = "execution_role_name is 1 to 64 letters, digits and + = , . @ _ -, and is not the task role's."
  }
}

variable "boundary_arn" {
  description = "The permissions boundary of both roles. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:policy/.+$", var.boundary_arn))
    error_message = "boundary_arn is the ARN of a policy."
  }
}

# What runs

variable "repository" {
  description = "Where its image lives, without tag and digest. Which image runs is the pipeline's affair."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+$", var.repository))
    error_message = "repository is an image's address without tag and digest, as in registry.example.com/acme/api."
  }
}

variable "repository_arn" {
  description = "The ARN of that repository where it is one of ECR, so that the image may be pulled. null: a registry of others."
  type        = string
  default     = null

  validation {
    condition     = var.repository_arn == null || can(regex("^arn:aws[a-z-]*:ecr:[a-z0-9-]+:[0-9]{12}:repository/[a-z0-9._/-]+$", var.repository_arn))
    error_message = "repository_arn is the ARN of one ECR repository."
  }
}

variable "pull_secret" {
  description = "The name of a secret of Secrets Manager that holds username and password of the registry. null: none is needed."
  type        = string
  default     = null

  validation {
    condition     = var.pull_secret == null || can(regex("^[A-Za-z0-9/_+=.@-]{1,512}$", var.pull_secret))
    error_message = "pull_secret is the name of a secret, not its ARN."
  }

  validation {
    condition     = var.pull_secret == null || var.repository_arn == null
    error_message = "ECR is pulled from with the role: pull_secret and repository_arn exclude each other."
  }
}

variable "command" {
  description = "The command that the container runs. null: the image's."
  type        = list(string)
  default     = null

  validation {
    condition     = var.command == null || length(coalesce(var.command, ["-"])) > 0
    error_message = "command has a word at least; null stands for the image's."
  }
}

variable "port" {
  description = "The port on which it listens. null: a worker, which takes no traffic."
  type        = number
  default     = null

  validation {
    condition     = var.port == null || try(var.port >= 1 && var.port <= 65535 && floor(var.port) == var.port, false)
    error_message = "port is a whole number from 1 to 65535."
  }
}

variable "cpu" {
  description = "Fargate CPU units of a task."
  type        = number
  default     = 256
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu is 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "Memory of a task in MiB; Fargate offers certain amounts for each number of CPU units."
  type        = number
  default     = 512
  nullable    = false

  # From, to and in steps of: Amazon ECS, "Task definition parameters for Fargate", task size.
  validation {
    condition = contains(lookup({
      "256"   = [512, 1024, 2048]
      "512"   = range(1024, 4097, 1024)
      "1024"  = range(2048, 8193, 1024)
      "2048"  = range(4096, 16385, 1024)
      "4096"  = range(8192, 30721, 1024)
      "8192"  = range(16384, 61441, 4096)
      "16384" = range(32768, 122881, 8192)
    }, tostring(var.cpu), []), var.memory)
    error_message = "Fargate has no task of that cpu with that memory."
  }
}

variable "architecture" {
  description = "The processor that the image is for: X86_64 (linux/amd64) or ARM64 (linux/arm64)."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "architecture is X86_64 or ARM64."
  }
}

variable "read_only" {
  description = "Whether the root file system is read-only; /tmp is writable all the same, in memory, up to half of the task's."
  type        = bool
  default     = true
  nullable    = false
}

variable "environment" {
  description = "Plain configuration: environment variables by their names."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "A variable's name is letters, digits and underscores."
  }

  validation {
    condition     = alltrue([for value in values(var.environment) : value != null])
    error_message = "A variable has a value, if an empty one."
  }
}

variable "secrets" {
  description = <<-TEXT
    Environment variables whose values are secrets of Secrets Manager in this account and region: secret is the name of one
    that exists, or arn the ARN of one that is made beside this; key picks one value out of a JSON object. null: all of it.
  TEXT
  type = map(object({
    secret = optional(string)
    arn    = optional(string)
    key    = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "A variable's name is letters, digits and underscores."
  }

  validation {
    condition     = alltrue([for source in values(var.secrets) : (source.secret == null) != (source.arn == null)])
    error_message = "A secret is given by secret or by arn."
  }

  validation {
    condition = alltrue([
      for source in values(var.secrets) : source.secret == null || can(regex("^[A-Za-z0-9/_+=.@-]{1,512}$", source.secret))
    ])
    error_message = "The name of a secret is 1 to 512 letters, digits and / _ + = . @ -."
  }

  # In what ECS is told, colons part the pieces.
  validation {
    condition     = alltrue([for source in values(var.secrets) : source.key == null || can(regex("^[^:]+$", source.key))])
    error_message = "The key of a secret holds no colon."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.environment))) == 0
    error_message = "A variable is plain or a secret, not both."
  }
}

variable "log_retention_days" {
  description = "How many days logs are kept at least: CloudWatch knows certain numbers, and the next one of them is taken."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 1 && var.log_retention_days <= 3653 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days is a whole number from 1 to 3653."
  }
}

variable "spot_percent" {
  description = "The share of tasks that run on spot capacity. From 1 to 99 the first task is always on demand."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.spot_percent >= 0 && var.spot_percent <= 100 && floor(var.spot_percent) == var.spot_percent
    error_message = "spot_percent is a whole number from 0 to 100."
  }
}

variable "permissions" {
  description = "What the running service may do in AWS."
  type = list(object({
    actions   = list(string)
    resources = list(string)
  }))
  default  = []
  nullable = false

  validation {
    condition = alltrue([
      for permission in var.permissions : length(permission.actions) > 0 && length(permission.resources) > 0
    ])
    error_message = "A permission names actions and resources."
  }
}

# Where it runs, and who reaches it

variable "vpc_id" {
  description = "The VPC."
  type        = string
  nullable    = false
}

variable "vpc_cidrs" {
  description = "The VPC's IPv4 ranges."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.vpc_cidrs) > 0 && alltrue([for range in var.vpc_cidrs : can(cidrnetmask(range))])
    error_message = "vpc_cidrs are IPv4 ranges, as in 10.0.0.0/16, at least one."
  }
}

variable "subnet_ids" {
  description = "The private subnets in which tasks run."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "There has to be a subnet."
  }
}

variable "load_balancer" {
  description = "The balancer before it: its security group, the target group of this service, and for how many seconds after a start bad health checks don't count. null: none."
  type = object({
    security_group_id = string
    target_group_arn  = string
    grace_seconds     = optional(number, 60)
  })
  default = null

  validation {
    condition     = var.load_balancer == null || var.port != null
    error_message = "A service behind a balancer needs a port."
  }

  validation {
    condition     = var.load_balancer == null || try(var.load_balancer.grace_seconds >= 0 && var.load_balancer.grace_seconds <= 2147483647, false)
    error_message = "load_balancer.grace_seconds is 0 or more."
  }
}

variable "service_connect" {
  description = "The namespace through which it calls others at http://NAME:PORT and, with a port, is called. null: neither."
  type = object({
    namespace_arn = string
  })
  default = null
}
