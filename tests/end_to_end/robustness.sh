#!/usr/bin/env bash
# Text that no author would write: an error within seconds, never a crash or a hang.
source "$(dirname "$0")/common.sh" "$@"
cd "$work" || exit 1

# The sanitizers make the program slower, and say so here.
seconds=${PROVISO_TEST_SECONDS:-10}

# ends_with CODE ARGUMENT...: within those seconds, without a signal.
ends_with() {
  local wanted=$1
  shift
  local before=$SECONDS
  timeout $((seconds * 2)) "$proviso" "$@" >"$work/out" 2>"$work/err" </dev/null
  code=$?
  out=$(head -c 2000 "$work/out" | tr -d '\0')
  err=$(head -c 2000 "$work/err" | tr -d '\0')
  command_line="proviso $*"
  exits_with "$wanted"
  checks=$((checks + 1))
  [ $((SECONDS - before)) -le "$seconds" ] || fail "it took $((SECONDS - before)) seconds"
}

repeat() { head -c "$2" /dev/zero | tr '\0' "$1"; }

# 10 MB of noise, the same each time.
openssl enc -aes-128-ctr -K 00112233445566778899aabbccddeeff -iv 00000000000000000000000000000000 \
  </dev/zero 2>/dev/null | head -c 10000000 >noise.policy
ends_with 1 check noise.policy
complains "error[P0002]"
# 10 MB of noise that is printable.
tr -dc ' -~\n' <noise.policy >once
cat once once once >printable.policy
ends_with 1 check printable.policy
complains "error[P0"
{ echo 'library example'; cat printable.policy; } >after_library.policy
ends_with 1 check after_library.policy
complains "error[P0"
# 10 MB of one character, of blank lines, of one word, of quotes, of one line of a policy.
for character in a '{' '(' '"' '#' '=' '-' '9' '.'; do
  { echo 'library example'; repeat "$character" 10000000; } >long.policy
  if [ "$character" = '#' ]; then ends_with 0 check long.policy; else ends_with 1 check long.policy; fi
done
{ echo 'library example'; yes 'approve when bmi <= 40 kg/m2' | head -c 10000000; } >lines.policy
ends_with 1 check lines.policy
{ echo 'library example'; yes 'record' | head -c 10000000; } >words.policy
ends_with 1 check words.policy

# 10,000 brackets inside each other: of expressions, of groups, of blocks, closed and not.
head='library example
record Referral { referred date  smoker yes/no }
policy p on Referral { status adopted  source "s"  effective 2019-04-01  dated by referred
  approve when '
tail='
  otherwise refuse "no" }'
{ echo "$head"; repeat '(' 10000; echo smoker; repeat ')' 10000; echo "$tail"; } >closed.policy
ends_with 1 check closed.policy
complains "error[P0107]"
{ echo "$head"; repeat '(' 10000; } >open.policy
ends_with 1 check open.policy
{ echo "$head"; for i in $(seq 10000); do printf 'all { a%d: ' "$i"; done; echo smoker; repeat '}' 10000; echo "$tail"; } >groups.policy
ends_with 1 check groups.policy
complains "error[P0107]"
{ echo "$head"; for _ in $(seq 10000); do printf 'not '; done; echo "smoker$tail"; } >nots.policy
ends_with 1 check nots.policy
{ echo "$head"; for _ in $(seq 10000); do printf 'if smoker then no else '; done; echo "smoker$tail"; } >ifs.policy
ends_with 1 check ifs.policy
{ echo "$head"; for _ in $(seq 10000); do printf -- '- '; done; echo "1 = 1$tail"; } >minuses.policy
ends_with 1 check minuses.policy
# A long sum is long, but not deep.
{ echo "$head 0 < 1"; for _ in $(seq 10000); do printf ' + 1'; done; echo "$tail"; } >sum.policy
timeout $((seconds * 2)) "$proviso" check sum.policy >/dev/null 2>&1
code=$?
command_line="proviso check sum.policy"
checks=$((checks + 1))
[ $code -le 1 ] || fail "a sum of ten thousand numbers ended with $code"

