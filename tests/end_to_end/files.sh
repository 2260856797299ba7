#!/usr/bin/env bash
# The files that commands read and write: none is written over while it is read, lists that join no record, encodings.
source "$(dirname "$0")/common.sh" "$@"
cd "$work" || exit 1

mkdir library
cat >library/scans.policy <<'POLICY'
library example

record Scan {
  id         text
  started    date
  ward       text
  approval   text
  episodes   list of Episode
}

record Episode {
  on        date
  ward      text
}

record Approval {
  approval  text
  ward      text
}

relate approvals on Scan: a in Approval where a.approval = approval

policy scans "Scans" on Scan {
  category   threshold
  status     adopted
  source     "Commissioning policy 2019/20"
  effective  2019-04-01
  dated by   started

  refuse when (count of e in episodes where e.ward = ward) > 1   "Seen twice on the ward"
  approve when any a in approvals where a.ward = ward          "Approved on the ward"
  otherwise review "A person decides"
}
POLICY
run check library
exits_with 0
cat >scans.csv <<'RECORDS'
id,started,ward,approval
7,2019-05-01,Café,AC-1
8,2019-05-01,Café,AC-2
RECORDS
printf 'id,on,ward\n7,2019-04-01,Café\n7,2019-04-02,Café\n8,2019-04-01,Café\n' >episodes.csv
printf 'approval,ward\nAC-1,Café\nAC-2,Café\n' >approvals.csv
echo '# nothing is said' >scans.map
run decide library scans.csv --register approvals.csv --list episodes=episodes.csv --map scans.map --output results.csv
exits_with 0
equal "$err" "" "standard error"
equal "$(cut -d, -f1,8 results.csv | tr '\n' ' ')" "id,outcome 7,refuse 8,approve " "outcomes"

# What is read is not written, by whatever name, and stays as it was.
mkdir kept
cp scans.csv episodes.csv approvals.csv scans.map kept
ln -s scans.csv linked.csv
ln approvals.csv joined.csv
for output in scans.csv ./library/../scans.csv linked.csv episodes.csv approvals.csv joined.csv scans.map; do
  run decide library scans.csv --register approvals.csv --list episodes=episodes.csv --map scans.map --output "$output"
  exits_with 2
  is_silent
  complains "\`$output\` is read by this command, and cannot be written too"
