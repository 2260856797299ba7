#!/usr/bin/env bash
# `proviso settle`: what it prints, what it reads, and what it says of lines that it cannot read.
source "$(dirname "$0")/common.sh" "$@"
cd "$work" || exit 1
mkdir library
cat >library/sefton.policy <<'END'
library sefton
places { England { SouthSefton "South Sefton" ods:01T  SouthportFormby ods:01V } }
record DrugLine {
  id text  supplied date  commissioner place  provider text  drug text
  quantity number  unit_price money  market_price money  approval_cost money
}
agreement adalimumab "Adalimumab gain share" on DrugLine {
  source   "Commissioning Intentions 2018/19" section "Biosimilar Drugs"
  between  commissioner and provider
  covers   drug = "adalimumab"
  dated by supplied
  period   18 months from 2018-12-01
  baseline £352.14 per unit
  saving   (baseline - unit_price) * quantity floor £0
  share    commissioner 50%, provider 50%
  deduct   approval_cost from provider
  settle   monthly rounded to 1p half even
  after    pay lowest market_price by drug
}
agreement infliximab on DrugLine {
  status   draft
  source   "Commissioning Intentions 2018/19" section "Biosimilar Drugs"
  between  commissioner and provider
  covers   drug = "infliximab"
  dated by supplied
  period   1 year from 2018-12-01
  baseline £100 per unit
  saving   (baseline - unit_price) * quantity
  share    commissioner 50%, provider 50%
  settle   quarterly rounded to 1p half even
}
END
run check library
exits_with 0
head='id,supplied,commissioner,provider,drug,quantity,unit_price,market_price,approval_cost'

# December 2018 of South Sefton and Royal by hand:
#   1: (352.14 - 35.00) * 2 = 634.28      2: (352.14 - 51.99) * 1 = 300.15      3: dearer than the baseline: 0.00
#   634.28 + 300.15 = 934.43; the provider's half 467.215 down to 467.21, the commissioner's the rest, 467.22.
#   The approvals of three lines at 5.00: 467.21 - 15.00 = 452.21.
# January 2019: 5: (352.14 - 352.12) * 1 = 0.02, a penny each, no approval to pay.
# June 2020, after the period: 6: (40.00 - 35.00) * 2 = 10.00 over the lowest of the month, which is 7's.
cat >ledger.csv <<END
$head
1,2018-12-03,01T,Royal,adalimumab,2,35.00,35.00,5.00
2,2018-12-20,01T,Royal,adalimumab,1,£51.99,35.00,5.00
3,2018-12-21,01T,Royal,adalimumab,1,400.00,35.00,5.00
4,2018-12-22,01T,Royal,infliximab,3,90.00,80.00,0
5,2019-01-31,01T,Royal,adalimumab,1,352.12,35.00,0
6,2020-06-01,01T,Royal,adalimumab,2,40.00,40.00,0
7,2020-06-30,01T,Royal,adalimumab,1,35.00,35.00,0
8,2018-12-31,01V,Royal,adalimumab,1,52.14,35.00,0
END
# The part of a settlement that is compared here: `2018-12 Royal ...`.
figures() {
  sed -E 's/.*"period": "([^"]*)".*"commissioner": "([^"]*)".*"lines": ([0-9]+), "left_out": ([0-9]+), "corrected": ([0-9]+), "(saving|excess)": "([^"]*)".*/\1 \2 \3 \4 \5 \7 &/; s/ \{.*"net": "([^"]*)".*"net": "([^"]*)".*/ \1 \2/; s/ \{.*//' "$1"
}
run settle library --ledger ledger.csv --output json
exits_with 0
equal "$err" "" "standard error"
equal "$(figures out)" "2018-12 SouthSefton 3 0 0 934.43 467.22 452.21
2019-01 SouthSefton 1 0 0 0.02 0.01 0.01
2020-06 SouthSefton 2 0 0 10.00
2018-12 SouthportFormby 1 0 0 300.00 150.00 150.00" "settlements"
prints '"agreement": "sefton.adalimumab", "period": "2018-12", "from": "2018-12-01", "to": "2018-12-31", "parties": {"commissioner": "SouthSefton", "provider": "Royal"}'
prints '{"party": "provider", "share": "50%", "amount": "467.21", "deducted": "15.00", "net": "452.21"}'
prints_not '"detail"'
cp out whole.json

