#!/usr/bin/env bash
# Runs the tests of one suite.
set -euo pipefail

echo "running ${SUITE:?names the suite}"
