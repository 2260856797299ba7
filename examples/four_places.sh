#!/usr/bin/env bash
# One referral, decided in four places on two dates by the policies in policies/: what comes out, and which rule says so.
# examples/four_places.sh [REFERRAL.json]
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root"
referral=${1:-examples/referral_in_four_places.json}
places=(Luton MiltonKeynes SouthSefton LeicesterCity)
dates=(2018-10-01 2019-10-01)

install_packages "${build_packages[@]}" >&2
{ configure release && build release --target proviso; } >&2

# The referral without the brace that opens it, on one line: place and date go before it.
facts=$(tr -d '\n' <"$referral" | sed 's/^ *{//')
for place in "${places[@]}"; do
  for date in "${dates[@]}"; do
    printf '{"id": "%s", "commissioner": "%s", "referred": "%s", %s\n' "$place, $date" "$place" "$date" "$facts"
  done
done | build/release/proviso decide policies --record Referral - --format ndjson | awk -f examples/results.awk -f examples/outcomes_by_place.awk
