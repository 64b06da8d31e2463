# shellcheck shell=bash disable=SC2154,SC2016 # the variables are those of sandbox.sh and lib.sh; commands are for other shells
# What the manifest adds of its own: commands inside a deploy, whatever they hold, and jobs with an identity after it.
new_project
mkdir -p "$project/scripts"
cat >"$project/scripts/note.sh" <<'TEXT'
#!/bin/sh
# note.sh TEXT...: keeps what it is given, and who runs it.
printf '%s\n' "$@" "as $(aws sts get-caller-identity --query Arn --output text)"
TEXT
chmod +x "$project/scripts/note.sh"
commit_all "a script of the project"
build "$commit"
succeeded

# start_extend VERB ENVIRONMENT COMMIT [VARIABLE=VALUE...]: a job of the manifest's own.
start_extend() {
  local verb=$1
  start_job_on "extend-$verb.sh" "$verb" shallow "${@:2}"
}
extend() {
  start_extend "$@"
  end_job
}

# in_order TEXT...: whether the log says these one after the other.
in_order() {
  local text line last=0
  for text in "$@"; do
    line=$(grep -n -F -e "$text" "$log" | head -n 1 | cut -d : -f 1)
    ((${line:-0} > last)) || die "the log does not say '$text' after line $last"
    last=$line
  done
}

step "commands reach the shell as they were written, as the deploy's identity, before and after the rollout"
hook='-n is no option >/dev/null 2>&1 || echo "began as a word"
printf "<%s>\n" '"'"'$HOME ${{ github.token }} %PATH% $$ `id` "a: b" # {{ x }}'"'"'
cat <<TEXT
running $(busybox echo tasks of "$ENVIRONMENT")
TEXT
./scripts/note.sh "before $COMMIT"'
deploy dev "$commit" BEFORE_DEPLOY="$hook" AFTER_DEPLOY='cd scripts; ./note.sh after'
succeeded
says "began as a word"
says '<$HOME ${{ github.token }} %PATH% $$ `id` "a: b" # {{ x }}>'
says "running tasks of dev"
says "before $commit"
says "as arn:aws:sts::${account[dev]}:assumed-role/simple-time-dev-aws-deploy/"
in_order "before $commit" "app: from 0 to 2 tasks" "smoke test of app: passed" "running AFTER_DEPLOY" "wrote to the record"
good=$digest
runs dev "$good"

step "a failing command after the rollout takes the deploy back, one before it changes nothing"
known=$(record dev)
first=$commit
change index two
build "$commit"
succeeded
updated=$(updates)
deploy dev "$commit" BEFORE_DEPLOY='false | true; echo never'
failed
says "BEFORE_DEPLOY failed"
never_says "never"
[ "$(updates)" = "$updated" ] || die "something was rolled out"
deploy dev "$commit" AFTER_DEPLOY='exit 9' COMMANDS_DIR=scripts
failed
says "AFTER_DEPLOY failed with exit code 9"
says "what ran before runs again"
runs dev "$good"
[ "$(record dev)" = "$known" ] || die "it is in the record"
lease_is_free dev

step "a job with the deploy's identity runs with the lease, in its folder, for the commit that the target runs"
COMMANDS_HERE='echo "in ${PWD##*/}, on $STACK"; ./note.sh "$WORD"; echo "lease: $(aws s3api get-object --bucket "$STATE_BUCKET" --key "$LEASE_KEY" /dev/stdout --query ETag | jq -r "select(.job?) | .job")"'
extend deploy dev "$first" COMMANDS="$COMMANDS_HERE" COMMANDS_DIR=scripts WORD='$(id) %x% ${{ y }}'
succeeded
says "in scripts, on aws"
says '$(id) %x% ${{ y }}'
says "as arn:aws:sts::${account[dev]}:assumed-role/simple-time-dev-aws-deploy/"
says "lease: extend-deploy-dev-aws"
lease_is_free dev

step "its failure is the job's, and the lease is given back"
extend deploy dev "$first" COMMANDS='false; echo never'
failed
says "the project's commands failed with exit code 1"
lease_is_free dev

step "a run that others overtook, and one before anything passed, run nothing"
extend deploy dev "$commit" COMMANDS='echo ran'
failed
says "runs $first by now"
never_says "echo ran"
! grep -q '^ran$' "$log" || die "it ran"
extend deploy prod "$commit" COMMANDS='echo ran'
failed
says "nothing has passed on prod on aws yet"
! grep -q '^ran$' "$log" || die "it ran"
lease_is_free dev

step "it waits for whoever changes the target, and a signal ends the commands before the lease is given back"
start_extend deploy dev "$first" COMMANDS='echo began; trap "sleep 1; echo put in order; exit 1" TERM; while :; do sleep 0.2; done'
until_log "began"
held=$job held_log=$log held_place=$place
new_run
start_extend deploy dev "$first" COMMANDS='echo second'
until_log "is held by"
kill -TERM "$held"
end_job
succeeded
says "second"
job=$held log=$held_log place=$held_place
end_job
failed 143
in_order "put in order" "gave the lease"
lease_is_free dev

step "with the identity that reads there is no lease, and nothing can be changed"
extend plan dev "$first" COMMANDS='./note.sh reading; echo "$PROJECT in $ENVIRONMENT"' COMMANDS_DIR=scripts
succeeded
says "as arn:aws:sts::${account[dev]}:assumed-role/simple-time-dev-aws-plan/"
says "simple-time in dev"
never_says "lease"
extend plan dev "$first" COMMANDS='aws ssm put-parameter --name "$RECORD" --value x --overwrite'
failed
says "is not authorized to perform: ssm:PutParameter"

step "what is missing is named"
extend deploy dev "$first"
failed 2
says "COMMANDS is missing"
extend plan dev "$first" COMMANDS=true AWS_ROLE_ARN=
failed 2
says "AWS_ROLE_ARN is missing"
