# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The target's image repositories on ECR. Applied by a person, with the bootstrap root; jobs push and pull, and change
# nothing here.

resource "aws_ecr_repository" "this" {
  #checkov:skip=CKV_AWS_136:AES256 below: a key of one's own is one more thing whose loss stops every deploy, and hides nothing from those who may pull
  for_each = toset(var.repositories)

  name = each.value

  # A tag that stands is never moved: what passed under it is what every later environment gets.
  image_tag_mutability = "IMMUTABLE"

  # Images run in production: a repository that holds any is not removed.
  force_delete = false

  image_scanning_configuration {
    scan_on_push = true
  }

  # Encrypted by ECR's own key. With KMS a copy into another account would depend on a grant of this one.
  encryption_configuration {
    encryption_type = "AES256"
  }
}

# ECR takes the rules by priority, and what a rule's tags select can't be expired by a rule after it, whether or not the
# first one expires it. So the first rule spares what it names: it selects everything that ever passed, and its age is a
# hundred years. Its tags carry no environment, because any one's will do. (A list of several patterns would select only
# images that carry them all.)
# What is deployed but hasn't passed yet is younger than the second rule's days by far: the build is looked for by its
# key, k and forty hex digits, when the run begins, and its gates close after thirty days. A tag that a person pushed
# matches neither rule and stays.
# Parts of an image for several platforms carry no tag. ECR keeps them as long as their index stands, and the last rule
# takes them once it is gone.
resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Spare what passed in any environment"
        selection = {
          tagStatus     = "tagged"
          tagPrefixList = ["passed_"]
          countType     = "sinceImagePushed"
          countUnit     = "days"
          countNumber   = 36500
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Expire builds that never passed"
        selection = {
          tagStatus     = "tagged"
          tagPrefixList = ["k"]
          countType     = "sinceImagePushed"
          countUnit     = "days"
          countNumber   = var.unpassed_days
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 3
        description  = "Expire the remains of pushes that were broken off"
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = var.untagged_days
        }
        action = { type = "expire" }
      },
    ]
  })
}
