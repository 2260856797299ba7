#!/usr/bin/env bash
# Payments that look across lines: readmissions, one of a kind for each patient, scans of one day, and registers.
source "$(dirname "$0")/common.sh" "$@"
library=$work/contract.policy
cat >"$library" <<'POLICY'
library sefton.contract

record Patient {
  nhs_number text ask "What is the patient's NHS number?"
}
record Activity "An activity line" {
  id         text
  patient    Patient
  provider   code ods
  admitted   date
  discharged date
  kind       one of spell, scan, hna
  modality   one of mri, ct, other
  emergency  yes/no  assume no
  hrg        code hrg
  charge     money  price
}
codes cancer hrg { WJ01A }

relate earlier_spells on Activity: e where e.patient.nhs_number = patient.nhs_number
  and e.discharged within 30 days before admitted
group scans_of_the_day on Activity by patient.nhs_number, provider, admitted, modality ordered by id
group of_the_patient on Activity by patient.nhs_number, kind ordered by admitted

payment readmission "Emergency readmissions within 30 days" on Activity {
  source "Contract" section "1"
  effective 2018-04-01
  dated by admitted
  applies when kind = spell and emergency
  exempt cancer when hrg in cancer "Cancer is left out"
  withhold must readmitted when any e in earlier_spells where e.kind = spell and e.provider = provider "Readmitted"
  query elsewhere when any e in earlier_spells where e.kind = spell "Discharged by another provider"
  otherwise pay in full
}
payment one_scan "Scans of one day and kind are paid as one" on Activity {
  source "Contract" section "2"
  effective 2018-04-01
  dated by admitted
  applies when kind = scan
  adjust to £0 further when rank in scans_of_the_day > 1 "Paid with the first scan of the day"
  otherwise pay in full
}
payment one_assessment "One holistic needs assessment a patient" on Activity {
  source "Contract" section "3"
  effective 2018-04-01
  dated by admitted
  applies when kind = hna
  withhold none further when rank in of_the_patient > 1 "One assessment has been paid"
  otherwise pay in full
}
POLICY
run check "$library"
exits_with 0

# by_id FILE: `ID outcome amount` for each line of results, sorted by id.
by_id() {
  sed -E 's/^\{"id": "?([^",]*)"?, "record": "[A-Za-z]*", "line": [0-9]+, "outcome": "([a-z ]+)", "price": [^,]*, "amount": "?([^",]*)"?.*/\1 \2 \3/' \
    "$1" | sort
}

# Readmissions. 30 days before 31 May is 1 May, and before 1 June 2 May.
cat >"$work/spells.csv" <<'LINES'
id,patient.nhs_number,provider,admitted,discharged,kind,modality,emergency,hrg,charge
first,9990000018,R1H,2018-04-20,2018-05-01,spell,other,no,AA22C,1000
again,9990000018,R1H,2018-05-31,2018-06-01,spell,other,yes,AA22C,500.50
early,9990000026,R1H,2018-04-20,2018-05-01,spell,other,no,AA22C,100
late,9990000026,R1H,2018-06-01,2018-06-04,spell,other,yes,AA22C,200
before,9990000034,R1H,2018-05-20,2018-05-21,spell,other,no,AA22C,100
cancer,9990000034,R1H,2018-05-31,2018-06-02,spell,other,yes,WJ01A,700
there,9990000042,RX1,2018-05-20,2018-05-21,spell,other,no,AA22C,100
here,9990000042,R1H,2018-05-31,2018-06-02,spell,other,yes,AA22C,300
planned,9990000050,R1H,2018-05-01,2018-05-02,spell,other,no,AA22C,100
planned too,9990000050,R1H,2018-05-03,2018-05-04,spell,other,no,AA22C,100
LINES
run decide "$library" "$work/spells.csv"
exits_with 0
equal "$err" "" "standard error"
equal "$(by_id "$work/out")" "$(sort <<'RESULTS'
first not applicable 1000.00
again withhold 0.00
early not applicable 100.00
late pay 200.00
before not applicable 100.00
cancer exempt 700.00
there not applicable 100.00
here query null
planned not applicable 100.00
planned too not applicable 100.00
RESULTS
)" "readmissions"
equal "$(line_numbers "$work/out" | tr '\n' ' ')" "2 3 4 5 6 7 8 9 10 11 " "results are in the order of the lines"
prints '"text": "Readmitted"'

