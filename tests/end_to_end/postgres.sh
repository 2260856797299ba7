#!/usr/bin/env bash
# The register on a real PostgreSQL, which is started for this and ended: postgres.sh PROGRAM UNIT_REGISTER REGISTER_WRITER
source "$(dirname "$0")/common.sh" "$@"
unit_register=$(realpath "$2")
writer=$(realpath "$3")
source "$here/register_common.sh"

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
trap 'stop_server INT; rm -rf "$work" "$server"' EXIT

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
for name in units killed restarted shared; do
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

# The password is not told, nor where the database is.
run verify "postgres://someone:secret@127.0.0.1:1/nothing"
exits_with 2
complains "proviso: the PostgreSQL database: "
checks=$((checks + 1))
[[ $err != *secret* ]] || fail "the password was told"

finish
