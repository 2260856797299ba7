#!/usr/bin/env bash
# A limit moved by one step, and what notices it: the scenarios; without them, the search for what no scenario notices;
# and the comparison of the two libraries on cases. Works on copies of policies/england.
# examples/one_step.sh [PROGRAM]
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root"
if [ $# -gt 0 ]; then
  proviso=$(realpath "$1")
else
  install_packages "${build_packages[@]}" >&2
  { configure release && build release --target proviso; } >&2
  proviso=$root/build/release/proviso
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r policies/england "$work/as_it_is"
cp -r policies/england "$work/moved"
limit=ebi/breast_reduction.policy
sed -i 's/^  27 from 2019-04-01/  28 from 2019-04-01/' "$work/moved/$limit"
cd "$work"

say "The limit of BMI for breast reduction, moved from 27 to 28"
diff as_it_is/$limit moved/$limit || true

say "1. A scenario notices: proviso test moved"
"$proviso" test moved | grep -E '^(FAILED|  expected|  came|  difference|[0-9]+ scenarios)' || true

say "2. Without the scenarios of the limit: proviso test as_it_is --mutate"
cp -r as_it_is without
# The scenarios of the limit, from the line that begins each to the brace that ends it.
awk '/^scenario "A BMI of 27/ { gone = 1 } !gone { print } /^}/ { gone = 0 }' as_it_is/ebi/breast_reduction_scenarios.policy \
  >without/ebi/breast_reduction_scenarios.policy
"$proviso" test without --filter england.ebi.breast_reduction --mutate |
  awk '/^SURVIVED/ { shown = /breast_reduction.policy/ } /^$/ { shown = 0 } shown { print } END { print "..."; print }'

say "3. On cases: proviso diff as_it_is moved --cases random:20000"
# 1: there is a difference.
"$proviso" diff as_it_is moved --cases random:20000 | awk '/^no change in/ { rest = 1 } !rest' || [ $? -eq 1 ]
