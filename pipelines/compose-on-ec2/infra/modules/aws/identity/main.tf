# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The target's roles, one for each kind of job, and the boundary of those that make roles themselves. Applied by a person,
# with the bootstrap root: no job changes what jobs may do.

locals {
  # The account that this is about. (Each role trusts a provider of its own account.)
  providers = flatten([for role in values(var.roles) : [for one in role.trust : one.provider_arn]])
  partition = split(":", local.providers[0])[1]
  account   = split(":", local.providers[0])[4]

  boundary_arn = "arn:${local.partition}:iam::${local.account}:policy/${var.boundary.name}"
  own_arns = concat(
    [for role in values(var.roles) : "arn:${local.partition}:iam::${local.account}:role/${role.name}"],
    [local.boundary_arn],
  )

  # In front of a claim stands the provider's name: what follows oidc-provider/ in its ARN.
  ways_in = {
    for kind, role in var.roles : kind => [
      for one in role.trust : merge(one, { claims = "${regex("oidc-provider/(.*)$", one.provider_arn)[0]}:" })
    ]
  }

  trust = {
    for kind, role in var.roles : kind => jsonencode({
      Version = "2012-10-17"
      Statement = [
        for one in role.trust : {
          Effect    = "Allow"
          Principal = { Federated = one.provider_arn }
          Action    = "sts:AssumeRoleWithWebIdentity"
          Condition = {
            for operator, keys in { StringEquals = one.equals, StringLike = one.like, StringNotLike = one.not_like } :
            operator => keys if length(keys) > 0
          }
        }
      ]
    })
  }

  # What everybody here gets, and what the boundary leaves to them, under one name each.
  grants = merge(
    { for kind, role in var.roles : "the role ${kind}" => role.statements },
    { "the boundary" = var.boundary.statements },
  )

  policies = {
    for owner, statements in local.grants : owner => jsonencode({
      Version = "2012-10-17"
      Statement = [
        for statement in statements : {
          for key, value in {
            Sid      = statement.sid
            Effect   = statement.effect
            Action   = statement.actions
            Resource = statement.resources
            Condition = {
              for operator, keys in {
                StringEquals    = statement.equals
                StringLike      = statement.like
                StringNotEquals = statement.not_equals
              } : operator => keys if length(keys) > 0
            }
          } : key => value if length(value) > 0
        }
      ]
    })
  }

  # Each allowed action of IAM that does more than look, with its resources and whether the boundary is its condition.
  iam_grants = {
    for owner, statements in local.grants : owner => flatten([
      for statement in statements : [
        for action in statement.actions : {
          action    = lower(action)
          resources = statement.resources
          bounded   = lookup(statement.equals, "iam:PermissionsBoundary", []) == tolist([local.boundary_arn])
        } if statement.effect == "Allow" && can(regex("^iam:", action)) && !can(regex("(?i)^iam:(Get|List)", action))
      ]
    ])
  }

  # A grant must not reach the target's own roles and its boundary: who can change those can do everything. The roles of
  # the cloud's services are not among them.
  iam_reaches_own = {
    for owner, grants in local.iam_grants : owner => [
      for grant in grants : grant.action if anytrue(flatten([
        for resource in grant.resources : [
          for own in local.own_arns :
          can(regex("^\\Q${replace(replace(resource, "*", "\\E.*\\Q"), "?", "\\E.\\Q")}\\E$", own))
        ]
      ])) && !endswith(grant.action, "servicelinkedrole")
    ]
  }

  # A role that infra makes has to have the boundary, or it could be given more than infra itself has; and nothing but
  # roles may be made at all, since a user or a key knows no boundary. So these are all that may be granted, the first
  # ones with the boundary as their condition. A wildcard might be any other.
  iam_with_boundary = ["iam:createrole", "iam:putrolepolicy", "iam:attachrolepolicy", "iam:putrolepermissionsboundary"]
  iam_on_roles = [
    "iam:deleterole", "iam:updaterole", "iam:updateroledescription", "iam:updateassumerolepolicy", "iam:deleterolepolicy",
    "iam:detachrolepolicy", "iam:passrole", "iam:tagrole", "iam:untagrole", "iam:createservicelinkedrole",
  ]
  iam_lifts_boundary = {
    for owner, grants in local.iam_grants : owner => [
      for grant in grants : grant.action
      if !contains(local.iam_on_roles, grant.action) && !(grant.bounded && contains(local.iam_with_boundary, grant.action))
    ]
  }
}

