# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "repositories" {
  description = "The names of the repositories, PROJECT/ENVIRONMENT/STACK/SERVICE: one for each image of the target."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.repositories) > 0 && length(distinct(var.repositories)) == length(var.repositories)
    error_message = "There has to be a repository, and each only once."
  }

  validation {
    condition = alltrue([
      for name in var.repositories :
      length(name) >= 2 && length(name) <= 256 &&
      can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", name))
    ])
    error_message = "A repository's name has 2 to 256 lower-case letters and digits, with . _ - or / between them."
  }
}

variable "unpassed_days" {
  description = "After how many days an image expires that never passed in any environment."
  type        = number
  default     = 90
  nullable    = false

  # A build waits at a gate for up to thirty days, and is deployed after that.
  validation {
    condition     = var.unpassed_days >= 31 && var.unpassed_days <= 3650 && floor(var.unpassed_days) == var.unpassed_days
    error_message = "unpassed_days is a whole number from 31 to 3650: a build may wait at a gate for thirty days."
  }
}

variable "untagged_days" {
  description = "After how many days what has no tag expires: the remains of pushes that were broken off."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.untagged_days >= 1 && var.untagged_days <= 3650 && floor(var.untagged_days) == var.untagged_days
    error_message = "untagged_days is a whole number from 1 to 3650."
  }
}
