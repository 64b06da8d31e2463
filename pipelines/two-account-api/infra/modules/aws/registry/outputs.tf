# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "repository_urls" {
  description = "Where each image lives, without a tag: the repository's name to ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "repository_arns" {
  description = "The repositories' ARNs by their names."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.arn }
}
