#!/usr/bin/env bash
# A million cases through two libraries that differ in one step of a BMI limit, and in memory: run.sh has what comes
# before. Called with the folder of a build that has `proviso`, `generate_referrals` and `bench_measure`.
# PROVISO_BENCH_CASES (1,000,000) is how many cases there are.
set -euo pipefail

bin=$(realpath "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cases=${PROVISO_BENCH_CASES:-1000000}
data=$bin/data/diff
mkdir -p "$data"

file=$data/$cases.ndjson
[ -s "$file" ] || "$bin/examples/generate_referrals" --seed 1 --count "$cases" --format ndjson >"$file" 2>/dev/null
rm -rf "$data/old" "$data/new"
cp -r "$root/policies" "$data/old"
cp -r "$root/policies" "$data/new"
limit='/^threshold breast_reduction_bmi/,/^}/'
sed -i "$limit s/^  27 /  28 /" "$data/new/england/ebi/breast_reduction.policy"

# 1: a difference was found, as it must be.
compare() {
  "$bin/proviso" diff "$data/old" "$data/new" --cases "$1" --record Referral >"$data/report.txt" || [ $? -eq 1 ]
}
started=$(date +%s.%N)
compare "$file"
ended=$(date +%s.%N)
if ! grep -q 'breast_reduction_bmi 27 kg/m2 -> 28 kg/m2' "$data/report.txt"; then
  echo "the change of the limit was not found" >&2
  exit 1
fi
grep 'outcomes:' "$data/report.txt"
awk -v from="$started" -v to="$ended" -v cases="$cases" 'BEGIN {
  name = cases == 1000000 ? "diff_million_cases" : "diff_" cases "_cases"
  printf "figure %s %.1f s\n", name, to - from }'

# The most memory held, by a tenth of the cases and by all of them.
head -n $((cases / 10)) "$file" >"$data/tenth.ndjson"
peak() {
  "$bin/tests/bench/bench_measure" "$1" "$2" "$3" \
    bash -c '"$0" diff "$1" "$2" --cases "$3" --record Referral >/dev/null || [ $? -eq 1 ]' \
    "$bin/proviso" "$data/old" "$data/new" "$4"
}
if [ -x "$bin/tests/bench/bench_measure" ]; then
  peak diff_tenth diff_tenth_memory $((cases / 10)) "$data/tenth.ndjson"
  peak diff diff_memory "$cases" "$file"
fi
