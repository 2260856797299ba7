#!/usr/bin/env bash
# Referrals as FHIR resources: bundles, a bundle a line, several requests, notes, lists that are known in part, mappings
# with errors; and the service asked in FHIR.
source "$(dirname "$0")/common.sh" "$@"
source "$here/service.sh"
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

# A request whose subject leads to nobody is not taken for the only patient's: the patient's facts are asked for, and the warning says why.
sed '/"subject": {/{n; s/"reference": ".*"/"reference": "#nobody"/; :rest n; b rest}' "$fhir/hip_replacement.json" >unclear.json
decide unclear.json
exits_with 0
equal "$(outcomes out)" "information needed" "a subject that leads to nobody"
complains "unclear.json: warning: the subject of the request cannot be followed to a patient"
prints_not "33.4"

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

# That a diagnosis is there is believed; that none other is, of a search for all of them alone.
cat >small.policy <<'END'
library small
record Referral { id text  referred date  procedure code opcs4  diagnoses list of code icd10 "Diagnoses" ask "Which diagnoses?" }
codes cancer icd10 { C00..C97 }
policy knee "Knee" on Referral {
  category threshold
  source "Paper"
  effective 2019-04-01
  dated by referred
  applies when procedure = opcs4:W85.1
  exempt cancer when any d in diagnoses where d in cancer "Cancer is not restricted"
  otherwise refuse
}
END
cat >small.fhir <<'END'
record Referral
referred  = ServiceRequest.authoredOn
procedure = ServiceRequest.code
diagnoses = Condition.code
END
condition() {
  printf '{"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/1"}, "code": {"coding": [
    {"system": "http://hl7.org/fhir/sid/icd-10", "code": "%s"}]}}}' "$1"
}
request='{"resource": {"resourceType": "ServiceRequest", "id": "1", "status": "active", "authoredOn": "2023-05-16",
  "subject": {"reference": "Patient/1"}, "code": {"coding": [{"system": "https://fhir.nhs.uk/Id/opcs-4", "code": "W85.1"}]}}}'
by_patient='"link": [{"relation": "self", "url": "https://ehr.example.org/fhir/Condition?patient=1"}]'
# with_diagnoses OUTCOME BUNDLE_MEMBERS ENTRY...
with_diagnoses() {
  local expected=$1 members=$2 entries
  shift 2
  entries=$(IFS=,; echo "$*")
  echo "{\"resourceType\": \"Bundle\", \"entry\": [$request, {\"resource\":
    {\"resourceType\": \"Bundle\", $members, \"entry\": [$entries]}}]}" >diagnoses.json
  run decide small.policy --record Referral --format fhir --map small.fhir diagnoses.json
  exits_with 0
  equal "$(outcomes out)" "$expected" "the outcome with $members"
}
with_diagnoses exempt '"type": "collection"' "$(condition M17.1)" "$(condition C40.2)"
prints '{"name": "diagnoses", "value": "{ icd10:M17.1, icd10:C40.2 } and perhaps others"'
with_diagnoses "information needed" '"type": "collection"' "$(condition M17.1)"
prints '"needs": [{"fact": "diagnoses", "ask": "Which diagnoses?"'
with_diagnoses "information needed" '"type": "collection"'
with_diagnoses refuse "\"type\": \"searchset\", $by_patient" "$(condition M17.1)"
with_diagnoses refuse "\"type\": \"searchset\", $by_patient"
with_diagnoses "information needed" "\"type\": \"searchset\", \"total\": 7, $by_patient" "$(condition M17.1)"
with_diagnoses "information needed" '"type": "searchset"' "$(condition M17.1)"

# What holds nothing that could be a request is an error, and what stands beside it is decided.
cat >no_requests.ndjson <<'END'
{"id": "x"}
{"resourceType": "Foo", "id": "x"}
{"resourceType": "Bundle", "type": "collection"}
{"resourceType": ["ServiceRequest"]}
END
head -1 "$fhir/referrals.ndjson" >>no_requests.ndjson
decide no_requests.ndjson
exits_with 3
equal "$(grep -c '"error": {"code": "P0902", "field": null, "message": "found .*, expected a request such as a ServiceRequest' <<<"$out")" 4 "lines without a request"
equal "$(grep -c '"outcome"' <<<"$out")" 1 "requests decided"

# The service takes the same, and answers as the command does.
cp -r "$root/policies" policies
start_service policies --register register --today 2023-06-01
in_fhir() { ask POST "$1" '' -H 'Content-Type: application/fhir+json; charset=utf-8' --data-binary "@$2" "${@:3}"; }
in_fhir /v1/needs "$fhir/hip_replacement_without_bmi.json"
answers 200
prints '"outcome": "information needed", "needs": [{"fact": "patient.bmi"'
in_fhir /v1/questionnaire "$fhir/hip_replacement_without_bmi.json"
answers 200
prints '{"resourceType": "Questionnaire", '
prints '"linkId": "patient.bmi"'
prints '"linkId": "patient.bmi.on"'
# Its questions answered, and sent with the rest.
sed '$d' "$fhir/hip_replacement_without_bmi.json" | sed '$d' >answered.json
cat >>answered.json <<'END'
, {"resource": {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2019-10-15T10:00:00Z",
   "basedOn": [{"reference": "ServiceRequest/hip-1"}], "item": [
     {"linkId": "patient.bmi", "answer": [{"valueQuantity": {"value": 31, "system": "http://unitsofmeasure.org", "code": "kg/m2"}}]},
     {"linkId": "patient.bmi.on", "answer": [{"valueDate": "2019-10-14"}]}]}}]}
END
in_fhir /v1/decide answered.json
answers 200
prints '{"id": "000000000018", "record": "Referral", "line": 1, "outcome": "approve"'
before=$(member library)
in_fhir /v1/questionnaire answered.json
answers 200
prints '"description": "The outcome is `approve`. Nothing more is needed."'
prints_not '"item"'
in_fhir /v1/decide no_unit.json
prints '"notes": ["`patient.bmi`: the newest Observation has no unit"]'
in_fhir /v1/decide unclear.json
answers 200
prints '"outcome": "information needed"'
prints '"the subject of the request cannot be followed to a patient: nothing about any patient was used'
in_fhir /v1/decide two.json
answers 422
prints '"code": "multiple-matches"'
in_fhir '/v1/decide?request=second' two.json
answers 200
prints '{"id": "second"'
in_fhir /v1/decide own.fhir
answers 422
prints '{"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "structure", '
in_fhir /v1/decide own.fhir -D headers
equal "$(grep -i '^content-type' headers | tr -d '\r' | cut -d' ' -f2)" "application/fhir+json" "the content type"
ask POST /v1/decide "$(cat "$fhir/hip_replacement.json")"
answers 415

# Its mapping is part of the library: changed, it is another; with errors, the old one stays.
sed -i 's/, unit kg\/m2$/, unit g\/m2/' policies/england/referral.fhir
ask POST /v1/reload ''
answers 409
prints 'referral.fhir:'
ask GET /healthz
prints '"reload": "failed"'
in_fhir /v1/decide answered.json
equal "$(member library)" "$before" "the library after a mapping with errors"
grep -v '^patient.bmi ' "$root/policies/england/referral.fhir" >policies/england/referral.fhir
ask POST /v1/reload ''
answers 200
prints '"changed": true'
in_fhir /v1/needs "$fhir/hip_replacement.json"
prints '"outcome": "information needed", "needs": [{"fact": "patient.bmi"'
stop_service
exits_with 0
checks=$((checks + 1))
! grep -aqE '9990000018' register* service.err service.out || fail "an identifier was kept"

finish
