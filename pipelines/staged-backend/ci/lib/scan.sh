#!/usr/bin/env bash
# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Judges what Trivy found. Trivy runs once and writes JSON; table, SARIF and verdict are made of that.
# Variables: FAIL_ON (critical, high, medium or none), REPORT (a path for SARIF; none where empty).

need_fail_on() {
  case ${FAIL_ON:=critical} in
    critical | high | medium | none) ;;
    *) wrong "FAIL_ON should hold critical, high, medium or none, not '$(one_line "$FAIL_ON")'" ;;
  esac
}

# merge_reports FILE...: several reports of Trivy (one a platform) as one.
merge_reports() { jq -s '.[0] + {Results: [.[] | .Results // [] | .[]]}' "$@"; }

# judge FILE WHAT: prints the table, writes SARIF, and is false where anything is as bad as FAIL_ON or worse.
judge() {
  local bad
  trivy convert --quiet --format table "$1" >&2 || fail "trivy can't print its own report"
  if [ -n "${REPORT:-}" ]; then
    trivy convert --quiet --format sarif --output "$REPORT" "$1" || fail "trivy can't write SARIF to $REPORT"
  fi
  bad=$(jq --arg limit "$FAIL_ON" '
    {critical: ["CRITICAL"], high: ["CRITICAL", "HIGH"], medium: ["CRITICAL", "HIGH", "MEDIUM"], none: []}[$limit] as $bad
    | [.Results // [] | .[] | (.Vulnerabilities // [] | .[]), (.Secrets // [] | .[]),
        (.Misconfigurations // [] | .[] | select((.Status // "FAIL") == "FAIL"))
      | .Severity // "UNKNOWN" | select(. as $s | $bad | index($s))] | length' "$1") || fail "trivy's report is not its JSON"
  if [ "$bad" -gt 0 ]; then
    problem "$2: $bad findings are $FAIL_ON or worse"
    return 1
  fi
  if [ "$FAIL_ON" = none ]; then say "$2: whatever was found, FAIL_ON=none lets it pass"; else
    say "$2: nothing found that is $FAIL_ON or worse"
  fi
}
