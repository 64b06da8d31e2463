# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The program computes these lists from what the jobs do and from the claims that their tokens carry. Here and in main.tf
# is checked what must never be true, whoever wrote the call.

variable "roles" {
  description = <<-TEXT
    The roles by the kind of job that takes them (build, plan, infra, deploy).
    trust: one way in for each, all conditions of one hold together; the keys of equals, like and not_like are the
    condition keys of the provider (HOST:aud, HOST:sub), their operators StringEquals, StringLike and StringNotLike.
    statements: what the role may do; equals, like and not_equals are StringEquals, StringLike and StringNotEquals.
    bounded: whether the boundary bounds this role as well.
  TEXT
  type = map(object({
    name                = string
    description         = string
    max_session_seconds = optional(number, 3600)
    bounded             = optional(bool, true)
    trust = list(object({
      provider_arn = string
      equals       = map(list(string))
      like         = optional(map(list(string)), {})
      not_like     = optional(map(list(string)), {})
    }))
    statements = list(object({
      sid        = string
      effect     = optional(string, "Allow")
      actions    = list(string)
      resources  = list(string)
      equals     = optional(map(list(string)), {})
      like       = optional(map(list(string)), {})
      not_equals = optional(map(list(string)), {})
    }))
  }))
  nullable = false

  validation {
    condition     = length(var.roles) > 0 && alltrue([for kind in keys(var.roles) : can(regex("^[a-z][a-z0-9-]*$", kind))])
    error_message = "There has to be a role, and a kind of job is a lower-case word."
  }

  validation {
    condition = length(distinct([for role in values(var.roles) : role.name])) == length(var.roles) && alltrue([
      for role in values(var.roles) :
      can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", role.name)) && length(role.description) <= 1000
    ])
    error_message = "A role's name has 1 to 64 letters, digits and +=,.@_- and is used once; a description has at most 1000 characters."
  }

  validation {
    condition = alltrue([
      for role in values(var.roles) : role.max_session_seconds >= 3600 && role.max_session_seconds <= 43200
    ])
    error_message = "A role's sessions last 3600 to 43200 seconds."
  }

  validation {
    condition = alltrue([
      for role in values(var.roles) : length(role.trust) > 0 && alltrue([
        for one in role.trust :
        can(regex("^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9.:/_-]+$", one.provider_arn))
      ])
    ])
    error_message = "Each role trusts somebody, and only OIDC providers named by their ARNs: never *, an account or a user."
  }

  validation {
    condition = alltrue(flatten([
      for role in values(var.roles) : [
        for one in role.trust : [
          for values in values(one.equals) : [length(values) > 0, [for value in values : can(regex("^[^*?]+$", value))]]
        ]
      ]
    ]))
    error_message = "A value of equals is compared as it stands, and * or ? in it would never match: use like, or write the whole value."
  }

  validation {
    condition = alltrue(flatten([
      for role in values(var.roles) : [
        for one in role.trust : [
          for values in concat(values(one.like), values(one.not_like)) : [
            length(values) > 0, [for value in values : can(regex("[^*?]", value))]
          ]
        ]
      ]
    ]))
    error_message = "A value of like or not_like that is all wildcards says nothing."
  }

  validation {
    condition = alltrue([
      for role in values(var.roles) : length(role.statements) > 0 &&
      length(distinct([for statement in role.statements : statement.sid])) == length(role.statements)
    ])
    error_message = "Each role has statements, and each of them a sid of its own."
  }

  validation {
    condition = alltrue(flatten([
      for role in values(var.roles) : [
        for statement in role.statements : [
          can(regex("^[A-Za-z0-9]+$", statement.sid)),
          contains(["Allow", "Deny"], statement.effect),
          length(statement.actions) > 0,
          [for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z0-9*?]+$", action)) && lower(action) != "iam:*"],
          length(statement.resources) > 0,
          [for resource in statement.resources : resource == "*" || can(regex("^arn:[^:]+:[a-z0-9-]+:", resource))],
        ]
      ]
    ]))
    error_message = "A statement has a sid of letters and digits, the effect Allow or Deny, actions (SERVICE:ACTION, never * alone or iam:*), and resources (* or ARNs of one service)."
  }
}

variable "boundary" {
  description = "The permissions boundary: what the bounded roles, and the roles that infra makes, may do at most."
  type = object({
    name        = string
    description = optional(string, "What the roles of this target may do at most.")
    statements = list(object({
      sid        = string
      effect     = optional(string, "Allow")
      actions    = list(string)
      resources  = list(string)
      equals     = optional(map(list(string)), {})
      like       = optional(map(list(string)), {})
      not_equals = optional(map(list(string)), {})
    }))
  })
  nullable = false

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,128}$", var.boundary.name)) && length(var.boundary.description) <= 1000
    error_message = "The boundary's name has 1 to 128 letters, digits and +=,.@_- and its description at most 1000 characters."
  }

  validation {
    condition = length(var.boundary.statements) > 0 && (
      length(distinct([for statement in var.boundary.statements : statement.sid])) == length(var.boundary.statements)
    )
    error_message = "The boundary has statements, and each of them a sid of its own."
  }

  validation {
    condition = alltrue(flatten([
      for statement in var.boundary.statements : [
        can(regex("^[A-Za-z0-9]+$", statement.sid)),
        contains(["Allow", "Deny"], statement.effect),
        length(statement.actions) > 0,
        [for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z0-9*?]+$", action)) && lower(action) != "iam:*"],
        length(statement.resources) > 0,
        [for resource in statement.resources : resource == "*" || can(regex("^arn:[^:]+:[a-z0-9-]+:", resource))],
      ]
    ]))
    error_message = "A statement of the boundary has a sid of letters and digits, the effect Allow or Deny, actions (SERVICE:ACTION, never * alone or iam:*), and resources (* or ARNs of one service)."
  }
}
