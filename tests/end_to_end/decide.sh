#!/usr/bin/env bash
# `proviso decide`: where records come from, where results go, options, and records that cannot be read.
source "$(dirname "$0")/common.sh" "$@"
cd "$here" || exit 1
library=$root/tests/golden/decisions/outcomes/library.policy

cat >"$work/three.ndjson" <<'RECORDS'
{"id": "A", "referred": "2019-11-01", "procedure": "W37.1", "suspected_cancer": true}
{"id": "B", "referred": "2019-11-01", "procedure": "A01.1"}
{"id": "C", "referred": "2019-11-01", "procedure": "W371", "infection": true}
RECORDS
three=$'exempt\nnot applicable\nrefuse'

# A file, standard input, a JSON array, CSV: the same outcomes.
run decide "$library" --record Referral "$work/three.ndjson"
exits_with 0
equal "$(outcomes "$work/out")" "$three" "outcomes from a file"
equal "$(line_numbers "$work/out" | tr '\n' ' ')" "1 2 3 " "line numbers"
equal "$err" "" "standard error"
cp "$work/out" "$work/from_file"
run decide "$library" --record Referral - <"$work/three.ndjson"
exits_with 0
same_bytes "$work/out" "$work/from_file"
run decide "$library" "$work/three.ndjson"
same_bytes "$work/out" "$work/from_file"
{ echo '['; sed '$!s/$/,/' "$work/three.ndjson"; echo ']'; } >"$work/three.json"
run decide "$library" --record Referral "$work/three.json"
exits_with 0
equal "$(outcomes "$work/out")" "$three" "outcomes from a JSON array"
head -1 "$work/three.ndjson" >"$work/one.json"
run decide "$library" --record Referral "$work/one.json"
exits_with 0
equal "$(outcomes "$work/out")" "exempt" "outcome of one JSON object"
cat >"$work/three.csv" <<'RECORDS'
id,referred,procedure,suspected_cancer,infection
A,2019-11-01,W37.1,yes,
B,2019-11-01,A01.1,,
C,2019-11-01,W371,,y
RECORDS
run decide "$library" --record Referral "$work/three.csv"
exits_with 0
equal "$(outcomes "$work/out")" "$three" "outcomes from CSV"
run decide "$library" --record Referral --format csv - <"$work/three.csv"
exits_with 0
equal "$(outcomes "$work/out")" "$three" "outcomes from CSV on standard input"
printf '\357\273\277%s\r\n' "$(head -1 "$work/three.csv")" 'A,2019-11-01,W37.1,1,0' >"$work/windows.csv"
run decide "$library" --record Referral "$work/windows.csv"
exits_with 0
equal "$(outcomes "$work/out")" "exempt" "outcome from CSV with a byte order mark and carriage returns"

# Where results go.
run decide "$library" --record Referral "$work/three.ndjson" --output "$work/results.ndjson"
exits_with 0
is_silent
same_bytes "$work/results.ndjson" "$work/from_file"
run decide "$library" --record Referral "$work/three.ndjson" --output "$work/results.json"
exits_with 0
equal "$(head -c 1 "$work/results.json")$(tail -n 1 "$work/results.json")" "[]" "brackets of a JSON array"
run decide "$library" --record Referral "$work/three.ndjson" --output "$work/results.csv"
exits_with 0
equal "$(wc -l <"$work/results.csv")" 4 "lines of CSV"
run decide "$library" --record Referral "$work/three.ndjson" --output "$work/no/such/folder/results.ndjson"
exits_with 2

# How much is explained.
run decide "$library" --record Referral --explain none "$work/three.ndjson"
exits_with 0
equal "$(outcomes "$work/out")" "$three" "outcomes without explanation"
prints_not '"criterion"'
run decide "$library" --record Referral --explain reasons "$work/three.ndjson"
same_bytes "$work/out" "$work/from_file"
run decide "$library" --record Referral --explain full "$work/three.ndjson"
exits_with 0
equal "$(outcomes "$work/out")" "$three" "outcomes with full explanation"
prints '"criterion": "walking"'
equal "$(sed -n 2p "$work/out" | grep -c '"policy": "example.hips.hip_replacement".*"outcome": "not applicable"')" 1 \
  "the policy that does not apply, listed in full"

# One policy of several; the deciding date.
strictest=$root/tests/golden/decisions/strictest
run decide "$strictest/library.policy" --record Referral --policy hips "$strictest/records.ndjson"
exits_with 0
prints '"example.strictest.hips"'
prints_not '"example.strictest.weight"'
run decide "$strictest/library.policy" --record Referral --policy hips --policy example.strictest.weight "$strictest/records.ndjson"
prints '"example.strictest.weight"'
prints_not '"example.strictest.trials"'
run decide "$strictest/library.policy" --record Referral --policy hisp "$strictest/records.ndjson"
exits_with 2
complains "hisp"
run decide "$library" --record Referral --on 2019-03-31 "$work/three.ndjson"
exits_with 0
equal "$(outcomes "$work/out" | sort -u)" "not applicable" "outcomes before the policy began"
run decide "$library" --record Referral --on 2019-12-01 "$work/three.ndjson"
prints '"on": "2019-12-01"'
run decide "$library" --record Referral --on 2019-02-30 "$work/three.ndjson"
exits_with 2
run decide "$root/tests/golden/decisions/periods/library.policy" --record Referral --with-drafts \
  "$root/tests/golden/decisions/periods/records.ndjson"
