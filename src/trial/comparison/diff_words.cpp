#include "trial/comparison/diff_words.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace proviso::trial {
namespace {

std::string spell_detail(const CauseDetail& detail) {
  if (detail.what == "expression" || detail.what == "group") {
    if (detail.before.empty()) return detail.after;
    if (detail.after.empty()) return detail.before;
    return detail.before + " -> " + detail.after;
  }
  if (detail.what == "threshold" || detail.what == "fact") {
    return detail.name + " " + detail.before + " -> " + detail.after;
  }
  return (detail.what == "hooks" ? "the script of " : detail.what + " ") + detail.name + " changed";
}

/// What a record says, so that it acts on no terminal and turns no text around.
std::string shown(const std::string& id, std::size_t longest) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < id.size(); ++characters) {
    if (characters == longest) return out + "...";
    const text::Character character = text::decode(id, at);
    const bool acts = !character.valid || text::is_control(character.code_point);
    out += acts ? text::encode(text::replacement_character) : id.substr(at, character.length);
    at += character.length;
  }
  return out;
}

std::string quoted(const std::string& label) { return label.empty() ? std::string() : " \"" + label + "\""; }

std::string subject_of(const CausePart& part) {
  if (part.what == "holds") return "the policy";
  if (part.what == "needs") return "needs";
  if (part.what == "clause" && part.name.empty()) return "decided by";
  if (part.what == "version") return "version";
  if (part.what == "applies") return "applies when";
  if (part.what == "policy") return part.name;
  return part.name + quoted(part.label);
}

}  // namespace

std::string spell(const CausePart& part) {
  if (part.what == "policy" && part.before == "there") return "the policy is gone";
  if (part.what == "policy" && part.after == "there") return "the policy is new";
  std::string out = subject_of(part) + (part.what == "policy" || part.what == "needs" ? ": " : " ");
  if (part.what == "clause" && part.name.empty()) out = "decided by ";
  out += part.before == part.after ? part.before + " both times" : part.before + " -> " + part.after;
  std::string details;
  for (const CauseDetail& each : part.details) details += (details.empty() ? "" : "; ") + spell_detail(each);
  return details.empty() ? out : out + " (" + details + ")";
}

std::string spell(const Cause& cause) {
  std::string out;
  for (const CausePart& each : cause.parts) out += (out.empty() ? "" : "; ") + spell(each);
  return out;
}

std::string spell(const FirstCase& first, std::size_t longest) {
  const std::string line = "line " + std::to_string(first.line);
  return first.id.empty() ? line : shown(first.id, longest) + " (" + line + ")";
}

std::string spell(const ChangedCell& cell) {
  return std::string(spelling(cell.before)) + " -> " + std::string(spelling(cell.after));
}

std::string spell_cases(const DiffReport& report) {
  const std::string cases = counted(report.cases->records, report.cases->record + " record");
  if (!report.seed) return cases + " from " + report.cases_from;
  return cases + " drawn around " + report.drawn_around + ", --seed " + std::to_string(*report.seed);
}

std::string stopped(const CaseComparison& cases) {
  if (cases.failure.empty()) return {};
  if (cases.records == 0) return "no case was compared: " + cases.failure;
  return "what follows is of the first " + counted(cases.records, "record") + " alone: " + cases.failure;
}

std::string spell(const std::vector<Reader>& readers) {
  std::string out;
  for (const Reader& each : readers) {
    out += (out.empty() ? "" : ", ") + each.policy;
    std::string criteria;
    for (const std::string& name : each.criteria) criteria += (criteria.empty() ? "" : ", ") + name;
    if (!criteria.empty()) out += " (" + criteria + ")";
  }
  return out;
}

std::string title_of(const ChangedThing& thing) {
  return thing.name.empty() ? thing.what : thing.what + " " + thing.name;
}

std::string what_of(const TextChange& change) {
  if (change.what == "policy") return "the policy";
  // Of a value its place and first day say enough.
  const bool by_name = change.what == "value" || change.what == "codes" || change.what == "rows" ||
                       change.what == "fact" || change.what == "place" || change.what == "version";
  std::string out = by_name ? "" : change.what;
  if (!change.name.empty()) out += (out.empty() ? "" : " ") + change.name;
  if (change.what == "version") out = "version" + (change.name.empty() ? "" : " from " + change.name);
  if (!change.group.empty()) out += " in " + change.group;
  if (out.empty()) out = change.what;
  if (change.kind == ChangeKind::reworded && (change.what == "criterion" || change.what == "clause")) {
    out += ", its sentence";
  }
  if (change.kind == ChangeKind::reworded && change.what == "fact") out += ", its words";
  return out;
}

std::vector<std::string> lines_of(const TextChange& change, bool after) {
  const std::string& text = after ? change.after : change.before;
  if (text.empty()) return {after ? "removed" : "not there"};
  std::vector<std::string> result;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    result.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return result;
}

bool has_versions(const ChangedThing& thing) {
  return std::any_of(thing.changes.begin(), thing.changes.end(), [&](const TextChange& each) {
    return !each.version.empty() && each.version != thing.changes.front().version;
  });
}

std::string version_of(const TextChange& change) {
  return change.version.empty() ? "all versions" : "version from " + change.version;
}

std::vector<CaseOutcome> outcomes_in(const Table& table) {
  std::vector<CaseOutcome> result;
  std::copy_if(outcomes_listed.begin(), outcomes_listed.end(), std::back_inserter(result),
               [&](CaseOutcome each) { return table.row(each) > 0 || table.column(each) > 0; });
  return result;
}

std::vector<const PolicyTable*> changed_policies(const CaseComparison& cases) {
  std::vector<const PolicyTable*> result;
  for (const PolicyTable& each : cases.policies) {
    if (each.all.changes() > 0) result.push_back(&each);
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const auto* a, const auto* b) { return a->all.changes() > b->all.changes(); });
  return result;
}

namespace {

std::string spell_total(value::Wide amount) {
  std::int64_t bits = 0;
  return value::detail::narrow(amount, bits) ? output::pounds_with_commas(bits) : "a sum too large to write";
}

/// `amount: £12.00 before, £10.00 after`, `code or strength`.
std::string spell_terms(const Table& table) {
  std::vector<std::string> words;
  if (table.other_amounts > 0) words.emplace_back("amount");
  if (table.other_codes > 0) words.emplace_back("code");
  if (table.other_strengths > 0) words.emplace_back("strength");
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  if (table.other_amounts == 0) return out;
  return out + ": " + spell_total(table.amounts[before]) + " before, " + spell_total(table.amounts[after]) + " after";
}

}  // namespace

std::string spell_other(const Table& table) {
  std::string out;
  if (table.other_reasons > 0) {
    out = counted(table.other_reasons, "case") + (table.other_reasons == 1 ? " keeps its" : " keep their") +
          " outcome for other reasons";
  }
  if (table.other_terms > 0) {
    out += (out.empty() ? "" : "; ") + counted(table.other_terms, "case") +
           (table.other_terms == 1 ? " keeps its" : " keep their") + " outcome with another " + spell_terms(table);
  }
  if (table.other_needs > 0) {
    out += (out.empty() ? "" : "; ") + counted(table.other_needs, "case") +
           (table.other_needs == 1 ? " needs" : " need") + " other information";
  }
  return out;
}

}  // namespace proviso::trial
