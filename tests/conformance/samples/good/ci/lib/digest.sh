#!/usr/bin/env bash
# Sourced by ci/*.sh, never run.

# need_digest NAME VALUE: ends the script unless the value is a digest.
need_digest() {
  if [[ ! $2 =~ ^sha256:[0-9a-f]{64}$ ]]; then
    echo "$1 is no digest:" "$2" >&2
    exit 2
  fi
}
