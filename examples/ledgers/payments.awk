# A summary of the results of `proviso decide` on activity lines, beside what the lines asked:
#   awk -f results.awk -f payments.awk paid.ndjson

# Money at the start of a result, the price or the amount, in pence; "" where there is none.
function pence_of(text, name,    amount) {
  amount = text_after(substr(text, 1, index(text, "\"decisions\"")), name)
  return amount == "" ? "" : amount * 100
}

{
  lines++
  if ($0 ~ /"error": *\{/ && $0 !~ /"outcome":/) { unreadable++; next }
  outcome = text_after($0, "outcome")
  count[outcome]++
  price = pence_of($0, "price")
  asked_by[outcome] += price
  total_asked += price
  paid = pence_of($0, "amount")
  if (paid == "") { open_by[outcome] += price; total_open += price; next }
  paid_by[outcome] += paid
  total_paid += paid
  if (price == "" || paid >= price) next
  # The first of the rules that allow no more than what is paid has the money.
  decisions = split($0, parts, /"policy": *"/)
  for (at = 2; at <= decisions; at++) {
    amount = text_after(parts[at], "amount")
    if (amount == "" || amount * 100 != paid) continue
    rule = substr(parts[at], 1, index(parts[at], "\"") - 1) " " text_after(parts[at], "clause")
    strength = text_after(parts[at], "strength")
    reason[rule] = text_after(parts[at], "outcome") (strength == "" ? "" : " " strength)
    cut[rule] += price - paid
    cut_lines[rule]++
    break
  }
}

END {
  printf "%d lines ask %s: %s is paid, %s waits for answers, %s is not paid\n", lines, pounds(total_asked),
    pounds(total_paid), pounds(total_open), pounds(total_asked - total_paid - total_open)
  outcomes = split("withhold|information needed|query|review|adjust|approve|pay|exempt|not applicable", order, "|")
  printf "\n  %-20s %8s %17s %17s %17s\n", "outcome", "lines", "asked", "paid", "open"
  for (at = 1; at <= outcomes; at++) {
    name = order[at]
    if (!(name in count)) continue
    printf "  %-20s %8d %17s %17s %17s\n", name, count[name], pounds(asked_by[name]), pounds(paid_by[name]),
      pounds(open_by[name])
  }
  if (unreadable) printf "  %-20s %8d\n", "could not be read", unreadable
  printf "\nNot paid, by rule and clause\n"
  while (1) {
    most = ""
    for (rule in cut) {
      if (rule in printed) continue
      if (most == "" || cut[rule] > cut[most] || (cut[rule] == cut[most] && rule < most)) most = rule
    }
    if (most == "") break
    printed[most] = 1
    printf "  %17s %7d lines  %-14s %s\n", pounds(cut[most]), cut_lines[most], reason[most], most
  }
}
