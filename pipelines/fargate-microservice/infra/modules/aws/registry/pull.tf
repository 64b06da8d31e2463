# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Feature: others may pull. The environments that promote from this one copy its images by digest, with roles of their
# own accounts. Those roles may not exist yet when this is applied, and a policy that names a role that doesn't exist is
# refused. So the account is the principal, and the condition narrows it to the role's ARN.

variable "pull_from" {
  description = "Who else may pull: an account, and the ARNs of its roles, where one may end in *, or user/* for its users. null: nobody."
  type = list(object({
    account    = string
    principals = list(string)
  }))
  default = null

  validation {
    condition = var.pull_from == null || (
      length(coalesce(var.pull_from, [])) > 0 &&
      length(distinct([for one in coalesce(var.pull_from, []) : one.account])) == length(coalesce(var.pull_from, []))
    )
    error_message = "pull_from lists each account once; without any it is null."
  }

  validation {
    condition     = alltrue([for one in coalesce(var.pull_from, []) : can(regex("^[0-9]{12}$", one.account))])
    error_message = "An account in pull_from is twelve digits, never a wildcard."
  }

  validation {
    condition = alltrue([
      for one in coalesce(var.pull_from, []) : length(one.principals) > 0 && alltrue([
        for principal in one.principals :
        can(regex("^arn:aws(-cn|-us-gov)?:iam::${one.account}:(role/[A-Za-z0-9+=,.@_/-]{3,}[*]?|user/[*])$", principal))
      ])
    ])
    error_message = "A principal in pull_from is the ARN of a role in that very account, where only after three characters of its name a * may end it, or all its users (user/*)."
  }
}

resource "aws_ecr_repository_policy" "pull" {
  for_each = var.pull_from == null ? {} : aws_ecr_repository.this

  repository = each.value.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for one in coalesce(var.pull_from, []) : {
        Sid    = "Pull${one.account}"
        Effect = "Allow"
        # The same partition as that of the roles (aws, aws-cn, aws-us-gov).
        Principal = { AWS = "arn:${split(":", one.principals[0])[1]}:iam::${one.account}:root" }
        # ecr:GetAuthorizationToken is a matter of the role's own permissions, and can't stand here.
        Action    = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Condition = { ArnLike = { "aws:PrincipalArn" = one.principals } }
      }
    ]
  })
}
