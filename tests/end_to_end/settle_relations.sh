#!/usr/bin/env bash
# `proviso settle` where an agreement asks relations and groups: for the other lines of the ledger, and for registers.
source "$(dirname "$0")/common.sh" "$@"
cd "$work" || exit 1

# agreement NAME LINE...: a library with a gain share that has these lines.
agreement() {
  mkdir "$1"
  {
    cat <<'END'
library sefton
record DrugLine {
  id text  supplied date  commissioner text  provider text  patient text
  price money  version number
}
record Approval { id text  patient text  cost money }
group same on DrugLine by patient ordered by supplied
relate earlier on DrugLine: e where e.patient = patient and e.supplied within 30 days before supplied
relate approvals on DrugLine: a in Approval where a.patient = patient
agreement gain "Gain share" on DrugLine {
  source   "Paper"
  between  commissioner and provider
  dated by supplied
  period   1 year from 2019-01-01
  share    commissioner 50%, provider 50%
  settle   monthly rounded to 1p half even
END
    printf '  %s\n' "${@:2}"
    echo '}'
  } >"$1/sefton.policy"
  run check "$1"
  exits_with 0
}
head='id,supplied,commissioner,provider,patient,price,version'
# The lines, the saving and what was left out, of each settlement.
figures() {
  grep -v '"target"' out |
    sed -E 's/.*"period": "([^"]*)".*"lines": ([0-9]+), "left_out": ([0-9]+), "corrected": ([0-9]+), "saving": ("[^"]*"|null).*/\1 \2 \3 \4 \5/'
}
# What is deducted from the provider, who is the second party.
deducted() { sed -E 's/.*"period": "([^"]*)".*"deducted": "([^"]*)".*/\1 \2/' out; }

agreement first 'covers   price > £0' 'saving   if rank in same = 1 then £100 - price else £0'
cat >ledger.csv <<END
$head
1,2019-01-05,Sefton,Royal,P1,90,1
2,2019-01-06,Sefton,Royal,P1,90,1
3,2019-02-01,Sefton,Royal,P2,80,1
END
run settle first --ledger ledger.csv --output json
exits_with 0
equal "$(figures)" $'2019-01 2 0 0 "10.00"\n2019-02 1 0 0 "20.00"' 'the first line of each patient'

# In two files, and from standard input, which cannot be read twice.
sed 3d ledger.csv >first.csv
sed -n '1p;3p' ledger.csv >second.csv
run settle first --ledger second.csv --ledger first.csv --output json
exits_with 0
equal "$(figures)" $'2019-01 2 0 0 "10.00"\n2019-02 1 0 0 "20.00"' 'the first line of each patient, in two files'
run settle first --ledger - --format csv --output json <ledger.csv
exits_with 0
equal "$(figures)" $'2019-01 2 0 0 "10.00"\n2019-02 1 0 0 "20.00"' 'the first line of each patient, from standard input'

# A line that another takes the place of is none of the group: its correction is the first.
{
  cat ledger.csv
  echo '1,2019-01-05,Sefton,Royal,P1,70,2'
  echo '1,2019-01-07,Sefton,Royal,P1,60,0'
} >corrected.csv
run settle first --ledger corrected.csv --output json
exits_with 0
equal "$(figures)" $'2019-01 2 0 2 "10.00"\n2019-02 1 0 0 "20.00"' 'by their order in the file, line 2 is the first of the patient'
agreement corrected_by 'covers   price > £0' 'saving   if rank in same = 1 then £100 - price else £0' 'corrected by version'
run settle corrected_by --ledger corrected.csv --output json
exits_with 0
equal "$(figures)" $'2019-01 2 0 2 "30.00"\n2019-02 1 0 0 "20.00"' 'by its version, line 1 is the first of the patient'

# Of a line of which nothing can be read it is not known where it belongs.
{
  cat ledger.csv
  echo '4,2019-01-05,Sefton'
} >short.csv
run settle first --ledger short.csv --output json
exits_with 3
complains 'may belong to any other'
equal "$(figures)" $'2019-01 0 2 0 "0.00"\n2019-02 0 1 0 "0.00"' 'nothing is known of any group'
prints 'the input could not be read completely'

agreement deducted 'covers   price > £0' 'saving   £100 - price' \
  'deduct   if any e in earlier where e.price > £0 then £5 else £0 from provider'
run settle deducted --ledger ledger.csv --output json
exits_with 0
equal "$(deducted)" $'2019-01 5.00\n2019-02 0.00' 'of the line that has an earlier one'

agreement covered 'covers   rank in same = 1' 'saving   £100 - price'
run settle covered --ledger ledger.csv --output json
exits_with 0
equal "$(figures)" $'2019-01 1 0 0 "10.00"\n2019-02 1 0 0 "20.00"' 'the first lines alone are covered'

agreement approved 'covers   price > £0' 'saving   £100 - price' 'deduct   sum of a.cost for a in approvals from provider'
printf 'id,patient,cost\nA1,P1,2\nA2,P1,1\n' >approvals.csv
run settle approved --ledger ledger.csv --register Approval=approvals.csv --output json
exits_with 0
equal "$(deducted)" $'2019-01 6.00\n2019-02 0.00' 'what the approvals of the patient cost, for each of two lines'
run settle approved --ledger ledger.csv --output json
exits_with 0
complains 'no register of `Approval` is given'
equal "$(figures)" $'2019-01 0 2 0 "0.00"\n2019-02 0 1 0 "0.00"' 'without its register nothing is known'
run settle approved --ledger ledger.csv --register Approval=missing.csv
exits_with 2
run settle approved --ledger ledger.csv --register approvals.csv --output approvals.csv
exits_with 2

finish