# No statement is written over what it is made of.
echo '# nothing is said' >ledger.map
cp ledger.csv ledger_before.csv
for output in ledger.csv whole.json; do
  run settle library --ledger ledger.csv --map ledger.map --settled whole.json --output $output
  exits_with 2
  is_silent
  complains "\`$output\` is read by this command, and cannot be written too"
done
same_bytes ledger.csv ledger_before.csv

# As text, with totals: 934.43 + 0.02.
run settle library --ledger ledger.csv
exits_with 0
prints "Adalimumab gain share"
prints "commissioner South Sefton (01T) and provider Royal"
prints "Commissioning Intentions 2018/19, Biosimilar Drugs"
prints "December 2018      3  £934.43       £467.22  £467.21    £15.00  £452.21"
prints "Total              4  £934.45       £467.23  £467.22    £15.00  £452.22"
prints "8 lines of the ledger read, 1 of them outside the agreements"
cp out text
run settle library --ledger ledger.csv --output text
same_bytes out text
run settle library --ledger ledger.csv --lines
prints "1     2018-12-03   £352.14      £35.00         2          £5.00  £634.28          £5.00  line 2"

# As CSV: a row a party and settlement, or a row a line.
run settle library --ledger ledger.csv --output csv
exits_with 0
equal "$(wc -l <out)" 8 "rows"
prints "sefton.adalimumab,2018-12,2018-12-01,2018-12-31,SouthSefton and Royal,3,0,0,934.43,,provider,Royal,50%,467.21,15.00,452.21,,,"
prints "sefton.adalimumab,2020-06,2020-06-01,2020-06-30,SouthSefton and Royal,2,0,0,,10.00,,,,,,,,,"
run settle library --ledger ledger.csv --output csv --lines
equal "$(wc -l <out)" 8 "rows with their head"
equal "$(head -1 out)" "agreement,period,from,to,between,id,input,line,on,saving,excess,approval_cost from provider,corrected,left_out,assumed,baseline,unit_price,quantity,approval_cost,market_price,lowest price" "head"

# As a page that stands alone; a file's ending says its form.
run settle library --ledger ledger.csv --output statement.html
exits_with 0
is_silent
out=$(cat statement.html)
prints "<h1>Statement of savings, 1 December 2018 to 30 June 2020</h1>"
prints "<svg class=\"savings\""
prints "£934.43"
prints_not "<script"
prints_not "http://www.w3.org/1999"
for form in json csv txt; do
  run settle library --ledger ledger.csv --output "statement.$form"
  exits_with 0
  is_silent
done
same_bytes statement.json whole.json
same_bytes statement.txt text
run settle library --ledger ledger.csv --output html
out=$(cat out)
same_bytes out statement.html

# Only some settlements are written; all lines are read.
run settle library --ledger ledger.csv --output json --from 2019-01
equal "$(figures out | cut -d' ' -f1 | tr '\n' ' ')" "2019-01 2020-06 " "from January"
run settle library --ledger ledger.csv --output json --from 2018-12-31 --to 2019-01
equal "$(figures out | cut -d' ' -f1 | tr '\n' ' ')" "2018-12 2019-01 2018-12 " "up to January"
run settle library --ledger ledger.csv --output html --to 2018-12
prints "<h1>Statement of savings, December 2018</h1>"
run settle library --ledger ledger.csv --output json --party commissioner=01V
equal "$(figures out)" "2018-12 SouthportFormby 1 0 0 300.00 150.00 150.00" "Southport and Formby"
# Of nobody that there is, nothing else is said.
for form in json text; do
  run settle library --ledger ledger.csv --output $form --party provider=Alder
  exits_with 0
  is_silent
  equal "$err" "proviso: no settlement or target is of provider=Alder: nothing is written" "of nobody"
done
run settle library --ledger ledger.csv --output json --party "provider= Royal "
same_bytes out whole.json
run settle library --ledger ledger.csv --from 2019-13
exits_with 2
complains '`2019-13` is neither a date such as 2018-12-01 nor a month such as 2018-12'
run settle library --ledger ledger.csv --from 2019-02 --to 2019-01
exits_with 2
run settle library --ledger ledger.csv --party trust=Royal
exits_with 2
complains 'no agreement has a party `trust`'