# One assessment a patient, the first by its date wherever it stands.
cat >"$work/assessments.ndjson" <<'LINES'
{"id": "late", "patient": {"nhs_number": "9990000018"}, "kind": "hna", "admitted": "2018-09-01", "charge": 50}
{"id": "first", "patient": {"nhs_number": "9990000018"}, "kind": "hna", "admitted": "2018-05-01", "charge": 50}
{"id": "other patient", "patient": {"nhs_number": "9990000026"}, "kind": "hna", "admitted": "2018-09-01", "charge": 60}
{"id": "spell", "patient": {"nhs_number": "9990000018"}, "kind": "spell", "admitted": "2018-04-01", "charge": 70}
{"id": "nobody", "kind": "hna", "admitted": "2018-09-01", "charge": 80}
LINES
run decide "$library" "$work/assessments.ndjson"
exits_with 0
equal "$(by_id "$work/out")" "$(sort <<'RESULTS'
first pay 50.00
late withhold 0.00
nobody information needed null
other patient pay 60.00
spell not applicable 70.00
RESULTS
)" "assessments"
prints '"strength": "none"'
prints '"fact": "patient.nhs_number", "ask": "What is the patient'"'"'s NHS number?", "why": ["further"]'
equal "$(grep -c warning "$work/err")" 3 "a warning for each relation that finds lines by an NHS number"
complains '1 record of `Activity` has no value that `of_the_patient` finds lines by, so that no line finds it'

# Without its date a line may be the first: neither it nor the others of its patient are ranked.
cat >"$work/undated.ndjson" <<'LINES'
{"id": "dated", "patient": {"nhs_number": "9990000018"}, "kind": "hna", "admitted": "2018-05-01", "charge": 50}
{"id": "undated", "patient": {"nhs_number": "9990000018"}, "kind": "hna", "charge": 50}
{"id": "alone", "patient": {"nhs_number": "9990000026"}, "kind": "hna", "admitted": "2018-09-01", "charge": 60}
LINES
run decide "$library" "$work/undated.ndjson" --policy one_assessment
exits_with 0
equal "$(by_id "$work/out")" "alone pay 60.00
dated information needed null
undated information needed null" "assessments of which one has no date"
prints '"fact": "rank in of_the_patient"'
prints '"fact": "admitted"'
prints 'another line lacks a fact that these lines are ordered by'

# Scans of one day, provider and kind are paid once: by id, as text.
cat >"$work/scans.csv" <<'LINES'
id,patient.nhs_number,provider,admitted,kind,modality,charge
S9,9990000018,R1H,2018-05-01,scan,mri,100
S10,9990000018,R1H,2018-05-01,scan,mri,100
S11,9990000018,R1H,2018-05-01,scan,ct,100
S12,9990000018,R1H,2018-05-02,scan,mri,100
S13,9990000018,RX1,2018-05-01,scan,mri,100
S14,9990000026,R1H,2018-05-01,scan,mri,100
LINES
run decide "$library" "$work/scans.csv"
exits_with 0
equal "$(by_id "$work/out")" "S10 pay 100.00
S11 pay 100.00
S12 pay 100.00
S13 pay 100.00
S14 pay 100.00
S9 adjust 0.00" "scans"

# What relations bring is not read from the input, nor offered as a field.
echo '{"id": "X", "patient": {"nhs_number": "9990000018"}, "provider": "R1H", "admitted": "2018-05-31", "kind": "spell",
"emergency": true, "hrg": "AA22C", "charge": 5, "earlier_spells": [{"kind": "spell", "provider": "R1H"}]}' |
  tr -d '\n' >"$work/given.json"
run decide "$library" "$work/given.json"
exits_with 0
complains 'the field `earlier_spells` is not declared for `Activity` and was ignored'
equal "$(by_id <(grep '"id": "X"' "$work/out"))" "X pay 5.00" "a list that the input makes up"
run schema "$library" --record Activity
exits_with 0
prints "patient.nhs_number"
prints_not "earlier_spells"
prints_not "rank in"
run schema "$library" --record Activity --format json
prints_not "scans_of_the_day"
echo 'id,nhs_number
a,b' >"$work/columns.csv"
run schema "$library" --record Activity --map "$work/columns.csv"
exits_with 0
prints_not "earlier_spells"
run decide "$library" "$work/spells.csv" --list "earlier_spells=$work/columns.csv"
exits_with 2
complains '`earlier_spells` is filled from other records'
equal "$out" "" "results"

