# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "taskboard-tfstate-666666666666-ap-south-1"
key                 = "taskboard/accounts/666666666666"
region              = "ap-south-1"
allowed_account_ids = ["666666666666"]
encrypt             = true
use_lockfile        = true
