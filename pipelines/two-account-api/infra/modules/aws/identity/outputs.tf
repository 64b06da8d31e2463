# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "role_arns" {
  description = "The ARN of each role, by the kind of job that takes it."
  value       = { for kind, role in aws_iam_role.this : kind => role.arn }

  # A role without its permissions is of no use yet.
  depends_on = [aws_iam_role_policy.this]
}

output "boundary_arn" {
  description = "The boundary's ARN: a role that infra makes has to have it."
  value       = aws_iam_policy.boundary.arn
}
