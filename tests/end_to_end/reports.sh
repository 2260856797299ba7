#!/usr/bin/env bash
# The pages of `test --html` and `diff --html` in a real browser: that they show what they are to show, and how they
# look. UPDATE_GOLDEN=1 keeps the pictures in examples/.
# shellcheck source=tests/end_to_end/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root" || exit 1

# shellcheck source=tests/end_to_end/browser.sh
source tests/end_to_end/browser.sh

run test policies --html "$work/coverage.html"
exits_with 0
shows "$work/coverage.html" 'Coverage of policies by scenarios' 'england.ebi.breast_reduction' 'BMI is below 27' \
  'breast_reduction_bmi, 27 kg/m2' 'Version from 2019-04-01'
looks "$work/coverage.html" 1500

# A criterion that no scenario touches stands out.
cp -r policies/england "$work/bare"
rm "$work"/bare/ebi/*_scenarios.policy
run test "$work/bare" --html "$work/bare.html"
exits_with 0
shows "$work/bare.html" 'no scenario' 'No scenario shows this.'

# The page names the folders as they are given: none of this machine's is to be in its picture.
cp -r policies "$work/policies"
cp -r policies "$work/proposed"
cp examples/referrals.ndjson "$work"
sed -i 's/^  27 from 2019-04-01/  25 from 2019-04-01/' "$work/proposed/england/ebi/breast_reduction.policy"
cd "$work" || exit 1
run diff policies proposed --cases referrals.ndjson --record Referral \
  --html "$work/comparison.html"
cd "$root" || exit 1
exits_with 1
shows "$work/comparison.html" 'breast_reduction_bmi' '27 kg/m2' '25 kg/m2' 'Outcomes of the records before and after' \
  '<svg' 'england.ebi.breast_reduction'
looks "$work/comparison.html" 1500

# Nothing in the pages is fetched from elsewhere, and nothing in them runs.
for page in "$work"/coverage.html "$work"/comparison.html; do
  checks=$((checks + 1))
  ! grep -qiE '<script|src=|@import|url\(http|<link' "$page" || fail "$(basename "$page") is not self-contained"
done

finish
