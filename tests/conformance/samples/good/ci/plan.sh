#!/usr/bin/env bash
# Plans ENVIRONMENT.
set -euo pipefail

environment=${ENVIRONMENT:?names the environment}
echo "planning $environment"
printf 'empty=true\n' >>"${GITHUB_OUTPUT:-/dev/stdout}"
