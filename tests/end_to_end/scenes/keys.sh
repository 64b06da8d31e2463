# shellcheck shell=bash disable=SC2154,SC2016 # the variables are those of sandbox.sh and lib.sh; commands are for other shells
# Long-lived keys instead of a role: no token is asked for, and the keys have to be those of the target.
new_project
keys=(AWS_STATIC_KEYS=true AWS_ROLE_ARN= ACTIONS_ID_TOKEN_REQUEST_URL= ACTIONS_ID_TOKEN_REQUEST_TOKEN= AWS_ACCESS_KEY_ID=AKIAKEYSOFDEV
  AWS_SECRET_ACCESS_KEY=long-lived-and-secret AWS_DEFAULT_REGION="$region")

# no_key: nothing of the key is in the log, but for the mask.
no_key() { ! grep -v '^::add-mask::' "$log" | grep -Fq -e long-lived-and-secret -e AKIAKEYSOFDEV || die "the log shows the key"; }

step "a build, a deploy and the project's own commands, signed in by keys"
start_build "$commit" "${keys[@]}"
end_job
succeeded
says "signed in to AWS account ${account[dev]} as the user of the keys of dev"
no_key
digest=$(sed -n 's/^digest=//p' "$place/output")
deploy dev "$commit" "${keys[@]}" AWS_PROFILE=somebody AWS_SESSION_TOKEN=left-over AFTER_DEPLOY='aws sts get-caller-identity --query Arn --output text'
succeeded
says "arn:aws:iam::${account[dev]}:user/deliverer"
no_key
runs dev "$digest"
lease_is_free dev
start_job_on extend-deploy.sh deploy shallow dev "$commit" "${keys[@]}" COMMANDS='echo "warm on $STACK"'
end_job
succeeded
says "warm on aws"

step "Terraform uses the keys too"
plan dev "$commit" "${keys[@]}"
succeeded "the plan"
no_key
[ "$empty" = false ] || die "the plan is empty"
start_apply dev "$commit" "${keys[@]}"
end_job
succeeded "the apply"
no_key
lease_is_free dev

step "keys of another account or region, and half a key, stop before anything changes"
updated=$(updates)
deploy dev "$commit" "${keys[@]}" FORCE=true AWS_ACCESS_KEY_ID=AKIAKEYSOFPROD
failed
says "these credentials belong to the account ${account[prod]}, and this target is in ${account[dev]}"
deploy dev "$commit" "${keys[@]}" FORCE=true AWS_DEFAULT_REGION=us-east-1
failed
says "the keys of dev are for us-east-1, and this target is in $region"
deploy dev "$commit" "${keys[@]}" FORCE=true AWS_SECRET_ACCESS_KEY=
failed 2
says "AWS_SECRET_ACCESS_KEY is missing: it should hold the key of dev, a secret of the host"
[ "$(updates)" = "$updated" ] || die "something was rolled out"

step "where a role is meant, keys that stand in the job's variables are not used"
deploy dev "$commit" AWS_ACCESS_KEY_ID=AKIAKEYSOFPROD AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1
succeeded
says "as simple-time-dev-aws-deploy"
