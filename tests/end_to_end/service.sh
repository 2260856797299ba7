# Starting and ending the service; sourced after common.sh. What is started is ended, by its id, however a script ends.
service_id=
trap 'stop_service KILL; rm -rf "$work"' EXIT

# start_service ARGUMENT...: on a free port of the loopback, or at $listen; leaves $service_id and $address.
# $work/service.err is its log.
start_service() {
  # The service before may have said another address there.
  rm -f "$work/service.out"
  "$proviso" serve "$@" --listen "${listen:-127.0.0.1:0}" >"$work/service.out" 2>"$work/service.err" &
  service_id=$!
  local waited
  for waited in $(seq 1 200); do
    address=$(sed -n 's/^listening on //p' "$work/service.out" 2>/dev/null)
    [ -z "$address" ] || return 0
    kill -0 "$service_id" 2>/dev/null || break
    sleep 0.05
  done
  command_line="proviso serve $*"
  err=$(cat "$work/service.err")
  fail "the service did not start"
  finish
  exit 1
}

# stop_service [SIGNAL]: leaves $code, its exit code.
stop_service() {
  [ -n "$service_id" ] || return 0
  kill "-${1:-TERM}" "$service_id" 2>/dev/null
  wait "$service_id" 2>/dev/null
  code=$?
  service_id=
}

# ask METHOD PATH [BODY [CURL OPTION...]]: leaves $status and $out.
ask() {
  local method=$1 path=$2 body=${3-}
  shift 2
  [ $# -eq 0 ] || shift
  local options=(-s -o "$work/answer" -w '%{http_code}' -X "$method")
  [ -z "$body" ] || options+=(-H 'Content-Type: application/json' --data-binary "$body")
  status=$(curl "${options[@]}" "$@" "$address$path")
  out=$(cat "$work/answer")
  command_line="$method $path ${body:0:200}"
}

answers() {
  checks=$((checks + 1))
  [ "$status" = "$1" ] || fail "expected status $1, found $status"
}

# member NAME: the first text of that name in $out.
member() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" <<<"$out" | head -n 1; }
