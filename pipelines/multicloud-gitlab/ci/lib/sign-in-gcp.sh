#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Signs in to Google Cloud with the job's short-lived token, and calls its interfaces with curl: runners need no gcloud.
# The job's token is exchanged for one of the workload identity provider, and that for an hour's token of the service
# account. It lives in this process's memory alone: neither a command line nor the environment ever holds it.
# Variables: GCP_PROJECT, GCP_REGION, GCP_SERVICE_ACCOUNT (its e-mail), GCP_PROVIDER (projects/NUMBER/locations/global/
# workloadIdentityPools/POOL/providers/PROVIDER); on GitLab GCP_ID_TOKEN; at a terminal GOOGLE_ACCESS_TOKEN, or what
# `gcloud auth print-access-token` prints, and no service account is assumed.

needs+=(GCP_PROJECT "the target's project, by its id" GCP_REGION "the target's region, for example europe-west1")
needed_tools+=(curl)
gcp_token=      # what calls carry
gcp_error_file= # what Google said when a call failed; beside it lies what the call answered
gcp_tries=5     # how often a call is made that Google could not answer
gcp_seconds=60  # how long one may take

# ---- calls

# gcp_call METHOD URL [BODY FILE]: one call with our token; prints the answer. Where Google is busy or out of reach it is
# made again, so a call that must not be done twice has to carry a condition or a requestId. False on an error; what
# Google said of it is kept, as "STATUS REASON: TEXT", so that the caller can tell "not there" (gcp_said '^404 ') from a
# failure (cloud_failed).
gcp_call() {
  local code try=0 answer=$gcp_error_file.answer
  local -a options=(-sS --globoff --proto '=https' --connect-timeout 10 --max-time "$gcp_seconds" -X "$1" -H @- -o "$answer"
    -D "$gcp_error_file.headers" -w '%{http_code}')
  if [ -n "${3:-}" ]; then
    options+=(-H 'Content-Type: application/json' --data-binary "@$3")
  elif [ "$1" = POST ]; then
    options+=(-H 'Content-Length: 0')
  fi
  while :; do
    try=$((try + 1))
    : >"$answer"
    code=$(if [ -n "$gcp_token" ]; then printf 'Authorization: Bearer %s\n' "$gcp_token"; fi |
      curl "${options[@]}" -- "$2" 2>"$gcp_error_file") || code=000
    case $code in
      2??)
        cat -- "$answer"
        return 0
        ;;
      000) sed -i -e '1s/^/000 unreachable: /' "$gcp_error_file" ;;
      *)
        jq -r --arg code "$code" '(.error? // {}) as $e | if ($e | type) == "object"
          then "\($code) \([$e.status, $e.errors[]?.reason] | map(values) | unique | join(" ")): \($e.message // "")"
          else "\($code) \($e): \(.error_description // "")" end' "$answer" >"$gcp_error_file" 2>/dev/null ||
          { printf '%s no JSON: ' "$code" && head -c 500 "$answer"; } >"$gcp_error_file"
        ;;
    esac
    case $code in
      000 | 408 | 429 | 500 | 502 | 503 | 504) ((try < gcp_tries)) || return 1 ;;
      *) return 1 ;;
    esac
    sleep $((try < 4 ? 2 ** (try - 1) : 8))
  done
}

# gcp_said PATTERN: whether what Google said of the last error matches the extended regular expression.
gcp_said() { grep -Eq -e "$1" -- "$gcp_error_file"; }

# gcp_header NAME: what the last answer's header holds.
gcp_header() { tr -d '\r' <"$gcp_error_file.headers" | sed -n "s/^$1: *//Ip" | tail -n 1; }

# gcp_failed WHAT: says what did not work and what Google said of it.
gcp_failed() {
  problem "$1"
  quoted <"$gcp_error_file"
  if gcp_said '^401 ' && [ "$HOST" = terminal ]; then
    say "at a terminal, sign in first (gcloud auth login), or put a token into GOOGLE_ACCESS_TOKEN"
  fi
}

# For libraries of every cloud: see sign-in-aws.sh.
cloud_failed() { gcp_failed "$1"; }
cloud_errors_in() { gcp_error_file=$1; }

