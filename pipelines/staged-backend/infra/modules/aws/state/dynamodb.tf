# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Feature: the states' locks are items of a DynamoDB table (infrastructure.state.lock: dynamodb) instead of lock files
# in the bucket.

variable "table" {
  description = "The name of the DynamoDB table that holds the states' locks. null: the backend locks in the bucket."
  type        = string
  default     = null

  validation {
    condition     = var.table == null || can(regex("^[A-Za-z0-9_.-]{3,255}$", var.table))
    error_message = "A table's name has 3 to 255 letters, digits, and _ . or -"
  }
}

resource "aws_dynamodb_table" "lock" {
  #checkov:skip=CKV_AWS_119:encrypted by DynamoDB's own key; the items are names of locks and checksums of states
  for_each = toset(var.table == null ? [] : [var.table])

  name         = each.value
  billing_mode = "PAY_PER_REQUEST"

  # What the S3 backend asks for.
  hash_key = "LockID"

  attribute {
    name = "LockID"
    type = "S"
  }

  # Besides the locks the backend keeps each state's checksum here, and refuses a state whose checksum is gone.
  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true

  lifecycle {
    prevent_destroy = true
  }
}
