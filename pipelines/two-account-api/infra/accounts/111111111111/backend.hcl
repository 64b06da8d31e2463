# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "scoring-api-tfstate-111111111111-us-east-1"
key                 = "scoring-api/accounts/111111111111"
region              = "us-east-1"
allowed_account_ids = ["111111111111"]
encrypt             = true
use_lockfile        = true
