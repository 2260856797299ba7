# What the summaries share.

# The first text that stands after a key in a part of a result.
function text_after(part, key,    found) {
  if (!match(part, "\"" key "\": *\"[^\"]*\"")) return ""
  found = substr(part, RSTART, RLENGTH)
  sub("^\"" key "\": *\"", "", found)
  sub("\"$", "", found)
  return found
}

# 123456789 is £1,234,567.89.
function pounds(pence,    text, at) {
  text = sprintf("%.2f", pence / 100)
  for (at = length(text) - 6; at > 0; at -= 3) text = substr(text, 1, at) "," substr(text, at + 1)
  return "£" text
}
