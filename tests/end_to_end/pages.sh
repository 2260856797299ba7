#!/usr/bin/env bash
# The pages for people, from the running service, in a real browser: that they are accessible, that the browser takes
# their style under their own rules, that they print, and how they look. UPDATE_GOLDEN=1 keeps the pictures in examples/.
source "$(dirname "$0")/common.sh"
cd "$root" || exit 1
# shellcheck source=tests/end_to_end/browser.sh
source tests/end_to_end/browser.sh
# shellcheck source=tests/end_to_end/service.sh
source tests/end_to_end/service.sh

code= err=
start_service policies --register "$work/register" --today 2023-06-01 --base-url https://checks.example.org
referral=$(printf 'a%.0s' {1..32})

# page NAME STATUS PATH [CURL OPTION...]: keeps the page as $work/NAME.html.
page() {
  local name=$1 wanted=$2 path=$3
  shift 3
  status=$(curl -s -D "$work/$name.head" -o "$work/$name.html" -w '%{http_code}' "$@" "$address$path")
  command_line="curl $path ($name)"
  out=$(cat "$work/$name.html")
  answers "$wanted"
}

# fields NAME=VALUE...: options for curl that send them as a form does. Names have colons and no equals signs.
fields() {
  form=(--data-urlencode "referral=$referral")
  local field
  for field in "$@"; do form+=(--data-urlencode "$field"); done
}

place=(a:referred:day=16 a:referred:month=5 a:referred:year=2023 a:commissioner=Lewisham)
hip=("${place[@]}" a:procedure=W37.1 a:patient.born:day=9 a:patient.born:month=2 a:patient.born:year=1950
  a:diagnosis=M16.1 a:joint.cause=osteoarthritis a:joint.quality_of_life=yes a:joint.refractory=yes
  a:joint.x_ray_consistent=yes)
breast=(a:referred:day=16 a:referred:month=5 a:referred:year=2023 a:commissioner=SouthSefton a:procedure=B31.1
  a:diagnosis=N62 a:patient.sex=female a:patient.born:day=9 a:patient.born:month=2 a:patient.born:year=1987
  a:breasts.operation=bilateral)
sore_throats=("${place[@]}" a:procedure=F34.1 a:diagnosis=J35.0 a:patient.born:day=3 a:patient.born:month=4
  a:patient.born:year=2012 a:throat.acute_tonsillitis=yes a:throat.disabling=yes)

page home 200 /
prints "Check a referral"
page start 200 /check
prints "On what date was the patient referred?"
fields "${place[@]}"
page code 200 /check "${form[@]}"
prints "Which procedure is intended"
fields "${hip[@]}" asked=joint.x_ray_consistent
page question 200 /check "${form[@]}"
prints "Does the patient wish to discuss surgery?"
prints "Why this is asked"
fields "${breast[@]}" asked=breasts.operation action=change:patient.bmi
page measurement 200 /check "${form[@]}"
prints "When was it measured?"
fields "${place[@]}" asked=patient.bmi a:patient.bmi=heavy
page mistake 200 /check "${form[@]}"
prints "<title>Error: "
fields "${sore_throats[@]}" a:sore_throats:1:on:day=1 a:sore_throats:1:documented=yes action=change:sore_throats
page list 200 /check "${form[@]}"
prints "entry 2 of 2"
fields "${hip[@]}" a:joint.wishes_to_discuss=yes
page review 200 /check "${form[@]}"
prints "Check your answers"
page decision 200 /check/submit "${form[@]}"
prints "Meets the policy criteria for routine funding"
code_given=$(grep -o 'PA-[0-9A-Z-]*' "$work/decision.html" | head -n 1)
page twice 200 /check/submit "${form[@]}"
prints "$code_given"
fields "${hip[@]/quality_of_life=yes/quality_of_life=no}"
page refused 200 /check/submit "${form[@]}"
prints "Does not meet the policy criteria for routine funding"
prints "What would change the outcome"
fields "${place[@]}" a:procedure=W37.1 unknown=patient.born unknown=diagnosis
page needed 200 /check/submit "${form[@]}"
prints "What is still needed"
# What a clinical system sent of a referral, and a link to what is no longer there.
ask POST /cds-services/proviso-policy-check '{"hook": "order-sign", "hookInstance": "1", "context": {"userId": "Practitioner/1",
  "patientId": "1", "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "ServiceRequest",
  "id": "sr1", "authoredOn": "2023-05-16", "subject": {"reference": "Patient/1"}, "code": {"coding": [
  {"system": "https://fhir.hl7.org.uk/Id/opcs-4", "code": "F34.1"}]}}}]}},
  "prefetch": {"patient": {"resourceType": "Patient", "id": "1", "birthDate": "1950-02-09"}}}'
