#!/usr/bin/env bash
# The register on a real PostgreSQL, which is started for this and ended: postgres.sh PROGRAM UNIT_REGISTER REGISTER_WRITER
# SUBMIT_REFERRALS
source "$(dirname "$0")/common.sh" "$@"
unit_register=$(realpath "$2")
writer=$(realpath "$3")
submit=$(realpath "$4")
source "$here/register_common.sh"
source "$here/service.sh"

programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
if ! [ -x "$programs/initdb" ]; then
  fail "no PostgreSQL is installed"
  exit 1
fi
server=$(mktemp -d)
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  # PostgreSQL does not run as root.
  chown postgres "$server"
  as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi

# The first line of the file is the server's process id.
stop_server() { # SIGNAL
  local pid
  pid=$(head -1 "$server/data/postmaster.pid" 2>/dev/null) || return 0
  kill "-$1" "$pid" 2>/dev/null
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}
other_service=
trap 'stop_service KILL; [ -z "$other_service" ] || kill -KILL "$other_service"; stop_server INT; rm -rf "$work" "$server"' EXIT

# It listens on a socket in its own folder alone.
start_server() {
  (cd "$server" && "${as_owner[@]}" "$programs/pg_ctl" -D "$server/data" -l "$server/log" -w start \
    -o "-c listen_addresses='' -c unix_socket_directories='$server'" >/dev/null 2>&1) || {
    cat "$server/log" >&2
    fail "PostgreSQL did not start"
    exit 1
  }
}
(cd "$server" && "${as_owner[@]}" "$programs/initdb" -D "$server/data" -A trust -U proviso --encoding=UTF8 --locale=C \
  >"$work/initdb" 2>&1) || { cat "$work/initdb" >&2 && fail "initdb" && exit 1; }
start_server
for name in units killed restarted shared services; do
  "$programs/createdb" -h "$server" -U proviso "$name" || fail "createdb $name"
done
address() { echo "postgres://proviso@/$1?host=$server"; }

echo "The unit tests"
checks=$((checks + 1))
PROVISO_TEST_POSTGRES=$(address units) "$unit_register" >"$work/units" 2>&1 || { tail -40 "$work/units" >&2 && fail "unit_register"; }

echo "A writer that is ended without warning"
killed_in_the_middle "$(address killed)" 1.5 1 0.7

echo "Two programs that write to one database at the same time, and for the same referrals"
shared=$(address shared)
two_at_the_same_time "$shared"
cat "$work/one" "$work/two" >"$work/acknowledged"
holds "what the two acknowledged" "$work/acknowledged" "$work/listed"
equal "$(head -100 "$work/one" | cut -d ' ' -f 1 | sort -n | awk 'NR > 1 && $1 != last + 1 { gaps++ } { last = $1 } END { print (gaps > 0) }')" \
  1 "whether the two took turns"

echo "A server that is stopped, and one that is ended without warning, while it is written to"
restarted=$(address restarted)
"$writer" "$restarted" write 8000 >"$work/written" 2>"$work/writer.err" &
pid=$!
for signal in INT KILL INT; do
  sleep 0.4
  stop_server "$signal"
  # What a killed server leaves is taken up by the next.
  sleep 0.5
  start_server
done
wait "$pid" || fail "the writer did not go on"
equal "$(wc -l <"$work/written")" 8000 "entries acknowledged"
sound "$restarted"
holds "what was acknowledged before and after the restarts" "$work/written" "$work/listed"
[ -s "$work/writer.err" ] || fail "nobody noticed that the server was away"
equal "$(grep -v '^the PostgreSQL database: ' "$work/writer.err" | head -3)" "" "other complaints"

echo "Two services on one database: one is ended without warning, the other answers on"
services=$(address services)
referral=$(tr -d '\n' <"$root/examples/service/referral.json")
options=("$root/policies" --register "$services" --key "$work/key" --keep-identifiers --today 2023-06-01)
for i in 1 2 3 4; do echo "$referral"; done >"$work/referrals"
head -n 40 "$root/examples/referrals.ndjson" >>"$work/referrals"
start_service "${options[@]}"
other_service=$service_id other_address=$address
start_service "${options[@]}"
"$submit" "${other_address##*:}" /v1/decide "$work/referrals" 3000 8 0 "$work/told_by_other" >/dev/null &
submitting_to_other=$!
"$submit" "${address##*:}" /v1/decide "$work/referrals" 3000 8 0 "$work/told_by_one" >/dev/null &
submitting=$!
for waited in $(seq 1 400); do
  [ "$(wc -l <"$work/told_by_other" 2>/dev/null || echo 0)" -lt 1000 ] || break
  sleep 0.02
done
kill -KILL "$other_service"
wait "$other_service" 2>/dev/null
other_service=
wait "$submitting_to_other"
wait "$submitting"
equal "$(wc -l <"$work/told_by_one")" 3000 "answers of the service that went on"
checks=$((checks + 1))
killed_after=$(wc -l <"$work/told_by_other")
[ "$killed_after" -ge 1000 ] && [ "$killed_after" -lt 3000 ] || fail "the other was not ended in the middle: $killed_after"
# Both were asked about the same referrals, R-1 to R-3000: whichever answered, a referral has one code.
cat "$work/told_by_one" "$work/told_by_other" | awk 'NF > 2 { print $3, $1 }' | sort -u >"$work/told"
checks=$((checks + 1))
[ "$(wc -l <"$work/told")" -ge 100 ] || fail "few codes were told: $(wc -l <"$work/told")"
equal "$(cut -d ' ' -f 1 "$work/told" | sort | uniq -d)" "" "codes of two referrals"
equal "$(cut -d ' ' -f 2 "$work/told" | sort | uniq -d)" "" "referrals of two codes"
# What the other told before it was ended, this one knows.
missing=0
while read -r _ decided _; do
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$address/v1/decisions/$decided")" = 200 ] || missing=$((missing + 1))
done < <(awk 'NR % 29 == 1' "$work/told_by_other")
equal "$missing" 0 "decisions that were told and are not there"
read -r code _ <"$work/told"
ask POST "/v1/authorisations/$code/use" '{"reference": "L-1"}'
answers 200
other_service=$service_id other_address=$address
start_service "${options[@]}"
ask GET "/v1/authorisations/$code"
answers 200
prints '"state": "used"'
ask POST "/v1/authorisations/$code/use" '{"reference": "L-2"}'
answers 409
address=$other_address
ask POST "/v1/authorisations/$code/withdraw" '{"reason": "given in error"}'
answers 200
stop_service
exits_with 0
kill -TERM "$other_service"
wait "$other_service"
other_service=
run verify "$services"
exits_with 0
prints ", no faults; the last is sha256:"

# The password is not told, nor where the database is.
run verify "postgres://someone:secret@127.0.0.1:1/nothing"
exits_with 2
complains "proviso: the PostgreSQL database: "
checks=$((checks + 1))
[[ $err != *secret* ]] || fail "the password was told"

finish
