#!/bin/sh
# run.sh FUZZER SECONDS LONGEST FINDS SEEDS...: runs a fuzzer over the seeds and then over what it makes of them, each at
# most LONGEST bytes. An input that breaks it is left in the folder FINDS, and printed. FUZZER is "none: WHY" where it
# could not be built (skipped).
set -eu
fuzzer=$1
seconds=$2
longest=$3
finds=$4
shift 4
case $fuzzer in
    none:*)
        echo "skip:${fuzzer#none:}"
        exit 77
        ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$finds"
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
"$fuzzer" "$corpus" "$@" -dict="$here/yaml.dict" -max_total_time="$seconds" -max_len="$longest" -timeout=5 -rss_limit_mb=1024 \
    -artifact_prefix="$finds/" -print_final_stats=1 -verbosity=1 2>&1 | tail -n 60 >"$corpus.log" || true
cat "$(dirname "$fuzzer")/yaml-cpp/about" "$corpus.log"
status=0
grep -q '^Done [0-9]* runs' "$corpus.log" || status=1
rm -f "$corpus.log"
exit "$status"
