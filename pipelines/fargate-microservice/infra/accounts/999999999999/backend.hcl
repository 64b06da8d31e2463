# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "simple-time-tfstate-999999999999-eu-west-1"
key                 = "simple-time/accounts/999999999999"
region              = "eu-west-1"
allowed_account_ids = ["999999999999"]
encrypt             = true
use_lockfile        = true
