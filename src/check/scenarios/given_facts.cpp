#include <fmt/format.h>

#include <algorithm>

#include "check/expressions/meant.hpp"
#include "check/scenarios/given_place.hpp"
#include "check/scenarios/scenarios.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

// What scenarios say of facts: values written out, of the type that the record declares.
namespace proviso::check {

Scenarios::GivenPlace Scenarios::place_of(const ScenarioBuilding& building) const {
  return {building.tree, building.record, 0, {}};
}

void Scenarios::given_facts(const GivenPlace& place, const std::vector<syntax::GivenFact>& written,
                            model::GivenRecord& to) {
  for (const auto& fact : written) given_fact(place, fact.name, fact.value, to);
}

bool Scenarios::is_nested_record(const GivenPlace& place, const std::string& prefix) const {
  const auto& record = library_.records[place.record];
  const auto& facts = record.levels[place.level].facts;
  return std::any_of(facts.begin(), facts.end(),
                     [&](const auto id) { return record.facts[id].path.compare(0, prefix.size(), prefix) == 0; });
}

/// A fact of the level that the place is in, or all that is in a nested record's braces.
void Scenarios::given_fact(const GivenPlace& place, const syntax::Name& name, const syntax::GivenValue& written,
                           model::GivenRecord& to) {
  const auto& record = library_.records[place.record];
  const std::string path = place.prefix + name.text;
  const auto fact = record.find(place.level, path);
  if (fact == none && is_nested_record(place, path + '.')) {
    if (!written.facts.empty() || (written.value == syntax::no_expression && written.elements.empty())) {
      return given_facts({place.tree, place.record, place.level, path + '.'}, written.facts, to);
    }
    if (is_unknown(place.tree, written)) return leave_out(place, path + '.', to);
    complain(Code::misfitting_value, written.span, fmt::format("`{}` is a record, not a single value", path)).help =
        fmt::format("say what its fields are: `{} = {{ ... = ... }}`, or `{}.... = ...`", path, path);
    return;
  }
  if (fact == none) return unknown_given(place, path, name.span);
  if (std::any_of(to.begin(), to.end(), [&](const auto& each) { return each.fact == fact; })) {
    complain(Code::duplicate_name, name.span, fmt::format("`{}` is given twice", path));
    return;
  }
  model::GivenFact given;
  given.fact = fact;
  given.constant = {record.facts[fact].type, false, 0};
  if (record.facts[fact].type.kind == Kind::list) {
    given_list(place, fact, written, given);
  } else {
    given_single(place, fact, written, given);
  }
  to.push_back(std::move(given));
}

bool Scenarios::is_unknown(std::uint32_t tree, const syntax::GivenValue& written) const {
  return written.value != syntax::no_expression &&
         trees_[tree].tree.expression(written.value).kind == ExpressionKind::unknown;
}

/// All facts of a nested record.
void Scenarios::leave_out(const GivenPlace& place, const std::string& prefix, model::GivenRecord& to) const {
  const auto& record = library_.records[place.record];
  for (const auto id : record.levels[place.level].facts) {
    if (record.facts[id].path.compare(0, prefix.size(), prefix) != 0) continue;
    model::GivenFact& left_out = to.emplace_back();
    left_out.fact = id;
    left_out.constant = {record.facts[id].type, false, 0};
  }
}

void Scenarios::unknown_given(const GivenPlace& place, const std::string& path, Span span) {
  if (unread(path)) return;
  Context context;
  context.tree = place.tree;
  context.record = place.record;
  const auto& record = library_.records[place.record];
  if (place.level == 0) {
    if (expressions_.unknown_field(context, path, span)) return;
    std::vector<std::string> names;
    for (const auto id : record.levels[0].facts) names.push_back(record.facts[id].path);
    auto& diagnostic = complain(Code::unknown_field, span, fmt::format("`{}` has no fact `{}`", record.name, path));
    if (const auto close = text::closest(path, names)) diagnostic.help = fmt::format("did you mean `{}`?", *close);
    if (!diagnostic.help.empty()) return;
    const auto inside = std::find_if(names.begin(), names.end(), [&](const auto& name) {
      return name.size() > path.size() &&
             name.compare(name.size() - path.size() - 1, std::string::npos, '.' + path) == 0;
    });
    if (inside != names.end()) diagnostic.help = fmt::format("did you mean `{}`?", *inside);
    return;
  }
  const auto& level = record.levels[place.level];
  auto& diagnostic =
      complain(Code::unknown_field, span,
               fmt::format("the elements of `{}` have no field `{}`", record.facts[level.list].name, path));
  std::vector<std::string> names;
  for (const auto id : level.facts) names.push_back(record.facts[id].path);
  if (const auto close = text::closest(path, names)) diagnostic.help = fmt::format("did you mean `{}`?", *close);
}

void Scenarios::given_list(const GivenPlace& place, model::FactId id, const syntax::GivenValue& written,
                           model::GivenFact& to) {
  const auto& record = library_.records[place.record];
  const auto& fact = record.facts[id];
  if (is_unknown(place.tree, written)) return;
  if (written.value != syntax::no_expression || !written.facts.empty()) {
    complain(Code::misfitting_value, written.span, fmt::format("`{}` is a list, not a single value", fact.name)).help =
        fmt::format("write its elements in braces, separated by commas: `{} = {{ ... }}`", fact.name);
    return;
  }
  to.constant.known = true;
  const auto& level = record.levels[fact.elements];
  for (const auto& element : written.elements) {
    model::GivenRecord& given = to.elements.emplace_back();
    if (level.plain) {
      model::GivenFact& single = given.emplace_back();
      single.fact = level.facts.front();
      single.constant = {record.facts[single.fact].type, false, 0};
      given_single(place, single.fact, element, single);
      continue;
    }
    if (element.value != syntax::no_expression || !element.elements.empty()) {
      complain(Code::misfitting_value, element.span,
               fmt::format("an element of `{}` is a record, not a value", fact.name))
          .help = fmt::format("say what its fields are: `{{ {} = ... }}`", record.facts[level.facts.front()].path);
      continue;
    }
    given_facts({place.tree, place.record, fact.elements, {}}, element.facts, given);
  }
}

void Scenarios::given_single(const GivenPlace& place, model::FactId id, const syntax::GivenValue& written,
                             model::GivenFact& to) {
  const auto& fact = library_.records[place.record].facts[id];
  if (written.value == syntax::no_expression) {
    complain(Code::misfitting_value, written.span,
             fmt::format("`{}` is {}, a single value", fact.name, model::format(library_, fact.type)));
    return;
  }
  if (const auto constant = given_constant(place.tree, fact, written.value)) to.constant = *constant;
  if (written.on == syntax::no_expression) return;
  if (!fact.measured) {
    complain(Code::misfitting_value, written.span,
             fmt::format("`{}` is no measurement, so it has no date of its own", fact.name))
        .help = "leave out `on ...`, or declare the fact as `measured`";
    return;
  }
  to.measured_on = literals_.date(place.tree, written.on);
}

std::optional<model::Constant> Scenarios::given_constant(std::uint32_t tree, const model::Fact& fact, ExpressionId id) {
  const auto& written = trees_[tree].tree.expression(id);
  // As in other input, a plain number is in the unit that the fact was declared with.
  const bool plain = fact.in_percent && lacks_percent_sign(trees_[tree].tree, id, fact.type);
  auto found = literals_.constant(tree, id, plain ? of(Kind::number) : fact.type);
  if (!found || !found->known) return found;
  if (plain) {
    found->type = fact.type;
    if (found->bits % 100 != 0) {
      complain(Code::bad_number, written.span,
               fmt::format("{} has more than four places after the point", quoted(written.span)));
      return {};
    }
    found->bits /= 100;
  }
  if (fact.nhs_number && !value::valid_nhs_number(library_.texts[static_cast<std::size_t>(found->bits)])) {
    complain(Code::misfitting_value, written.span, fmt::format("{} is not an NHS number", quoted(written.span))).help =
        "numbers for tests begin with 999; the last of the ten digits is a check digit";
    return {};
  }
  const bool is_rank = fact.relation != none && fact.type.kind == Kind::number;
  if (is_rank && (found->bits < value::decimal_scale || found->bits % value::decimal_scale != 0)) {
    complain(Code::misfitting_value, written.span, fmt::format("{} is no rank", quoted(written.span))).help =
        "the lines of a group are numbered from 1: 1, 2, 3";
    return {};
  }
  return found;
}

}  // namespace proviso::check
