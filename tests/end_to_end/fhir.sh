#!/usr/bin/env bash
# Referrals as FHIR resources: bundles, a bundle a line, several requests, notes, and mappings with errors.
source "$(dirname "$0")/common.sh" "$@"
fhir=$root/examples/fhir
decide() { run decide "$root/policies" --record Referral --format fhir "$@"; }
cd "$work" || exit 1

# The examples: with its measurements a hip replacement is approved, without the BMI that is asked for, and no more.
decide "$fhir/hip_replacement.json"
exits_with 0
equal "$(outcomes out)" approve "hip replacement"
prints '{"id": "000000000018", "record": "Referral", "line": 1, "outcome": "approve"'
prints '"policy": "llr.arp.hip_knee_replacement", "version": "2018-12-01", "place": "WestLeicestershire", "on": "2019-10-15"'
prints '{"name": "patient.bmi", "value": "31 kg/m2", "on": "2019-09-30"}'
equal "$err" "" "standard error"
decide "$fhir/hip_replacement_without_bmi.json"
exits_with 0
equal "$(outcomes out)" "information needed" "hip replacement without BMI"
prints '"needs": [{"fact": "patient.bmi", "ask": "What is the patient'"'"'s BMI, and when was it measured?"'
decide "$fhir/tonsillectomy.json"
equal "$(outcomes out)" approve "tonsillectomy"

# What JSON input says of the same referral, FHIR says.
grep -o '"because": .*' out >from_fhir
run decide "$root/policies" --record Referral "$root/examples/referral_tonsillectomy.json"
grep -o '"because": .*' out >from_json
same_bytes from_fhir from_json

# A bundle a line; the results are the same with several threads.
decide "$fhir/referrals.ndjson"
exits_with 0
equal "$(outcomes out | tr '\n' ' ')" "information needed approve " "outcomes of lines"
equal "$(line_numbers out | tr '\n' ' ')" "1 2 " "lines"
cp out one_thread
decide --threads 4 "$fhir/referrals.ndjson"
same_bytes out one_thread

# A BMI without its unit, and one of another patient: unknown, and a note without any value.
sed 's/"unit": "kilogram .*$/"x": 1/; s/"system": "http:\/\/unitsofmeasure.org",$/"y": 1,/; s/"code": "kg\/m2"/"z": 1/' \
  "$fhir/hip_replacement.json" >no_unit.json
sed -i '/"x": 1/s/$/,/' no_unit.json
decide no_unit.json
equal "$(outcomes out)" "information needed" "BMI without unit"
prints '"notes": ["`patient.bmi`: the newest Observation has no unit"]'
prints_not "33.4"

# Several requests in one bundle are several records; a resource alone is one.
cat >two.json <<'END'
{"resourceType": "Bundle", "type": "batch", "entry": [
  {"resource": {"resourceType": "ServiceRequest", "id": "first", "subject": {"reference": "Patient/1"}}},
  {"resource": {"resourceType": "ServiceRequest", "id": "second", "subject": {"reference": "Patient/1"}}}]}
END
decide two.json
exits_with 0
prints '{"id": "first", "record": "Referral", "line": 1,'
prints '{"id": "second", "record": "Referral", "line": 1,'
printf '{"resourceType": "ServiceRequest", "id": "alone"}' >alone.json
decide alone.json
prints '{"id": "alone", '
decide - <alone.json
prints '{"id": "alone", '

# A request of nobody, in a bundle of two patients.
printf '%s\n' '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "ServiceRequest", "id": "r"}},
  {"resource": {"resourceType": "Patient", "id": "1"}}, {"resource": {"resourceType": "Patient", "id": "2"}}]}' >nobodys.json
decide nobodys.json
exits_with 0
complains "nobodys.json: warning: there are several patients"

# What is not JSON is an error of its line, and the others are decided.
{
  echo '{"resourceType": "Bundle",'
  cat "$fhir/referrals.ndjson"
  echo '{"resourceType": "Patient", "id": "1", "id": "2"}'
} >flawed.ndjson
decide flawed.ndjson
exits_with 3
equal "$(outcomes out | tr '\n' ' ')" "error information needed approve error " "outcomes of flawed lines"
prints '"error": {"code": "P0902", "field": null, "message": "not JSON of FHIR: an object has a key twice"}'
complains "2 of 4 records could not be read"

# Another mapping, its errors, and a library without one.
cat >own.fhir <<'END'
record Referral
procedure = ServiceRequest.category
END
decide --map own.fhir "$fhir/hip_replacement.json"
exits_with 0
equal "$(outcomes out | grep -c approve)" 0 "approvals by another mapping"
printf 'record Referral\npatient.bmo = Observation(snomd:60621009).valueQuantity\n' >wrong.fhir
decide --map wrong.fhir "$fhir/hip_replacement.json"
exits_with 2
complains 'wrong.fhir:2:1: error: `Referral` has no fact `patient.bmo`; did you mean `patient.bmi`?'
run decide "$root/examples/mapping/drug_lines.policy" --record DrugLine --format fhir "$fhir/hip_replacement.json"
exits_with 2
complains 'the library has no `.fhir` file for `DrugLine`'
decide --map no_such.fhir "$fhir/hip_replacement.json"
exits_with 2
complains '`no_such.fhir` cannot be read'
decide no_such.json
exits_with 2

finish
