# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

bucket              = "simple-time-tfstate-888888888888-eu-west-1"
key                 = "simple-time/aws/dev/platform"
region              = "eu-west-1"
allowed_account_ids = ["888888888888"]
encrypt             = true
use_lockfile        = true
