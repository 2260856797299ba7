#!/usr/bin/env bash
# `proviso eval`: one expression, and a batch of them.
source "$(dirname "$0")/common.sh" "$@"
cd "$here" || exit 1

run eval '2019-01-31 + 1 month'
exits_with 0
equal "$out" "2019-02-28" "value"
run eval 'no and unknown'
equal "$out" "no" "value"
run eval 'yes and unknown'
equal "$out" "unknown" "value"
run eval --facts '{"bmi": "36 kg/m2", "smoker": false, "quit": null}' 'bmi <= 40 kg/m2 and not smoker'
exits_with 0
equal "$out" "yes" "value"
run eval --facts '{"name": "\"text\""}' 'name'
equal "$out" '"text"' "value"
run eval '1 / 0'
exits_with 0
equal "$out" "unknown" "value"
complains "division by zero"
run eval "$root/tests/golden/eval/library.policy" 'opcs4:W93.1 in hips'
exits_with 0
equal "$out" "yes" "value"
run eval --on 2020-09-30 "$root/tests/golden/decisions/periods/library.policy" 'opcs4:W38.1 in hips'
equal "$out" "no" "value"
run eval --on 2020-10-01 "$root/tests/golden/decisions/periods/library.policy" 'opcs4:W38.1 in hips'
equal "$out" "yes" "value"
run eval --on 2020-04-01 "$root/tests/golden/decisions/periods/library.policy" 'max_bmi'
equal "$out" "35 kg/m2" "value"
run eval "$root/tests/golden/decisions/periods/library.policy" 'max_bmi'
exits_with 1
complains "--on"

run eval '35 kg/m2 <= 35 kg'
exits_with 1
is_silent
complains "error[P0302]"
run eval 'bim <= 35 kg/m2' --facts '{"bmi": "36 kg/m2"}'
exits_with 1
complains 'did you mean `bmi`?'
run eval
exits_with 2
run eval '1' --facts 'nonsense'
exits_with 2
run eval '1' --on yesterday
exits_with 2
run eval --batch "$work/no_such_file"
exits_with 2

cat >"$work/batch" <<'LINES'
{"id": "a", "expression": "2019-01-31 + 1 month"}
{"id": 2, "expression": "x > 3", "facts": {"x": 4}}
{"id": "c", "expression": "35 kg/m2 <= 35 kg"}
{"id": "d", "expression": "x > 3", "facts": {"x": null}}
LINES
run eval --batch "$work/batch"
equal "$(wc -l <"$work/out")" 4 "answers"
equal "$(sed -n 1p "$work/out")" '{"id": "a", "value": "2019-02-28", "type": "date"}' "first answer"
equal "$(sed -n 2p "$work/out")" '{"id": 2, "value": "yes", "type": "yes/no"}' "second answer"
equal "$(sed -n 3p "$work/out" | grep -c '^{"id": "c", "error": "P0302", "message": ".*"}$')" 1 "third answer"
equal "$(sed -n 4p "$work/out")" '{"id": "d", "value": "unknown", "type": "yes/no"}' "fourth answer"
run eval --batch - <"$work/batch"
equal "$(wc -l <"$work/out")" 4 "answers from standard input"

# A line that cannot be read says which it was, wherever its id stands; nothing may stand in it twice.
cat >"$work/batch" <<'LINES'
{"id": "10", "expression": 5}
{"id": "21", "expression": "x", "facts": {"x": 1e20}}
{"expression": 5, "id": 22}
{"id": "23", "expression": "1", "expression": "2"}
{"id": "24", "facts": {}, "expression": "1", "facts": {}}
{"id": "25", "id": "26", "expression": "1"}
{"id": "27", "expression": "1"} {}
{"id": tru, "expression": "1"}
{"id": "28", "expression": "1"
{"id": "29", "expression": "1"}x
{"expression": "1"}

LINES
run eval --batch "$work/batch"
exits_with 3
equal "$out" '{"id": "10", "error": "P0902", "message": "`expression` is not a string"}
{"id": "21", "error": "P0902", "message": "`x`: `1e20` cannot be kept exactly"}
{"id": 22, "error": "P0902", "message": "`expression` is not a string"}
{"id": "23", "error": "P0902", "message": "`expression` is given twice"}
{"id": "24", "error": "P0902", "message": "`facts` is given twice"}
{"id": "25", "error": "P0902", "message": "`id` is given twice"}
{"id": "27", "error": "P0902", "message": "something follows the closing brace"}
{"id": null, "error": "P0902", "message": "`id` is not JSON"}
{"id": "28", "error": "P0902", "message": "the line is not a JSON object"}
{"id": "29", "error": "P0902", "message": "the line is not a JSON object"}
{"id": null, "value": "1", "type": "number"}
{"id": null, "error": "P0902", "message": "the line is not a JSON object"}' "answers"
# However many facts a line has, they are looked through once.
{
  printf '{"id": "32", "expression": "f7", "facts": {"f0": 0'
  seq -f ', "f%.0f": 1' 1 200000 | tr -d '\n'
  echo '}}'
} >"$work/batch"
checks=$((checks + 1))
timeout 20 "$proviso" eval --batch "$work/batch" >"$work/out" || fail "a line with many facts took long"
equal "$(cat "$work/out")" '{"id": "32", "value": "1", "type": "number"}' "the answer"
# So are those of a long set, and the values of a long choice.
{
  printf '{"id": "33", "expression": "1 in { 2'
  seq -f ', %.0f' 3 200000 | tr -d '\n'
  printf ' }"}\n{"id": "34", "expression": "minimum of 2'
  seq -f ', %.0f' 3 200000 | tr -d '\n'
  echo '"}'
} >"$work/batch"
checks=$((checks + 1))
timeout 20 "$proviso" eval --batch "$work/batch" >"$work/out" || fail "long sets took long"
equal "$(cat "$work/out")" '{"id": "33", "value": "no", "type": "yes/no"}
{"id": "34", "value": "2", "type": "number"}' "the answers"
# What a message quotes of a long expression is cut between letters.
printf '{"id": "35", "expression": "(%s) + 3"}\n' '£1 + £1 + £1 + £1 + £1 + £1 + £1 + £1 + £1 * 1.1 + £1 + £1' >"$work/batch"
run eval --batch "$work/batch"
iconv -f UTF-8 -t UTF-8 "$work/out" >/dev/null || fail "the message is not UTF-8"
equal "$out" '{"id": "35", "error": "P0301", "message": "`£1 + £1 + £1 + £1 + £1 + £1 + £1 + £1 + £1 * 1.1 + £...` is money, but `3` is number"}' "the message"
# A byte order mark before the first line is none of it.
printf '\xEF\xBB\xBF{"id": "30", "expression": "1"}\n{"id": "31", "expression": "2"}\n' >"$work/batch"
run eval --batch "$work/batch"
exits_with 0
equal "$out" '{"id": "30", "value": "1", "type": "number"}
{"id": "31", "value": "2", "type": "number"}' "answers after a byte order mark"
run eval --batch "$work"
exits_with 2
is_silent
complains "\`$work\` cannot be read"

finish