done
for file in kept/*; do same_bytes "$file" "${file#kept/}"; done
run decide library - --format csv --register approvals.csv --output scans.csv <scans.csv
exits_with 2
complains '`scans.csv` is read by this command'
same_bytes kept/scans.csv scans.csv
# Standard output, where it is one of them.
"$proviso" decide library scans.csv --register approvals.csv >>scans.csv 2>err
code=$? err=$(cat err) out=
exits_with 2
complains 'standard output is `scans.csv`, which is read by this command'
same_bytes kept/scans.csv scans.csv
printf '{"id": 1, "expression": "1 + 1"}\n' >sums.ndjson
cp sums.ndjson kept
timeout 10 "$proviso" eval --batch sums.ndjson >>sums.ndjson 2>err
code=$? err=$(cat err) out=
exits_with 2
complains 'standard output is `sums.ndjson`, which is read by this command'
same_bytes kept/sums.ndjson sums.ndjson
# An older result may be written again, and what is no file, as often as wanted.
run decide library scans.csv --register approvals.csv --output results.csv
exits_with 0
run decide library scans.csv --register approvals.csv --output /dev/null
exits_with 0
run decide library /dev/null --format csv --output /dev/null
exits_with 3
run diff library library --cases scans.csv --register approvals.csv --list episodes=episodes.csv --html episodes.csv
exits_with 2
complains '`episodes.csv` is read by this command'
run diff library library --cases scans.csv --register approvals.csv --html scans.csv
exits_with 2
run diff library library --cases random:3 --list episodes=episodes.csv --write-cases episodes.csv
exits_with 2
complains '`episodes.csv` is read by this command'
for file in kept/*.csv; do same_bytes "$file" "${file#kept/}"; done

# Blanks round what joins mean nothing.
printf 'id,started,ward,approval\n 7,2019-05-01,Caf\303\251 ,AC-1\302\240\n8 ,2019-05-01,\302\240Café,"AC-2\n"\n9,2019-05-01,\302\240, \n' >blanks.csv
printf 'id,on,ward\n7 ,2019-04-01,Café \n\302\2407,2019-04-02, Café\n' >blank_episodes.csv
printf 'approval,ward\nAC-1 ,Café\n AC-2, Café\n' >blank_approvals.csv
run decide library blanks.csv --register blank_approvals.csv --list episodes=blank_episodes.csv --output results.csv
exits_with 0
equal "$err" "" "standard error"
equal "$(cut -d, -f1,8,12 results.csv | tr '\n' ' ')" "id,outcome,needs 7,refuse, 8,approve, 9,information needed,approval " \
  "outcomes and needs"

# Rows of a list that are of no record are told, once a list.
printf 'id,on,ward\n7,2019-04-01,Café\n7.0,2019-04-02,Café\nzzz,2019-04-01,Café\n' >stray.csv
run decide library scans.csv --register approvals.csv --list episodes=stray.csv --threads 2 --output results.csv
exits_with 0
equal "$err" 'stray.csv: warning: 2 rows of the list `episodes` join no record: the first is in line 3, with the id `7.0`' "standard error"
equal "$(sed -n 2p results.csv | cut -d, -f8)" approve "outcome"
printf 'id,on,ward\n9,2019-04-01,Café\n' >stray.csv
run diff library library --cases scans.csv --register approvals.csv --list episodes=stray.csv
exits_with 0
equal "$err" 'stray.csv: warning: 1 row of the list `episodes` joins no record: it is in line 2, with the id `9`' "standard error"
run decide library scans.csv --list episodes=episodes.csv --list episodes=stray.csv
exits_with 2
is_silent
complains '--list episodes=stray.csv: the list `episodes` is given already, in `episodes.csv`'
run decide library scans.csv --register approvals.csv --list nothere=episodes.csv
exits_with 2
is_silent
complains '--list nothere: `Scan` has no list `nothere`'

# A row of a list that cannot be read leaves the list of its record incomplete, and one that does not say whose it is
# the lists of all; the records are decided. A blank line is no row.
printf 'id,on,ward\n7,2019-04-01,Café\n7,2019-04-02\n8,2019-04-01,Café\n\n' >damaged.csv
run decide library scans.csv --register approvals.csv --list episodes=damaged.csv --explain full
exits_with 3
equal "$err" 'damaged.csv:3: error[P0902]: found 2 cells, expected 3
damaged.csv: 1 row of the list `episodes` could not be read: the lists that it may be of count as incomplete' "standard error"
equal "$(outcomes out | tr '\n' '/')" "information needed/approve/" "outcomes"
prints '`episodes`: line 3 of its file cannot be read'
printf 'id,on,ward\n7,2019-04-01,Café\n,2019-04-02,Café\n' >damaged.csv
run decide library scans.csv --register approvals.csv --list episodes=damaged.csv
exits_with 3
complains 'damaged.csv:3: error[P0902]: the row has no id: it may be of any record'
equal "$(outcomes out | tr '\n' '/')" "information needed/information needed/" "outcomes"
equal "$(grep -c '`episodes`: line 3 of its file does not say of which record it is' out)" 2 "notes"
run diff library library --cases scans.csv --register approvals.csv --list episodes=damaged.csv
exits_with 3
complains 'damaged.csv:3: error[P0902]: the row has no id: it may be of any record'

# A quote that is never closed where it should be spoils its own line, however the file comes.
printf 'id,started,ward,approval\n6,2019-05-01,Café,"AC-1\n7,2019-05-01,Café,AC-1\n8,2019-05-01,5" Café,"AC-2"\n9,2019-05-01,Café,"AC-2"\n' \
  >quotes.csv
run decide library quotes.csv --register approvals.csv --list episodes=episodes.csv --threads 2
exits_with 3
cp out quotes.ndjson
equal "$(grep -o '"line": [0-9]*' out | tr '\n' '/')" '"line": 2/"line": 3/"line": 4/"line": 5/' "lines"
prints '{"id": "6", "line": 2, "error": {"code": "P0902", "field": null, "message": "a quote is never closed'
complains 'quotes.csv: 1 of 4 records could not be read'
run decide library --format csv - --register approvals.csv --list episodes=episodes.csv < <(cat quotes.csv)
exits_with 3
same_bytes out quotes.ndjson

# The encoding is that of lists and registers too, each by itself.
iconv -f UTF-8 -t WINDOWS-1252 episodes.csv >episodes_1252.csv
iconv -f UTF-8 -t WINDOWS-1252 approvals.csv >approvals_1252.csv
run decide library scans.csv --register approvals.csv --list episodes=episodes_1252.csv
exits_with 3
complains 'a file of Windows-1252 is read with `--encoding windows-1252`'
run decide library scans.csv --register approvals_1252.csv --list episodes=episodes_1252.csv --encoding windows-1252 \
  --output results.csv
exits_with 0
equal "$err" "" "standard error"
equal "$(cut -d, -f1,8 results.csv | tr '\n' ' ')" "id,outcome 7,refuse 8,approve " "outcomes"
echo '{"id": "8", "started": "2019-05-01", "ward": "Café", "approval": "AC-2", "episodes": []}' >scan.ndjson
run decide library scan.ndjson --register approvals_1252.csv --encoding windows-1252
exits_with 0
equal "$(outcomes out)" approve "outcome"
run decide library scan.ndjson --encoding windows-1252
exits_with 2
complains "--encoding"

# Records that are no CSV have their lists in them.
run decide library scan.ndjson --list episodes=episodes.csv
exits_with 2
complains '--list episodes=episodes.csv: lists are joined to records in CSV'
run diff library library --cases scan.ndjson --list episodes=episodes.csv
exits_with 2
complains '--list episodes=episodes.csv: lists are joined to records in CSV'

finish
