# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "taskboard-tfstate-777777777777-ap-south-1"
key                 = "taskboard/accounts/777777777777"
region              = "ap-south-1"
allowed_account_ids = ["777777777777"]
encrypt             = true
use_lockfile        = true
