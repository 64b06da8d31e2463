# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Feature: services that call each other by name, through Service Connect. An HTTP namespace is a list of names that ECS
# keeps; nothing of it is in the DNS.
#
# plan: servicediscovery:GetNamespace on namespaces
# plan: servicediscovery:ListTagsForResource on *
# apply: servicediscovery:CreateHttpNamespace, servicediscovery:GetOperation, servicediscovery:TagResource, servicediscovery:UntagResource on *
# apply: servicediscovery:UpdateHttpNamespace, servicediscovery:DeleteNamespace on namespaces

variable "namespace" {
  description = "The name of the Service Connect namespace, unique in its account and region. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.namespace == null || can(regex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$", var.namespace))
    error_message = "namespace is 1 to 255 letters, digits, hyphens, dots and underscores."
  }
}

resource "aws_service_discovery_http_namespace" "this" {
  for_each = toset(var.namespace == null ? [] : [var.namespace])

  name        = each.value
  description = "How the services of ${var.name} call each other"
}

output "namespace_arn" {
  description = "The namespace's ARN; null without one."
  value       = one([for namespace in aws_service_discovery_http_namespace.this : namespace.arn])
}
