#include "check/policies/deciding.hpp"

#include <fmt/format.h>

// The facts by which a policy, a payment or an agreement is dated and placed.
namespace proviso::check {

namespace {

std::string_view kind_word(Kind kind) { return kind == Kind::date ? "date" : "place"; }

/// The fields of that type, leaving aside those of records in the record.
std::vector<model::FactId> fields(const model::Record& record, Kind kind) {
  std::vector<model::FactId> found;
  for (model::FactId fact = 0; fact < record.facts.size(); ++fact) {
    const auto& entry = record.facts[fact];
    if (entry.level == 0 && entry.type.kind == kind && entry.path.find('.') == std::string::npos) found.push_back(fact);
  }
  return found;
}

}  // namespace

/// The fact that a `dated by` or `placed by` line names; none where it names nothing fit.
model::FactId Deciding::deciding_fact(const syntax::Name& name, const model::Policy& policy, Kind kind) {
  const auto& record = library_.records[policy.record];
  const auto fact = record.find(0, name.text);
  if (fact == none) {
    if (unread(name.text)) return none;
    auto& diagnostic = complain(Code::unknown_name, name.span,
                                fmt::format("there is no `{}` for records of type `{}`", name.text, record.name));
    std::vector<std::string> names;
    for (const auto& other : record.facts) {
      if (other.level == 0 && other.type.kind == kind) names.push_back(other.path);
    }
    if (const auto close = text::closest(name.text, names)) diagnostic.help = fmt::format("did you mean `{}`?", *close);
    return none;
  }
  if (record.facts[fact].type.kind == kind) return fact;
  complain(Code::type_mismatch, name.span,
           fmt::format("`{}` is {}; {} {} is {} by a {}", name.text, model::format(library_, record.facts[fact].type),
                       noun(policy) == "agreement" ? "an" : "a", noun(policy), kind == Kind::date ? "dated" : "placed",
                       kind_word(kind)));
  return none;
}

/// Without a `dated by` line, the record's only date, where one is needed: a policy that no date can change is not kept
/// waiting for one.
void Deciding::deciding_date(model::Policy& policy, const syntax::Name& dated_by, bool needed) {
  if (!dated_by.text.empty()) {
    policy.dated_by = deciding_fact(dated_by, policy, Kind::date);
  } else if (needed) {
    policy.dated_by = only_field(policy, library_.records[policy.record], Kind::date, Code::no_deciding_date);
  }
}

/// Likewise for places.
void Deciding::deciding_place(model::Policy& policy, const syntax::Name& placed_by) {
  if (!placed_by.text.empty()) {
    policy.placed_by = deciding_fact(placed_by, policy, Kind::place);
  } else if (!policy.places.empty() || policy.placements.size() > 1) {
    policy.placed_by = only_field(policy, library_.records[policy.record], Kind::place, Code::no_deciding_place);
  }
}

model::FactId Deciding::only_field(const model::Policy& policy, const model::Record& record, Kind kind, Code code) {
  const auto found = fields(record, kind);
  if (found.size() == 1) return found.front();
  // It may be the field that could not be read.
  if (found.empty() &&
      is_broken(declaration<syntax::RecordDeclaration>(*workspace_.record_symbols[policy.record]).span)) {
    return none;
  }
  const auto word = kind_word(kind);
  auto& diagnostic = complain(
      code, policy.span,
      fmt::format("{} `{}` depends on a {}, and record `{}` has {} by which to tell", noun(policy), policy.name, word,
                  record.name, found.empty() ? fmt::format("no {}", word) : fmt::format("several {}s", word)));
  std::vector<std::string> lines;
  lines.reserve(found.size());
  for (const auto fact : found) {
    lines.push_back(fmt::format("`{} by {}`", kind == Kind::date ? "dated" : "placed", record.facts[fact].path));
  }
  diagnostic.help = found.empty() ? fmt::format("give the record a field of type `{}`", word)
                                  : fmt::format("say which: {}", fmt::join(lines, " or "));
  return none;
}

}  // namespace proviso::check
