# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "name" {
  description = "The cluster's name."
  value       = aws_ecs_cluster.this.name

  # A service can ask only for capacity that its cluster has.
  depends_on = [aws_ecs_cluster_capacity_providers.this]
}

output "arn" {
  description = "The cluster's ARN."
  value       = aws_ecs_cluster.this.arn

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}