# gcp_change METHOD URL [BODY FILE]: a call of the compute interface that changes something, waited for until it is done.
# However often it has to be made, it is done once.
gcp_change() {
  local answer url=$2 id
  id=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n' | sed 's/\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\)/\1-\2-4\3-8\4-\5/')
  if [[ $url == *\?* ]]; then url="$url&requestId=$id"; else url="$url?requestId=$id"; fi
  answer=$(gcp_call "$1" "$url" "${@:3}") || return 1
  url=$(printf '%s' "$answer" | jq -r '(if .zone then "zones/\(.zone | split("/") | last)" else "regions/\(.region | split("/") | last)" end)
    + "/operations/" + .name') || return 1
  while [ "$(printf '%s' "$answer" | jq -r .status)" != DONE ]; do
    sleep 1
    answer=$(gcp_call GET "$gcp_compute/$url") || return 1
  done
  printf '%s' "$answer" | jq -r '.error.errors[]? | "400 \(.code): \(.message)"' >"$gcp_error_file"
  [ ! -s "$gcp_error_file" ]
}

# ---- objects

# gcp_bucket gs://BUCKET/NAME, gcp_object gs://BUCKET/NAME: the two halves, as an address needs them.
gcp_bucket() { printf '%s' "${1#gs://}" | sed 's|/.*||'; }
gcp_object() { printf '%s' "${1#gs://*/}" | jq -Rr @uri; }

# gcp_find gs://BUCKET/NAME: prints when the object was written; 3 where there is none, 1 for failures. Of an object that isn't
# there Google says 404 only to those who may list the bucket, so it is asked for the list.
gcp_find() {
  local answer
  answer=$(gcp_call GET "https://storage.googleapis.com/storage/v1/b/$(gcp_bucket "$1")/o?prefix=$(gcp_object "$1")$(
  )&maxResults=1&fields=items(name,timeCreated)") || return 1
  printf '%s' "$answer" | jq -er --arg name "${1#gs://*/}" '.items[0]? | select(.name == $name) | .timeCreated' || return 3
}

# gcp_read gs://BUCKET/NAME: prints the object; gcp_header x-goog-generation tells its generation.
gcp_read() { gcp_call GET "https://storage.googleapis.com/storage/v1/b/$(gcp_bucket "$1")/o/$(gcp_object "$1")?alt=media"; }

# gcp_write gs://BUCKET/NAME FILE [GENERATION]: writes the object, and prints what Google says of it. With a GENERATION only
# where the object has that one, with 0 only where there is none: else it says 412.
gcp_write() {
  gcp_call POST "https://storage.googleapis.com/upload/storage/v1/b/$(gcp_bucket "$1")/o?uploadType=media&name=$(gcp_object "$1")${3:+&ifGenerationMatch=$3}" "$2"
}

# ---- signing in

# federated_token TOKEN: exchanges the job's token; prints the provider's.
federated_token() {
  local body=$gcp_error_file.exchange answer
  printf '%s' "$1" | jq -Rs --arg audience "//iam.googleapis.com/$GCP_PROVIDER" '{audience: $audience,
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange", requestedTokenType: "urn:ietf:params:oauth:token-type:access_token",
    scope: "https://www.googleapis.com/auth/cloud-platform", subjectTokenType: "urn:ietf:params:oauth:token-type:jwt",
    subjectToken: .}' >"$body" || exit 1
  answer=$(gcp_token='' && gcp_call POST https://sts.googleapis.com/v1/token "$body") || {
    rm -f -- "$body"
    gcp_failed "$GCP_PROVIDER does not take this job's token: its condition must admit this repository, ref and environment"
    exit 1
  }
  rm -f -- "$body"
  printf '%s' "$answer" | jq -er '.access_token | strings' || fail "Google's answer holds no token"
}

# account_token TOKEN: with the provider's token, an hour's token of the service account.
account_token() {
  local body=$gcp_error_file.body answer
  printf '{"scope":["https://www.googleapis.com/auth/cloud-platform"],"lifetime":"3600s"}' >"$body"
  answer=$(gcp_token=$1 && gcp_call POST \
    "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/$GCP_SERVICE_ACCOUNT:generateAccessToken" "$body") || {
    gcp_failed "Google does not let this job be $GCP_SERVICE_ACCOUNT: that account must let in this repository, ref and environment"
    exit 1
  }
  printf '%s' "$answer" | jq -er '.accessToken | strings' || fail "Google's answer holds no token"
}

