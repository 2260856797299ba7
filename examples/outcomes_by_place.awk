# A table of the results of `proviso decide`, a line a decision, with what decided it:
# awk -f results.awk -f outcomes_by_place.awk results.ndjson

# `patient.bmi 26.5 kg/m2, forum_breast_bmi 26 kg/m2`
function values_of(criterion,    at, count, values, out) {
  criterion = substr(criterion, index(criterion, "\"values\":"))
  count = split(criterion, values, /"name": *"/)
  for (at = 2; at <= count; at++) {
    out = out (out == "" ? "" : ", ") substr(values[at], 1, index(values[at], "\"") - 1) " " text_after(values[at], "value")
  }
  return out
}

# The criteria that failed, with the values seen; of those that were met, how many.
function reasons(part,    at, count, criterion, failed, met) {
  count = split(part, criterion, /"criterion": *"/)
  for (at = 2; at <= count; at++) {
    if (text_after(criterion[at], "result") == "no") {
      failed = failed (failed == "" ? "" : "; ") text_after(criterion[at], "label") \
        ": no (" values_of(criterion[at]) ")"
    }
    if (text_after(criterion[at], "result") == "yes") met++
  }
  return failed != "" ? failed : met " criteria met"
}

# Who varied the policy there and then.
function variations(part,    at, count, each, out) {
  at = index(part, "\"varied\":")
  if (at == 0) return ""
  count = split(substr(part, at), each, /"place": *"/)
  for (at = 2; at <= count; at++) {
    out = out (out == "" ? "" : ", ") substr(each[at], 1, index(each[at], "\"") - 1) " from " text_after(each[at], "from")
  }
  return out
}

BEGIN {
  printf "%-28s %-20s %s\n", "place, date", "outcome", "policy, and what decided"
}

{
  printf "\n%-28s %-20s ", text_after($0, "id"), text_after($0, "outcome")
  decisions = split($0, parts, /"policy": *"/)
  if (decisions < 2) print "no policy holds there and then"
  for (at = 2; at <= decisions; at++) {
    part = parts[at]
    if (at > 2) printf "%-28s %-20s ", "", ""
    print substr(part, 1, index(part, "\"") - 1) ", version " text_after(part, "version")
    because = substr(part, 1, index(part, "\"needs\":"))
    varied = variations(because)
    if (varied != "") printf "%-28s %-20s   as varied by %s\n", "", "", varied
    sub(/"varied":.*/, "", because)
    printf "%-28s %-20s   %s\n", "", "", reasons(because)
  }
}
