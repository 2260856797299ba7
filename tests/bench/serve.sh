#!/usr/bin/env bash
# The service under load, decisions kept in a file of SQLite: how many a second as a share of the same server answering
# a constant of the same size, and how long answers take at 2,000 a second. The machine's cores are shared with what
# asks. Called with the folder of a build that has `proviso`, `bench_constant_server` and `submit_referrals`; wrk must be
# installed.
# PROVISO_BENCH_SECONDS (10) is how long each part takes.
set -euo pipefail

bin=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${PROVISO_BENCH_SECONDS:-10}
work=$(mktemp -d "$bin/serve.XXXXXX")
server='' constant=''
trap 'kill $server $constant 2>/dev/null || true; rm -rf "$work"' EXIT

# started FILE: the address that the server in the background printed there.
started() {
  local address=
  while [ -z "$address" ]; do
    sleep 0.05
    kill -0 "$server"
    address=$(sed -n 's/^listening on //p' "$1")
  done
  echo "$address"
}
stop() {
  kill "$server"
  wait "$server" || true
  server=
}
rate() { awk '/^Requests\/sec/ { print $2 }' "$1"; }

export PROVISO_BENCH_REFERRALS=$root/examples/referrals.ndjson
connections=128
ask() { wrk -t1 "-c$connections" "-d${seconds}s" -s "$here/submit.lua" "$1"; }

"$bin/proviso" serve "$root/policies" --listen 127.0.0.1:0 --register "$work/register" >"$work/serve.out" 2>"$work/serve.err" &
server=$!
address=$(started "$work/serve.out")
ask "$address" >"$work/decide"
if grep -q 'Non-2xx' "$work/decide"; then
  cat "$work/decide" >&2
  exit 1
fi
# The constant is a decision's answer, of the size that answers have on average: sending it is no part of deciding.
head -n 100 "$PROVISO_BENCH_REFERRALS" | while read -r referral; do
  curl -s -H 'Content-Type: application/json' -d "$referral" "$address/v1/decide" | tr -d '\n' && echo
done >"$work/answers"
awk '{ size[NR] = length($0); line[NR] = $0; sum += size[NR] }
  END {
    for (i = 1; i <= NR; i++) {
      off = size[i] - sum / NR; off = off < 0 ? -off : off
      if (best == "" || off < least) { best = i; least = off }
    }
    printf "%s", line[best]
  }' "$work/answers" >"$work/answer"

"$bin/tests/bench/bench_constant_server" "$work/answer" >"$work/constant.out" < <(exec sleep 1000) &
constant=$!
ask "$(started "$work/constant.out")" >"$work/constant"
kill "$constant"
wait "$constant" || true
constant=
echo "figure serve_answer_size $(wc -c <"$work/answer") bytes"
echo "figure serve_constant_rate $(rate "$work/constant") requests/s"
echo "figure serve_decide_rate $(rate "$work/decide") requests/s"
awk -v a="$(rate "$work/decide")" -v b="$(rate "$work/constant")" 'BEGIN { printf "figure serve_share_of_constant %.3f ratio\n", a / b }'

"$bin/tests/end_to_end/submit_referrals" "${address##*:}" /v1/decide "$PROVISO_BENCH_REFERRALS" $((seconds * 2000)) 32 2000 |
  tee "$work/paced"
awk '{ printf "figure serve_p50_at_2000 %s ms\nfigure serve_p99_at_2000 %s ms\n", $8, $10 }' "$work/paced"
stop
"$bin/proviso" verify "$work/register"
