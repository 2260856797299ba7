#!/usr/bin/env bash
# Sets up, builds the program and decides the example referrals. Nothing is installed or built a second time.
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root"

install_packages "${build_packages[@]}"
say "Building build/release/proviso"
configure release
build release --target proviso

say "Deciding examples/referrals.ndjson by the policies in policies/"
decisions=build/release/referrals.decisions.ndjson
status=0
build/release/proviso decide policies --record Referral examples/referrals.ndjson --output "$decisions" || status=$?
# 3: some records could not be read; the summary counts them.
if [ $status -ne 0 ] && [ $status -ne 3 ]; then exit $status; fi
awk -f examples/results.awk -f examples/summary.awk "$decisions"
echo
echo "All decisions with their reasons: $decisions"
