# What the summaries share: the first text that stands after a key in a part of a result.

function text_after(part, key,    found) {
  if (!match(part, "\"" key "\": *\"[^\"]*\"")) return ""
  found = substr(part, RSTART, RLENGTH)
  sub("^\"" key "\": *\"", "", found)
  sub("\"$", "", found)
  return found
}