# Many lines, of which few patients have all: from CSV and NDJSON, by one thread and two, from a file, standard input
# and a pipe, in any order.
awk 'function below(count) { state = (state * 25173 + 13849) % 65536; return int(state / 64) % count }
BEGIN {
  split("spell scan hna", kind, " "); split("mri ct other", modality, " ")
  print "id,patient.nhs_number,provider,admitted,discharged,kind,modality,emergency,hrg,charge"
  for (i = 1; i <= 6000; i++) {
    patient = below(11) == 0 ? "" : sprintf("999%07d", below(700))
    date = sprintf("2018-%02d-%02d", 4 + below(9), 1 + below(28))
    printf "L%d,%s,%s,%s,%s,%s,%s,%s,AA22C,%d.25\n", i, patient, below(2) ? "R1H" : "RX1", date, date,
      kind[1 + below(3)], modality[1 + below(3)], below(5) ? "yes" : "no", below(1000)
  }
}' >"$work/many.csv"
awk -F, 'NR > 1 {
  printf "{\"id\": \"%s\", \"patient\": {\"nhs_number\": %s}, \"provider\": \"%s\", \"admitted\": \"%s\", ", $1,
    $2 == "" ? "null" : "\"" $2 "\"", $3, $4
  printf "\"discharged\": \"%s\", \"kind\": \"%s\", \"modality\": \"%s\", \"emergency\": %s, \"hrg\": \"%s\", \"charge\": %s}\n",
    $5, $6, $7, $8 == "yes" ? "true" : "false", $9, $10
}' "$work/many.csv" >"$work/many.ndjson"
run decide "$library" "$work/many.csv" --threads 1
exits_with 0
cp "$work/out" "$work/one_thread"
equal "$(outcomes "$work/one_thread" | sort -u | tr '\n' '/')" \
  "adjust/information needed/not applicable/pay/query/withhold/" "all outcomes are there"
run decide "$library" "$work/many.csv" --threads 2
same_bytes "$work/out" "$work/one_thread"
run decide "$library" --format csv - --threads 2 <"$work/many.csv"
exits_with 0
same_bytes "$work/out" "$work/one_thread"
mkfifo "$work/pipe"
cat "$work/many.csv" >"$work/pipe" &
run decide "$library" --format csv "$work/pipe"
exits_with 0
same_bytes "$work/out" "$work/one_thread"
run decide "$library" "$work/many.ndjson" --threads 2
exits_with 0
equal "$(sed -E 's/"line": [0-9]+//' "$work/out" | cksum)" "$(sed -E 's/"line": [0-9]+//' "$work/one_thread" | cksum)" \
  "results of CSV and NDJSON, but for the lines"
by_id "$work/one_thread" >"$work/in_order"
{ head -1 "$work/many.csv"; sed 1d "$work/many.csv" | sort -t, -k10,10 -k2,2 -r; } >"$work/shuffled.csv"
run decide "$library" "$work/shuffled.csv"
exits_with 0
by_id "$work/out" >"$work/out_of_order"
same_bytes "$work/out_of_order" "$work/in_order"

# A line that cannot be read has its place in the results, and stands among the others with what could be read of it:
# whether it was 30 days before is not known.
sed -E 's/^first,(.*),2018-05-01,/first,\1,on May Day,/' "$work/spells.csv" >"$work/unreadable.csv"
run decide "$library" "$work/unreadable.csv"
exits_with 3
equal "$(outcomes "$work/out" | head -2 | tr '\n' '/')" "error/information needed/" \
  "outcomes after a line that cannot be read"
prints '"needs": [{"fact": "earlier_spells"'
complains "1 of 10 records could not be read"
equal "$(grep -c 'counts as incomplete' "$work/err")" 0 "warnings that the input is incomplete"

