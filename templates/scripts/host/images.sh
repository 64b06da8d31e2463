#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Secrets and images for compose-host, by the role of the instance. Sourced by it, never run.
# shellcheck disable=SC2154 # its variables are those of compose-host

# secret NAME: prints a secret's text.
secret() {
  aws secretsmanager get-secret-value --secret-id "$1" --output json 2>"$work/said" >"$work/secret" || {
    say "error: can't read the secret $1"
    end_of "$work/said"
    return 1
  }
  jq -j '.SecretString // error("it is binary")' "$work/secret" 2>/dev/null || { say "error: the secret $1 holds no text"; return 1; }
}

# read_secrets IMAGES: $work/secrets.json is then {SERVICE: {VARIABLE: VALUE}} of what will run.
read_secrets() {
  local one number=0
  jq -r --argjson images "$1" '[.services | to_entries[] | select($images[.key] != null) | .value.secrets // {} | .[] | ltrimstr("secret:")
    | split("#")[0]] | unique | .[]' "$settings" >"$work/names"
  : >"$work/texts"
  while IFS= read -r one; do
    number=$((number + 1))
    secret "$one" >"$work/text.$number" || return 1
    jq -Rsc --arg name "$one" '{($name): .}' "$work/text.$number" >>"$work/texts"
    rm -f -- "$work/text.$number"
  done <"$work/names"
  jq -s --slurpfile settings "$settings" --argjson images "$1" '
    def part($name; $text; $key): if $key == null then $text else ($text | try fromjson catch null | if type == "object" then .[$key] else null end)
      | if . == null then error("the secret \($name) has no \($key)") elif type == "string" then . else tojson end end;
    (add // {}) as $texts | $settings[0].services | with_entries(select($images[.key] != null) | .value = (.value.secrets // {} | with_entries(
      .value = (.value | ltrimstr("secret:") | index("#") as $at | if $at == null then {name: ., key: null} else {name: .[:$at], key: .[$at + 1:]} end
        | part(.name; $texts[.name]; .key)))))' \
    "$work/texts" >"$work/secrets.json" 2>"$work/said" || { say "error: a secret does not hold what a service needs of it"; end_of "$work/said"; return 1; }
  rm -f -- "$work/texts" "$work/secret"
}

# sign_in IMAGES: to the registries from which these images come: with the target's pull secret ({"username", "password"})
# where it has one, else to ECR as the instance's role, else as nobody.
sign_in() {
  local pull registry
  mkdir -p -- "$work/docker"
  export DOCKER_CONFIG=$work/docker
  echo '{"auths":{}}' >"$work/docker/config.json"
  pull=$(jq -r '.pull_secret // empty' "$settings")
  jq -r --argjson images "$1" '[.services | to_entries[] | select($images[.key] != null) | .value.repository | split("/")[0]] | unique | .[]' \
    "$settings" >"$work/registries"
  while IFS= read -r registry; do
    if [ -n "$pull" ]; then
      secret "$pull" >"$work/pull" || return 1
      jq -ce 'select((.username, .password) | type == "string" and . != "")' "$work/pull" >"$work/login" 2>/dev/null ||
        { say "error: the secret $pull should hold {\"username\": …, \"password\": …}"; return 1; }
    elif [[ $registry =~ ^[0-9]{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$ ]]; then
      aws ecr get-login-password --region "${BASH_REMATCH[1]}" 2>"$work/said" >"$work/pull" ||
        { say "error: the instance's role can't sign in to $registry"; end_of "$work/said"; return 1; }
      jq -Rsc '{username: "AWS", password: rtrimstr("\n")}' "$work/pull" >"$work/login"
    else
      continue
    fi
    # Docker keeps its own registry's under this name.
    [ "$registry" != docker.io ] || registry=https://index.docker.io/v1/
    jq --arg registry "$registry" --slurpfile login "$work/login" \
      '.auths[$registry] = {auth: ($login[0] | .username + ":" + .password | @base64)}' "$work/docker/config.json" >"$work/config.new"
    mv -f -- "$work/config.new" "$work/docker/config.json"
  done <"$work/registries"
  rm -f -- "$work/pull" "$work/login" "$work/secret"
}

# images_of IMAGES: REPOSITORY@DIGEST, each once.
images_of() {
  jq -r --argjson images "$1" '[.services | to_entries[] | $images[.key] as $digest | select($digest != null) | .value.repository + "@" + $digest]
    | unique | .[]' "$settings"
}

# pull IMAGES SECONDS: what is not here yet.
pull() {
  local image try
  images_of "$1" >"$work/images"
  while IFS= read -r image; do
    if docker image inspect "$image" >/dev/null 2>&1; then continue; fi
    for try in 1 2 3; do
      say "pulling $image"
      if timeout "$2" docker pull --quiet "$image" </dev/null >"$work/said" 2>&1; then continue 2; fi
      [ "$try" -eq 3 ] || sleep $((try * 2))
    done
    say "error: can't pull $image"
    end_of "$work/said"
    return 1
  done <"$work/images"
}

# clean_up: removes images of our repositories that neither run nor ran before. Disks fill up otherwise.
clean_up() {
  local image
  # Of Docker's own registry the list leaves the host out.
  { images_of "$(kept wanted)" && images_of "$(kept good)" && images_of "$(kept before)"; } | sed 's/^docker\.io\///' | sort -u >"$work/keep"
  jq -r '[.services[].repository | ltrimstr("docker.io/")] | unique | .[]' "$settings" >"$work/repositories"
  docker image ls --digests --no-trunc --format '{{.Repository}}@{{.Digest}}' 2>/dev/null | sort -u | while IFS= read -r image; do
    if grep -Fxq -e "${image%@*}" "$work/repositories" && ! grep -Fxq -e "$image" "$work/keep" && [ "${image##*@}" != '<none>' ]; then
      docker image rm -- "$image" >/dev/null 2>&1 || true
    fi
  done
}
