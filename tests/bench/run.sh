#!/usr/bin/env bash
# Builds and runs the benchmarks. Among what a person reads, each figure is one line: `figure NAME VALUE UNIT`.
# PROVISO_BENCH_RECORDS (5,000,000) is how many records the stream has.
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../examples/setup.sh"
install_packages "${build_packages[@]}" "${test_packages[@]}" wrk
cd "$root"
bin=$root/build/bench
data=$bin/data
streamed=${PROVISO_BENCH_RECORDS:-5000000}
lot=100000

say "Building the benchmarks"
if [ ! -f "$bin/build.ninja" ]; then
  cmake --preset release -B "$bin" -DPROVISO_BENCHMARKS=ON -DPROVISO_TESTS=OFF >/dev/null
fi
cmake --build "$bin" --target bench_evaluator bench_many_policies bench_hooks bench_measure bench_settle_lines bench_register \
  bench_constant_server submit_referrals proviso generate_referrals

say "The evaluator: twelve comparisons, by columns and by hand"
"$bin/tests/bench/bench_evaluator" tests/bench/twelve.policy

say "One referral at a time: ten thousand policies over forty places, and ten"
"$bin/tests/bench/bench_many_policies"

say "Hooks: a small one, and one of twenty operations beside bare Lua"
"$bin/tests/bench/bench_hooks"

say "End to end: the policies of England on NDJSON, decisions written, one thread, processor time"
mkdir -p "$data"
referrals=$data/referrals.ndjson
[ -f "$referrals" ] || "$bin/examples/generate_referrals" --seed 1 --count $((lot * 3)) --format ndjson >"$referrals" 2>/dev/null
decide() { "$bin/tests/bench/bench_measure" "$1" "$2" "$3" "$bin/proviso" decide policies --record Referral --threads 1 \
  --format ndjson --explain "$4" --output "$data/results.ndjson" "$5"; }
decide ndjson_explain_none ndjson_explain_none_memory $((lot * 3)) none "$referrals"
decide ndjson_explain_reasons ndjson_explain_reasons_memory $((lot * 3)) reasons "$referrals"

say "Memory: $streamed records streamed, with reasons"
stream() {
  local left=$streamed
  while [ "$left" -gt 0 ]; do
    head -n "$left" "$referrals"
    left=$((left - lot * 3))
  done
}
stream | "$bin/tests/bench/bench_measure" stream stream_memory "$streamed" "$bin/proviso" decide policies \
  --record Referral --explain reasons --output /dev/null -
rm -f "$data/results.ndjson"

say "Comparing two libraries: a million cases, one limit changed, two threads"
tests/bench/diff.sh "$bin"

say "The register: entries of 1.5 kB in batches of fifty, and with an authorisation each, processor time"
rm -f "$data"/register.db*
"$bin/tests/bench/bench_register" "$data/register.db"
rm -f "$data"/register.db*

say "The service: decisions kept, against the same server answering a constant"
tests/bench/serve.sh "$bin"

say "Settling ten million drug lines, and paying a million activity lines, two threads"
tests/bench/settle.sh "$bin"