exits_with 0
prints "hip_replacement_in_two_stages"

# Records that cannot be read keep their places, and the others are decided.
cat >"$work/bad.ndjson" <<'RECORDS'
{"id": "A", "referred": "2019-11-01", "procedure": "W37.1", "suspected_cancer": true}
{"id": "B", "referred": 

{"id": "D", "referred": "2019-02-30", "procedure": "W37.1"}
{"id": "E", "referred": "2019-11-01", "procedure": "W37.1", "bmi": 35.1234567}
{"id": "F", "referred": "2019-11-01", "procedure": "W37.1", "bmi": "heavy"}
{"id": "G", "id": "H", "referred": "2019-11-01"}
[1, 2]
{"id": "I", "referred": "2019-11-01", "procedure": "A01.1"} {}
{"id": "J", "referred": "2019-11-01", "procedure": "A01.1", "bmi": 1e40}
{"id": "K", "referred": "2019-11-01", "procedure": "A01.1", "shoe_size": 43}
{"id": "L", "referred": "2019-11-01", "procedure": "A01.1", "shoe_size": 44}
RECORDS
printf '{"id": "M\377", "referred": "2019-11-01"}\n' >>"$work/bad.ndjson"
printf '{"id": "N", "referred": "2019-11-01", "procedure": "A01.1"}' >>"$work/bad.ndjson"
run decide "$library" --record Referral "$work/bad.ndjson"
exits_with 3
equal "$(outcomes "$work/out" | tr '\n' ';')" \
  "exempt;error;error;error;error;error;error;error;error;error;not applicable;not applicable;error;not applicable;" \
  "outcomes and errors in their order"
equal "$(line_numbers "$work/out" | tr '\n' ' ')" "1 2 3 4 5 6 7 8 9 10 11 12 13 14 " "line numbers"
equal "$(sed -n 4p "$work/out" | grep -c '^{"id": "D", "line": 4, "error": {"code": "P0901", "field": "referred", "message": ".*"}}$')" 1 \
  "a mistyped field"
equal "$(sed -n 5p "$work/out" | grep -c '"id": "E".*"P0901".*"bmi"')" 1 "a number with seven places"
equal "$(sed -n 2p "$work/out" | grep -c '"P0902"')" 1 "a broken line"
equal "$(sed -n 3p "$work/out" | grep -c '^{"id": null.*"P0902"')" 1 "an empty line"
equal "$(sed -n 7p "$work/out" | grep -c '"P0904"')" 1 "a key given twice"
equal "$(grep -c 'shoe_size' "$work/err")" 1 "warnings of a field that is not declared"
complains "warning[P0903]"
complains "of 14 records"

# Nothing at all.
run decide "$library" --record Referral - </dev/null
exits_with 0
is_silent

# As many threads as wanted: the same bytes.
for i in $(seq 700); do
  cat "$root/tests/golden/decisions/outcomes/records.ndjson"
  [ $((i % 50)) -ne 0 ] || echo '{"id": "broken",'
done >"$work/many.ndjson"
run decide "$library" --record Referral --threads 1 "$work/many.ndjson" --output "$work/one_thread.ndjson"
exits_with 3
run decide "$library" --record Referral --threads 4 "$work/many.ndjson" --output "$work/four_threads.ndjson"
exits_with 3
same_bytes "$work/one_thread.ndjson" "$work/four_threads.ndjson"
equal "$(wc -l <"$work/four_threads.ndjson")" "$(wc -l <"$work/many.ndjson")" "results"
equal "$(line_numbers "$work/four_threads.ndjson" | sort -n -c 2>&1)" "" "the order of results"

# A wrong command line, and a library with errors.
run decide "$library"
exits_with 2
run decide "$library" --record Referal "$work/three.ndjson"
exits_with 2
complains 'did you mean `Referral`?'
run decide "$library" --record Referral "$work/no_such_file.ndjson"
exits_with 2
run decide "$library" --record Referral --format xml "$work/three.ndjson"
exits_with 2
run decide "$library" --record Referral --explain everything "$work/three.ndjson"
exits_with 2
run decide "$library" --record Referral "$work/three.ndjson" --threads many
exits_with 2
run decide "$root/tests/golden/diagnostics/five_mistakes.policy" --record Referral "$work/three.ndjson"
exits_with 1
is_silent
complains "5 errors"

finish