resource "aws_iam_role" "this" {
  for_each = var.roles

  name                 = each.value.name
  description          = each.value.description
  max_session_duration = each.value.max_session_seconds
  assume_role_policy   = local.trust[each.key]
  permissions_boundary = each.value.bounded ? aws_iam_policy.boundary.arn : null

  lifecycle {
    # Providers vouch for every repository of their host, so the provider alone is never enough.
    precondition {
      condition     = alltrue([for one in local.ways_in[each.key] : contains(keys(one.equals), "${one.claims}aud")])
      error_message = "Each way into the role ${each.key} needs HOST:aud among equals, HOST being that of its provider."
    }

    precondition {
      condition = alltrue([
        for one in local.ways_in[each.key] : contains(concat(keys(one.equals), keys(one.like)), "${one.claims}sub")
      ])
      error_message = "Each way into the role ${each.key} needs HOST:sub among equals or like, HOST being that of its provider."
    }

    # The subject: one whole repository, and more than that. GitHub's may carry ids (repo:OWNER@1/NAME@2:), GitLab's
    # groups may be nested.
    precondition {
      condition = alltrue(flatten([
        for one in local.ways_in[each.key] : [
          for sub in concat(lookup(one.equals, "${one.claims}sub", []), lookup(one.like, "${one.claims}sub", [])) :
          can(regex("^(repo|project_path):[^*?:/]+(/[^*?:/]+)+:[^*?]", sub))
        ]
      ]))
      error_message = "Each sub of the role ${each.key} begins with the whole name of one repository (repo:OWNER/NAME: or project_path:GROUP/NAME:), and says more than that."
    }

    precondition {
      condition = alltrue(flatten([
        for one in local.ways_in[each.key] : [
          for key in concat(keys(one.equals), keys(one.like), keys(one.not_like)) : startswith(key, one.claims)
        ]
      ]))
      error_message = "The conditions of the role ${each.key} are about claims of other providers than the one that they stand beside."
    }

    precondition {
      condition     = alltrue([for one in local.ways_in[each.key] : split(":", one.provider_arn)[4] == local.account])
      error_message = "The roles trust providers of several accounts; a provider is only of use in its own."
    }

    precondition {
      condition     = length(local.trust[each.key]) <= 4096
      error_message = "The trust of the role ${each.key} has ${length(local.trust[each.key])} characters, and IAM takes at most 4096: let fewer refs or tag patterns deploy this environment."
    }
  }
}

# IAM's default stops at half of what it can be raised to.
check "trust_fits_the_default_quota" {
  assert {
    condition     = alltrue([for kind, policy in local.trust : length(policy) <= 2048])
    error_message = "A role's trust has more than 2048 characters. Before applying, ask for a higher quota in IAM (role trust policy length, 4096 at most)."
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = var.roles

  name   = each.key
  role   = aws_iam_role.this[each.key].name
  policy = local.policies["the role ${each.key}"]

  lifecycle {
    precondition {
      condition     = length(local.policies["the role ${each.key}"]) <= 10240
      error_message = "The permissions of the role ${each.key} have ${length(local.policies["the role ${each.key}"])} characters, and IAM takes at most 10240."
    }

    precondition {
      condition     = length(local.iam_reaches_own["the role ${each.key}"]) == 0
      error_message = "The role ${each.key} could change this target's own roles or its boundary: ${join(", ", distinct(local.iam_reaches_own["the role ${each.key}"]))}."
    }

    precondition {
      condition     = length(local.iam_lifts_boundary["the role ${each.key}"]) == 0
      error_message = "The role ${each.key} could make or change more than roles with the boundary (the condition iam:PermissionsBoundary = ${local.boundary_arn}): ${join(", ", distinct(local.iam_lifts_boundary["the role ${each.key}"]))}."
    }
  }
}

resource "aws_iam_policy" "boundary" {
  name        = var.boundary.name
  description = var.boundary.description
  policy      = local.policies["the boundary"]

  lifecycle {
    precondition {
      condition     = length(local.policies["the boundary"]) <= 6144
      error_message = "The boundary has ${length(local.policies["the boundary"])} characters, and IAM takes at most 6144."
    }

    precondition {
      condition     = length(local.iam_reaches_own["the boundary"]) == 0
      error_message = "The boundary leaves room to change this target's own roles or the boundary itself: ${join(", ", distinct(local.iam_reaches_own["the boundary"]))}."
    }

    precondition {
      condition     = length(local.iam_lifts_boundary["the boundary"]) == 0
      error_message = "The boundary leaves room to make or change more than roles with it (the condition iam:PermissionsBoundary = ${local.boundary_arn}): ${join(", ", distinct(local.iam_lifts_boundary["the boundary"]))}."
    }
  }
}
