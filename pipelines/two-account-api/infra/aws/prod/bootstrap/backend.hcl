# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "scoring-api-tfstate-222222222222-us-east-1"
key                 = "scoring-api/aws/prod/bootstrap"
region              = "us-east-1"
allowed_account_ids = ["222222222222"]
encrypt             = true
use_lockfile        = true
