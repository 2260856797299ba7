#!/usr/bin/env bash
# The example referrals and the policies for England: what is needed where the BMI is missing, and the same outcomes
# from every form of input.
source "$(dirname "$0")/common.sh" "$@"
cd "$root" || exit 1

# The BMI decides, and is missing: exactly the BMI is needed.
run decide policies --record Referral examples/referral_without_bmi.json
exits_with 0
equal "$(outcomes "$work/out")" "information needed" "outcome without a BMI"
equal "$(grep -o '"fact": "[a-z_.]*", "ask"' "$work/out")" '"fact": "patient.bmi", "ask"' "what is needed"
prints '"why": ["bmi"], "state": "missing"'

# Another criterion has failed already: a refusal, and nothing is needed.
run decide policies --record Referral examples/referral_without_bmi_too_small.json
exits_with 0
equal "$(outcomes "$work/out")" "refuse" "outcome without a BMI where another criterion failed"
prints '"needs": []'
prints_not '"ask"'

# There, but too old.
run decide policies --record Referral examples/referral_with_old_bmi.json
exits_with 0
equal "$(outcomes "$work/out")" "information needed" "outcome with an old BMI"
equal "$(grep -o '"fact": "[a-z_.]*", "ask"' "$work/out")" '"fact": "patient.bmi", "ask"' "what is needed"
prints '"state": "out of date"'

# With it, approved.
run decide policies --record Referral examples/referral.json
exits_with 0
equal "$(outcomes "$work/out")" "approve" "outcome with a BMI"
run decide policies --record Referral examples/referral_tonsillectomy.json
exits_with 0
equal "$(outcomes "$work/out")" "approve" "outcome of a tonsillectomy"
run decide policies --record Referral examples/referral_tonsillectomy_not_each_year.json
exits_with 0
equal "$(outcomes "$work/out")" "refuse" "outcome of a tonsillectomy without enough sore throats in each year"

# All examples, as NDJSON and as CSV with the lists in files of their own.
run decide policies --record Referral examples/referrals.ndjson --output "$work/ndjson"
exits_with 0
equal "$(wc -l <"$work/ndjson")" 500 "results"
equal "$(outcomes "$work/ndjson" | sort -u | tr '\n' ';')" \
  "approve;exempt;information needed;not applicable;refuse;review;" "outcomes that occur"
run decide policies --record Referral examples/referrals.csv --list sore_throats=examples/referrals.sore_throats.csv \
  --list other_diagnoses=examples/referrals.other_diagnoses.csv --output "$work/from_csv.ndjson"
exits_with 0
outcomes "$work/ndjson" >"$work/outcomes_of_ndjson"
outcomes "$work/from_csv.ndjson" >"$work/outcomes_of_csv"
same_bytes "$work/outcomes_of_ndjson" "$work/outcomes_of_csv"
# Alone, a file of lists that is not there is a wrong command line.
run decide policies --record Referral examples/referrals.csv --list sore_throats=no_such_file.csv
exits_with 2

finish
