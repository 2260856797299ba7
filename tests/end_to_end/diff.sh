#!/usr/bin/env bash
# What changes between two libraries: in their words, on cases from files, on drawn cases, and between revisions of git.
source "$(dirname "$0")/common.sh" "$@"
cd "$work" || exit 1

# page_has TEXT
page_has() {
  checks=$((checks + 1))
  grep -qiF "$1" page.html || fail "expected in the page: $1"
}
page_stands_alone() {
  checks=$((checks + 1))
  ! grep -qE '<script|<link|src=|@import' page.html || fail "the page needs something else"
}
prints_a_seed() {
  checks=$((checks + 1))
  [[ $out =~ drawn\ .*--seed\ [0-9]+ ]] || fail "expected the seed on standard output"
}

old=$root/tests/golden/diffs/old
new=$root/tests/golden/diffs/new

# A library against itself, and against a copy with another comment.
run diff "$old" "$old"
exits_with 0
prints 'nothing changed: both are the same, word for word'
cp -r "$old" copy
sed -i '1s/.*/# Other words./' copy/places.policy
run diff "$old" copy
exits_with 0
prints 'nothing that the policies say changed'
run diff "$old" copy --cases random:500 --seed 3 --draw-all
exits_with 0
prints "none of 500 cases changed"

# One step of one limit: said once, found by cases of a file, in every form of it.
cp -r "$old" step
sed -i 's/^  40       from/  39       from/' step/places.policy
record() { # ID PLACE BMI
  printf '{"id": "%s", "procedure": "W37.1", "commissioner": "%s", "referred": "2019-11-01", "bmi": %s, ' "$1" "$2" "$3"
  printf '"smoking": "never", "conservative_months": 4, "oxford_hip_score": 12, "night_pain": true, "limps": false, '
  printf '"decision_aid_completed": true}\n'
}
{
  record A Bedfordshire 40
  record B Bedfordshire 39
  record C Luton 36
  record D MiltonKeynes 39.5
  record E Bedfordshire 41
} >cases.ndjson
run diff "$old" step --cases cases.ndjson
exits_with 1
prints 'threshold max_bmi'
prints 'read by example.hips.hip_replacement (bmi)'
prints 'everywhere from 2019-04-01  40 kg/m2  39 kg/m2'
equal "$(grep -c '^threshold' out)" 1 "thresholds that changed"
prints "the records' outcomes: 2 of 5 cases changed (40.0%)"
prints 'approve -> refuse: 2 cases, 40.0%'
prints 'cases: A (line 1), D (line 4)'
prints '2 because bmi "BMI is within the limit" yes -> no (max_bmi 40 kg/m2 -> 39 kg/m2)'
prints 'no change in: Luton (1)'
cp out first.txt
for threads in 1 2 7; do
  run diff "$old" step --cases cases.ndjson --threads $threads
  same_bytes out first.txt
done
# The other way round every table is turned over.
run diff step "$old" --cases cases.ndjson
exits_with 1
prints 'refuse -> approve: 2 cases, 40.0%'
prints 'bmi "BMI is within the limit" no -> yes (max_bmi 39 kg/m2 -> 40 kg/m2)'

# The same cases as JSON, CSV and on standard input.
{ echo '['; paste -sd, cases.ndjson; echo ']'; } >cases.json
{
  echo id,procedure,commissioner,referred,bmi,smoking,conservative_months,oxford_hip_score,night_pain,limps,decision_aid_completed
  echo A,W37.1,Bedfordshire,2019-11-01,40,never,4,12,yes,no,yes
  echo B,W37.1,Bedfordshire,2019-11-01,39,never,4,12,yes,no,yes
  echo C,W37.1,Luton,2019-11-01,36,never,4,12,yes,no,yes
  echo D,W37.1,MiltonKeynes,2019-11-01,39.5,never,4,12,yes,no,yes
  echo E,W37.1,Bedfordshire,2019-11-01,41,never,4,12,yes,no,yes
} >cases.csv
for form in json csv; do
  run diff "$old" step --cases cases.$form
  exits_with 1
  prints "2 of 5 cases changed (40.0%)"
  prints 'max_bmi 40 kg/m2 -> 39 kg/m2'
