# shellcheck shell=bash disable=SC2154 # the variables are those of sandbox.sh and lib.sh
# Images are copied from one cloud to the other, in both directions: by digest, and by an identity that only reads there.
# shellcheck source=../lib-gcp.sh
. "$here/lib-gcp.sh"
gcp_project

# read_in CLOUD: what a deploy is told where its images are in that cloud's registry of dev.
read_in() {
  echo "SOURCE_CLOUD=$1"
  case $1 in
    aws)
      printf '%s\n' SOURCE_REGISTRY=ecr SOURCE_STACK=aws AWS_REGION="$region" AWS_ACCOUNT="${account[dev]}" \
        AWS_ROLE_ARN="arn:aws:iam::${account[dev]}:role/simple-time-dev-aws-pull"
      ;;
    gcp)
      printf '%s\n' SOURCE_REGISTRY=artifact-registry SOURCE_STACK=gcp GCP_PROJECT=simple-time-dev GCP_REGION="$place_gcp" \
        GCP_SERVICE_ACCOUNT=simple-time-dev-pull@simple-time-dev.iam.gserviceaccount.com \
        GCP_PROVIDER="projects/${number[dev]}/locations/global/workloadIdentityPools/simple-time/providers/github"
      ;;
  esac
}

# from SERVICES REPOSITORY: SERVICES whose images come from there.
from() { printf '%s' "$1" | jq -c --arg source "$2" 'map(.source = $source)'; }
to_google() { gcp_deploy prod "$commit" "SERVICES=$(from "$(gcp_services prod)" "$(home dev)")" "${from_aws[@]}" "$@"; }
to_aws() {
  # A token of Google's checks more claims than one of AWS.
  prod_subject=$gcp_prod deploy prod "$commit" \
    "SERVICES=$(from "$(services prod)" "$place_gcp-docker.pkg.dev/simple-time-dev/simple-time/app")" "${from_google[@]}" "$@"
}
readarray -t from_aws < <(read_in aws)
readarray -t from_google < <(read_in gcp)

step "built and passed on AWS"
build "$commit"
succeeded
one=$digest
deploy dev "$commit"
succeeded

step "prod on Google Cloud gets that very digest"
to_google
succeeded
says "signed in to AWS account ${account[dev]} as simple-time-dev-aws-pull"
says "copying $(home dev)@$one"
gcp_runs prod "$one"
gcp_answers prod one
key=$(gcp_key_of "$commit")
[ "$(gcp_tag prod "$key-${one:7:12}")" = "$one" ] || die "the copy has no tag of key and digest"
[ "$(gcp_tag prod "passed_prod_gcp_$key")" = "$one" ] || die "no passed tag"
gcp_lease_is_free prod

step "again, nothing is copied over"
to_google
succeeded
says "app: runs"

step "who may only read there can't do more, and nobody else may read"
change index two
build "$commit"
succeeded
deploy dev "$commit"
succeeded
two=$digest
for role in simple-time-dev-aws-build simple-time-dev-aws-deploy; do
  to_google "AWS_ROLE_ARN=arn:aws:iam::${account[dev]}:role/$role"
  failed
  says "AWS does not let this job be arn:aws:iam::${account[dev]}:role/$role"
  says "can't sign in to ${account[dev]}.dkr.ecr"
  gcp_lease_is_free prod
done
to_google SOURCE_CLOUD=
failed
says "is no registry of these kinds: artifact_registry"
gcp_runs prod "$one"

step "what did not pass there is not promoted from there"
change index three
to_google
failed
says "has not passed dev on aws"
gcp_runs prod "$one"
gcp_lease_is_free prod

step "the other way: built and passed on Google Cloud, promoted to AWS"
gcp_build "$commit"
succeeded
three=$digest
gcp_deploy dev "$commit"
succeeded
to_aws
succeeded
says "signed in to the project simple-time-dev as simple-time-dev-pull"
says "signed in to AWS account ${account[prod]} as simple-time-prod-aws-deploy"
runs prod "$three"
answers prod three
[ "$(tag prod "$(gcp_key_of "$commit")-${three:7:12}")" = "$three" ] || die "the copy has no tag of key and digest"
lease_is_free prod
to_aws GCP_SERVICE_ACCOUNT=simple-time-dev-deploy@simple-time-dev.iam.gserviceaccount.com
failed
says "Google does not let this job be"
runs prod "$three"
[ "$two" != "$three" ] || die "two contents with one digest"
