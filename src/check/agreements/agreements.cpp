#include "check/agreements/agreements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/agreements/agreement_building.hpp"
#include "value/calendar.hpp"

// Agreements: the lines that they are about, and when. What is saved is in agreement_amounts.cpp, and who gets it in
// agreement_shares.cpp.
namespace proviso::check {

void Agreements::check_agreements() {
  std::map<std::pair<std::string, std::string>, Span> names;
  for (const auto& symbol : workspace_.policies) names.emplace(std::pair{symbol.library, symbol.name}, symbol.span);
  for (const auto& symbol : workspace_.agreements) {
    const auto [first, fresh] = names.emplace(std::pair{symbol.library, symbol.name}, symbol.span);
    if (!fresh) {
      complain(Code::duplicate_name, symbol.span,
               fmt::format("`{}` is declared twice in library `{}`", symbol.name, symbol.library))
          .notes.push_back({"declared here too", first->second});
      continue;
    }
    expressions_.begin_rule();
    check_agreement(symbol);
  }
}

void Agreements::check_agreement(const Symbol& symbol) {
  AgreementBuilding building{declaration<syntax::AgreementDeclaration>(symbol), {}, {}};
  building.context.tree = symbol.tree;
  building.unread = is_broken(building.written.span);
  auto& lines = building.agreement.lines;
  lines.library = symbol.library;
  lines.name = symbol.name;
  lines.span = symbol.span;
  agreement_head(building);
  missing_lines(building);
  lines.record = building.context.record = types_.record_named(symbol.tree, building.written.record);
  // As of policies: without its record nothing in it can be resolved.
  if (lines.record == none) return;
  if (building.written.covers != syntax::no_expression) {
    lines.applies = expressions_.truth(building.context, building.written.covers, "`covers`");
    lines.applies_expression = print(building.context, building.written.covers);
  }
  agreement_period(building);
  agreement_parties(building);
  agreement_amounts(building);
  agreement_shares(building);
  agreement_caps(building);
  agreement_deductions(building);
  agreement_settlement(building);
  agreement_after(building);
  agreement_targets(building);
  agreement_corrections(building);
  deciding_.deciding_date(lines, building.written.dated_by, true);
  placements_.place(lines, needed_days(building.agreement));
  deciding_.deciding_place(lines, building.written.placed_by);
  same_lines(building.agreement);
  library_.agreements.push_back(std::move(building.agreement));
}

/// Warns where an earlier agreement shares the saving of the same lines among the same parties: it is paid twice.
void Agreements::same_lines(const model::Agreement& later) {
  const auto facts = [](const model::Agreement& agreement) {
    std::set<model::FactId> result;
    for (const auto& party : agreement.parties) result.insert(party.fact);
    return result;
  };
  const auto meet = [&](const std::vector<model::PlaceId>& a, const std::vector<model::PlaceId>& b) {
    return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](auto x) {
             return std::any_of(b.begin(), b.end(),
                                [&](auto y) { return library_.inside(x, y) || library_.inside(y, x); });
           });
  };
  for (const auto& earlier : library_.agreements) {
    const model::Period both{std::max(earlier.period.first, later.period.first),
                             std::min(earlier.period.last, later.period.last)};
    const bool same = earlier.lines.record == later.lines.record && earlier.lines.applies != none &&
                      earlier.lines.applies == later.lines.applies && facts(earlier) == facts(later);
    const bool decide = earlier.lines.decides(false) && later.lines.decides(false);
    if (!same || !decide || both.first > both.last || !meet(earlier.lines.places, later.lines.places)) continue;
    complain(Code::same_lines, later.lines.span,
             fmt::format("agreements `{}` and `{}` cover the same lines of the same parties {}, so what is saved on "
                         "them is shared twice",
                         earlier.name(), later.name(), spell_period(both)))
        .notes.push_back({"the other is here", earlier.lines.span});
    return;
  }
}

void Agreements::agreement_head(AgreementBuilding& building) {
  const auto& written = building.written;
  auto& lines = building.agreement.lines;
  lines.label = written.label;
  if (const auto found = words_.status(written.status)) lines.status = *found;
  repeated_lines(written.repeated);
  for (const auto& source : written.sources) lines.sources.push_back({source.document, source.section});
  if (written.sources.empty()) {
    complain(Code::no_source, lines.span, fmt::format("agreement `{}` cites no source", lines.name));
  }
  lines.notes = written.notes;
  lines.unverified = written.unverified;
  for (const auto& name : written.places) {
    if (const auto place = value_names_.find_place(name); place != none) lines.places.push_back(place);
  }
}

