#!/usr/bin/env bash
# The service from a referral without its BMI to a line of activity that is paid; reading the library anew; a clean end;
# and kill -9 in the middle of many submissions. Called with the program and submit_referrals.
source "$(dirname "$0")/common.sh" "$1"
source "$here/service.sh"
submit=$(realpath "$2")

referral=$(tr -d '\n' <"$root/examples/service/referral.json")
without_bmi=$(sed 's/"bmi": {[^}]*}, *//' <<<"$referral")
cp -r "$root/policies" "$work/policies"

run serve "$work/policies" --listen 0.0.0.0:0 --register "$work/register"
exits_with 2
complains "others can reach that address"
run serve "$work/policies" --listen somewhere --register "$work/register"
exits_with 2
run serve "$work/nowhere" --listen 127.0.0.1:0 --register "$work/register"
exits_with 1
# A file may be called so: only an address names a database, whose services share a key.
cd "$work" || exit
run serve policies --listen 192.0.2.1:0 --open --register postgres.register
complains "192.0.2.1:0 cannot be listened on"
cd "$root" || exit
run serve "$work/policies" --listen 192.0.2.1:0 --tokens "$work" --register "$work/register"
complains "cannot be read: it is a folder"

# Where it listens is said as an address that others can ask.
if grep -q '^0*1 ' /proc/net/if_inet6 2>/dev/null; then
  for listen in '[::1]:0' ::1:0; do
    start_service "$work/policies" --register "$work/register"
    equal "${address%:*}" "http://[::1]" "the address"
    ask GET /healthz
    answers 200
    stop_service
    exits_with 0
  done
  unset listen
fi
run serve "$work/policies" --listen '[::1' --open --register "$work/register"
exits_with 2
complains "is not an address"
run serve "$work/policies" --listen '[2001:db8::1]:0' --register "$work/register"
exits_with 2
complains "others can reach that address"

start_service "$work/policies" --register "$work/register" --keep-identifiers --today 2023-06-01
ask GET /healthz
answers 200
ask POST /v1/needs "$without_bmi"
answers 200
prints '"outcome": "information needed", "needs": [{"fact": "patient.bmi", "ask": "What is the patient'\''s BMI, and when was it measured?"'
ask POST /v1/decide "$referral"
answers 200
equal "$(grep -o '"outcome": "approve"' <<<"$out" | head -n 1)" '"outcome": "approve"' "the outcome"
authorisation=$(sed 's/.*"authorisations": \[//' <<<"$out" | sed -n 's/^{"code": "\([^"]*\)".*/\1/p')
decision=$(sed -n 's/.*"library": "[^"]*", "decision": "\([^"]*\)".*/\1/p' <<<"$out")
checks=$((checks + 1))
[[ $authorisation == PA-* ]] || fail "expected an authorisation"
ask POST /v1/decide "$referral"
prints "\"code\": \"$authorisation\""
ask GET "/v1/authorisations/$authorisation"
answers 200
prints '"state": "valid"'
ask GET "/v1/authorisations/$(tr 'A-Z' 'a-z' <<<"$authorisation" | tr -d -)"
answers 200
ask GET "/v1/decisions/$decision"
answers 200
prints '"facts": {'

# The register as payments read it: the line that quotes the code is paid, one that quotes none is not.
run authorisations "$work/register" --output "$work/authorisations.csv"
exits_with 0
cat >"$work/activity.csv" <<CSV
id,commissioner,provider,patient.nhs_number,point_of_delivery,admission_method,started,procedure,diagnosis,authorisation_code,price
L-1,SouthSefton,REM,9990000018,elective,11,2023-07-10,B31.1,N62,$authorisation,2310.00
L-2,SouthSefton,REM,9990000026,elective,11,2023-07-11,B31.1,N62,,2310.00
L-3,SouthSefton,REM,9990000026,elective,11,2023-07-12,B31.1,N62,$authorisation,2310.00
CSV
run decide "$work/policies" --record Activity --policy sefton.contract.no_code_no_payment \
  --register "$work/authorisations.csv" "$work/activity.csv"
exits_with 0
equal "$(outcomes "$work/out" | tr '\n' ' ')" "pay withhold withhold " "the lines"

# A library with errors is not taken into use; a changed one is.
before=$(member library <<<"$out")
ask GET /healthz
before=$(member library)
echo 'policy' >>"$work/policies/england/places.policy"
kill -HUP "$service_id"
for waited in $(seq 1 100); do
  ask GET /healthz
  [[ $out != *'"reload": "failed"'* ]] || break
  sleep 0.05
