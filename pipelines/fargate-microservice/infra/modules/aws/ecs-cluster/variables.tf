# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "name" {
  description = "The cluster's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.name))
    error_message = "name is 1 to 255 letters, digits, hyphens and underscores."
  }
}

variable "insights" {
  description = "Whether CloudWatch Container Insights collects metrics of tasks and services (it costs by the metric)."
  type        = bool
  default     = true
  nullable    = false
}
