#!/usr/bin/env bash
# `proviso show` and `proviso explain`.
source "$(dirname "$0")/common.sh" "$@"
cd "$root" || exit 1

run show policies grommets --on 2020-01-01
exits_with 0
prints "as it holds on 2020-01-01"
cp "$work/out" "$work/grommets_2020"
run show policies england.ebi.grommets --on 2020-01-01
exits_with 0
same_bytes "$work/out" "$work/grommets_2020"
run show policies grommets --on 2025-01-01
exits_with 0
checks=$((checks + 1))
! cmp -s "$work/out" "$work/grommets_2020" || fail "the versions of 2019 and 2024 read the same"
run show policies grommets --on 2020-01-01 --format json
exits_with 0
prints '"policy": "england.ebi.grommets"'
run show policies gromets
exits_with 2
is_silent
complains 'did you mean `grommets`?'
run show policies
exits_with 2

run show tests/golden/show/places hip_replacement --in Luton --on 2019-11-01
exits_with 0
prints "as it holds in Luton (06P) on 2019-11-01"
prints "35 kg/m2 in Luton from 2019-10-01 to 2020-03-31"
cp "$work/out" "$work/luton"
for luton in 06P 06p ods:06P; do
  run show tests/golden/show/places hip_replacement --in "$luton" --on 2019-11-01
  exits_with 0
  same_bytes "$work/out" "$work/luton"
done
run show tests/golden/show/places hip_replacement --in "Milton Keynes"
exits_with 2
is_silent
complains 'did you mean `MiltonKeynes`?'
complains "Bedfordshire (06F)"
run show tests/golden/show/places hip_replacement --history --in Luton
exits_with 0
prints "2019-10-01  Luton       max_bmi from 39 kg/m2 to 35 kg/m2  [Governing body paper 7.3]"
run show tests/golden/show/places --compare Luton Bedfordshire --on 2019-11-01
exits_with 1
prints "Luton and Bedfordshire compared on 2019-11-01"
checks=$((checks + 1))
[ "$(wc -L <"$work/out")" -le 100 ] || fail "a table wider than 100 columns"
run show tests/golden/show/places hip_replacement --compare BLMK Bedfordshire --on 2019-11-01
exits_with 0
prints "no differences"
run show tests/golden/show/places --history --compare Luton Bedfordshire
exits_with 2

run explain P0301
exits_with 0
prints "# P0301: type mismatch"
prints "## Mend"
cp "$work/out" "$work/page"
run explain p0301
same_bytes "$work/out" "$work/page"
run explain
exits_with 0
for code in $(sed -n 's/^PROVISO_DIAGNOSTIC(\([0-9]*\),.*/\1/p' src/text/diagnostics.def); do
  printf -v name 'P%04d' "$code"
  prints "$name"
  checks=$((checks + 1))
  "$proviso" explain "$name" | grep -q "^# $name: " || fail "no page $name"
done
run explain P9999
exits_with 1
is_silent

finish
