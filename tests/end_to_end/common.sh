# What the scripts share; each is called with the program to test.
set -uo pipefail

proviso=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0

# run ARGUMENT...: the program, with standard input; leaves $out, $err and $code.
run() {
  "$proviso" "$@" >"$work/out" 2>"$work/err"
  code=$?
  out=$(tr -d '\0' <"$work/out")
  err=$(tr -d '\0' <"$work/err")
  command_line="proviso $*"
}

fail() {
  failures=$((failures + 1))
  {
    # Where the check stands: the script itself may say that one failed.
    local up=$((${#BASH_SOURCE[@]} > 2 ? 1 : 0))
    echo "FAILED (${BASH_SOURCE[up + 1]##*/}:${BASH_LINENO[up]}): $1"
    echo "  $ ${command_line:-}" | cut -c1-400
    echo "  exit code ${code:-}"
    echo "  out: ${out:0:1500}"
    echo "  err: ${err:0:1500}"
  } >&2
}

exits_with() {
  checks=$((checks + 1))
  [ "$code" -eq "$1" ] || fail "expected exit code $1"
}

# prints TEXT, complains TEXT: somewhere in standard output, in standard error.
prints() {
  checks=$((checks + 1))
  [[ $out == *"$1"* ]] || fail "expected on standard output: $1"
}
complains() {
  checks=$((checks + 1))
  [[ $err == *"$1"* ]] || fail "expected on standard error: $1"
}
prints_not() {
  checks=$((checks + 1))
  [[ $out != *"$1"* ]] || fail "not expected on standard output: $1"
}
is_silent() {
  checks=$((checks + 1))
  [ -z "$out" ] || fail "expected nothing on standard output"
}

# equal ACTUAL EXPECTED WHAT
equal() {
  checks=$((checks + 1))
  [ "$1" = "$2" ] || fail "$3: expected \`$2\`, found \`$1\`"
}

same_bytes() {
  checks=$((checks + 1))
  cmp -s "$1" "$2" || fail "expected the same bytes in ${1##*/} and ${2##*/}: $(cmp "$1" "$2" 2>&1)"
}

# The outcome of each line of results, or `error`.
outcomes() { sed -E 's/.*"error": \{.*/error/; s/^\{"id": [^,]*, "record": "[A-Za-z]*", "line": [0-9]+, "outcome": "([a-z ]+)".*/\1/' "$1"; }
# The `line` of each line of results.
line_numbers() { sed -E 's/.*"line": ([0-9]+).*/\1/' "$1"; }

finish() {
  echo "$checks checks, $failures failed"
  [ "$failures" -eq 0 ]
}
