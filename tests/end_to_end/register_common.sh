# What is asked of a register wherever it is kept. Sourced after common.sh, with $writer the program register_writer.
# shellcheck shell=bash

# Lines are `NUMBER ID REFERRAL CODE`.
codes_of() { cut -d ' ' -f 3,4 "$1" | sort -u; }

# holds WHAT FILE1 FILE2: every line of FILE1 is in FILE2.
holds() {
  checks=$((checks + 1))
  [ -s "$2" ] || fail "$1: nothing to look for in ${2##*/}"
  local lost
  lost=$(comm -23 <(sort "$2") <(sort "$3") | head -3)
  [ -z "$lost" ] || fail "$1: lost $lost"
}

# sound REGISTER: no faults, numbers without gaps, a code of its own for each referral, and none that was issued twice.
sound() {
  run verify "$1"
  exits_with 0
  prints ", no faults; the last is sha256:"
  "$writer" "$1" list >"$work/listed" || fail "the entries cannot be listed"
  equal "$(cut -d ' ' -f 1 "$work/listed" | sort -n | awk '$1 != NR' | head -3)" "" "numbers that are not in their place"
  equal "$(codes_of "$work/listed" | cut -d ' ' -f 1 | uniq -d | head -3)" "" "referrals with two codes"
  equal "$(codes_of "$work/listed" | cut -d ' ' -f 2 | sort | uniq -d | head -3)" "" "codes of two referrals"
  run authorisations "$1"
  exits_with 0
  equal "$(sed 1d "$work/out" | cut -d , -f 1 | sort | uniq -d | head -3)" "" "codes that were exported twice"
  equal "$(sed 1d "$work/out" | cut -d , -f 1 | sort | cksum)" \
    "$(codes_of "$work/listed" | cut -d ' ' -f 2 | sort | cksum)" "codes exported and codes in the log"
}

# killed_in_the_middle REGISTER SECONDS...: a writer is ended without warning after some time, again and again; what it had
# acknowledged is there, and the same referrals are then given the same codes.
killed_in_the_middle() {
  local where=$1 seconds pid written
  shift
  : >"$work/acknowledged"
  for seconds in "$@"; do
    "$writer" "$where" write 1000000 >"$work/written" 2>"$work/writer.err" &
    pid=$!
    sleep "$seconds"
    kill -KILL "$pid"
    wait "$pid" 2>/dev/null
    equal "$(cat "$work/writer.err")" "" "what the writer complained of"
    # The last line may have been cut short by the end of the program, though it is written in one piece.
    written=$(wc -l <"$work/written")
    head -n "$written" "$work/written" >>"$work/acknowledged"
    sound "$where"
    holds "what was acknowledged before the kill" "$work/acknowledged" "$work/listed"
  done
  echo "  ended ${#} times; $(wc -l <"$work/acknowledged") acknowledged"
  "$writer" "$where" write 200 >"$work/again" || fail "the register cannot be written to after a kill"
  codes_of "$work/again" >"$work/codes_again"
  codes_of "$work/listed" >"$work/codes_before"
  holds "codes given again after a kill" "$work/codes_again" "$work/codes_before"
}

# two_at_the_same_time REGISTER: two programs write to it at once, and for the same referrals.
two_at_the_same_time() {
  local one two
  "$writer" "$1" write 3000 >"$work/one" 2>"$work/one.err" &
  one=$!
  "$writer" "$1" write 3000 >"$work/two" 2>"$work/two.err" &
  two=$!
  wait "$one" || fail "the first of two writers"
  wait "$two" || fail "the second of two writers"
  equal "$(cat "$work/one.err" "$work/two.err")" "" "what the two complained of"
  equal "$(codes_of "$work/one" | cksum)" "$(codes_of "$work/two" | cksum)" "the codes of the two"
  sound "$1"
  equal "$(wc -l <"$work/listed")" 6000 "entries of the two"
}