# Neither the order of the lines, nor how they are cut into files, nor threads change anything.
{ echo "$head"; sed 1d ledger.csv | tac; } >turned.csv
run settle library --ledger turned.csv --output json
same_bytes out whole.json
{ echo "$head"; sed -n 2,4p ledger.csv; } >first.csv
{ echo "$head"; sed 1,4d ledger.csv; } >second.csv
run settle library --ledger first.csv --ledger second.csv --output json
same_bytes out whole.json
run settle library --ledger second.csv --ledger first.csv --lines
prints "second.csv:3"
LC_ALL=C awk -v head="$head" 'BEGIN {
  print head
  for (i = 1; i <= 20000; ++i)
    printf "%d,2019-%02d-%02d,01%s,P%d,adalimumab,%d,%d.%02d,30,%d\n", i, i % 12 + 1, i % 28 + 1, i % 2 ? "T" : "V",
      i % 7, i % 5, i % 400, i % 100, i % 3
}' >many.csv
run settle library --ledger many.csv --output json --threads 1
exits_with 0
cp out one.json
run settle library --ledger many.csv --output json --threads 4
same_bytes out one.json
{ head -1 many.csv; sed 1d many.csv | LC_ALL=C sort -t, -k8,8 -k6,6 -k1,1r; } >sorted.csv
run settle library --ledger sorted.csv --output json --threads 3
same_bytes out one.json

