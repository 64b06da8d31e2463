# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "prop-terraform-state-555555555555-ap-south-1"
key                 = "prop/accounts/555555555555"
region              = "ap-south-1"
allowed_account_ids = ["555555555555"]
encrypt             = true
dynamodb_table      = "prop-terraform-state"
