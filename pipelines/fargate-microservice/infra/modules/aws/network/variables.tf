# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "name" {
  description = "The target's stem, PROJECT-ENVIRONMENT-STACK: what the parts of the network are called."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,99}$", var.name))
    error_message = "name is 1 to 100 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "cidr" {
  description = "The IPv4 range of the VPC, from which every subnet's is computed."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  # AWS takes /16 to /28. A sixteenth of the range is a subnet, and a load balancer wants at least a /27.
  validation {
    condition = (
      can(regex("^[0-9.]+/(1[6-9]|2[0-3])$", var.cidr)) &&
      try(cidrsubnet(var.cidr, 0, 0) == var.cidr, false)
    )
    error_message = "cidr is an IPv4 range from /16 to /23 that begins at its own first address, as in 10.0.0.0/16."
  }
}

variable "zones" {
  description = "Over how many availability zones the network spreads."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.zones >= 2 && var.zones <= 6 && floor(var.zones) == var.zones
    error_message = "zones is a whole number from 2 to 6."
  }
}

variable "nat" {
  description = "How private subnets reach the internet: none, single (one NAT gateway) or per-zone (one in each zone)."
  type        = string
  default     = "single"
  nullable    = false

  validation {
    condition     = contains(["none", "single", "per-zone"], var.nat)
    error_message = "nat is none, single or per-zone."
  }
}

variable "endpoints" {
  description = "Further services of AWS that get an interface endpoint, by the name that follows com.amazonaws.REGION: sqs, kms, ecr.api."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for service in var.endpoints : can(regex("^[a-z0-9]+([.-][a-z0-9]+)*$", service))])
    error_message = "An endpoint is a service's name after com.amazonaws.REGION, as in sqs or ecr.api."
  }

  # S3's gateway endpoint is always there, and a second one would want a DNS name of its own. DynamoDB's has none.
  validation {
    condition     = length(setintersection(var.endpoints, ["s3", "dynamodb"])) == 0
    error_message = "S3 has a gateway endpoint already, and DynamoDB's interface endpoint has no private DNS name."
  }
}

variable "flow_log_group" {
  description = "The name of the log group that holds the VPC's flow logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,512}$", var.flow_log_group))
    error_message = "flow_log_group is 1 to 512 letters, digits and . _ / # -."
  }
}

variable "flow_log_role_name" {
  description = "The name of the role with which flow logs are written."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.flow_log_role_name))
    error_message = "flow_log_role_name is 1 to 64 letters, digits and + = , . @ _ -."
  }
}

variable "log_retention_days" {
  description = "How many days flow logs are kept at least: CloudWatch knows certain numbers, and the next one of them is taken."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 1 && var.log_retention_days <= 3653 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days is a whole number from 1 to 3653."
  }
}

variable "boundary_arn" {
  description = "The permissions boundary of the role that is made here. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:policy/.+$", var.boundary_arn))
    error_message = "boundary_arn is the ARN of a policy."
  }
}
