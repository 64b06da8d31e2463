# All runs only plan: what may not be destroyed could not be torn down after an apply.
mock_provider "aws" {
  override_during = plan

  mock_resource "aws_s3_bucket" {
    defaults = {
      id  = "shop-tfstate-111111111111-eu-west-1"
      arn = "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1"
    }
  }
}

variables {
  bucket      = "shop-tfstate-111111111111-eu-west-1"
  short_lived = ["shop/aws/dev/lease.json", "shop/aws/dev/platform.tflock"]
}

run "the_bucket_is_closed_encrypted_and_versioned" {
  command = plan

  assert {
    condition     = aws_s3_bucket.this.bucket == "shop-tfstate-111111111111-eu-west-1" && !aws_s3_bucket.this.force_destroy
    error_message = "The bucket has the given name, and isn't emptied by a destroy."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Nothing in it can be made public."
  }

  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "There are no access lists."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Old states are kept."
  }

  assert {
    condition = [
      for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm
    ] == ["AES256"]
    error_message = "States are encrypted."
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy) == {
      Version = "2012-10-17"
      Statement = [{
        Sid       = "OnlyTLS"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource = [
          "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1",
          "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1/*",
        ]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }]
    }
    error_message = "The bucket answers through TLS alone, and its policy allows nobody anything."
  }

  assert {
    condition = alltrue([
      for one in [
        aws_s3_bucket_public_access_block.this.bucket, aws_s3_bucket_ownership_controls.this.bucket,
        aws_s3_bucket_versioning.this.bucket, aws_s3_bucket_server_side_encryption_configuration.this.bucket,
        aws_s3_bucket_policy.this.bucket, aws_s3_bucket_lifecycle_configuration.this.bucket,
      ] : one == aws_s3_bucket.this.id
    ])
    error_message = "All of that is about this bucket."
  }
}

run "states_stay_long_and_leases_go_soon" {
  command = plan

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.status == "Enabled"
    ])
    error_message = "All rules are on."
  }

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      rule.id => try(rule.noncurrent_version_expiration[0].noncurrent_days, null)
      } == {
      everything                     = 365
      "shop/aws/dev/lease.json"      = 1
      "shop/aws/dev/platform.tflock" = 1
    }
    error_message = "Old versions stay for a year, those of leases and locks for a day."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      try(rule.id == "everything" ? rule.noncurrent_version_expiration[0].newer_noncurrent_versions == 20 : rule.filter[0].prefix == rule.id, false)
    ])
    error_message = "The newest twenty versions of a state are kept for ever; a short-lived object's rule is about that object."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id != "everything" || try(
        rule.abort_incomplete_multipart_upload[0].days_after_initiation == 1 &&
        rule.expiration[0].expired_object_delete_marker == true, false
      )
    ])
    error_message = "Broken uploads and the marks of removed objects go."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id == "everything" || length(rule.expiration) == 0
    ])
    error_message = "A current lease never expires."
  }
}

run "the_days_are_the_callers" {
  command = plan

  variables {
    version_days = 30
    short_lived  = []
  }

  assert {
    condition = [
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.noncurrent_version_expiration[0].noncurrent_days
    ] == [30]
    error_message = "version_days is for how long old versions stay, and without leases there is no other rule."
  }
}

run "outputs" {
  command = plan

  assert {
    condition     = output.bucket == "shop-tfstate-111111111111-eu-west-1"
    error_message = "bucket is the bucket's name."
  }

  assert {
    condition     = output.bucket_arn == "arn:aws:s3:::shop-tfstate-111111111111-eu-west-1"
    error_message = "bucket_arn is its ARN."
  }
}

run "refuses_a_dot_in_the_name" {
  command         = plan
  expect_failures = [var.bucket]

  variables {
    bucket = "shop.tfstate"
  }
}

run "refuses_a_name_that_is_too_long" {
  command         = plan
  expect_failures = [var.bucket]

  variables {
    bucket = "shop-tfstate-111111111111-eu-west-1-and-some-more-text-after-it-0"
  }
}

run "refuses_a_folder_among_the_short_lived" {
  command         = plan
  expect_failures = [var.short_lived]

  variables {
    short_lived = ["shop/"]
  }
}

run "refuses_a_state_among_the_short_lived" {
  command         = plan
  expect_failures = [var.short_lived]

  variables {
    short_lived = ["shop/aws/dev/platform"]
  }
}

run "refuses_versions_that_go_at_once" {
  command         = plan
  expect_failures = [var.version_days]

  variables {
    version_days = 1
  }
}
