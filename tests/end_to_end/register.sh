#!/usr/bin/env bash
# The register as a file, and the commands that look at it: register.sh PROGRAM REGISTER_WRITER
source "$(dirname "$0")/common.sh" "$@"
writer=$(realpath "$2")
source "$here/register_common.sh"
kept=$work/register.db

# What is not there is not made.
run verify "$kept"
exits_with 2
complains "there is no register \`$kept\`"
run authorisations "$kept"
exits_with 2
run replay "$root/policies" --register "$kept"
exits_with 2
complains "there is no register \`$kept\`"
[ ! -e "$kept" ] || fail "a register was made by looking for it"
echo "notes" >"$work/notes.txt"
run verify "$work/notes.txt"
exits_with 2
complains "file is not a database"
equal "$(cat "$work/notes.txt")" notes "a file that is no register"

"$writer" "$kept" write 0
run verify "$kept"
exits_with 0
equal "$out" "0 entries, no faults" "an empty register"
run authorisations "$kept"
exits_with 0
equal "$out" "id,authorisation_code,patient.nhs_number,procedure,molecule,provider,decision,decided,valid_from,valid_to,uses,retrospective" \
  "the header of an empty register"

# Referrals with an even number are for H51.1, those with an odd one for S06.5.
"$writer" "$kept" write 4 >"$work/written"
code() { awk -v referral="$1" '$3 == referral { print $4 }' "$work/written"; }
"$writer" "$kept" withdraw "$(code R2)" || fail "a code that cannot be withdrawn"
sound "$kept"
equal "$(wc -l <"$work/listed")" 4 "entries"
run authorisations "$kept" --format csv
exits_with 0
equal "$(sed 1d "$work/out")" "$(code R0),$(code R0),9990000018,H51.1,,R1H,granted,2019-04-01,2019-04-01,2020-03-31,1,no
$(code R1),$(code R1),9990000018,S06.5,,R1H,granted,2019-04-01,2019-04-01,2020-03-31,1,no
$(code R2),$(code R2),9990000018,H51.1,,R1H,declined,2019-04-01,2019-04-01,2020-03-31,1,no
$(code R3),$(code R3),9990000018,S06.5,,R1H,granted,2019-04-01,2019-04-01,2020-03-31,1,no" "the export"
run authorisations "$kept" --format json
exits_with 0
prints '{"id":"'"$(code R0)"'","authorisation_code":"'"$(code R0)"'","patient":{"nhs_number":"9990000018"},"procedure":"H51.1","provider":"R1H","decision":"granted","decided":"2019-04-01","valid_from":"2019-04-01","valid_to":"2020-03-31","uses":1,"retrospective":false}'
equal "$(wc -l <"$work/out")" 4 "lines of JSON"

# Payments read it: in both forms, by the contract that asks for a code.
cat >"$work/lines.csv" <<LINES
id,authorisation_code,patient.nhs_number,provider,commissioner,procedure,diagnosis,point_of_delivery,started,admitted,admission_method,price,contract_status
right,$(code R0),9990000018,R1H,SouthSefton,H51.1,I84.2,day_case,2019-06-01,2019-06-01,11,500,contracted
wrong_procedure,$(code R1),9990000018,R1H,SouthSefton,H51.1,I84.2,day_case,2019-06-02,2019-06-02,11,500,contracted
withdrawn,$(code R2),9990000018,R1H,SouthSefton,H51.1,I84.2,day_case,2019-06-03,2019-06-03,11,500,contracted
someone_else,$(code R0),9990000026,R1H,SouthSefton,H51.1,I84.2,day_case,2019-06-04,2019-06-04,11,500,contracted
late,$(code R3),9990000018,R1H,SouthSefton,S06.5,I84.2,day_case,2020-04-01,2020-04-01,11,500,contracted
made_up,PA-00000-00000-00000-00000,9990000018,R1H,SouthSefton,H51.1,I84.2,day_case,2019-06-05,2019-06-05,11,500,contracted
LINES
for form in csv ndjson; do
  run authorisations "$kept" --output "$work/authorisations.$form"
  exits_with 0
  is_silent
  run decide "$root/policies" "$work/lines.csv" --record Activity --policy sefton.contract.no_code_no_payment \
    --register "$work/authorisations.$form"
  exits_with 0
  equal "$err" "" "what was complained of"
  equal "$(sed -E 's/^\{"id": "([a-z_]+)".*"clause": "([a-z_]+)".*/\1 \2/' "$work/out" | sort)" \
    "late expired
made_up not_issued
right otherwise
someone_else someone_else
withdrawn not_issued
wrong_procedure another_procedure" "what the contract makes of the lines, by $form"
done

# A file is written whole or not at all.
run authorisations "$kept" --output "$work/no_such_folder/authorisations.csv"
exits_with 2
complains "cannot be written"
# Never over the register, nor over what SQLite keeps beside it.
cp "$kept" "$work/before.db"
for output in "$kept" "$kept-wal"; do
  [ -e "$output" ] || : >"$output"
  run authorisations "$kept" --output "$output"
  exits_with 2
  is_silent
  complains "\`$output\` is read by this command, and cannot be written too"
done
[ -s "$kept-wal" ] || rm -f "$kept-wal"
same_bytes "$work/before.db" "$kept"
# With the rights that it had, and over no other file.
echo "somebody else's" >"$work/kept.csv.part"
: >"$work/kept.csv"
chmod 600 "$work/kept.csv"
run authorisations "$kept" --output "$work/kept.csv"
exits_with 0
equal "$(stat -c %a "$work/kept.csv")" 600 "rights"
equal "$(cat "$work/kept.csv.part")" "somebody else's" "a file of another name"
rm "$work/kept.csv.part"
equal "$(find "$work" -name '*.part*')" "" "what was put aside"

# Somebody who can write to the file behind the register's back. The digests are found out, not the text told.
forged=$work/forged.db
cp "$kept" "$forged"
sed -i 's/"procedure": "H51.1"}/"procedure": "H51.2"}/' "$forged"
run verify "$forged"
exits_with 1
prints "entry 1: its text was changed"
prints "4 entries, "
prints_not "H51"

echo "A writer that is ended without warning"
killed_in_the_middle "$work/killed.db" 1.5 1 0.7 0.4

echo "Two programs that write to one file at the same time, and for the same referrals"
shared=$work/shared.db
two_at_the_same_time "$shared"

finish