# Null bytes and text that is not UTF-8.
printf 'library example\n\0\0\0record Referral { referred date }\n' >null.policy
ends_with 1 check null.policy
complains "error[P0003]"
printf 'library example # \377\376\n' >latin.policy
ends_with 1 check latin.policy
complains "error[P0002]"
printf 'library example # \355\240\200 \300\200 \364\220\200\200\n' >surrogate.policy
ends_with 1 check surrogate.policy
complains "error[P0002]"
: >empty.policy
ends_with 1 check empty.policy
complains "error[P0005]"

# An expression of the same kinds.
ends_with 1 eval "$(repeat '(' 10000)1$(repeat ')' 10000)"
ends_with 1 eval "$(repeat '-' 10000)1"
ends_with 1 eval ''

# Records: noise, a line without an end, brackets inside each other.
library=$root/tests/golden/decisions/outcomes/library.policy
cp noise.policy noise.ndjson
ends_with 3 decide "$library" --record Referral noise.ndjson
cp noise.policy noise.json
ends_with 3 decide "$library" --record Referral noise.json
cp noise.policy noise.csv
timeout $((seconds * 2)) "$proviso" decide "$library" --record Referral noise.csv >/dev/null 2>&1
code=$?
command_line="proviso decide noise.csv"
checks=$((checks + 1))
[ $code -eq 2 ] || [ $code -eq 3 ] || fail "noise as CSV ended with $code"
repeat '[' 10000000 >deep.ndjson
ends_with 3 decide "$library" --record Referral deep.ndjson
{ printf '{"id": "a", "bmi": '; repeat '9' 1000000; echo '}'; } >digits.ndjson
ends_with 3 decide "$library" --record Referral digits.ndjson
{ printf '{"id": "'; repeat 'x' 20000000; echo '"}'; echo '{"id": "b", "referred": "2019-11-01", "procedure": "A01.1"}'; } >large.ndjson
ends_with 3 decide "$library" --record Referral large.ndjson
prints '"P0905"'
prints '"id": "b", "record": "Referral", "line": 2'

# Where no thread can be started, as each would take more memory than there is, one does the work. The sanitizers need
# a stack that has an end.
printf '{"id": "b", "referred": "2019-11-01", "procedure": "A01.1"}\n' >one.ndjson
for threads in 1 8; do
  ([ "$seconds" -gt 10 ] || ulimit -Ss 68719476736 2>/dev/null; exec "$proviso" decide "$library" --record Referral one.ndjson --threads $threads) \
    >"$work/out.$threads" 2>"$work/err"
  code=$? err=$(cat "$work/err") out=
  command_line="proviso decide one.ndjson --threads $threads, without threads"
  exits_with 0
done
same_bytes "$work/out.1" "$work/out.8"

# Definitions, types and records that go on and on.
deep() { awk -v kind="$1" -v count="$2" 'BEGIN {
  print "library example"
  for (i = 0; i <= count; i++) {
    last = i == count
    if (kind == "define") print "define d" i " = " (last ? "score" : "d" i + 1 " + 1")
    if (kind == "type") print "type t" i " = " (last ? "number" : "t" i + 1)
    if (kind == "record") print "record R" i " { " (last ? "" : "a R" i + 1 " ") " b number }"
  }
  print "record Referral { referred date score number }"
  print "policy p \"P\" on Referral { source \"S\" effective 2019-04-01 dated by referred"
  print "  approve when all {"
  if (kind == "define") for (i = count; i >= 0; i -= 250) print "    c" i " \"C\": d" i " > 3"
  print "    c \"C\": score > 3 } otherwise refuse \"No\" }"
}'; }
echo '{"referred": "2019-05-01", "score": 4}' >score.ndjson
for kind in define type record; do
  deep $kind 20000 >deep.policy
  ends_with 1 check deep.policy
  complains 'error[P0107]'
done
deep define 1750 >deep.policy
ends_with 0 check deep.policy
ends_with 0 decide --explain full deep.policy score.ndjson
ends_with 0 show deep.policy p
ends_with 0 diff deep.policy deep.policy --cases score.ndjson

finish
