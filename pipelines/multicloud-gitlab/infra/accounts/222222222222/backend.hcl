# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "storefront-tfstate-222222222222-ap-south-1"
key                 = "storefront/accounts/222222222222"
region              = "ap-south-1"
allowed_account_ids = ["222222222222"]
encrypt             = true
use_lockfile        = true