# What is unreadable is unknown, and everything else is as it was.
head='id,patient.nhs_number,provider,admitted,discharged,kind,modality,emergency,hrg,charge'
unread() {
  {
    echo "$head"
    cat
  } >"$work/unread.csv"
  run decide "$library" "$work/unread.csv"
  exits_with 3
}
paid() { grep -v '"error"' "$work/out" | by_id /dev/stdin; }
of_patient=9990000018,RC9,2018-05-01,2018-05-01
# Nobody asks for the charge of another line.
unread <<LINES
scan1,$of_patient,scan,mri,no,,150 GBP
scan2,$of_patient,scan,mri,no,,100
scan3,$of_patient,scan,ct,no,,100
LINES
equal "$(paid | tail -2)" "scan2 adjust 0.00
scan3 pay 100.00" "scans after one whose charge cannot be read"
# What might be a scan of the same day is of no other patient, provider or day.
unread <<LINES
scan1,$of_patient,scan,???,no,,100
scan2,$of_patient,scan,mri,no,,100
scan3,9990000026,RC9,2018-05-01,2018-05-01,scan,mri,no,,100
scan4,9990000018,RD8,2018-05-01,2018-05-01,scan,mri,no,,100
LINES
equal "$(paid | tail -3)" "scan2 query null
scan3 pay 100.00
scan4 pay 100.00" "scans beside one whose kind cannot be read"
prints '"notes": ["`rank in scans_of_the_day`: the input could not be read completely"]'
# A line that cannot be cut into cells may be of anybody; what is no line at all is nobody's.
unread <<LINES
scan1,$of_patient,scan,mri,no
scan2,$of_patient,scan,mri,no,,100
LINES
equal "$(paid | tail -1)" "scan2 query null" "a scan beside a line that is cut off"
complains "unread.csv: 1 record could not be read at all, and may belong to any other: what relations and groups bring of the input counts as incomplete until it is mended or taken out"
unread <<LINES

$head
,,
scan2,$of_patient,scan,mri,no,,100
LINES
equal "$(paid | tail -1)" "scan2 pay 100.00" "a scan beside lines that are none"
equal "$(grep -c 'counts as incomplete' "$work/err")" 0 "warnings of lines that are none"
unread <<LINES
$(printf 'caf\xe9'),$of_patient,scan,mri,no,,100
scan2,$of_patient,scan,ct,no,,100
LINES
equal "$(paid | tail -1)" "scan2 pay 100.00" "a scan beside a line in another encoding"
# The same lines in JSON.
cat >"$work/unread.ndjson" <<'LINES'
{"id": "scan1", "charge": "150 GBP", "patient": {"nhs_number": "9990000018"}, "provider": "RC9", "admitted": "2018-05-01", "kind": "scan", "modality": "mri"}
{"id": "scan2", "charge": 100, "patient": {"nhs_number": "9990000018"}, "provider": "RC9", "admitted": "2018-05-01", "kind": "scan", "modality": "mri"}
LINES
run decide "$library" "$work/unread.ndjson"
exits_with 3
equal "$(paid | tail -1)" "scan2 adjust 0.00" "a scan of JSON after one whose charge cannot be read"
echo '{"id": "scan3", ' >>"$work/unread.ndjson"
run decide "$library" "$work/unread.ndjson"
exits_with 3
prints '"id": "scan2", "record": "Activity", "line": 2, "outcome": "query"'
# Comparing two libraries on such lines sees what deciding them sees.
run diff "$library" "$library" --cases "$work/unread.ndjson"
complains "could not be read"
run decide "$library" "$work/no_such_file.csv"
exits_with 2
complains "No such file"

# A file that grows while it is read twice: the results have begun, which do not fit into a pipe.
cp "$work/many.csv" "$work/growing.csv"
"$proviso" decide "$library" "$work/growing.csv" 2>"$work/err" >"$work/pipe" &
pid=$!
{
  read -r _
  tail -1 "$work/many.csv" >>"$work/growing.csv"
  cat >/dev/null
} <"$work/pipe"
wait "$pid"
code=$?
out="" err=$(cat "$work/err") command_line="proviso decide of a file that grows"
exits_with 3
complains "the file changed while it was read twice"

# Registers: the authorisations are records of their own.
registered=$work/registered.policy
cat >"$registered" <<'POLICY'
library sefton.prior_approval

