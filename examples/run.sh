#!/usr/bin/env bash
# Sets up, builds the program, decides the example referrals, pays a ledger of activity and settles one of drugs.
# Nothing is installed or built a second time.
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root"

install_packages "${build_packages[@]}"
say "Building build/release/proviso"
configure release
build release --target proviso --target generate_ledgers

say "Deciding examples/referrals.ndjson by the policies in policies/"
decisions=build/release/referrals.decisions.ndjson
status=0
build/release/proviso decide policies --record Referral examples/referrals.ndjson --output "$decisions" || status=$?
# 3: some records could not be read; the summary counts them.
if [ $status -ne 0 ] && [ $status -ne 3 ]; then exit $status; fi
awk -f examples/results.awk -f examples/summary.awk "$decisions"
echo
echo "All decisions with their reasons: $decisions"

ledgers=build/release/ledgers
say "Making 200,000 lines of activity, 50,000 of drugs, and the register of prior approvals"
mkdir -p "$ledgers"
build/release/examples/generate_ledgers "$ledgers"

say "Paying the activity by the policies in policies/"
paid=$ledgers/paid.ndjson
status=0
build/release/proviso decide policies --record Activity --map examples/ledgers/activity.map \
  --list other_diagnoses="$ledgers/other_diagnoses.csv" --register "$ledgers/authorisations.csv" \
  "$ledgers/activity.csv" --output "$paid" 2>"$paid.log" || status=$?
if [ $status -ne 0 ] && [ $status -ne 3 ]; then cat "$paid.log" && exit $status; fi
awk -f examples/results.awk -f examples/ledgers/payments.awk "$paid"

say "Settling the drugs: adalimumab in South Sefton and in Southport and Formby"
settle() {
  local status=0
  build/release/proviso settle policies --ledger "$ledgers/drugs.csv" --map examples/ledgers/drugs.map --output "$1" \
    2>"$1.log" || status=$?
  if [ $status -ne 0 ] && [ $status -ne 3 ]; then cat "$1.log" && exit $status; fi
}
settle "$ledgers/statement.json"
settle "$ledgers/statement.html"
awk -f examples/results.awk -f examples/ledgers/statement.awk "$ledgers/statement.json"
echo
echo "The ledgers, what was made of each line, what could not be read, and the statement to send: $ledgers"
