#!/usr/bin/env bash
# CSV as it really is: `proviso schema`, mapping files, and dirt in cells with its messages.
source "$(dirname "$0")/common.sh" "$@"
example=$root/examples/mapping
library=$example/drug_lines.policy
cd "$work" || exit 1

# The example: its lines are those of its seed, and each line that cannot be read says why.
LC_ALL=C awk -v seed=20190401 -f "$example/drug_lines.awk" >made.csv
same_bytes made.csv "$example/drug_lines.csv"
run decide "$library" --record DrugLine --map "$example/drug_lines.map" "$example/drug_lines.csv"
exits_with 3
equal "$(outcomes out | sort | uniq -c | tr -s ' \n' ' ')" " 16 approve 6 error 2 refuse " "outcomes"
equal "$err" "$example/drug_lines.csv: 6 of 24 records could not be read; their results say why" "standard error"
equal "$(sed -n 's/.*"field": "\([^"]*\)", "message": "\(.*\)"}}$/\1: \2/p' out)" \
  'total_cost: found `1,5`, expected an amount in pounds such as `352.14`, with commas before three digits alone
total_cost: `352.1234567` has more than six places after the point
dispensed: found `2020-10 18:39`, expected a date such as `2019-04-01`
dispensed: found `mm:ss.s`, expected a date such as `2019-04-01`
dispensed: found `31/06/2019`, expected a date such as `2019-04-01`
route: found `9`, expected one of hospital, home' "messages"
cp out one_thread
run decide "$library" --record DrugLine --map "$example/drug_lines.map" --threads 3 --format csv - <"$example/drug_lines.csv"
same_bytes out one_thread

# The fields of a record.
run schema "$library" --record DrugLine
exits_with 0
prints "patient.weight      number kg              Weight"
prints "valid 12 months"
prints "What is charged?"
run schema "$library" --format json
exits_with 0
prints '"path": "patient.weight", "type": "number kg", "unit": "kg", "label": "Weight", "ask": null, "measured": true, "valid": "12 months", "assume": null'
prints '"path": "vat_charged", "type": "yes/no"'
prints '"assume": "no"'
run schema "$library" --record DrugLin
exits_with 2
complains 'did you mean `DrugLine`?'
run schema "$library" --record DrugLine --map no_such_file.csv
exits_with 2

# A mapping started from the file is read without errors.
run schema "$library" --record DrugLine --map "$example/drug_lines.csv"
exits_with 0
prints "encoding windows-1252"
prints 'patient.nhs_number = "NHS NUMBER"'
prints '# dispensed = "CLINICAL INTERVENTION DATE (DRUG DISPENSED)"'
prints '# commissioner = "Organisation_Identifier_(Code_of_Commissioner)"'
prints '# ignore "LOCAL NOTES"'
cp out started.map
run decide "$library" --record DrugLine --map started.map "$example/drug_lines.csv"
exits_with 3
equal "$(grep -c 'started.map' err)" 0 "complaints of the started mapping"
sed 's/^# \([a-z._]* = "\)/\1/' started.map >all_likely.map
run decide "$library" --record DrugLine --map all_likely.map "$example/drug_lines.csv"
equal "$(grep -c 'all_likely.map' err)" 0 "complaints of the likely lines"

# Names of columns, whatever their case; two that are one.
printf 'ID,Dispensed,TOTAL_COST,indication\n1,01/05/2019,"£2,000.00",69896004.0\n' >named.csv
run decide "$library" --record DrugLine named.csv
exits_with 0
equal "$(outcomes out)" refuse "outcome"
printf 'id,Total_Cost,total cost\n' >twice.csv
run decide "$library" --record DrugLine twice.csv
exits_with 3
complains 'two columns that are one name: `Total_Cost` and `total cost`'

# Mappings with mistakes: all of them, each with its place.
printf 'dispensd = "D"\nroute = "R", "H" = hom\n' >wrong.map
run decide "$library" --record DrugLine --map wrong.map named.csv
exits_with 2
is_silent
equal "$err" 'wrong.map:1:1: error: `DrugLine` has no field `dispensd`; did you mean `dispensed`?
wrong.map:2:20: error: found `hom`, expected one of hospital, home' "mistakes"
echo 'dispensed = "dispensd"' >absent.map
run decide "$library" --record DrugLine --map absent.map named.csv
exits_with 3
is_silent
complains 'absent.map:1:13: error: the file has no column `dispensd`; did you mean `Dispensed`?'
run decide "$library" --record DrugLine --map no_such.map named.csv
exits_with 2
run decide "$library" --record DrugLine --map "$example/drug_lines.map" --format ndjson named.csv
exits_with 2

# Dates that could be read two ways are never guessed at.
printf 'id,dispensed,total_cost,indication\n1,03/05/2019,5,69896004\n2,04/25/2019,5,69896004\n' >american.csv
run decide "$library" --record DrugLine american.csv
exits_with 3
prints '`03/05/2019` could be 2019-05-03 or 2019-03-05: the mapping of its column must say `day first` or `month first`'
prints '`04/25/2019` has its month first, and dates are read day first: the mapping of its column can say `month first`'
echo 'dispensed = "dispensed", month first' >american.map
run decide "$library" --record DrugLine --map american.map american.csv
exits_with 0
prints '"on": "2019-04-25"'
# One that comes too late to be looked at first is told, once.
{
  echo 'id,dispensed,total_cost,indication'
  for i in $(seq 1500); do echo "$i,03/05/2019,5,69896004"; done
  echo '1501,04/25/2019,5,69896004'
} >late.csv
run decide "$library" --record DrugLine --threads 4 late.csv
exits_with 3
equal "$(grep -c 'some dates of `dispensed` have their month first' err)" 1 "warnings of dates"

# Windows-1252, where it is said.
printf 'id,dispensed,total_cost,indication\n1,2019-05-03,\2435,69896004\n' >pound.csv
run decide "$library" --record DrugLine pound.csv
exits_with 3
prints 'bytes that are not UTF-8 at column 14; a file of Windows-1252 is read with `--encoding windows-1252`'
run decide "$library" --record DrugLine --encoding windows-1252 pound.csv
exits_with 0
equal "$(outcomes out)" approve "outcome"

finish
