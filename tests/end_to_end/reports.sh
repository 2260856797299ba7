#!/usr/bin/env bash
# The pages of `test --html` and `diff --html` in a real browser: that they show what they are to show, and how they
# look. UPDATE_GOLDEN=1 keeps the pictures in examples/.
# shellcheck source=tests/end_to_end/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root" || exit 1

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
checks=$((checks + 1))
[ -n "$browser" ] || { fail "no browser is installed" && exit 1; }

# browse PAGE ARGUMENT...: the browser without a window, which ends by itself. It may not reach any network.
browse() {
  local page=$1
  shift
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars --no-first-run \
    --disable-background-networking --disable-component-update --user-data-dir="$work/browser" \
    --host-resolver-rules='MAP * ~NOTFOUND' "$@" "file://$page" 2>"$work/browser.log"
}

# shows PAGE TEXT...: each is in the page as the browser has read it.
shows() {
  local page=$1 text dom
  shift
  dom=$(browse "$page" --dump-dom)
  for text in "$@"; do
    checks=$((checks + 1))
    [[ $dom == *"$text"* ]] || fail "expected in $(basename "$page"): $text"
  done
}

number_at() { od -An -tu4 --endian=big -j "$2" -N 4 "$1" | tr -d ' '; }

# looks PAGE HEIGHT: a picture of the page's beginning is made, of that size, and is no blank sheet.
looks() {
  local page=$1 height=$2 picture=${1%.html}.png
  browse "$page" --window-size=1200,"$height" --screenshot="$picture" >/dev/null
  equal "$(head -c 4 "$picture" 2>/dev/null | tail -c 3)" PNG "the picture of $(basename "$page")"
  equal "$(number_at "$picture" 16)x$(number_at "$picture" 20)" "1200x$height" "its size"
  checks=$((checks + 1))
  [ "$(stat -c %s "$picture")" -gt 40000 ] || fail "the picture of $(basename "$page") is all but blank"
  [ -z "${UPDATE_GOLDEN:-}" ] || cp "$picture" "examples/$(basename "$picture")"
}

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
run diff policies proposed --cases referrals.ndjson --html "$work/comparison.html"
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