done
run diff "$old" step --cases - <cases.ndjson
exits_with 1
prints 'from standard input'
prints "2 of 5 cases changed"
# CSV counts its heading; otherwise both say the same.
"$proviso" diff "$old" step --cases cases.csv --format json | sed 's/"line": [0-9]*//g; s/cases\.csv//' >csv.json
"$proviso" diff "$old" step --cases cases.ndjson --format json | sed 's/"line": [0-9]*//g; s/cases\.ndjson//' >ndjson.json
same_bytes csv.json ndjson.json
# A file that is not there is named.
run diff "$old" step --cases nosuch.csv
exits_with 2
complains '`nosuch.csv`: No such file or directory'

# Parts of it: a policy, a place, a day.
run diff "$old" "$new" --policy decision_aid
prints 'only the policy decision_aid'
prints 'codes hips'
prints_not 'max_bmi'
run diff "$old" step --in Luton --cases cases.ndjson
prints 'none of 1 case changed'
run diff "$old" step --on 2019-03-31
exits_with 0
prints 'nothing that the policies say changed'
run diff "$old" step --on 2019-11-01 --cases cases.ndjson --first 1
exits_with 1
prints 'first cases: A (line 1)'
prints_not 'D (line 4)'

# Lines that cannot be read are counted for each library, and the others are compared.
{ cat cases.ndjson; echo '{"id": "F", "bmi": "fat"}'; echo '{'; } >broken.ndjson
run diff "$old" step --cases broken.ndjson
exits_with 3
prints '2 records could not be read by'
prints 'approve -> refuse: 2 cases'
complains 'broken.ndjson:6: error[P0901]'
complains '2 of 7 records could not be read'
# A field that one of the libraries has not is no error.
sed 's/"limps"/"falls": 1, "limps"/' cases.ndjson >falls.ndjson
run diff "$old" "$new" --cases falls.ndjson
exits_with 1
complains "the field \`falls\` is not declared for \`Referral\` by \`$old\`"
prints 'in Bedfordshire from 2020-01-01'

# An id acts on no terminal, and a long one is cut.
long=$(printf 'L%.0s' {1..200})
{ record 'A\u001b[2J\u202e' Bedfordshire 40; record "$long" Bedfordshire 40; } >ids.ndjson
run diff "$old" step --cases ids.ndjson --html page.html
exits_with 1
prints_not $'\e'
prints_not $'\xe2\x80\xae'
prints $'A\xef\xbf\xbd[2J\xef\xbf\xbd (line 1)'
prints_not "${long:0:61}"
equal "$(grep -c $'\xe2\x80\xae' page.html)" 0 "marks in the page that turn text around"
# Where no case could be read, none is said to be as it was.
: >empty.csv
run diff "$old" step --cases empty.csv --html page.html
exits_with 3
prints 'no case was compared: the CSV file is empty'
prints_not 'none of 0 cases'
page_has 'No case was compared.'

# Drawn cases: the same seed draws the same, whatever the threads; what is kept gives the same tables.
run diff "$old" "$new" --cases random:3000 --seed 11 --threads 1 --format json --write-cases kept.ndjson
exits_with 1
cp out drawn.json
equal "$(wc -l <kept.ndjson)" 3000 "records kept"
run diff "$old" "$new" --cases random:3000 --seed 11 --threads 2 --format json
same_bytes out drawn.json
run diff "$old" "$new" --cases kept.ndjson --format json
tables_of() { sed 's/.*"cases": {"from": [^,]*, "seed": [^,]*//' "$1" | cksum; }
equal "$(tables_of out)" "$(tables_of drawn.json)" "the tables of the records that were kept"
prints '"before": "no such policy", "after": "approve"'
run diff "$old" step --cases random:400 --seed 5
exits_with 1
prints 'drawn around what changed, --seed 5'
prints 'approve -> refuse'
run diff "$old" step --cases random:10
prints_a_seed

