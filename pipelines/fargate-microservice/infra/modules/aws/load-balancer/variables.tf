# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "name" {
  description = "The balancer's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$", var.name)) && !startswith(var.name, "internal-")
    error_message = "name is 1 to 32 letters, digits and hyphens, has no hyphen at its ends, and does not begin with internal-."
  }
}

variable "vpc_id" {
  description = "The VPC in which the services run."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "The subnets in which the balancer stands, in two zones at least: public ones, or private ones for an internal balancer."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A balancer stands in two subnets at least, each in a zone of its own."
  }
}

variable "internal" {
  description = "Whether the balancer has private addresses only, so that the internet can't reach it."
  type        = bool
  default     = false
  nullable    = false
}

variable "allow" {
  description = "The CIDR ranges that may reach the balancer. null: everyone."
  type        = list(string)
  default     = null

  # An empty list would read like "everyone" and mean "nobody".
  validation {
    condition     = var.allow == null || length(coalesce(var.allow, ["-"])) > 0
    error_message = "allow names a range at least; null stands for everyone."
  }

  validation {
    condition     = alltrue([for range in coalesce(var.allow, []) : can(cidrsubnet(range, 0, 0))])
    error_message = "A range in allow is an IPv4 or IPv6 range, as in 203.0.113.0/24."
  }
}

variable "https" {
  description = <<-TEXT
    With it port 443 terminates TLS and port 80 only redirects there; null: port 80 serves.
    certificate_arn: the certificate (ACM, same region). domain: the name that it is for, under which services are reached.
  TEXT
  type = object({
    certificate_arn = string
    domain          = string
  })
  default = null

  validation {
    condition     = var.https == null || can(regex("^arn:aws[a-z-]*:(acm|iam):", var.https.certificate_arn))
    error_message = "https.certificate_arn is the ARN of a certificate."
  }

  validation {
    condition     = var.https == null || can(regex("^[a-z0-9]([a-z0-9-]*[.])+[a-z0-9-]+$", var.https.domain))
    error_message = "https.domain is a domain name."
  }
}

variable "services" {
  description = "The services behind the balancer: the port on which each listens, and how its health is asked. Codes as in 200-299 or 200,204; interval and timeout in seconds; healthy and unhealthy are checks in a row."
  type = map(object({
    port = number
    health = object({
      path      = string
      codes     = string
      interval  = number
      timeout   = number
      healthy   = number
      unhealthy = number
    })
  }))
  nullable = false

  validation {
    condition = alltrue([
      for service in values(var.services) :
      service.port >= 1 && service.port <= 65535 && floor(service.port) == service.port
    ])
    error_message = "A port is a whole number from 1 to 65535."
  }

  validation {
    condition = alltrue([
      for service in values(var.services) : startswith(service.health.path, "/") && length(service.health.path) <= 1024
    ])
    error_message = "A health check's path begins with / and has at most 1024 characters."
  }

  validation {
    condition = alltrue([
      for service in values(var.services) : can(regex("^[234][0-9]{2}(-[234][0-9]{2})?(,[234][0-9]{2}(-[234][0-9]{2})?)*$", service.health.codes))
    ])
    error_message = "Healthy codes are from 200 to 499, as in 200, 200-399 or 200,204: the balancer takes no others."
  }

  validation {
    condition = alltrue([
      for service in values(var.services) :
      service.health.interval >= 5 && service.health.interval <= 300 &&
      service.health.timeout >= 2 && service.health.timeout <= 120 && service.health.timeout < service.health.interval
    ])
    error_message = "A health check's interval is 5 to 300 seconds, its timeout 2 to 120 and shorter than the interval."
  }

  validation {
    condition = alltrue([
      for service in values(var.services) :
      service.health.healthy >= 2 && service.health.healthy <= 10 && service.health.unhealthy >= 2 && service.health.unhealthy <= 10
    ])
    error_message = "A health check's counts are 2 to 10."
  }
}

variable "routes" {
  description = "Which requests go to which service, the most specific route first: an exact path, or /prefix/*, which also matches /prefix. What no route matches is answered with 404."
  type = list(object({
    path    = string
    service = string
  }))
  nullable = false

  # 100 is the quota of rules of one balancer, which AWS raises on request; its real limit is far above.
  validation {
    condition = alltrue([
      for route in var.routes :
      length(route.path) <= 128 && can(regex("^/([A-Za-z0-9._~/$:@+-]*|([A-Za-z0-9._~/$:@+-]*/)?[*])$", route.path))
    ])
    error_message = "A route is an exact path or /prefix/*, of at most 128 letters, digits and - . _ ~ / $ : @ +."
  }

  validation {
    condition     = length(distinct([for route in var.routes : route.path])) == length(var.routes)
    error_message = "A path goes to one service only."
  }

  # ECS refuses a target group that no rule of a balancer leads to.
  validation {
    condition = (
      alltrue([for route in var.routes : contains(keys(var.services), route.service)]) &&
      alltrue([for service in keys(var.services) : contains([for route in var.routes : route.service], service)])
    )
    error_message = "Each route leads to one of services, and each of services has a route."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the balancer."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_logs" {
  description = "An existing bucket, in this region, that lets Elastic Load Balancing write, and the prefix below which the access logs go. null: none are written."
  type = object({
    bucket = string
    prefix = optional(string)
  })
  default = null
}
