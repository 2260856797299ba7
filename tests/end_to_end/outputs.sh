#!/usr/bin/env bash
# What commands write: whole or not at all, with no more rights than before, and never over what they read.
source "$(dirname "$0")/common.sh" "$@"
cd "$work" || exit 1

mkdir -p library/tables library/hooks
cat >library/scans.policy <<'POLICY'
library example

record Scan {
  id       text
  started  date
  ward     text
}

table ward_limits(ward text) -> number from "tables/limits.csv"

hook wards.listed(ward text) -> yes/no from "hooks/wards.lua"

policy scans "Scans" on Scan {
  source     "Commissioning policy 2019/20"
  effective  2019-04-01
  dated by   started
  refuse when ward_limits(ward) > 1   "Too many on the ward"
  approve when hook wards.listed(ward) "A ward"
  otherwise review "A person decides"
}
POLICY
printf 'ward,value\nA,1\nB,2\n' >library/tables/limits.csv
echo 'return { listed = function(ward) return ward == "A" end }' >library/hooks/wards.lua
printf 'fhir mapping to Scan\n' >library/scan.fhir
echo 'what the folder is' >library/notes.txt
run check library
exits_with 0
printf 'id,started,ward\n7,2019-05-01,A\n8,2019-05-01,B\n' >scans.csv
cp -r library library_before

# Nothing of a library is written over: policies, tables, hooks and mappings, by whatever name.
ln -s library/scans.policy linked.csv
for output in library/scans.policy library/tables/limits.csv library/hooks/wards.lua library/scan.fhir linked.csv; do
  for given in library library/scans.policy; do
    [ "$given" = library ] || [ "$output" != library/scan.fhir ] || continue
    run decide "$given" scans.csv --output "$output"
    exits_with 2
    complains "\`$output\` is read by this command, and cannot be written too"
    for option in --html --junit; do
      run test "$given" "$option" "$output"
      exits_with 2
      complains "\`$output\` is read by this command"
    done
    run diff "$given" library_before --html "$output"
    exits_with 2
    complains "\`$output\` is read by this command"
  done
done
for output in library/tables/limits.csv linked.csv; do
  run settle library --ledger scans.csv --output "$output"
  exits_with 2
  complains "\`$output\` is read by this command"
done
run diff library_before library --cases random:3 --write-cases library/scans.policy
exits_with 2
complains "\`library/scans.policy\` is read by this command"
# Also where the library has errors: their report goes somewhere else too.
echo 'library broken {' >library/broken.policy
run test library --junit library/broken.policy
exits_with 2
complains "\`library/broken.policy\` is read by this command"
rm library/broken.policy
equal "$(diff -r library library_before)" "" "the library, after all that"
# What stands in the folder and is no part of the library may be written again.
run decide library scans.csv --output library/notes.txt
exits_with 0
equal "$(wc -l <library/notes.txt)" 2 "results in the folder of the library"

# A file is written whole, or stays as it was; no other file is in the way or is lost.
echo 'somebody else has this' >results.csv.part
echo 'before' >results.csv
run decide library /dev/null --format csv --output results.csv
exits_with 3
complains '`results.csv` is not written: results are missing'
equal "$(cat results.csv)" before "results that there are none of"
run decide library scans.csv --output results.csv
exits_with 0
equal "$(cut -d, -f1,8 results.csv | tr '\n' ' ')" "id,outcome 7,approve 8,refuse " "outcomes"
equal "$(cat results.csv.part)" 'somebody else has this' "a file of another name"
run decide library scans.csv --output no_such_folder/results.csv
exits_with 2
complains '`no_such_folder/results.csv` cannot be written'
run decide library scans.csv --output library
exits_with 2
complains '`library` cannot be written'
equal "$(find . -name '*.part*')" ./results.csv.part "what was put aside"

# Who may read and write it stays as it was.
for rights in 600 640 666; do
  chmod $rights results.csv
  run decide library scans.csv --output results.csv
  exits_with 0
  equal "$(stat -c %a results.csv)" $rights "rights"
done
rm results.csv
(umask 027 && "$proviso" decide library scans.csv --output results.csv)
equal "$(stat -c %a results.csv)" 640 "rights of a new file"

# A link stays one, also one to a file that is not there yet; a pipe is written to.
for there in yes no; do
  mkdir -p elsewhere
  rm -f elsewhere/results.csv
  [ $there = no ] || echo before >elsewhere/results.csv
  ln -sf elsewhere/results.csv to_results.csv
  run decide library scans.csv --output to_results.csv
  exits_with 0
  equal "$(readlink to_results.csv)" elsewhere/results.csv "a link"
  same_bytes results.csv elsewhere/results.csv
done
mkfifo pipe.csv
timeout 20 cat pipe.csv >piped.csv &
run decide library scans.csv --output pipe.csv
exits_with 0
wait $!
same_bytes results.csv piped.csv
for command in "test library --junit" "test library --html" "diff library library --html"; do
  echo before >report
  chmod 600 report
  # shellcheck disable=SC2086
  run $command report
  exits_with 0
  equal "$(stat -c %a report)" 600 "rights of a report"
  [ "$(cat report)" != before ] || fail "the report is not written"
done
equal "$(find . -name '*.part*')" ./results.csv.part "what was put aside"

finish
