# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "vpc_id" {
  description = "The VPC, as in vpc-0123456789abcdef0."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.vpc_id))
    error_message = "vpc_id is the id of a VPC, as in vpc-0123456789abcdef0."
  }
}

variable "private_subnet_ids" {
  description = "The subnets of that VPC in which services run."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.private_subnet_ids) > 0 && length(distinct(var.private_subnet_ids)) == length(var.private_subnet_ids)
    error_message = "There has to be a private subnet, and each only once."
  }

  validation {
    condition     = alltrue([for id in var.private_subnet_ids : can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", id))])
    error_message = "A private subnet is given by its id, as in subnet-0123456789abcdef0."
  }
}

variable "public_subnet_ids" {
  description = "The subnets of that VPC in which a balancer that faces the internet stands."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.public_subnet_ids)) == length(var.public_subnet_ids)
    error_message = "Each public subnet is named only once."
  }

  validation {
    condition     = alltrue([for id in var.public_subnet_ids : can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", id))])
    error_message = "A public subnet is given by its id, as in subnet-0123456789abcdef0."
  }

  validation {
    condition     = length(setintersection(var.public_subnet_ids, var.private_subnet_ids)) == 0
    error_message = "A subnet is either private or public."
  }
}
