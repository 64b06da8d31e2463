# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "storefront-tfstate-333333333333-ap-south-1"
key                 = "storefront/accounts/333333333333"
region              = "ap-south-1"
allowed_account_ids = ["333333333333"]
encrypt             = true
use_lockfile        = true