done
answers 200
prints '"reload": "failed"'
equal "$(member library)" "$before" "the library after a failed reading"
ask POST /v1/decide "$referral"
answers 200
cp "$root/policies/england/places.policy" "$work/policies/england/places.policy"
echo '# a remark' >>"$work/policies/england/places.policy"
ask POST /v1/reload ''
answers 200
prints '"changed": true'

stop_service
exits_with 0
run verify "$work/register"
exits_with 0
run replay "$work/policies" --register "$work/register"
exits_with 0
prints "were decided by another library"
cp "$root/policies/england/places.policy" "$work/policies/england/places.policy"
run replay "$work/policies" --register "$work/register"
exits_with 0
prints " as before, 0 not"

# Identifiers of the patient are in no log and, unless they are kept, not in the register.
start_service "$work/policies" --register "$work/digests" --today 2023-06-01
ask POST /v1/decide "$referral"
answers 200
ask POST /v1/decide '{"patient": {"nhs_number": "9990000018", "born": "soon"}}'
answers 422
ask GET /nothing/9990000018
answers 404
stop_service
checks=$((checks + 1))
! grep -aqE '9990000018|R-9101' "$work"/digests* "$work/service.err" "$work/service.out" || fail "an identifier was kept"

# With another key the same referral would get another code.
mv "$work/digests.key" "$work/lost.key"
run serve "$work/policies" --register "$work/digests" --listen 127.0.0.1:0
exits_with 2
complains "digests.key\` is not there, though the register has decisions made with it"
checks=$((checks + 1))
[ ! -e "$work/digests.key" ] || fail "a new key was made"
mv "$work/lost.key" "$work/digests.key"

# kill -9 in the middle: what was answered is there, once, and no code is for two referrals.
count=${PROVISO_TEST_SUBMISSIONS:-6000}
grep -v '^$' "$root/examples/referrals.ndjson" >"$work/referrals"
for i in 1 2 3 4 5 6; do echo "$referral"; done >>"$work/referrals"
acknowledged() { cat "$work"/acknowledged.*; }
for round in 1 2 3; do
  start_service "$work/policies" --register "$work/crash" --keep-identifiers --today 2023-06-01
  : >"$work/acknowledged.$round"
  "$submit" "${address##*:}" /v1/decide "$work/referrals" "$count" 32 0 "$work/acknowledged.$round" >"$work/submitted" &
  submitting=$!
  for waited in $(seq 1 400); do
    [ "$(wc -l <"$work/acknowledged.$round")" -lt $((count / 3)) ] || break
    sleep 0.02
  done
  stop_service KILL
  wait "$submitting"
  checks=$((checks + 1))
  answered=$(wc -l <"$work/acknowledged.$round")
  [ "$answered" -gt 0 ] && [ "$answered" -lt "$count" ] || fail "the service was not ended in the middle: $answered"
done
start_service "$work/policies" --register "$work/crash" --keep-identifiers --today 2023-06-01
"$submit" "${address##*:}" /v1/decide "$work/referrals" "$count" 32 0 "$work/acknowledged.4" >"$work/submitted"
stop_service
equal "$(wc -l <"$work/acknowledged.4")" "$(sed -n 's/^answered \([0-9]*\).*/\1/p' "$work/submitted")" "what was answered"
run verify "$work/crash"
exits_with 0
run authorisations "$work/crash" --format json
exits_with 0
# Each code that was told, with its referral: none for two, and a referral's code the same each time.
acknowledged | awk 'NF > 2 { print $3, $1 }' | sort -u >"$work/told"
checks=$((checks + 1))
[ -s "$work/told" ] || fail "no code was told"
equal "$(cut -d' ' -f1 "$work/told" | sort | uniq -d)" "" "codes of two referrals"
equal "$(cut -d' ' -f2 "$work/told" | sort | uniq -d)" "" "referrals of two codes"
missing=0
while read -r told _; do grep -q "$told" "$work/out" || missing=$((missing + 1)); done <"$work/told"
equal "$missing" 0 "codes that were told and are not there"
start_service "$work/policies" --register "$work/crash" --keep-identifiers
missing=0
while read -r _ decided _; do
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$address/v1/decisions/$decided")" = 200 ] || missing=$((missing + 1))
done < <(acknowledged | awk 'NR % 37 == 1')
equal "$missing" 0 "decisions that were told and are not there"
stop_service
finish