record Activity "An activity line" {
  id         text
  nhs_number text
  procedure  code opcs4
  started    date
  charge     money price
}
record Authorisation "An authorisation that was issued" {
  id         text
  nhs_number text
  procedure  code opcs4
  issued     date
  expires    date
}
relate authorisations on Activity: e in Authorisation where e.nhs_number = nhs_number and e.procedure = procedure
  and e.issued within 6 months before started

payment authorised "No authorisation, no payment" on Activity {
  source "Contract" section "4"
  effective 2018-04-01
  dated by started
  pay in full when any e in authorisations where e.expires >= started "Authorised"
  otherwise withhold must
}
POLICY
cat >"$work/lines.ndjson" <<'LINES'
{"id": "A", "nhs_number": "9990000018", "procedure": "W37.1", "started": "2018-05-01", "charge": 100}
{"id": "B", "nhs_number": "9990000026", "procedure": "W37.1", "started": "2018-05-01", "charge": 200}
{"id": "C", "nhs_number": "9990000034", "procedure": "W37.1", "started": "2018-05-01", "charge": 300}
{"id": "D", "nhs_number": "9990000042", "procedure": "W37.1", "started": "2018-05-01", "charge": 400}
LINES
# Six months before 1 May is 1 November.
cat >"$work/issued.csv" <<'LINES'
id,nhs_number,procedure,issued,expires
X1,9990000018,W371,2017-11-01,2018-05-01
X2,9990000026,W371,2017-10-31,2018-12-31
X3,9990000034,W371,2018-04-01,2018-04-30
LINES
echo '{"id": "X4", "nhs_number": "9990000042", "procedure": "W37.1", "issued": "2018-04-01", "expires": "2018-05-02"}' \
  >"$work/issued_later.ndjson"
run decide "$registered" "$work/lines.ndjson" --register "$work/issued.csv" \
  --register "Authorisation=$work/issued_later.ndjson"
exits_with 0
equal "$(by_id "$work/out")" "A pay 100.00
B withhold 0.00
C withhold 0.00
D pay 400.00" "lines with a register of two files"
equal "$err" "" "standard error"

run decide "$registered" "$work/lines.ndjson"
exits_with 0
equal "$(outcomes "$work/out" | sort -u)" "information needed" "outcomes without the register"
equal "$(grep -c 'no register of `Authorisation` is given' "$work/err")" 1 "warnings that the register is missing"
head -1 "$work/issued.csv" >"$work/nothing_issued.csv"
run decide "$registered" "$work/lines.ndjson" --register "$work/nothing_issued.csv"
exits_with 0
equal "$(outcomes "$work/out" | sort -u)" "withhold" "outcomes with an empty register"

# What is wrong with lines of a register is said, up to twenty of them, and the rest counts.
{
  cat "$work/issued.csv"
  for i in $(seq 1 25); do echo "Y$i,9990000026,W371,rubbish,2018-12-31"; done
} >"$work/damaged.csv"
run decide "$registered" "$work/lines.ndjson" --register "$work/damaged.csv"
exits_with 3
# A has its authorisation. Whether one of B's was issued in time is not known; nobody else's is concerned.
equal "$(outcomes "$work/out" | tr '\n' '/')" "pay/information needed/withhold/withhold/" \
  "outcomes with a damaged register"
equal "$(grep -c 'counts as incomplete' "$work/err")" 0 "warnings that the register is incomplete"
equal "$(grep -c 'damaged.csv:[0-9]*: error\[P[0-9]*\]: `issued`: found `rubbish`' "$work/err")" 20 "errors shown"
complains "damaged.csv:5: error"
complains "25 of 28 records of the register could not be read: the first 20 are above"

# Whose a line is that cannot even be cut into cells is not known, and nobody can be asked for it.
{
  cat "$work/issued.csv"
  echo "Y1,9990000026"
} >"$work/cut_off.csv"
run decide "$registered" "$work/lines.ndjson" --register "$work/cut_off.csv"
exits_with 3
equal "$(outcomes "$work/out" | tr '\n' '/')" "pay/query/query/query/" "outcomes with a register that is cut off"
prints '"notes": ["`authorisations`: the register of `Authorisation` could not be read completely"]'
complains "cut_off.csv: the register counts as incomplete"

