bucket              = "shop-tfstate-111111111111-eu-west-1"
key                 = "shop/accounts/111111111111"
region              = "eu-west-1"
allowed_account_ids = ["111111111111"]
encrypt             = true
use_lockfile        = true
