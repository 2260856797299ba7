#!/usr/bin/env bash
# Hooks that do wrong: the criterion is unknown and says why, the referral goes to a person, and the next one is decided
# as though nothing had been.
source "$(dirname "$0")/common.sh" "$@"
mkdir -p "$work/library/hooks"

cat >"$work/library/hooks/bad.lua" <<'LUA'
local left = {}
return {
  endless = function(bmi) while true do end end,
  greedy = function(bmi) local t = {} for i = 1, math.maxinteger do t[i] = ("x"):rep(10000) .. i end return true end,
  worded = function(bmi) return "yes" end,
  table_error = function(bmi) error({ code = 7 }) end,
  silent = function(bmi) return nil end,
  counts = function(bmi) left[#left + 1] = bmi; seen = (seen or 0) + 1 return #left == 1 and seen == 1 end,
  good = function(bmi) return bmi <= 35, "the limit of the hook is 35" end,
}
LUA
{
  echo 'library hooked'
  echo 'record Referral { id text  bmi number kg/m2 ask "What is the BMI?"  pain yes/no  which one of endless, greedy, worded, table_error, silent, counts, good }'
  for hook in endless greedy worded table_error silent counts good; do
    echo "hook bad.$hook(bmi number kg/m2) -> yes/no from \"hooks/bad.lua\""
    echo "policy $hook on Referral { source \"Policy\" applies when which = $hook
      approve when all { hooked \"The hook says so\": hook bad.$hook(bmi)  pain \"In pain\": pain } otherwise refuse \"No\" }"
  done
} >"$work/library/hooked.policy"

run check "$work/library"
exits_with 0

for hook in endless greedy worded table_error silent counts good; do
  printf '{"id": "%s", "which": "%s", "bmi": 30, "pain": true}\n' $hook $hook
done >"$work/records.ndjson"
run decide "$work/library" --record Referral "$work/records.ndjson"
exits_with 0
equal "$(outcomes "$work/out" | tr '\n' ';')" "review;review;review;review;review;approve;approve;" "outcomes of hooks"
note() { sed -n "$1p" "$work/out" | sed -E 's/.*"notes": \[([^]]*)\].*/\1/'; }
equal "$(note 1)" '"hook `bad.endless` ran out of its 200000 instructions in `hooked`"' "an endless loop"
[[ $(note 2) == *'bad.greedy'*memory* ]]
equal $? 0 "the note of a hook that allocates without end"
equal "$(note 3)" '"hook `bad.worded` answered text where yes/no was expected in `hooked`"' "text for yes/no"
[[ $(note 4) == *'bad.table_error'* ]]
equal $? 0 "the note of an error that is a table"
[[ $(note 5) == *'bad.silent'*'no answer'* ]]
equal $? 0 "the note of a hook that says nil"
# What stands behind an answer.
prints '"hook": "bad.good"'
prints '"sentence": "the limit of the hook is 35"'
prints '"script": "sha256:'
prints '"budget": "200000 instructions, 4 MiB"'

# While a fact is missing, that is asked for first; another criterion that failed settles it whatever the hook says.
printf '%s\n' '{"id": "1", "which": "endless", "bmi": 30}' '{"id": "2", "which": "endless", "bmi": 30, "pain": false}' \
  '{"id": "3", "which": "good", "pain": true}' >"$work/missing.ndjson"
run decide "$work/library" --record Referral "$work/missing.ndjson"
exits_with 0
equal "$(outcomes "$work/out" | tr '\n' ';')" "information needed;refuse;information needed;" "outcomes with a fact missing"
prints '"needs": [{"fact": "pain"'
prints '"needs": [{"fact": "bmi"'

# A thousand referrals, each hook many times and on several threads: the same answers, and quickly.
for _ in $(seq 150); do cat "$work/records.ndjson"; done >"$work/many.ndjson"
run decide "$work/library" --record Referral "$work/many.ndjson" --threads 2
exits_with 0
equal "$(outcomes "$work/out" | sort | uniq -c | tr -s ' \n' ' ')" " 300 approve 750 review " "outcomes of many"

# Durations of every origin reach a hook with their kind: written out, worked out, by threshold, and from the record.
mkdir -p "$work/waiting"
cat >"$work/waiting/wait.lua" <<'LUA'
return { long = function(wait, limit) if wait == nil or limit == nil then return nil end return wait >= limit end }
LUA
cat >"$work/waiting/waiting.policy" <<'POLICY'
library waiting
record Referral { id text  referred date  wait duration  rounds number }
threshold longest: duration { 6 weeks from 2019-01-01 }
threshold months_allowed: duration { 3 months from 2019-01-01 }
hook wait.long(wait duration; limit duration) -> yes/no from "wait.lua"
policy by_threshold on Referral { source "x" effective 2019-01-01 approve when hook wait.long(wait, longest) otherwise refuse "No" }
policy by_months on Referral { source "x" effective 2019-01-01 approve when hook wait.long(1 month * rounds, months_allowed) otherwise refuse "No" }
policy written_out on Referral { source "x" effective 2019-01-01 approve when hook wait.long(wait, 42 days) otherwise refuse "No" }
POLICY
printf '%s\n' '{"id": "1", "referred": "2020-01-01", "wait": "6 weeks", "rounds": 3}' \
  '{"id": "2", "referred": "2020-01-01", "wait": "41 days", "rounds": 2}' >"$work/waits.ndjson"
run decide "$work/waiting" --record Referral "$work/waits.ndjson"
exits_with 0
equal "$(outcomes "$work/out" | tr '\n' ';')" "approve;refuse;" "outcomes by durations"
equal "$(grep -o '"outcome": "refuse", "clause"' "$work/out" | wc -l)" 3 "refusals by durations"

# A script that is none.
echo 'return { endless = function( }' >"$work/library/hooks/bad.lua"
run check "$work/library"
exits_with 1
complains 'P0802'

finish
