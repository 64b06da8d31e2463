#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Smoke tests: asks each service's address through the ingress until it answers as it should.
# Variables: BASE_URL (https://NAME), or what address-CLOUD.sh finds it by; SMOKE_RETRIES (10), SMOKE_DELAY_SECONDS (6),
# SERVICES (smoke: path, status with 0 for any 2xx or 3xx, contains).

# smoke_once NAME FOLDER: one question; says in FOLDER/why what is wrong with the answer.
smoke_once() {
  local path wanted contains code
  path=$(service_value "$1" smoke_path)
  wanted=$(service_value "$1" smoke_status)
  contains=$(service_value "$1" smoke_contains)
  : >"$2/body"
  code=$(curl -sS --globoff --max-time 10 --max-filesize 1000000 -o "$2/body" -w '%{http_code}' -- "${BASE_URL%/}$path" 2>"$2/why") ||
    return 1
  if [ "$wanted" -eq 0 ]; then
    [[ $code =~ ^[23] ]] || { echo "it answers $code" >"$2/why"; return 1; }
  elif [ "$code" != "$wanted" ]; then
    echo "it answers $code, not $wanted" >"$2/why"
    return 1
  fi
  if [ -n "$contains" ] && ! jq -Rse --arg text "$contains" 'contains($text)' <"$2/body" >/dev/null; then
    echo "it answers $code, without the text '$contains'" >"$2/why"
    return 1
  fi
  return 0
}

# smoke_tests: asks every service that has a smoke test. False, after saying why, where one does not answer well in time.
smoke_tests() {
  local name try folder
  local -a names=()
  while IFS= read -r name; do
    [ -z "$(service_value "$name" smoke)" ] || names+=("$name")
  done < <(service_names)
  if [ ${#names[@]} -eq 0 ]; then
    say "no service has a smoke test: that the rollout came to rest decides"
    return 0
  fi
  number SMOKE_RETRIES 10
  number SMOKE_DELAY_SECONDS 6
  find_base_url || return 1
  temporary_folder folder
  for name in "${names[@]}"; do
    say "smoke test of $name: ${BASE_URL%/}$(service_value "$name" smoke_path)"
    try=0
    until smoke_once "$name" "$folder"; do
      try=$((try + 1))
      if ((try > SMOKE_RETRIES)); then
        problem "the smoke test of $name failed $try times"
        quoted <"$folder/why"
        head -c 2000 "$folder/body" | quoted
        return 1
      fi
      pause "$SMOKE_DELAY_SECONDS"
    done
    say "smoke test of $name: passed"
  done
}
