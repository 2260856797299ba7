#!/usr/bin/env bash
# The example ledgers. Generated ones, whose manifest says what is in them: unreadable lines by kind and message, what
# each rule makes of how many lines, what the agreement settles; whatever the order of the lines, and in however many
# files. Small ones, with what is expected of each line beside it. And the statement as a page.
# ledgers.sh PROVISO GENERATE_LEDGERS [SEED...]
# shellcheck source=tests/end_to_end/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root" || exit 1
generator=$(realpath "$2")
shift 2
seeds=("$@")
# Two that stay, and one of the day.
[ ${#seeds[@]} -gt 0 ] || seeds=(20180401 7 "$(date +%Y%m%d)")
ledgers=examples/ledgers
made=$work/made

# counted NAME: what the manifest says.
counted() {
  local count
  count=$(sed -n "s/^  \"$1\": \([0-9]*\),\{0,1\}$/\1/p" "$made/manifest.json")
  echo "${count:-0}"
}

# counts_under NAME: what it says of all names that begin so, as `REST COUNT`.
counts_under() { sed -n "s/^  \"$1\.\(.*\)\": \([0-9]*\),\{0,1\}$/\1 \2/p" "$made/manifest.json" | sort; }

# pay RECORD LEDGER RESULTS ARGUMENT...
pay() {
  local record=$1 ledger=$2 results=$3
  shift 3
  run decide policies --record "$record" "$ledger" --output "$results" "$@"
}

# What the message of each line that could not be read says was wrong, with how many lines it is.
unreadable() {
  grep -o '"error": {.*' | sed -E '
    s/.*found `31\/06\/2018`, expected a date.*/no_such_day/
    s/.*`03\/25\/2019` has its month first, and dates are read day first.*/month_first/
    s/.*found `2020-10 18:39`, expected a date.*/junk_date/
    s/.*found `mm:ss\.s`, expected a date.*/clock_for_date/
    s/.*found `1,5`, expected an amount.*, with commas before three digits alone.*/stray_comma/
    s/.*`352\.1234567` has more than six places after the point.*/too_many_places/
    s/.*found `see notes`, expected an amount.*/letters_for_money/
    s/.*found `\?W3`, expected a code of .*/no_code/
    s/.*found `#N\/A!`, expected .*/word_of_no_list/
    s/.*found 3 cells, expected .*/too_few_cells/
    s/.*found `ORGANISATION IDENTIFIER \(CODE OF PROVIDE\.\.\.`, expected a code of ods.*/heading_again/
    s/.*bytes that are not UTF-8 at column .*/no_encoding/' | sort | uniq -c | sed -E 's/^ *([0-9]+) (.*)/\2 \1/'
}

# take_out RESULTS LEDGER: the lines that have too few cells.
take_out() {
  grep '"message": "found [0-9]* cells, expected' "$1" | sed -E 's/.*"line": ([0-9]+).*/\1d/' >"$work/too_few"
  sed -i -f "$work/too_few" "$2"
}

# How many lines each clause of each rule decided, but for those that pay or approve; without a clause, the outcome.
by_rule() {
  awk -f examples/results.awk -f <(echo '{
    decisions = split($0, parts, /"policy": "/)
    for (at = 2; at <= decisions; at++) {
      outcome = text_after(parts[at], "outcome")
      if (outcome == "pay" || outcome == "approve") continue
      clause = text_after(parts[at], "clause")
      count[substr(parts[at], 1, index(parts[at], "\"") - 1) " " (clause == "" ? outcome : clause)]++
    }
  }
  END { for (rule in count) print rule, count[rule] }') "$1" | sort
}

# sum KEY PATTERN: of the settlements or targets with the pattern, in pence where it is money.
sum() {
  grep "$2" "$work/statement" | sed 's/"assumed": \[[^]]*\], //' | grep -o "\"$1\": \"\{0,1\}[0-9.-]*" | sed 's/.*[ "]//; s/\.//' |
    awk '{ all += $1 } END { printf "%d", all }'
}

# unread PATTERN: lines that could not be read and are known to be of the settlements with the pattern.
unread() {
  grep "$1" "$work/statement" | grep -oE '"[0-9]+ lines? (is|are) left out: [^"]* could not be read"' |
    awk '{ gsub(/"/, ""); all += $1 } END { printf "%d", all }'
}

# due FILE: what is still to be paid by all settlements, in pence: of a share that was settled before, the difference.
due() {
  sed -n 's/.*"shares": //p' "$1" | grep -o '{"party": [^{}]*}' |
    awk '{ key = /"difference": / ? "difference" : "net"
           match($0, "\"" key "\": \"[0-9.-]*")
           amount = substr($0, RSTART + length(key) + 5, RLENGTH - length(key) - 5)
           sub(/\./, "", amount)
           all += amount }
         END { printf "%d", all }'
}

settle() { run settle policies --ledger "$1" "${@:2}" --map "$ledgers/drugs.map" --output json; }

# Names and places in the input are left out: they are not to matter.
without_lines() { sed -E 's/"line": [0-9]+, //' "$1" | sort; }

# The same seed gives the same bytes on every machine. Whoever changes the generator changes this.
mkdir -p "$made"
"$generator" "$made" --seed 7 --activity 2000 --drugs 2000 >/dev/null
equal "$(cat "$made"/{activity,other_diagnoses,drugs,authorisations}.csv | cksum)" "3090511122 1079171" "bytes of seed 7"

for seed in "${seeds[@]}"; do
  echo "seed $seed"
  "$generator" "$made" --seed "$seed" --activity 2000 --drugs 2000 >/dev/null
  equal "$(wc -l <"$made/activity.csv") $(wc -l <"$made/drugs.csv")" "2001 2001" "lines"

  # Activity.
  activity=(--map "$ledgers/activity.map" --register "$made/authorisations.csv"
    --list other_diagnoses="$made/other_diagnoses.csv")
  pay Activity "$made/activity.csv" "$work/paid.ndjson" "${activity[@]}"
  exits_with 3
  equal "$(wc -l <"$work/paid.ndjson")" "$(counted activity.lines)" "results of activity"
  equal "$(unreadable <"$work/paid.ndjson")" "$(counts_under activity.unreadable)" "unreadable activity, seed $seed"
  # Totals that stand among the lines cannot be cut into cells, and might be anybody's: they are taken out.
  if [ "$(counted activity.unreadable.too_few_cells)" -gt 0 ]; then
    complains "could not be read at all, and may belong to any other"
    take_out "$work/paid.ndjson" "$made/activity.csv"
    pay Activity "$made/activity.csv" "$work/paid.ndjson" "${activity[@]}"
  fi
  checks=$((checks + 1))
  [[ $err != *"could not be read at all"* ]] || fail "lines that may be anybody's are left"
  equal "$(by_rule "$work/paid.ndjson")" "$(counts_under activity.expected)" "activity by rule, seed $seed"
  equal "$(grep -cE '"outcome": "(not applicable|approve|pay)", "price": null, "amount": null' "$work/paid.ndjson")" \
    "$(counted activity.without_price)" "lines that nothing stands against but that their price is missing, seed $seed"

  # Drugs.
  pay DrugLine "$made/drugs.csv" "$work/paid_drugs.ndjson" --map "$ledgers/drugs.map" \
    --register "$made/authorisations.csv"
  exits_with 3
  equal "$(unreadable <"$work/paid_drugs.ndjson")" "$(counts_under drugs.unreadable)" "unreadable drugs, seed $seed"
  equal "$(by_rule "$work/paid_drugs.ndjson")" "$(counts_under drugs.expected)" "drugs by rule, seed $seed"
  settle "$made/drugs.csv"
  exits_with 3
  cp "$work/out" "$work/statement"
  cp "$work/out" "$work/settled_once"
  equal "$(sum lines '"saving"') $(sum lines '"excess"')" \
    "$(counted drugs.settled.lines) $(counted drugs.after.lines)" "lines that are settled, seed $seed"
  # The manifest counts what is left out for a missing fact; those that could not be read are counted by themselves.
  equal "$(($(sum left_out '"saving"') - $(unread '"saving"'))) $(($(sum left_out '"excess"') - $(unread '"excess"')))" \
    "$(counted drugs.settled.left_out) $(counted drugs.after.left_out)" "lines left out, seed $seed"
  equal "$(sum corrected '"saving"') $(sum corrected '"excess"')" \
    "$(counted drugs.settled.corrected) $(counted drugs.after.corrected)" "lines corrected, seed $seed"
  equal "$(sum saving '"saving"')" "$(counted drugs.settled.saving_pence)" "pence saved, seed $seed"
  equal "$(sum amount '"saving"')" "$(counted drugs.settled.saving_pence)" "pence shared, seed $seed"
  equal "$(sum deducted '"saving"')" "$(counted drugs.settled.deducted_pence)" "pence deducted, seed $seed"
  equal "$(sum excess '"excess"')" "$(counted drugs.after.excess_pence)" "pence over the lowest price, seed $seed"
  for target in new_patients existing_patients; do
    equal "$(sum counted "\"$target\"") $(sum met "\"$target\"")" \
      "$(counted drugs.$target.counted) $(counted drugs.$target.met)" "patients of the target $target, seed $seed"
  done

  # Neither the order of the lines nor the files that they come in make a difference.
  for ledger in activity drugs; do
    { head -n 1 "$made/$ledger.csv" && tail -n +2 "$made/$ledger.csv" | tac; } >"$work/$ledger.csv"
  done
  pay Activity "$work/activity.csv" "$work/paid_backwards.ndjson" "${activity[@]}"
  without_lines "$work/paid.ndjson" >"$work/forwards"
  without_lines "$work/paid_backwards.ndjson" >"$work/backwards"
  same_bytes "$work/forwards" "$work/backwards"
  head -n 701 "$work/drugs.csv" >"$work/first.csv"
  { head -n 1 "$work/drugs.csv" && tail -n +702 "$work/drugs.csv"; } >"$work/second.csv"
  settle "$work/drugs.csv" --threads 1
  same_bytes "$work/out" "$work/settled_once"
  settle "$work/first.csv" --ledger "$work/second.csv" --threads 2
  same_bytes "$work/out" "$work/settled_once"

  # What was settled before is not settled again: the differences add up to the rest.
  settle "$work/first.csv"
  cp "$work/out" "$work/earlier.json"
  settle "$work/drugs.csv" --settled "$work/earlier.json"
  before=$(due "$work/earlier.json")
  equal "$((before > 0))" 1 "something was settled before"
  equal "$((before + $(due "$work/out")))" "$(due "$work/settled_once")" \
    "what was settled before and the difference, seed $seed"
done

# Small ledgers: outcome, amount and clause of each line as its columns say.
# as_expected NAME POLICY ARGUMENT...
as_expected() {
  local name=$1 policy=$2
  shift 2
  pay Activity "$ledgers/$name.csv" "$work/$name.ndjson" --map "$ledgers/small.map" --policy "$policy" "$@"
  exits_with 0
  awk -f examples/results.awk -v policy="$policy" -f <(echo '{
    head = substr($0, 1, index($0, "\"decisions\""))
    own = index($0, "\"policy\": \"" policy "\"") ? substr($0, index($0, "\"policy\": \"" policy "\"") + 5) : ""
    if (index(own, "\"policy\"")) own = substr(own, 1, index(own, "\"policy\""))
    clause = text_after(own, "clause")
    code = text_after(own, "recount")
    sub(/^hrg:/, "", code)
    print text_after(head, "id") "," text_after(head, "outcome") "," text_after(head, "amount") "," \
      (clause == "" ? "none" : clause) "," code
  }') "$work/$name.ndjson" >"$work/found"
  awk -F , 'NR == 1 { for (at = 1; at <= NF; at++) column[$at] = at; next }
    { print $column["id"] "," $column["expected outcome"] "," $column["expected amount"] "," \
      $column["expected clause"] "," ("counted as" in column ? $column["counted as"] : "") }' \
    "$ledgers/$name.csv" >"$work/expected"
  equal "$(cat "$work/found")" "$(cat "$work/expected")" "$name"
}
as_expected readmissions sefton.contract.readmission \
  --list other_diagnoses="$ledgers/readmissions.other_diagnoses.csv"
as_expected imaging blmk.contract.multiple_diagnostics --policy blmk.contract.diagnostic_imaging
as_expected assessments sefton.contract.one_needs_assessment

# The month of drug lines that examples/ledgers/README.md works by hand.
small=(settle policies --ledger "$ledgers/small_drugs.csv" --map "$ledgers/small.map")
run "${small[@]}" --output json --from 2018-12 --to 2018-12 --party provider=REM
exits_with 0
prints '"period": "2018-12", "from": "2018-12-01", "to": "2018-12-31", "parties": {"commissioner": "SouthSefton",'
prints '"lines": 7, "left_out": 1, "corrected": 1, "saving": "376.75", "saving_of_lines": "376.753"'
prints '{"party": "commissioner", "share": "50%", "amount": "188.38", "deducted": "0.00", "net": "188.38"}'
prints '{"party": "provider", "share": "50%", "amount": "188.37", "deducted": "12.50", "net": "175.87"}'

# Its statement as a page, which names the files as they are given.
# shellcheck source=tests/end_to_end/browser.sh
source tests/end_to_end/browser.sh
run "${small[@]}" --output "$work/statement.html"
exits_with 0
shows "$work/statement.html" 'Adalimumab biosimilar gain share' 'December 2018' '£376.75' '£175.87' '<svg' \
  'South Sefton and Southport and Formby commissioning intentions 2018/19' 'Share of the provider' \
  'small_drugs.csv</code>: ' 'For Responsible commissioner '
looks "$work/statement.html" 1700
checks=$((checks + 1))
! grep -qiE '<script|src=|@import|url\(http|<link' "$work/statement.html" || fail "the statement is not self-contained"

finish