/// All that are missing are said at once.
void Agreements::missing_lines(const AgreementBuilding& building) {
  const auto& written = building.written;
  struct Line {
    std::string_view word;
    bool there;
    std::string_view example;
  };
  const Line lines[] = {
      {"between", !written.between.empty(), "`between commissioner and provider`"},
      {"covers", written.covers != syntax::no_expression, "`covers drug in adalimumab_products`"},
      {"period", written.period.has_value(), "`period 18 months from 2018-12-01`"},
      {"saving", written.saving != syntax::no_expression, "`saving (baseline - unit_price) * quantity`"},
      {"share", !written.shares.empty(), "`share commissioner 50%, provider 50%`"},
      {"settle", written.settle.has_value(), "`settle monthly rounded to 1p half even`"},
  };
  std::vector<std::string> missing;
  std::vector<std::string_view> examples;
  for (const auto& line : lines) {
    if (line.there) continue;
    missing.push_back(fmt::format("`{}`", line.word));
    examples.push_back(line.example);
  }
  // A line that could not be read is not missing.
  if (missing.empty() || building.unread) return;
  complain(Code::missing_line, building.agreement.lines.span,
           fmt::format("agreement `{}` has no {}", building.agreement.name(), fmt::join(missing, ", no ")))
      .help = fmt::format("as {}", fmt::join(examples, ", "));
}

/// The day that comes `length` after a day.
std::optional<std::int32_t> Agreements::day_after(std::uint32_t tree, ExpressionId length, ExpressionId day) {
  const auto& written = trees_[tree].tree.expression(length);
  const auto first = literals_.date(tree, day);
  const NodeId node = literals_.length_of_time(written);
  if (is_error(node) || !first) return {};
  const auto& duration = library_.nodes[node];
  if (duration.value <= 0) {
    complain(Code::reversed_period, written.span, fmt::format("{} is no time at all", quoted(written.span)));
    return {};
  }
  std::int32_t result = 0;
  const bool months = duration.type.duration == value::DurationKind::months;
  if (months ? value::add_months(*first, duration.value, result) : value::add_days(*first, duration.value, result)) {
    return result;
  }
  complain(
      Code::impossible_date, written.span,
      fmt::format("{} from {} is after the last day that there is", quoted(written.span), value::format_date(*first)));
  return {};
}

void Agreements::agreement_period(AgreementBuilding& building) {
  const auto& written = building.written;
  const auto tree = building.context.tree;
  if (!written.period) return;
  if (written.length == syntax::no_expression) {
    if (const auto found = literals_.period(tree, *written.period)) building.agreement.period = *found;
    if (written.period->last != syntax::no_expression) return;
    complain(Code::missing_line, written.period->span,
             fmt::format("agreement `{}` does not say when it ends", building.agreement.name()))
        .help = "as `period 18 months from 2018-12-01`, or `period 2018-12-01 to 2020-05-31`";
    return;
  }
  const auto end = day_after(tree, written.length, written.period->first);
  if (end) building.agreement.period = {*literals_.date(tree, written.period->first), *end - 1};
}

/// The days on which everything that the agreement reads must have a value.
model::Period Agreements::needed_days(const model::Agreement& agreement) {
  // Where the period is not known, that alone is said.
  if (agreement.period.first == INT32_MIN) return {0, -1};
  model::Period days = agreement.period;
  for (const auto& target : agreement.targets) days.last = std::max(days.last, target.by);
  return days;
}

/// A fact that the agreement names, of one of those types; none where it is another, or is not there.
model::FactId Agreements::agreement_fact(const AgreementBuilding& building, const syntax::Name& name,
                                         const std::vector<Kind>& kinds, std::string_view wanted) {
  const auto& record = library_.records[building.context.record];
  const auto fact = record.find(0, name.text);
  if (fact == none) {
    expressions_.unknown_name(building.context, name.text, name.span, nullptr);
    return none;
  }
  const Type& found = record.facts[fact].type;
  if (std::find(kinds.begin(), kinds.end(), found.kind) != kinds.end()) return fact;
  complain(Code::type_mismatch, name.span,
           fmt::format("`{}` is {}; {}", name.text, model::format(library_, found), wanted));
  return none;
}

}  // namespace proviso::check
