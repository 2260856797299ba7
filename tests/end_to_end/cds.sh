#!/usr/bin/env bash
# CDS Hooks as a clinical system calls them: discovery, an order that is chosen and then signed, the link of its card
# followed with what is known already, the one remaining question answered, the approval with its code, and feedback.
source "$(dirname "$0")/common.sh" "$1"
source "$here/service.sh"
code= out= err=

subject='"subject": {"reference": "Patient/1288992"}'
number=9990000018
order='{"resourceType": "ServiceRequest", "id": "sr1", "status": "draft", "intent": "order", "authoredOn": "2023-05-16",
  "code": {"text": "Hip replacement", "coding": [{"system": "https://fhir.hl7.org.uk/Id/opcs-4", "code": "W37.1"}]},
  "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "M16.1"}]}], '$subject',
  "extension": [{"url": "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-eRS-Commissioning-Rule-Org-1",
    "valueReference": {"identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "08L"}}}]}'
item() { printf '{"linkId": "%s", "answer": [{"%s": %s}]}' "$1" "$2" "$3"; }
# call HOOK ITEM...: with answers that the practice's system has already.
call() {
  local hook=$1 items
  shift
  items=$(IFS=, && echo "$*")
  tr -d '\n' <<END
{"hook": "$hook", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
 "context": {"userId": "Practitioner/1", "patientId": "1288992", "selections": ["ServiceRequest/sr1"],
   "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": $order}]}},
 "prefetch": {
   "patient": {"resourceType": "Patient", "id": "1288992", "birthDate": "1950-02-09", "gender": "female",
     "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "$number"}]},
   "conditions": null,
   "answers": {"resourceType": "QuestionnaireResponse", "id": "q1", "status": "completed", $subject,
     "authored": "2023-05-16", "item": [$items]}}}
END
}
known=("$(item joint.cause valueString '"osteoarthritis"')" "$(item joint.quality_of_life valueBoolean true)"
  "$(item joint.refractory valueBoolean true)" "$(item joint.x_ray_consistent valueBoolean true)")
service=/cds-services/proviso-policy-check

# fields FILE: options for curl that send the hidden fields of the page's first form.
fields() {
  form=()
  local name value
  while IFS=$'\t' read -r name value; do form+=(--data-urlencode "$name=$value"); done < <(
    tr '\n' ' ' <"$1" | sed 's|</form>.*||' | grep -o '<input type="hidden"[^>]*>' |
      sed -E 's/.* name="([^"]*)" value="([^"]*)".*/\1\t\2/')
}
# page NAME STATUS PATH [CURL OPTION...]: keeps the page as $work/NAME.html.
page() {
  local name=$1 wanted=$2 path=$3
  shift 3
  status=$(curl -s -o "$work/$name.html" -w '%{http_code}' "$@" "$address$path")
  command_line="curl $path ($name)"
  out=$(sed -n '/<main/,/<\/main>/p' "$work/$name.html")
  answers "$wanted"
}
# The first link of the card, without the address of the service, which has none of the patient in it.
link() {
  sed -n 's/.*"links":\[{"label":"[^"]*","url":"https:\/\/checks.example.org\/funding\(\/check[^"]*\)".*/\1/p' <<<"$out"
}

# Addresses that nobody could reach it by, or that no browser names, are told before anything is begun.
does_not_start() {
  timeout 20 "$proviso" serve "$root/policies" --register "$work/none" --listen 127.0.0.1:0 "$@" >"$work/out" 2>"$work/err"
  code=$?
  command_line="proviso serve $*"
  out=$(cat "$work/out") err=$(cat "$work/err")
  exits_with 2
}
for base in example.org/f 'https://x/y?z' 'https://x/y#z' ftp://x https:// 'https://x:port'; do
  does_not_start --base-url "$base"
  complains "\`$base\` is not where others reach the service: say --base-url with http:// or https://"
done
for origin in foo https://x/ https://X.example.org '*.example.org'; do
  does_not_start --origin "$origin"
  complains "\`$origin\` is not the origin of a web page: say --origin as browsers do"
done

printf 'submit practice sha256:%s\n' "$(printf green | sha256sum | cut -d ' ' -f 1)" >"$work/tokens"
token=(-H 'Authorization: Bearer green')
start_service "$root/policies" --register "$work/register" --tokens "$work/tokens" --today 2023-06-01 \
  --base-url https://checks.example.org/funding --origin https://ehr.example.org
ask OPTIONS "$service" '' -H 'Origin: https://ehr.example.org' -H 'Access-Control-Request-Method: POST'
answers 204
ask GET /cds-services '' "${token[@]}"
answers 200
prints '"hook":"order-sign"'
ask POST "$service" "$(call order-select "${known[@]}")"
answers 401
ask POST "$service" "$(call order-select "${known[@]}")" "${token[@]}"
answers 200
prints '"summary":"1 answer needed for the funding policy: '
prints '1. Does the patient wish to discuss surgery?'
prints_not systemActions
ask POST "$service" "$(call order-sign "${known[@]}")" "${token[@]}"
answers 200
prints '"summary":"1 answer needed for the funding policy: '
prints '"label":"Answer the remaining questions"'
prints '"valueCode": "conditional"'
card=$(sed -n 's/.*"cards": \[{"uuid":"\([^"]*\)".*/\1/p' <<<"$out")
suggestion=$(sed -n 's/.*"label":"Answer the questions later","uuid":"\([^"]*\)".*/\1/p' <<<"$out")
draft=$(link)
equal "$(sed -E 's/[0-9a-f]{32}$/NAME/' <<<"$draft")" "/check?draft=NAME" "the link"

# The clinician follows it, says who is there, and is asked the one thing that is missing.
page token 401 "$draft"
fields "$work/token.html"
curl -s -o /dev/null -D "$work/head" -c "$work/cookies" --data-urlencode token=green "${form[@]}" "$address/sign-in"
equal "$(sed -n 's/^Location: //Ip' "$work/head" | tr -d '\r')" "/funding$draft" "where the token's page leads"
sed -i 's|/funding/|/|' "$work/cookies"
page question 200 "$draft" -b "$work/cookies"
prints "answers were taken from the patient&#39;s record."
prints "<h1>Does the patient wish to discuss surgery?</h1>"
prints "From the record"
prints 'action="/funding/check"'
fields "$work/question.html"
page review 200 /check -b "$work/cookies" "${form[@]}" --data-urlencode a:joint.wishes_to_discuss=yes
prints "Check your answers"
prints "9 February 1950"
fields "$work/review.html"
page decision 200 /check/submit -b "$work/cookies" "${form[@]}"
prints "Meets the policy criteria for routine funding"
code_given=$(grep -o 'PA-[0-9A-Z-]*' "$work/decision.html" | head -n 1)
checks=$((checks + 1))
[ -n "$code_given" ] || fail "no code was given"

# Signed again with the answer in the record, it is the same referral, and has the same code.
ask POST "$service" "$(call order-sign "${known[@]}" "$(item joint.wishes_to_discuss valueBoolean true)")" "${token[@]}"
answers 200
prints "\"summary\":\"Approved, authorisation $code_given: "
prints "{\"url\": \"satisfied-pa-id\", \"valueString\": \"$code_given\"}"

feedback='{"feedback": [{"card": "'$card'", "outcome": "accepted", "acceptedSuggestions": [{"id": "'$suggestion'"}],
  "outcomeTimestamp": "2023-06-01T10:05:31Z"}]}'
for _ in 1 2; do
  ask POST "$service/feedback" "$feedback" "${token[@]}"
  answers 200
done

# A draft that is not there any more says so, and begins anew.
page gone 200 "/check?draft=$(printf '0%.0s' {1..32})" -b "$work/cookies"
prints "What your clinical system sent is no longer held here."
prints "On what date was the patient referred?"

ask GET /metrics '' "${token[@]}"
# Of the metrics the names: a value has the digits of a time that something took.
sed -E 's/ [0-9.e+-]+$//' "$work/answer" >"$work/names"
out=$(grep -hE "$number|1288992|1950|M16|${draft#*=}" "$work/service.err" "$work/names")
is_silent
stop_service
exits_with 0
finish