# The page stands alone.
run diff "$old" "$new" --cases random:500 --seed 2 --html page.html
exits_with 1
for part in '<!doctype html>' '<svg' 'url(#hatched)' 'hip_replacement' '</html>'; do page_has "$part"; done
page_stands_alone

# Revisions.
mkdir -p repository/nested/policies
cp -r "$old"/* repository/nested/policies/
git_here() { git -c user.name=test -c user.email=test@example.org -c commit.gpgsign=false -C "$work/repository" "$@" >/dev/null 2>&1; }
git_here init -q -b main
git_here add -A
git_here commit -qm first
cp step/places.policy repository/nested/policies/places.policy
git_here commit -qam second
cd repository/nested || exit 1
run diff HEAD~1:policies policies --cases ../../cases.ndjson
exits_with 1
prints 'before  HEAD~1:policies'
prints "2 of 5 cases changed"
run diff HEAD~1:policies main:./policies
exits_with 1
prints '40 kg/m2  39 kg/m2'
run diff main:policies policies
exits_with 0
prints 'word for word'
cd .. || exit 1
run diff main:nested/policies nested/policies
exits_with 0
run diff main:nested/policies/places.policy nested/policies/places.policy
exits_with 0
run diff main:nested/policies/hips.policy nested/policies
prints_not 'there is no such file'
# What a symbolic link leads to in the revision.
mkdir -p linked elsewhere
cp nested/policies/*.* linked/ && cp -r nested/policies/hooks linked/ 2>/dev/null
mv linked/hips.policy elsewhere/hips.policy
ln -s ../elsewhere/hips.policy linked/hips.policy
git_here add -A
git_here commit -qm linked
run diff main:linked linked
exits_with 0
git_here rm -q elsewhere/hips.policy
git_here commit -qm broken_link
run diff main:linked nested/policies
exits_with 1
complains '`hips.policy` is a symbolic link to `../elsewhere/hips.policy`'
git_here reset -q --hard main~2
run diff :nested/policies nested/policies
exits_with 1
complains 'no revision stands before the colon'
run diff no_such:nested/policies nested/policies
exits_with 1
complains 'the library before, `no_such:nested/policies`: git knows no revision `no_such`'
run diff main:nested/policies main:elsewhere
exits_with 1
complains 'the library after, `main:elsewhere`: there is no `elsewhere` in revision `main`'
run diff --cases ../cases.ndjson -- --output=x:nested nested/policies
exits_with 1
complains 'git knows no revision'
# Errors name the file as it is in the revision, and nothing is left behind.
sed -i 's/bmi <= max_bmi/bmi <= max_bmi + 1 day/' nested/policies/hips.policy
git_here commit -qam broken
mkdir "$work/temporary"
export TMPDIR=$work/temporary
run diff main~1:nested/policies main:nested/policies
exits_with 1
complains 'main:nested/policies/hips.policy:'
complains 'the library after'
run diff main~1:nested/policies main~2:nested/policies
exits_with 1
equal "$(ls "$work/temporary")" "" "temporary files left"
equal "$(git -C "$work/repository" status --porcelain)" "" "changes in the repository"
unset TMPDIR
# Without git, or outside a repository.
cd "$work" || exit 1
mkdir empty
PATH=$work/empty "$proviso" diff main:policies "$old" >out 2>err
code=$?
err=$(cat err)
exits_with 1
complains 'git is not installed'
GIT_CEILING_DIRECTORIES=$(dirname "$work") run diff main:policies "$old"
exits_with 1
complains 'this is not inside a git repository'

# What other lines say is gathered for each library before the cases are decided: with 30 days line 2 follows line 1,
# with 28 it does not; and its authorisation is found by the reference, or by the NHS number.
mkdir -p window/old window/new
cat >window/old/a.policy <<'END'
library x
record Authorisation { reference text  nhs text }
record Activity { id text  started date  admitted date  discharged date  nhs text  reference text  charge money price }
relate earlier on Activity: e where e.nhs = nhs and e.discharged within 30 days before admitted
relate authorised on Activity: a in Authorisation where a.reference = reference
payment readmission "R" on Activity { source "S" effective 2018-04-01 dated by started
  withhold must w when any e in earlier "back"
  otherwise pay in full }
payment quoted "C" on Activity { source "S" effective 2018-04-01 dated by started
  pay in full when any a in authorised "authorised"
  otherwise withhold must }
END
sed 's/30 days/28 days/' window/old/a.policy >window/new/a.policy
printf '{"id":"%s","nhs":"A","reference":"%s","started":"%s","admitted":"%s","discharged":"%s","charge":10}\n' \
  1 R1 2019-04-01 2019-04-01 2019-04-01 2 R2 2019-04-30 2019-04-30 2019-04-30 >window/cases.ndjson
printf '{"reference":"R1","nhs":"A"}\n' >window/register.ndjson
for threads in 1 2; do
  run diff window/old window/new --cases window/cases.ndjson --register Authorisation=window/register.ndjson \
    --threads $threads --record Activity
  exits_with 1
  prints 'discharged within 30 days before'
  prints 'discharged within 28 days before'
  prints 'withhold -> pay: 1 case, 50.0%'
  prints 'no change in: x.quoted (2)'
done
sed 's/a.reference = reference/a.nhs = nhs/' window/old/a.policy >window/new/a.policy
run diff window/old window/new --cases window/cases.ndjson --register window/register.ndjson --record Activity
exits_with 1
prints 'withhold -> pay: 1 case, 50.0%'
run diff window/old window/new --cases random:50 --seed 1 --record Activity
exits_with 1
checks=$((checks + 1))
[[ $err != *P0903* ]] || fail "fields of drawn records are not declared"
run diff window/old window/new --cases random:50 --register window/register.ndjson
exits_with 2

# What a payment reads of other lines is read by it, and cases are drawn around it; what no policy reads is not.
mkdir -p brought/old brought/new
sed -e 's/charge money price/charge money price  flag yes\/no  paid yes\/no/' -e 's/any e in earlier/any e in earlier where e.flag/' \
  window/old/a.policy >brought/old/a.policy
sed 's/flag yes\/no/flag yes\/no assume yes/' brought/old/a.policy >brought/new/a.policy
run diff brought/old brought/new --cases random:50 --seed 1 --record Activity
prints 'read by x.readmission (w)'
prints 'drawn around what changed'
sed 's/paid yes\/no/paid yes\/no assume yes/' brought/old/a.policy >brought/new/a.policy
run diff brought/old brought/new --cases random:50 --seed 1 --record Activity
exits_with 1
prints_not 'read by'
prints 'drawn around all policies'
# What an agreement alone reads is none of the policies around which cases are drawn.
cat >brought/gain.policy <<'END'
agreement gain "G" on Activity { source "S"
  between nhs and reference  covers charge > £0  dated by started  period 2019-01-01 to 2019-12-31
  saving charge  share nhs 50%, reference 50%  settle monthly rounded to 1p half even
  target paid "P" among id met paid at least 90% by 2019-06-30 }
END
cat brought/gain.policy >>brought/old/a.policy
cat brought/gain.policy >>brought/new/a.policy
run diff brought/old brought/new --cases random:50 --seed 1 --record Activity
prints 'read by x.gain (target paid)'
prints 'drawn around all policies'
run diff "$old" step --cases cases.ndjson --register nowhere.csv
exits_with 2
complains 'asks for a register'

# Command lines that cannot be meant.
run diff "$old"
exits_with 2
run diff "$old" step --cases random:many
exits_with 2
complains '--cases random:N wants a number'
run diff "$old" step --cases nowhere.ndjson
exits_with 2
run diff "$old" step --cases cases.ndjson --seed 4
exits_with 2
run diff "$old" step --policy hip_replacment
exits_with 2
complains 'did you mean `hip_replacement`?'
for threads in 0 -1 257 100000; do
  run diff "$old" step --cases cases.ndjson --threads $threads
  exits_with 2
done
run diff "$old" step --in Narnia
exits_with 2
run diff "$old" step --cases cases.ndjson --record Patient
exits_with 2
complains 'has no record `Patient`'
run diff "$old" nowhere
exits_with 1
complains 'the library after, `nowhere`'

finish
