#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What a target's platform was made of, on Google Cloud: one object. Needs sign-in-gcp.sh.
# Variables: PLATFORM (gs://BUCKET/PROJECT/ENVIRONMENT/STACK/platform.json).
#
# calls: storage.objects.create, storage.objects.delete on platform in deploy.sh, terraform-apply.sh, terraform-destroy.sh
# calls: storage.objects.get on platform in deploy.sh, terraform-apply.sh, terraform-plan.sh, terraform-drift.sh
# calls: storage.objects.list on record-bucket in deploy.sh, terraform-apply.sh, terraform-plan.sh, terraform-drift.sh

needs+=(PLATFORM "where it stands what the platform is made of, gs://BUCKET/PROJECT/ENVIRONMENT/STACK/platform.json")

# read_platform: prints what it says, with "written", when Google took it; 3 where there is none, 1 for failures.
read_platform() {
  local answer written status=0
  written=$(gcp_find "$PLATFORM") || status=$?
  [ "$status" -ne 3 ] || return 3
  if [ "$status" -ne 0 ] || ! answer=$(gcp_read "$PLATFORM"); then
    gcp_failed "can't read the platform's fingerprint $PLATFORM"
    return 1
  fi
  printf '%s' "$answer" | jq -cRe --slurp --arg written "$written" 'fromjson?
    | select(type == "object" and (.fingerprint | type == "string") and (.commit | type == "string")) | . + {written: $written}' ||
    return 3
}

# put_platform FILE: writes what is in FILE.
put_platform() { gcp_write "$PLATFORM" "$1" >/dev/null; }
