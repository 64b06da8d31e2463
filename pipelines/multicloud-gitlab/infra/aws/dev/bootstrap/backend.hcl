# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "storefront-tfstate-111111111111-ap-south-1"
key                 = "storefront/aws/dev/bootstrap"
region              = "ap-south-1"
allowed_account_ids = ["111111111111"]
encrypt             = true
use_lockfile        = true
