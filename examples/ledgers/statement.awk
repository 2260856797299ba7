# Totals of what `proviso settle --output json` wrote: awk -f results.awk -f statement.awk statement.json

function number_after(text, key) {
  if (!match(text, "\"" key "\": \"?-?[0-9.]+")) return 0
  text = substr(text, RSTART, RLENGTH)
  sub(/.*: "?/, "", text)
  return text + 0
}

/"target": / {
  name = text_after($0, "agreement") ", " text_after($0, "target")
  if (!(name in counted)) target_names[++targets] = name
  counted[name] += number_after($0, "counted")
  met[name] += number_after($0, "met")
  next
}

{
  agreement = text_after($0, "agreement")
  if (!(agreement in settlements)) names[++agreements] = agreement
  settlements[agreement]++
  left_out[agreement] += number_after($0, "left_out")
  corrected[agreement] += number_after($0, "corrected")
}

/"excess": / {
  after[agreement] += number_after($0, "lines")
  excess[agreement] += number_after($0, "excess")
  next
}

{
  lines[agreement] += number_after($0, "lines")
  saving[agreement] += number_after($0, "saving")
  shares = split(substr($0, index($0, "\"shares\"")), share, /"party": /)
  for (at = 2; at <= shares; at++) {
    party = share[at]
    sub(/^"/, "", party)
    sub(/".*/, "", party)
    key = agreement SUBSEP party
    if (!(key in amount)) parties[agreement] = parties[agreement] "|" party
    amount[key] += number_after(share[at], "amount")
    deducted[key] += number_after(share[at], "deducted")
    net[key] += number_after(share[at], "net")
  }
}

END {
  for (at = 1; at <= agreements; at++) {
    name = names[at]
    printf "%s: %d settlements, %d lines left out, %d set aside for a correction\n", name, settlements[name],
      left_out[name], corrected[name]
    printf "  %7d lines save %s\n", lines[name], pounds(saving[name] * 100)
    of = split(parties[name], party_names, "|")
    for (each = 2; each <= of; each++) {
      key = name SUBSEP party_names[each]
      printf "          %-14s %s, less %s: %s\n", party_names[each], pounds(amount[key] * 100),
        pounds(deducted[key] * 100), pounds(net[key] * 100)
    }
    printf "  %7d lines after the period cost %s more than the lowest price of their month\n", after[name],
      pounds(excess[name] * 100)
  }
  for (at = 1; at <= targets; at++) {
    name = target_names[at]
    printf "  %s: %d of %d patients\n", name, met[name], counted[name]
  }
}
