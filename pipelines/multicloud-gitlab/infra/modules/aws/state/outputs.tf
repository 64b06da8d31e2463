# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "bucket" {
  description = "The bucket's name, known once it exists and is closed to the public."
  value       = aws_s3_bucket.this.id

  depends_on = [aws_s3_bucket_policy.this, aws_s3_bucket_public_access_block.this, aws_s3_bucket_versioning.this]
}

output "bucket_arn" {
  description = "The bucket's ARN."
  value       = aws_s3_bucket.this.arn
}