# What was written and is no NHS number may be a slip of any, with a wrong check digit as with a spreadsheet's rounding;
# where nothing is written, the line is nobody's.
sed 's/nhs_number text/nhs_number text check nhs_number/' "$registered" >"$work/checked.policy"
for number in 9990000019 9.99E+09; do
  {
    cat "$work/issued.csv"
    echo "Y1,$number,W371,2018-04-01,2018-12-31"
  } >"$work/slips.csv"
  run decide "$work/checked.policy" "$work/lines.ndjson" --register "$work/slips.csv"
  exits_with 0
  equal "$(outcomes "$work/out" | tr '\n' '/')" "pay/query/query/query/" "outcomes where a line of the register has $number"
  prints '"notes": ["`authorisations`: the register of `Authorisation` could not be read completely"]'
  complains '1 record of `Authorisation` has a value that `authorisations` finds lines by and that cannot be read: it may belong to any line that does not differ in the others'
done
# Another procedure's is no other line's.
sed -i 's/9.99E+09,W371/9.99E+09,W381/' "$work/slips.csv"
run decide "$work/checked.policy" "$work/lines.ndjson" --register "$work/slips.csv"
equal "$(outcomes "$work/out" | tr '\n' '/')" "pay/withhold/withhold/withhold/" "outcomes where the line is of another procedure"
sed -i 's/9.99E+09,W381/,W371/' "$work/slips.csv"
run decide "$work/checked.policy" "$work/lines.ndjson" --register "$work/slips.csv"
exits_with 0
equal "$(outcomes "$work/out" | tr '\n' '/')" "pay/withhold/withhold/withhold/" "outcomes where the line has no number"
complains '1 record of `Authorisation` has no value that `authorisations` finds lines by, so that no line finds it'

# A file without the column by which its lines are found, beside one that has it.
cut -d, -f1,3- "$work/issued.csv" >"$work/nobodys.csv"
run decide "$registered" "$work/lines.ndjson" --register "$work/issued_later.ndjson" --register "$work/nobodys.csv"
exits_with 3
equal "$(by_id "$work/out")" "A query null
B query null
C query null
D pay 400.00" "lines with a register without its key"
complains 'nobodys.csv: error: no record of the register has `nhs_number`, by which lines are found'

# More lines than can be gone through: nobody is asked for them, and ranks have no limit.
many_of_one=$work/many_of_one.policy
cat >"$many_of_one" <<'POLICY'
library sefton.limits

record Activity "An activity line" {
  id       text
  provider text
  charge   money price
}
group of_provider on Activity by provider ordered by id

payment total "Sums" on Activity {
  source "Contract" section "5"
  query much when (sum of e.charge for e in of_provider) > £1000000
  otherwise pay in full
}
payment ranked "Ranks" on Activity {
  source "Contract" section "6"
  adjust to £1 when rank in of_provider > 12000
  otherwise pay in full
}
POLICY
awk 'BEGIN { print "id,provider,charge"; for (i = 1; i <= 12001; i++) printf "%05d,RVY,2\n", i }' >"$work/of_one.csv"
run decide "$many_of_one" "$work/of_one.csv" --policy total
exits_with 0
equal "$(outcomes "$work/out" | sort | uniq -c | tr -s ' ')" " 12001 query" "outcomes of too long a list"
prints '"needs": [], "assumed": [], "notes": ["`of_provider`: more than 10000 lines belong to it"]'
run decide "$many_of_one" "$work/of_one.csv" --policy ranked
exits_with 0
equal "$(by_id "$work/out" | tail -2)" "12000 pay 2.00
12001 adjust 1.00" "ranks beyond the limit of lists"

# A policy that asks for no register is not told that there is none.
cat >>"$registered" <<'POLICY'
payment tariff "What is paid at most" on Activity {
  source "Contract" section "7"
  pay £250
}
POLICY
sed -i 's/^  pay £250$/  otherwise pay £250/' "$registered"
run decide "$registered" "$work/lines.ndjson" --policy tariff
exits_with 0
equal "$err" "" "standard error"
equal "$(by_id "$work/out")" "A pay 100.00
B pay 200.00
C pay 250.00
D pay 250.00" "amounts by one payment"

# NHS numbers are the same number with blanks and hyphens.
cat >"$work/spaced.policy" <<'POLICY'
library sefton.spaced

