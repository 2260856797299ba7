# A readable summary of the results of `proviso decide`: awk -f results.awk -f summary.awk results.ndjson

# The most frequent of a table of counts, most frequent first; ties by name, so that two runs print alike.
function print_most(counts, most,    place, name, best, printed) {
  for (place = 1; place <= most; place++) {
    best = ""
    for (name in counts) {
      if (name in printed) continue
      if (best == "" || counts[name] > counts[best] || (counts[name] == counts[best] && name < best)) best = name
    }
    if (best == "") return
    printed[best] = 1
    printf "  %4d  %s\n", counts[best], best
  }
}

BEGIN {
  outcome_count = split("approve|refuse|information needed|review|exempt|not applicable", outcomes, "|")
}

{
  referrals++
  if ($0 ~ /"error": *\{/ && $0 !~ /"outcome":/) { unreadable++; next }
  total[text_after($0, "outcome")]++
  decisions = split($0, parts, /"policy": *"/)
  for (at = 2; at <= decisions; at++) {
    part = parts[at]
    policy = substr(part, 1, index(part, "\"") - 1)
    sub(/^.*\./, "", policy)
    outcome = text_after(part, "outcome")
    policies[policy] = 1
    by_policy[policy, outcome]++

    needs_at = index(part, "\"needs\":")
    because = needs_at > 0 ? substr(part, 1, needs_at - 1) : part
    if (outcome == "refuse") {
      criteria = split(because, criterion, /"criterion": *"/)
      for (each = 2; each <= criteria; each++) {
        # A group fails by its members: they are counted, not the group.
        if (text_after(criterion[each], "expression") ~ /^(all|any|none|at least [0-9]+) of /) continue
        label = text_after(criterion[each], "label")
        if (label != "" && text_after(criterion[each], "result") == "no") reasons[policy ": " label]++
      }
    }
    if (outcome == "information needed") {
      needed = substr(part, needs_at)
      assumed_at = index(needed, "\"assumed\":")
      if (assumed_at > 0) needed = substr(needed, 1, assumed_at - 1)
      facts = split(needed, fact, /"fact": *"/)
      for (each = 2; each <= facts; each++) {
        name = substr(fact[each], 1, index(fact[each], "\"") - 1)
        if (text_after(fact[each], "state") == "out of date") name = name " (out of date)"
        asked[name]++
      }
    }
  }
}

END {
  printf "%d referrals\n", referrals
  for (at = 1; at <= outcome_count; at++) printf "  %4d  %s\n", total[outcomes[at]], outcomes[at]
  if (unreadable) printf "  %4d  could not be read\n", unreadable

  printf "\n%-28s %8s %8s %8s %8s %8s\n", "policy", "approve", "refuse", "needed", "review", "exempt"
  names = 0
  for (policy in policies) sorted[++names] = policy
  for (at = 2; at <= names; at++) {
    for (back = at; back > 1 && sorted[back] < sorted[back - 1]; back--) {
      swap = sorted[back]; sorted[back] = sorted[back - 1]; sorted[back - 1] = swap
    }
  }
  for (at = 1; at <= names; at++) {
    printf "%-28s", sorted[at]
    for (each = 1; each <= 5; each++) printf " %8d", by_policy[sorted[at], outcomes[each]]
    printf "\n"
  }
  printf "\nCriteria that refusals failed most often\n"
  print_most(reasons, 8)
  printf "\nFacts asked for most often\n"
  print_most(asked, 8)
}
