# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "provider_arns" {
  description = "The providers' ARNs by host: what a role's trust names as its federated principal."
  value = merge(
    { for host, provider in aws_iam_openid_connect_provider.this : host => provider.arn },
    { for host, provider in data.aws_iam_openid_connect_provider.existing : host => provider.arn },
  )
}
