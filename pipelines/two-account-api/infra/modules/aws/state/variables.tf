# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "bucket" {
  description = "The name of the bucket that holds the Terraform states and the leases of this account in this region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and hyphens; a dot would break TLS."
  }
}

variable "short_lived" {
  description = "The keys of objects whose old versions tell nothing: the leases, and the backend's lock files (KEY.tflock)."
  type        = list(string)
  default     = []
  nullable    = false

  # A lifecycle configuration has at most 1000 rules, and two of them are needed for everything else.
  validation {
    condition     = length(var.short_lived) <= 998 && length(distinct(var.short_lived)) == length(var.short_lived)
    error_message = "short_lived lists at most 998 keys, each once."
  }

  # A rule selects by prefix: an empty one or a folder would take the states with it.
  validation {
    condition     = alltrue([for key in var.short_lived : can(regex("^[A-Za-z0-9._/-]{1,240}[.](json|tflock)$", key))])
    error_message = "A key in short_lived is a whole one that ends in .json (a lease) or .tflock (a lock file)."
  }
}

variable "version_days" {
  description = "For how many days old versions of a state are kept; its newest twenty are kept for ever."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = var.version_days >= 30 && var.version_days <= 3650 && floor(var.version_days) == var.version_days
    error_message = "version_days is a whole number from 30 to 3650."
  }
}
