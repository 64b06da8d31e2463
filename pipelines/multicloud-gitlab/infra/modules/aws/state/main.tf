# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Where the Terraform states of an account live in one region, and the leases of its targets: one bucket, which is applied
# once by a person with the account's root. Nobody else changes it, and it is never removed by Terraform.

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_18:access to states is seen in CloudTrail's data events where a project wants that; server access logs would need a second bucket
  #checkov:skip=CKV_AWS_144:versions guard against mistakes; a state describes one region and is of no use when that is lost
  #checkov:skip=CKV_AWS_145:encrypted by S3's own key (AES256): who may read is decided by the roles alone, and a lost key can't lock a state away
  #checkov:skip=CKV2_AWS_62:nothing follows from a changed state
  bucket = var.bucket

  # A bucket with states in it is not emptied by a destroy.
  force_destroy = false

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  # No access by lists on single objects: policies alone decide.
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTLS"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  # S3 refuses two changes of a bucket's access at the same time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

# Every write of a state leaves the one before as an old version, and so does every renewal of a lease and every lock.
# S3 acts on the shorter time where two rules select an object.
resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "everything"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days           = var.version_days
      newer_noncurrent_versions = 20
    }

    # The marks that removed lock files leave behind.
    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  dynamic "rule" {
    for_each = toset(var.short_lived)

    content {
      id     = rule.value
      status = "Enabled"

      filter {
        prefix = rule.value
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }
    }
  }

  # Without versions there would be none to expire.
  depends_on = [aws_s3_bucket_versioning.this]
}