record Activity "An activity line" {
  id         text
  nhs_number text check nhs_number
  charge     money price
}
group of_patient on Activity by nhs_number ordered by id

payment once "Paid once" on Activity {
  source "Contract" section "8"
  withhold must when rank in of_patient > 1
  otherwise pay in full
}
POLICY
printf '%s\n' '{"id": "1", "nhs_number": "9990000026", "charge": 1}' \
  '{"id": "2", "nhs_number": "999 000 0026", "charge": 1}' \
  '{"id": "3", "nhs_number": "999-000-0026", "charge": 1}' >"$work/spaced.ndjson"
printf 'id,nhs_number,charge\n1,9990000026,1\n2,999 000 0026,1\n3,999-000-0026,1\n' >"$work/spaced.csv"
for file in spaced.ndjson spaced.csv; do
  run decide "$work/spaced.policy" "$work/$file"
  exits_with 0
  equal "$(outcomes "$work/out" | tr '\n' '/')" "pay/withhold/withhold/" "outcomes of $file"
done
run decide "$work/spaced.policy" "$work/spaced.ndjson" --list "of_patient=$work/spaced.csv"
exits_with 2
complains '--list of_patient: `of_patient` is filled from other records'

run decide "$registered" "$work/lines.ndjson" --register "Activity=$work/issued.csv"
exits_with 2
complains 'no relation of `Activity` asks for a register of `Activity`, but of `Authorisation`'
run decide "$registered" "$work/lines.ndjson" --register "$work/no_such_file.csv"
exits_with 2
run decide "$registered" "$work/lines.ndjson" --register "$work/contract.policy"
exits_with 2
complains "must be a .csv, .ndjson or .json file"
run decide "$library" "$work/spells.csv" --register "$work/issued.csv"
exits_with 2
complains 'no relation of `Activity` asks for a register'

# What a price list says is among the reasons, as the policy looks it up; nothing where the list has no such line.
cat >"$work/priced.policy" <<'POLICY'
library example
record Activity "An activity line" {
  id      text
  hrg     code hrg
  setting one of dc, el
  charge  money price
  wards   list of Ward
}
record Ward { hrg code hrg  price money }
codes spells hrg { WF01A WF01B WF02A }

table tariff(hrg code hrg; setting one of dc, el) -> money {
  hrg:WF01A, dc -> £100
  hrg:WF01A, el -> £200
}
table standing(hrg code hrg) -> text { hrg:WF01A -> "listed \"A\"" }
define allowed(spell code hrg) = tariff(spell, setting) + £10

payment listed "Paid by the list" on Activity {
  source "Contract" section "9"
  applies when hrg in spells
  pay in full when all {
    price   "The price is that of the list": charge <= allowed(hrg)
    on_it   "It is on the list":             standing(hrg) = "listed \"A\""
    wards   "No ward asks more":             every w in wards where w.price <= tariff(w.hrg, dc)
  }
  otherwise pay tariff(hrg, el)
}
POLICY
printf '%s\n' '{"id": "1", "hrg": "WF01A", "setting": "dc", "charge": 150, "wards": []}' \
  '{"id": "2", "hrg": "WF02A", "setting": "dc", "charge": 150, "wards": []}' >"$work/priced.ndjson"
run decide "$work/priced.policy" --explain full "$work/priced.ndjson"
exits_with 0
prints '{"name": "charge", "value": "£150.00"}, {"name": "tariff(hrg, setting)", "value": "£100.00"}, {"name": "hrg", "value": "hrg:WF01A"}, {"name": "setting", "value": "dc"}]'
prints '{"name": "tariff(hrg, setting)", "value": "unknown"}, {"name": "hrg", "value": "hrg:WF02A"}'
prints '{"name": "standing(hrg)", "value": "\"listed \\\"A\\\"\""}'
prints '"amount_from": {"expression": "tariff(hrg, el)", "values": [{"name": "tariff(hrg, el)", "value": "£200.00"}, {"name": "hrg", "value": "hrg:WF01A"}]}'
# What is looked up for each entry of a list are too many values to show.
prints '"expression": "every w in wards where w.price <= tariff(w.hrg, dc)", "values": [{"name": "wards", "value": "0 entries"}]'
run decide "$work/priced.policy" --explain none "$work/priced.ndjson"
exits_with 0
prints_not 'tariff('

finish
