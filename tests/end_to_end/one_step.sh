#!/usr/bin/env bash
# A limit moved by one step is noticed by a scenario, by mutation where the scenario is gone, and on cases.
# shellcheck source=tests/end_to_end/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root" || exit 1

out=$(examples/one_step.sh "$proviso" 2>"$work/err")
code=$?
err=$(cat "$work/err")
command_line=examples/one_step.sh
exits_with 0
prints 'FAILED "A BMI of 27 is not below the limit" of england.ebi.breast_reduction'
prints 'expected:   refuse because bmi'
prints 'came:       approve'
# shellcheck disable=SC2016 # the backquotes are the report's
prints '`breast_reduction_bmi: 27 kg/m2 from 2019-04-01` -> `breast_reduction_bmi: 28 kg/m2 from 2019-04-01`'
prints 'everywhere from 2019-04-01  27 kg/m2  28 kg/m2'
prints 'because bmi "BMI is below 27" no -> yes (breast_reduction_bmi 27 kg/m2 -> 28 kg/m2)'
prints 'refuse -> approve'

finish
