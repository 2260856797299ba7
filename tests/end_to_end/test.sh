#!/usr/bin/env bash
# `proviso test`: what it says, its exit codes, and that it runs again when a file changes.
source "$(dirname "$0")/common.sh" "$@"
cd "$root/tests/golden/trials" || exit 1

# All as expected: little is said.
run test hips.policy as_expected.policy
exits_with 0
prints "9 scenarios, 15 cases: all as expected"
prints "1 scenario is unverified"
equal "$(wc -l <"$work/out" | tr -d ' ')" 2 "lines"

# A failure says what was expected, what came, where, and what the criteria read.
run test hips.policy not_as_expected.policy
exits_with 1
prints 'FAILED "Someone thin" of example.hips.hip_replacement'
prints "not_as_expected.policy:"
prints "expected:   approve"
prints "came:       refuse by otherwise"
prints "max_bmi     = 35 kg/m2 in Luton from 2019-10-01"
equal "$(grep -c $'\033' "$work/out")" 0 "lines with terminal controls"

# Some of them.
run test hips.policy as_expected.policy not_as_expected.policy --filter "the limit of bmi"
exits_with 0
prints "1 scenario, 7 cases: all as expected"
run test hips.policy as_expected.policy --filter smoking_advice
exits_with 0
prints "1 scenario, 1 case:"
run test hips.policy as_expected.policy not_as_expected.policy --filter not_as_expected.policy
exits_with 1
run test hips.policy as_expected.policy --filter cnacer
exits_with 1
is_silent
complains 'no scenario has `cnacer`'
complains 'did you mean `Cancer`?'
# A policy is also found by its own file; one without scenarios is said to have none.
run test hips.policy as_expected.policy --filter /no/such/hips.policy
exits_with 1
mkdir "$work/apart"
cp hips.policy "$work/apart/own.policy"
cp as_expected.policy "$work/apart/theirs.policy"
cat >"$work/apart/lonely.policy" <<'POLICY'
library example.lonely
record Lonely { pain yes/no }
policy lonely "Lonely" on Lonely { source "Plan"  approve when pain "Pain"  otherwise refuse }
POLICY
run test "$work/apart" --suggest --filter apart/own.policy
exits_with 0
complains "example.hips.hip_replacement: "
run test "$work/apart" --filter apart/own.policy
exits_with 0
prints "all as expected"
run test "$work/apart" --mutate --filter lonely.policy
exits_with 1
is_silent
complains "example.lonely.lonely has no scenario"
run test "$work/apart" --coverage --filter lonely.policy
exits_with 0
prints "it has no scenario"

# With coverage or mutants, failures are brief.
run test hips.policy not_as_expected.policy --coverage
exits_with 1
prints "difference: "
prints "the whole of each: proviso test hips.policy not_as_expected.policy without --coverage"
equal "$(grep -c 'criteria (those' "$work/out")" 0 "failures in full"

run test hips.policy as_expected.policy --list
exits_with 0
equal "$(wc -l <"$work/out" | tr -d ' ')" 9 "scenarios listed"

# A library without scenarios is no error; one with errors is.
run test hips.policy
exits_with 0
prints "no scenarios"
cp hips.policy "$work/broken.policy"
echo 'scenario "Misspelt" of hip_replacement { given { patient.bim = 30 kg/m2 } expect approve }' >>"$work/broken.policy"
run test "$work/broken.policy"
exits_with 1
is_silent
complains "error["
complains "patient.bim"

# For programs.
run test hips.policy not_as_expected.policy --format json --junit "$work/results.xml"
exits_with 1
python3 - "$work/out" "$work/results.xml" <<'PYTHON'
import json, sys
import xml.etree.ElementTree as tree
report = json.load(open(sys.argv[1]))
suites = tree.parse(sys.argv[2]).getroot()
assert report["failed"] == len(report["failures"]) == int(suites.get("failures")) > 0
assert report["cases"] == int(suites.get("tests")) == len(suites.findall("suite/testcase") + suites.findall("testsuite/testcase"))
assert len(suites.findall("testsuite/testcase/failure")) == report["failed"]
assert all(each["criteria"] or each["decided_by"] is None or "needed" in each["came"] for each in report["failures"])
PYTHON
equal $? 0 "JSON and XML agree"
run test hips.policy as_expected.policy --junit "$work/no/such/folder.xml"
exits_with 2
complains "cannot be written"

# A wrong command line.
run test
exits_with 2
run test hips.policy --format html
exits_with 2
run test hips.policy --no-such-option
exits_with 2
run test --help
exits_with 0
prints "Usage: proviso test"

# Watching: a change is seen, errors do not end it, an interrupt does.
mkdir "$work/watched"
cp hips.policy as_expected.policy "$work/watched"
"$proviso" test "$work/watched" --watch >"$work/watch.out" 2>"$work/watch.err" &
watcher=$!
# waits_for FILE COUNT TEXT: until so many lines hold the text.
waits_for() {
  checks=$((checks + 1))
  for _ in $(seq 100); do
    [ "$(grep -c -- "$3" "$work/$1")" -ge "$2" ] && return
    sleep 0.1
  done
  out=$(cat "$work/watch.out") err=$(cat "$work/watch.err") fail "expected $2 lines with: $3"
}
command_line="proviso test --watch"
waits_for watch.out 1 "all as expected"
sed -i 's/expect exempt because cancer/expect refuse/' "$work/watched/as_expected.policy"
waits_for watch.out 1 'FAILED "Cancer"'
waits_for watch.out 1 "1 not as expected"
echo 'policy' >"$work/watched/new.policy"
waits_for watch.err 1 "error\["
rm "$work/watched/new.policy"
waits_for watch.out 2 "1 not as expected"
sed -i 's/expect refuse$/expect exempt/' "$work/watched/as_expected.policy"
waits_for watch.out 2 "all as expected"
equal "$(grep -c $'\033' "$work/watch.out")" 0 "lines with terminal controls"
grep -qE '^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$' "$work/watch.out"
equal $? 0 "the time of a run"
kill -INT "$watcher"
wait "$watcher"
code=$?
exits_with 0

finish
