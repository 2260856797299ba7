#!/usr/bin/env bash
# Ten million drug lines settled, and a million activity lines paid by twenty rules of which some look across lines,
# both from CSV on two threads: seconds by the clock, and the most memory held. Called with the folder of a build that
# has `proviso`, `bench_settle_lines` and `bench_measure`.
# PROVISO_BENCH_DRUG_LINES (10,000,000) and PROVISO_BENCH_ACTIVITY_LINES (1,000,000) are how many lines there are.
set -euo pipefail

bin=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
drug_lines=${PROVISO_BENCH_DRUG_LINES:-10000000}
activity_lines=${PROVISO_BENCH_ACTIVITY_LINES:-1000000}
data=$bin/data/settle
mkdir -p "$data"
# The ledgers and the results take gigabytes.
trap 'rm -rf "$data"' EXIT

# 10000000 is 10m, 250000 is 250k.
short() { awk -v count="$1" 'BEGIN { print count % 1000000 == 0 ? count / 1000000 "m" : count / 1000 "k" }'; }

# timed STEM WHAT LINES COMMAND...: the figures STEM_WHAT in seconds by the clock, STEM_rate and STEM_peak.
timed() {
  local stem=$1 what=$2 lines=$3 started ended
  shift 3
  started=$(date +%s.%N)
  "$bin/tests/bench/bench_measure" "${stem}_rate" "${stem}_peak" "$lines" "$@"
  ended=$(date +%s.%N)
  awk -v name="${stem}_$what" -v from="$started" -v to="$ended" 'BEGIN { printf "figure %s %.1f s\n", name, to - from }'
}

ledger=$data/drugs.csv
"$bin/tests/bench/bench_settle_lines" drugs "$drug_lines" >"$ledger"
timed "settle_$(short "$drug_lines")" drug_lines "$drug_lines" \
  "$bin/proviso" settle "$here/settle_drugs.policy" --ledger "$ledger" --threads 2 --output json >"$data/settled"
grep '^figure' "$data/settled"
grep -v '^figure' "$data/settled" >"$data/statement"
# Every month of the period with each of the two commissioners and six providers, and the months after it.
settlements=$(grep -c '"period"' "$data/statement")
if [ "$settlements" -ne $((25 * 2 * 6)) ]; then
  echo "$settlements settlements, and not 300" >&2
  exit 1
fi
rm -f "$ledger"

ledger=$data/activity.csv
"$bin/tests/bench/bench_settle_lines" activity "$activity_lines" >"$ledger"
pay() {
  timed "$1" "$2" "$activity_lines" "$bin/proviso" decide "$here/settle_payments.policy" --record Activity --threads 2 \
    --explain "$3" --output "$data/results.ndjson" "$ledger"
}
pay "payments_$(short "$activity_lines")" lines none
outcomes=$(head -n 100000 "$data/results.ndjson" | sed 's/.*"line": [0-9]*, "outcome": "\([a-z ]*\)".*/\1/' | sort |
  uniq -c)
echo "$outcomes"
if [ "$(echo "$outcomes" | grep -cE 'withhold|query|adjust|pay')" -ne 4 ]; then
  echo "some outcomes never came" >&2
  exit 1
fi
pay "payments_$(short "$activity_lines")_reasons" lines reasons
