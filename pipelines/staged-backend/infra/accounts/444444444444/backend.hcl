# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "prop-terraform-state-444444444444-ap-south-1"
key                 = "prop/accounts/444444444444"
region              = "ap-south-1"
allowed_account_ids = ["444444444444"]
encrypt             = true
dynamodb_table      = "prop-terraform-state"
