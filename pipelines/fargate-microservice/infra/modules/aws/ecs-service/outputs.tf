# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "name" {
  description = "The service's name in its cluster."
  value       = aws_ecs_service.this.name
}

output "arn" {
  description = "The service's ARN."
  value       = aws_ecs_service.this.id
}

output "family" {
  description = "The family of its task definitions."
  value       = aws_ecs_task_definition.this.family
}

output "task_definition_arn" {
  description = "The revision that Terraform registered last: what the next deploy copies, not what runs."
  value       = aws_ecs_task_definition.this.arn
}

output "task_role_arn" {
  description = "The role that the running service has."
  value       = aws_iam_role.task.arn
}

output "task_role_name" {
  description = "That role's name, for permissions that are added beside this."
  value       = aws_iam_role.task.name
}

output "execution_role_arn" {
  description = "The role with which ECS starts it."
  value       = aws_iam_role.execution.arn
}

output "security_group_id" {
  description = "Its tasks' security group, for others that let it in."
  value       = aws_security_group.this.id
}

output "log_group_name" {
  description = "The log group to which it writes."
  value       = aws_cloudwatch_log_group.this.name
}