# check_place: the names that go into addresses are names, and the account belongs to this target's project. Which
# project is meant stands in every call, so credentials for another one can't reach it by mistake.
check_place() {
  local home=$GCP_PROJECT
  [[ $GCP_PROJECT =~ ^([a-z][a-z0-9.-]*[a-z0-9]:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$ ]] ||
    wrong "GCP_PROJECT should hold a project's id, not '$(one_line "$GCP_PROJECT")'"
  [[ $GCP_REGION =~ ^[a-z]+-[a-z]+[0-9]+$ ]] || wrong "GCP_REGION should hold a region, not '$(one_line "$GCP_REGION")'"
  gcp_compute=https://compute.googleapis.com/compute/v1/projects/$GCP_PROJECT
  [ "$HOST" != terminal ] || return 0
  need GCP_SERVICE_ACCOUNT "the service account that this job is to be, NAME@PROJECT.iam.gserviceaccount.com" \
    GCP_PROVIDER "projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"
  [[ $GCP_PROVIDER =~ ^projects/[0-9]+/locations/global/workloadIdentityPools/[a-z0-9-]+/providers/[a-z0-9-]+$ ]] ||
    wrong "GCP_PROVIDER should hold projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"
  # A project DOMAIN:NAME has accounts at NAME.DOMAIN.
  if [[ $home == *:* ]]; then home=${home#*:}.${home%%:*}; fi
  [[ $GCP_SERVICE_ACCOUNT =~ ^[a-z0-9-]+@([a-z0-9.-]+)\.iam\.gserviceaccount\.com$ ]] ||
    wrong "GCP_SERVICE_ACCOUNT should hold NAME@PROJECT.iam.gserviceaccount.com, not '$(one_line "$GCP_SERVICE_ACCOUNT")'"
  [ "${BASH_REMATCH[1]}" = "$home" ] ||
    fail "$GCP_SERVICE_ACCOUNT belongs to the project ${BASH_REMATCH[1]}, and this target is in $GCP_PROJECT"
}

# sign_in: afterwards calls are made as GCP_SERVICE_ACCOUNT, or the script has stopped.
sign_in() {
  local token
  need GCP_PROJECT "the target's project, by its id" GCP_REGION "the target's region, for example europe-west1"
  [ -n "$gcp_error_file" ] || gcp_errors
  check_place
  case $HOST in
    github)
      token=$(github_token "https://iam.googleapis.com/$GCP_PROVIDER") || exit 1
      mask "$token"
      ;;
    gitlab)
      need GCP_ID_TOKEN "the token that the job asks for under id_tokens"
      token=$GCP_ID_TOKEN
      ;;
    terminal)
      gcp_token=${GOOGLE_ACCESS_TOKEN:-}
      if [ -z "$gcp_token" ]; then
        command -v gcloud >/dev/null 2>&1 || wrong "GOOGLE_ACCESS_TOKEN is missing, and gcloud, which could print one, is not on PATH"
        gcp_token=$(gcloud auth print-access-token) || fail "not signed in to Google Cloud: run gcloud auth login first"
      fi
      ;;
  esac
  if [ "$HOST" != terminal ]; then
    token=$(federated_token "$token") || exit 1
    mask "$token"
    gcp_token=$(account_token "$token") || exit 1
    mask "$gcp_token"
    say "signed in to the project $GCP_PROJECT as ${GCP_SERVICE_ACCOUNT%%@*}"
  fi
  signed_in_at=$(date +%s)
}

# stay_signed_in: signs in again before the hour of the token is over; long waits call it. gcloud hands out tokens of
# which less may be left.
stay_signed_in() {
  local seconds=2400
  if [ "$HOST" = terminal ]; then seconds=240; fi
  if [ -z "${GOOGLE_ACCESS_TOKEN:-}" ] || [ "$HOST" != terminal ]; then
    (($(date +%s) - signed_in_at <= seconds)) || sign_in
  fi
}

# gcp_errors: makes the place for what calls answer, which only this user can read; sign_in does.
gcp_errors() {
  local folder
  temporary_folder folder
  gcp_error_file=$folder/said
  : >"$gcp_error_file"
}
