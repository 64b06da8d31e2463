# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# A target on Google Cloud: the first deploy raises it, the next replaces its instances with capacity kept.
# shellcheck source=../lib-gcp.sh
. "$here/lib-gcp.sh"
gcp_project

step "a build, pushed under its key"
gcp_build "$commit"
succeeded
one=$digest
[ "$(gcp_tag dev "$(gcp_key_of "$commit")")" = "$one" ] || die "no tag"

step "the first deploy raises both groups, has nothing to go back to, and switches the autoscaling on"
gcp_deploy dev "$commit"
succeeded
says "nothing has passed on dev on gcp yet"
says "app: nothing -> "
says "app: from 0 to 2 instances"
says "app: autoscaling is ON"
says "app: migrated"
gcp_runs dev "$one"
gcp_answers dev one
gcp_lease_is_free dev
[ "$(google '.migrations | length')" = 0 ] || die "the migration's instance is still there"
[ "$(gcp_tag dev "passed_dev_gcp_$(gcp_key_of "$commit")")" = "$one" ] || die "no passed tag"
[ "$(gcp_record dev | jq -r '.[-1].services.worker')" = "$one" ] || die "no record"

step "the same again changes nothing"
changed=$(gcp_changes)
gcp_deploy dev "$commit"
succeeded
says "app: runs"
never_says "migrating"
[ "$(gcp_changes)" = "$changed" ] || die "it changed something: $(google .changes)"

step "the next one replaces instances, and never are there fewer"
change index two
gcp_build "$commit"
succeeded
two=$digest
gcp_deploy dev "$commit"
succeeded
gcp_runs dev "$two"
gcp_answers dev two
[ "$(google '.groups["simple-time-dev-gcp-app"].least')" = 2 ] || die "capacity was not kept: $(google .groups)"

step "the next environment gets the same digest, from what passed"
gcp_deploy prod "$commit"
succeeded
says "copying"
gcp_runs prod "$two"
gcp_answers prod two