answers 200
page draft 200 "$(sed -n 's/.*"url":"https:\/\/checks.example.org\(\/check?draft=[0-9a-f]*\)".*/\1/p' <<<"$out")"
prints "3 answers were taken from the patient&#39;s record."
page gone 200 "/check?draft=$referral"
prints "no longer held here"
page policies 200 /policies
page policy 200 '/policies/england.ebi.hysterectomy?in=Luton&on=2020-01-01'
prints "As it applies in Luton on 1 January 2020"
page written 200 /policies/blmk.polce.breast_reduction
page code_form 200 /authorisations
page authorisation 200 /authorisations --data-urlencode "code=$code_given"
prints "Valid from"
page slip 400 /authorisations --data-urlencode "code=${code_given%?}?"
page nothing 404 /policies/nothing
all=(home start code question measurement mistake list review decision refused needed draft gone policies policy written
  code_form authorisation slip nothing)

# Where there are tokens, a page asks for one.
first_address=$address first_id=$service_id
printf 'submit practice sha256:%s\n' "$(printf green | sha256sum | cut -d ' ' -f 1)" >"$work/tokens"
cp "$work/service.err" "$work/first.err"
start_service policies --register "$work/other_register" --tokens "$work/tokens"
page token 401 /check
prints "Enter your access token"
page wrong_token 401 /sign-in --data-urlencode token=red
curl -s -o /dev/null -c "$work/cookies" --data-urlencode token=green "$address/sign-in"
page signed_in 200 /check -b "$work/cookies"
prints "On what date was the patient referred?"
stop_service
address=$first_address service_id=$first_id
all+=(token wrong_token)

# What a page may do, and who may see it. sends NAME HEADER: with the page.
sends() {
  checks=$((checks + 1))
  grep -qiF "$2" "$work/$1.head" || fail "expected in the head of $1: $2"
}
for name in "${all[@]}"; do
  sends "$name" "Content-Security-Policy: default-src 'none'; style-src 'sha256-"
  sends "$name" 'Referrer-Policy: no-referrer'
  sends "$name" 'Cache-Control: no-store'
  sends "$name" 'X-Content-Type-Options: nosniff'
  sends "$name" 'Content-Type: text/html; charset=utf-8'
done

# Under its own rules the browser takes the page's style: it looks as it does without them.
picture() {
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars --no-first-run \
    --disable-background-networking --disable-component-update --user-data-dir="$work/browser" \
    --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1' --window-size=1200,900 --screenshot="$1" "$2" \
    >/dev/null 2>"$work/browser.log"
}
for _ in 1 2 3; do
  picture "$work/served.png" "$address/"
  picture "$work/filed.png" "file://$work/home.html"
  ! cmp -s "$work/served.png" "$work/filed.png" || break
done
same_bytes "$work/served.png" "$work/filed.png"

# Accessible: WCAG 2.2 AA, as far as a program can tell, in a wide window and in a narrow one.
find_axe() {
  axe=$(dirname "$proviso")/axe-core/package/axe.min.js
  [ -f "$axe" ] && return 0
  command -v npm >/dev/null || return 1
  local folder=${axe%/package/*}
  mkdir -p "$folder"
  (cd "$folder" && npm pack --silent axe-core@4 >/dev/null 2>&1 && tar xzf axe-core-4*.tgz package/axe.min.js)
  [ -f "$axe" ]
}

# accessible NAME WIDTH
accessible() {
  local checked=$work/$1.axe.html found
  cp "$axe" "$work/axe.js"
  {
    cat "$work/$1.html"
    cat <<'PAGE'
<script src="axe.js"></script>
<script>
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(result => {
  const lines = result.violations.flatMap(each => each.nodes.map(node => "violated " + each.id + " at " + node.target));
  const said = document.createElement("pre");
  said.textContent = ["axe passed " + result.passes.length + " rules", ...lines].join("\n");
  document.body.replaceChildren(said);
});
</script>
PAGE
  } >"$checked"
  # On a busy machine the browser may end before the page has.
  for _ in 1 2 3; do
    found=$(browse "$checked" --window-size="$2",900 --virtual-time-budget=20000 --dump-dom)
    [[ ! $found =~ axe\ passed ]] || break
  done
  checks=$((checks + 1))
  [[ $found =~ axe\ passed\ [0-9]{2} ]] || fail "the accessibility of $1 was not checked"
  checks=$((checks + 1))
  found=$(grep -o 'violated [^<]*' <<<"$found")
  out=$found
  [ -z "$found" ] || fail "$1, $2 pixels wide"
}
check_accessibility() {
  local name
  if find_axe; then
    for name in "${all[@]}"; do accessible "$name" 1200; done
    for name in question list decision policy; do accessible "$name" 360; done
  else
    echo "skipped: accessibility, for axe-core is not there and npm could not fetch it" >&2
  fi
}
check_accessibility

# A letter: a PDF of a few pages.
browse "$work/decision.html" --no-pdf-header-footer --print-to-pdf="$work/decision.pdf" >/dev/null
equal "$(head -c 5 "$work/decision.pdf" 2>/dev/null)" %PDF- "the letter"

# How they look.
for name in question:900 decision:1500 policy:1500 authorisation:1100; do
  cp "$work/${name%:*}.html" "$work/page_${name%:*}.html"
  looks "$work/page_${name%:*}.html" "${name#*:}"
done

# Nothing that was entered is in what the service said of itself.
out=$(grep -hE '1950|W37|M16|osteoarthritis' "$work/first.err" "$work/service.err")
is_silent
stop_service
equal "$code" 0 "the service's end"
finish