# A corrected line takes the place of the earlier one of its id; nothing is counted twice. 2: 352.14 - 50.00 = 302.14,
# so 634.28 + 302.14 = 936.42, 468.21 each.
{ cat ledger.csv; echo "2,2018-12-20,01T,Royal,adalimumab,1,50.00,35.00,5.00"; } >corrected.csv
run settle library --ledger corrected.csv --output json --to 2018-12 --party commissioner=SouthSefton
equal "$(figures out)" "2018-12 SouthSefton 3 0 1 936.42 468.21 453.21" "corrected"
# What was settled is settled: with the earlier statement only the difference is left, and the next time nothing.
run settle library --ledger corrected.csv --settled whole.json --output json
exits_with 0
equal "$(grep -o '"party": "[a-z]*".[^}]*"difference": "[^"]*"' out | sed -E 's/.*party": "([a-z]*)".*difference": "(.*)"/\1 \2/' | tr '\n' ' ')" \
  "commissioner 0.99 provider 1.00 commissioner 0.00 provider 0.00 commissioner 0.00 provider 0.00 " "differences"
cp out settled.json
run settle library --ledger corrected.csv --settled settled.json --output json
equal "$(grep -o '"difference": "[^"]*"' out | sort | uniq -c | tr -s ' ')" ' 10 "difference": "0.00"' "differences the second time"
# Two files that say different things of one settlement cannot both be the last.
for files in "whole.json settled.json" "settled.json whole.json"; do
  run settle library --ledger corrected.csv --settled ${files% *} --settled ${files#* } --output json
  exits_with 2
  is_silent
  complains "settles 2018-12 of sefton.adalimumab between commissioner South Sefton (01T) and provider Royal otherwise than ${files% *}:1: each run writes the whole state, so give only what the last one wrote"
done
run settle library --ledger corrected.csv --settled settled.json --settled settled.json --output json
exits_with 0
equal "$(grep -o '"difference": "[^"]*"' out | sort -u)" '"difference": "0.00"' "the same twice"
# Nothing is not "nothing was settled".
: >nothing.json
for path in nothing.json /dev/null; do
  run settle library --ledger ledger.csv --settled $path
  exits_with 2
  is_silent
  complains "\`$path\` is empty: --settled wants what \`settle --output json\` wrote"
done
run settle library --ledger ledger.csv --settled library
exits_with 2
is_silent
complains '`library` cannot be read'
sed 's/"net": "452.21"/"net": "452.2101"/' whole.json >part_of_a_penny.json
run settle library --ledger ledger.csv --settled part_of_a_penny.json
exits_with 2
complains 'has `452.2101` for `net`, which is not in whole pence'
# What was settled of a line that cannot be read any more: the settlement says why it is paid back.
sed -E '9s/,1,52.14/,TBC,52.14/' ledger.csv >tbc.csv
run settle library --ledger tbc.csv --settled whole.json --output json --party commissioner=01V
exits_with 3
equal "$(figures out)" "2018-12 SouthportFormby 0 1 0 0.00 0.00 0.00" "a settlement whose line cannot be read"
prints '"notes": ["1 line is left out: quantity could not be read"]'
# Of a line that cannot be cut into cells nothing is known: it may be of any settlement.
sed -E '9s/,1,52.14.*//' ledger.csv >cut_off.csv
run settle library --ledger cut_off.csv --settled whole.json --output json --party commissioner=01V
exits_with 3
prints '"notes": ["1 line of the ledger could not be read at all, and may be of it"]'
# A part of what was settled is not taken for the whole: the rest would be settled again.
for part in "--from 2019-01" "--to 2018-12" "--party commissioner=01V" "--from 2018-12-15 --to 2019-01"; do
  # shellcheck disable=SC2086
  run settle library --ledger ledger.csv --output json $part
  exits_with 0
  prints '"part": ["--'
  cp out part.json
  run settle library --ledger ledger.csv --settled part.json
  exits_with 2
  is_silent
  complains "part.json:1: the line is of a part of what was settled (--"
  complains 'without the rest, what was settled before would be settled again'
done
run settle library --ledger ledger.csv --output json --from 2018-12
prints_not '"part"'
run settle library --ledger ledger.csv --output json --agreement infliximab --with-drafts
prints '"part": ["--agreement sefton.infliximab"]'
cp out part.json
run settle library --ledger ledger.csv --with-drafts --settled part.json
exits_with 2
is_silent
complains '`part.json` was settled without `sefton.adalimumab`: without the rest'
run settle library --ledger ledger.csv --with-drafts --settled part.json --agreement infliximab --output json
exits_with 0
prints '"difference": "0.00"'
run settle library --ledger ledger.csv --with-drafts --settled part.json --settled whole.json --output json
exits_with 0
# A settlement whose lines have all gone is to be paid back.
{ cat ledger.csv; echo "8,2018-12-31,01V,Royal,infliximab,1,52.14,35.00,0"; } >gone.csv
run settle library --ledger gone.csv --settled whole.json --output json --party commissioner=01V
equal "$(figures out)" "2018-12 SouthportFormby 0 0 1 0.00 0.00 0.00" "a settlement without lines"
prints '"net": "0.00", "before": "150.00", "difference": "-150.00"'
# What is no statement of ours is not taken for one.
for line in '{"agreement": 1}' 'nonsense' '[]' '{"agreement": "sefton.adalimumab", "period": "2018-12"}' \
  '{"agreement": "sefton.adalimumab", "period": "2018-12", "parties": {"commissioner": "Nowhere", "provider": "Royal"}}' \
  '{"agreement": "sefton.adalimumab", "period": "2018-12", "parties": {"commissioner": "01T", "provider": "Royal"}, "saving": "much"}'; do
  echo "$line" >wrong.json
  run settle library --ledger ledger.csv --settled wrong.json
  exits_with 2
  is_silent
  complains 'wrong.json:1: the line '
done
echo '{"agreement": "sefton.gone", "period": "2018-12"}' >gone.json
run settle library --ledger ledger.csv --settled gone.json
exits_with 0
complains 'the library has no agreement `sefton.gone`: what was settled by it is left out'
run settle library --ledger ledger.csv --settled no_such.json
exits_with 2

# Lines that cannot be read are told, the others settled. A line with a missing fact is left out, and said to be.
cat >dirty.csv <<END
$head
1,2018-12-03,01T,Royal,adalimumab,2,35.00,35.00,5.00
2,31/06/2018,01T,Royal,adalimumab,1,51.99,35.00,5.00
3,2018-12-21,01T,Royal,adalimumab,one,400.00,35.00,5.00
4,2018-12-21,01T,Royal,adalimumab,1,,35.00,5.00
5,2018-12-21,01T,Royal,,1,50,35.00,5.00
END
run settle library --ledger dirty.csv --output json
exits_with 3
equal "$(figures out)" "2018-12 SouthSefton 1 2 0 634.28 317.14 312.14" "the rest"
prints '"notes": ["1 line is left out: quantity could not be read", "1 line is left out: unit_price is missing", "1 line may be of it, and is left out: drug is missing", "1 line may be of it, and is left out: supplied could not be read"]'
complains 'supplied could not be read'
complains 'dirty.csv:3: error[P0901]: `supplied`: '
complains 'dirty.csv:4: error[P0901]: `quantity`: '
complains 'dirty.csv: 2 of 5 lines could not be read, and are in no settlement'
complains 'drug is missing'
prints 'unit_price is missing'
run settle library --ledger dirty.csv --output html
exits_with 3
prints "could not be read, and are in no settlement"
{
  echo "$head"
  for i in $(seq 30); do echo "$i,yesterday,01T,Royal,adalimumab,2,35.00,35.00,5.00"; done
} >bad.csv
run settle library --ledger bad.csv --ledger ledger.csv --output json
exits_with 3
# Those whose ids the ledger has again are set aside; the others may be of any month of their parties.
prints '"notes": ["22 lines may be of it, and are left out: supplied could not be read"]'
sed 's/"22 lines may be of it, and are left out: supplied could not be read"//' out >without_notes.json
same_bytes without_notes.json whole.json
equal "$(grep -c 'error\[P0901\]' err)" 20 "errors shown"
equal "$(grep 'error\[P0901\]' err | sed -n '1p;20p' | cut -d: -f2 | tr '\n' ' ')" "2 21 " "the first of them"
complains 'bad.csv: 30 of 30 lines could not be read'
# A file that is no ledger at all: nothing is settled of the others.
printf 'id,id\n' >twice.csv
run settle library --ledger ledger.csv --ledger twice.csv --output json
exits_with 3
is_silent
complains 'nothing is settled of a part of a ledger'

# Other forms of ledger, and a mapping.
cat >ledger.ndjson <<'END'
{"id": "1", "supplied": "2018-12-03", "commissioner": "01T", "provider": "Royal", "drug": "adalimumab", "quantity": 2, "unit_price": "35.00", "market_price": 35, "approval_cost": 5}
END
run settle library --ledger ledger.ndjson --output json
exits_with 0
equal "$(figures out)" "2018-12 SouthSefton 1 0 0 634.28 317.14 312.14" "a ledger of JSON"
run settle library --ledger - --output json <ledger.ndjson
equal "$(figures out)" "2018-12 SouthSefton 1 0 0 634.28 317.14 312.14" "a ledger from standard input"
run settle library --ledger - --format csv --output json <ledger.csv
same_bytes out whole.json
sed '1s/unit_price/COST/' ledger.csv >named.csv
echo 'unit_price = "COST"' >named.map
run settle library --ledger named.csv --map named.map --output json
exits_with 0
same_bytes out whole.json
run settle library --ledger ledger.ndjson --map named.map
exits_with 2
complains "--map and --encoding are for CSV"
run settle library --ledger ledger.csv --map named.map
exits_with 3
is_silent
complains 'named.map:1:14: error: the file has no column `COST`'

# Drafts, and names that there are not.
run settle library --ledger ledger.csv --output json --agreement infliximab --with-drafts
exits_with 0
# 4: (100.00 - 90.00) * 3
equal "$(figures out)" "2018-Q4 SouthSefton 1 0 0 30.00 15.00 15.00" "a draft"
run settle library --ledger ledger.csv --agreement infliximab --with-drafts
prints "sefton.infliximab (a draft: not adopted)"
run settle library --ledger ledger.csv --agreement sefton.adalimumab --output json
same_bytes out whole.json
run settle library --ledger ledger.csv --agreement adalimumap
exits_with 2
complains 'there is no agreement `adalimumap` on `DrugLine`'
run settle library --ledger ledger.csv --agreement infliximab
exits_with 2
run settle library --ledger ledger.csv --record DrugLin
exits_with 2
complains 'did you mean `DrugLine`?'
run settle "$root/examples/mapping/drug_lines.policy" --ledger ledger.csv
exits_with 2
complains "the library has no agreements"
run settle library --ledger no_such.csv
exits_with 2
complains '`no_such.csv`: No such file or directory'
run decide library --record DrugLine no_such.csv
exits_with 2
complains '`no_such.csv`: No such file or directory'
run settle library --ledger ledger.csv --output statement.pdf
exits_with 2
complains '--output wants text, json, csv, html, or a file with such an ending, not `statement.pdf`'
run settle library --ledger ledger.csv --output no/such/folder/statement.html
exits_with 2
run settle library
exits_with 2

# What is beyond all money is not settled, and what came of it can still be given as what was settled.
cat >huge.csv <<END
$head
1,2018-12-03,01T,Royal,adalimumab,9000000000,-600.00,35.00,0
2,2018-12-04,01T,Royal,adalimumab,9000000000,-600.00,35.00,0
3,2019-12-05,01T,Royal,adalimumab,1,52.14,35.00,0
END
run settle library --ledger huge.csv --output json
exits_with 3
prints '"saving": null'
cp out huge.json
run settle library --ledger ledger.csv --settled huge.json --output json
exits_with 0
equal "$(grep '"period": "2018-12"' out | grep -c '"difference"')" 0 "what could not be settled"

# A place that is not declared is not missing.
{ echo "$head"; echo "1,2018-12-03,Nowhere,Royal,adalimumab,2,35.00,35.00,5.00"; } >nowhere.csv
run settle library --ledger nowhere.csv --output json
exits_with 0
complains '1 line is left out: commissioner: `Nowhere` is not a declared place'

# A ledger of another kind: another separator, or without a column.
tr , ';' <ledger.csv >semicolons.csv
run settle library --ledger semicolons.csv --output json
exits_with 0
complains 'no line of the ledger is known to be covered by an agreement'
complains 'the file has no column for `supplied`, `commissioner`, `provider`, `drug`, `quantity`, `unit_price`, `market_price`, `approval_cost`, which the agreements ask for'
cut -d, -f1-6,8- ledger.csv >without_price.csv
run settle library --ledger without_price.csv --output json
exits_with 0
complains 'without_price.csv: warning: the file has no column for `unit_price`, which the agreements ask for'

# Nothing that an agreement covers.
head -1 ledger.csv >empty.csv
run settle library --ledger empty.csv
exits_with 0
prints "No line of the ledger is covered by an agreement."
# For a program that is said too: an empty file would be as one that could not be written.
run settle library --ledger empty.csv --output none.json
exits_with 0
equal "$(cut -d, -f1 none.json)" '{"settlements": []' "a statement of nothing"
run settle library --ledger ledger.csv --settled none.json --output json
exits_with 0
same_bytes out whole.json
run settle library --ledger empty.csv --settled none.json --output json
exits_with 0
same_bytes out none.json
run settle library --ledger ledger.csv --from 2030-01 --output json
exits_with 0
prints '{"settlements": [], "part": ["--from 2030-01-01"], "library": "'
cp out part.json
run settle library --ledger ledger.csv --settled part.json
exits_with 2
complains 'part.json:1: the line is of a part of what was settled (--from 2030-01-01)'
run settle library --ledger empty.csv --with-drafts --agreement infliximab --output json
exits_with 0
cp out part.json
run settle library --ledger ledger.csv --settled part.json
exits_with 2
complains '`part.json` was settled without `sefton.adalimumab`: without the rest'

# Whatever names a party, what was written of it is read back, and it is found by what is written of it.
party_of() { # TYPE VALUE PLAIN: a party of that type, its value in the ledger, and as statements have it
  rm -rf party && mkdir party
  cat >party/a.policy <<END
library parties
places { England { SouthSefton ods:01T } }
record Line { id text  on date  payer $1  provider text  saved money }
agreement gain on Line {
  source "Paper"
  between provider and payer
  covers saved > £0
  dated by on
  period 2019-01-01 to 2019-12-31
  saving saved
  share payer 50%, provider 50%
  settle monthly rounded to 1p half even
}
END
  printf '{"id": "1", "on": "2019-01-05", "payer": "%s", "provider": "A", "saved": 10.01}\n' "$2" >party.ndjson
  run settle party --ledger party.ndjson --output party.json
  exits_with 0
  equal "$(grep -o '"parties": {[^}]*}' party.json)" "\"parties\": {\"provider\": \"A\", \"payer\": \"$3\"}" "a party of type $1"
  run settle party --ledger party.ndjson --settled party.json --output json
  exits_with 0
  equal "$(grep -o '"difference": "[^"]*"' out | sort | uniq -c | tr -s ' ')" ' 3 "difference": "0.00"' "differences, by a party of type $1"
  run settle party --ledger party.ndjson --party "payer=$2" --output json
  exits_with 0
  same_bytes out party.json
  # The share that is written first has the odd penny, though its party is named last.
  prints '{"party": "payer", "share": "50%", "amount": "5.01"'
}
party_of text 'Royal, ods:RXA' 'Royal, ods:RXA'
party_of text '£12' '£12'
party_of 'code ods' RVY RVY
party_of 'code icd10' A00.1 A00.1
party_of 'code dmd' 322236009 322236009
party_of place SouthSefton SouthSefton
party_of place 01T SouthSefton
party_of 'one of icb, trust' icb icb
party_of 'one of icb, trust' trust trust
party_of 'one of "NHS trust", "ods:RXA", "£5"' 'NHS trust' 'NHS trust'
party_of 'one of "NHS trust", "ods:RXA", "£5"' ods:RXA ods:RXA
party_of 'one of "NHS trust", "ods:RXA", "£5"' £5 £5

finish
