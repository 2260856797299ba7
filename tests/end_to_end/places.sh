#!/usr/bin/env bash
# One referral in several places and on several dates: by the policies of policies/, and by a small library where each
# way of giving a place, or none, has its answer.
source "$(dirname "$0")/common.sh" "$@"
cd "$root" || exit 1

# The example: four places, two dates.
facts=$(tr -d '\n' <examples/referral_in_four_places.json | sed 's/^ *{//')
for date in 2018-10-01 2019-10-01; do
  for place in Luton MiltonKeynes SouthSefton LeicesterCity; do
    printf '{"id": "%s %s", "commissioner": "%s", "referred": "%s", %s\n' "$place" "$date" "$place" "$date" "$facts"
  done
done >"$work/four.ndjson"
run decide policies --record Referral "$work/four.ndjson"
exits_with 0
equal "$(outcomes "$work/out" | tr '\n' ';')" \
  "refuse;not applicable;review;not applicable;refuse;refuse;approve;approve;" "outcomes in four places on two dates"
# The rule that differs, whose it is and since when.
prints '"varied": [{"place": "BLMK", "from": "2019-04-01", "to": "2020-03-31"'
prints '{"criterion": "forum_bmi", "label": "BMI is 26 or below", "result": "no"'

mkdir "$work/library"
cat >"$work/library/hips.policy" <<'POLICY'
library hips
places { England { BLMK { Bedfordshire ods:06F Luton ods:06P } LLR ods:04C } }
record Referral { id text  referred date  commissioner place ask "Which commissioner?"  provider place  bmi number kg/m2 }
threshold max_bmi: number kg/m2 {
  may vary from 30 to 45
  40 from 2019-04-01
  in Luton 35 from 2019-10-01 to 2020-03-31 source "Paper 7"
}
policy hips on Referral {
  source "Policy" effective 2019-04-01 dated by referred placed by commissioner in BLMK
  approve when all { bmi "BMI is within the limit": bmi <= max_bmi }
  otherwise refuse "No"
}
POLICY
decide() { # PLACE-AS-JSON DATE BMI
  printf '{"id": "1", "referred": "%s", "commissioner": %s, "provider": "LLR", "bmi": %s}' "$2" "$1" "$3" >"$work/one.json"
  run decide "$work/library" --record Referral "$work/one.json"
  exits_with 0
  outcomes "$work/out"
}
# The patient's commissioner selects, never the provider; both days of a period belong to it.
equal "$(decide '"Luton"' 2019-09-30 38)" approve "the day before"
equal "$(decide '"Luton"' 2019-10-01 38)" refuse "the first day"
equal "$(decide '"Luton"' 2020-03-31 38)" refuse "the last day"
equal "$(decide '"Luton"' 2020-04-01 38)" approve "the day after"
equal "$(decide '"06P"' 2019-10-01 38)" refuse "by ODS code"
equal "$(decide '"06p"' 2019-10-01 38)" refuse "by ODS code in small letters"
equal "$(decide '"Bedfordshire"' 2019-10-01 38)" approve "next door"
equal "$(decide '"BLMK"' 2019-10-01 38)" approve "around them"
equal "$(decide '"LLR"' 2019-10-01 38)" "not applicable" "outside"
# A place that is not known, or that no library declares, is asked for; where the date is too, both are.
equal "$(decide null 2019-10-01 38)" "information needed" "without a place"
decide null 2019-10-01 38 >/dev/null
prints '"needs": [{"fact": "commissioner", "ask": "Which commissioner?", "why": ["placed by"], "state": "missing"}]'
equal "$(decide '"99Z"' 2019-10-01 38)" "information needed" "in a place that is not declared"
decide '"99Z"' 2019-10-01 38 >/dev/null
prints '`99Z` is not a declared place'
equal "$(decide null 2018-01-01 38)" "not applicable" "without a place, before the policy"

# Where no place would change the outcome, it is not asked for.
sed -i 's/ in BLMK$//' "$work/library/hips.policy"
equal "$(decide null 2019-10-01 50)" refuse "above every limit"
decide null 2019-10-01 50 >/dev/null
prints '"needs": []'
prints 'every place gives the same outcome'
equal "$(decide null 2019-10-01 34)" approve "within every limit"
equal "$(decide null 2019-10-01 38)" "information needed" "between the limits"

# A value outside the bounds, and a threshold that no place may vary, name the place.
sed 's/Luton 35/Luton 28/' "$work/library/hips.policy" >"$work/outside.policy"
run check "$work/outside.policy"
exits_with 1
complains 'P0705'
complains 'Luton sets `max_bmi` to 28 kg/m2'

# A version that retires the policy ends the draft on trial too, and is what `show` shows.
cat >"$work/retired.policy" <<'POLICY'
library ret
record Referral { id text  referred date  met yes/no }
policy p on Referral { source "s" effective 2019-04-01 approve when met "a" otherwise refuse "b" }
policy p on Referral { status draft source "s" effective 2020-06-01 approve when met "a" otherwise review "b" }
policy p on Referral { status retired source "s" effective 2020-07-01 approve when met "a" otherwise review "b" }
POLICY
on_trial() { # DATE
  printf '{"id": "1", "referred": "%s", "met": false}' "$1" >"$work/one.json"
  run decide "$work/retired.policy" --record Referral "$work/one.json" --with-drafts
  outcomes "$work/out"
}
equal "$(on_trial 2020-05-31)" refuse "before the draft"
equal "$(on_trial 2020-06-30)" review "the draft on trial"
equal "$(on_trial 2020-07-01)" "not applicable" "once the policy is retired"
run show "$work/retired.policy" p --on 2020-07-01
prints 'retired: it decides nothing'
run show "$work/retired.policy" p --on 2020-06-30
prints 'adopted'

# Expressions in a place.
run eval "$work/library" 'max_bmi' --on 2019-11-01 --in Luton
exits_with 0
prints '35 kg/m2'
run eval "$work/library" 'max_bmi' --on 2019-11-01 --in Narnia
exits_with 2
complains 'Narnia'

finish
