#include "check/scenarios/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "check/scenarios/given_place.hpp"

// Scenarios: which policy each is of, which other it is like, and its cases with all that they give.
namespace proviso::check {

void Scenarios::check_scenarios() {
  std::vector<ScenarioBuilding> all;
  std::map<std::pair<std::string, std::string>, Span> titles;
  for (const auto& [tree, declaration] : workspace_.written_scenarios) {
    auto building = begin_scenario(tree, declaration);
    if (!building) continue;
    const auto& title = building->written->title;
    const auto [first, fresh] = titles.emplace(std::pair{building->policy, title.text}, title.span);
    if (!fresh) {
      complain(Code::duplicate_name, title.span,
               fmt::format("there are two scenarios {} of `{}`", quoted(title.span), building->policy))
          .notes.push_back({"the first is here", first->second});
    }
    all.push_back(std::move(*building));
  }
  Titles by_title;
  for (std::uint32_t i = 0; i < all.size(); ++i) by_title.emplace(all[i].written->title.text, i);
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i].like = liked(all, by_title, i);
  for (std::uint32_t i = 0; i < all.size(); ++i) follow_likeness(all, i);
  for (const auto& building : all) finish_scenario(building);
}

std::optional<ScenarioBuilding> Scenarios::begin_scenario(std::uint32_t tree, std::uint32_t declaration) {
  ScenarioBuilding building;
  building.written = &std::get<syntax::ScenarioDeclaration>(trees_[tree].tree.declarations[declaration]);
  building.tree = tree;
  repeated_lines(building.written->repeated);
  const Symbol* policy = variations_.varied_policy(tree, building.written->policy);
  if (!policy) return {};
  building.policy = policy->library + "." + policy->name;
  const auto version = std::find_if(library_.policies.begin(), library_.policies.end(), [&](const auto& each) {
    return each.name == policy->name && each.library == policy->library;
  });
  if (version == library_.policies.end() || version->record == none) return {};
  building.record = version->record;
  given_facts(place_of(building), building.written->facts, building.given);
  return building;
}

/// The scenario of that title: of the same policy, else of the same library, else the only one of those in sight.
std::uint32_t Scenarios::liked(const std::vector<ScenarioBuilding>& all, const Titles& titles, std::uint32_t number) {
  const ScenarioBuilding& own = all[number];
  if (!own.written->is_like()) return none;
  const auto& name = own.written->like;
  const std::string& library = trees_[own.tree].tree.library.text;
  const auto uses = workspace_.uses.find(library);
  const auto nearness_of = [&](const ScenarioBuilding& building) {
    if (building.policy == own.policy) return 3;
    const std::string& other = trees_[building.tree].tree.library.text;
    if (other == library) return 2;
    return uses != workspace_.uses.end() && uses->second.count(other) ? 1 : 0;
  };
  std::vector<std::uint32_t> found;
  int nearness = 1;
  const auto [begin, end] = titles.equal_range(name.text);
  for (auto it = begin; it != end; ++it) {
    const int near = nearness_of(all[it->second]);
    if (near < nearness) continue;
    if (near > nearness) found.clear();
    nearness = near;
    found.push_back(it->second);
  }
  if (found.empty()) {
    if (unread(sources_.text(name.span))) return none;
    auto& diagnostic =
        complain(Code::unknown_scenario, name.span, fmt::format("there is no scenario {}", quoted(name.span)));
    std::vector<std::string> names;
    for (const auto& building : all) {
      if (nearness_of(building) > 0) names.push_back(building.written->title.text);
    }
    if (const auto close = text::closest(name.text, names)) {
      diagnostic.help = fmt::format("did you mean \"{}\"?", *close);
    }
    return none;
  }
  const ScenarioBuilding& first = all[found.front()];
  if (found.size() > 1 && nearness < 3) {
    auto& diagnostic = complain(Code::ambiguous_name, name.span,
                                fmt::format("several policies have a scenario {}", quoted(name.span)));
    for (const auto each : found) {
      diagnostic.notes.push_back({fmt::format("of `{}`", all[each].policy), all[each].written->title.span});
    }
    return none;
  }
  if (first.record != own.record) {
    complain(Code::type_mismatch, name.span,
             fmt::format("{} is about a {}, not a {}", quoted(name.span), library_.records[first.record].name,
                         library_.records[own.record].name));
    return none;
  }
  return found.front();
}

/// Gives the scenario, and all on the way to it, the facts of those that they are like.
void Scenarios::follow_likeness(std::vector<ScenarioBuilding>& all, std::uint32_t number) {
  std::vector<std::uint32_t> way;
  for (std::uint32_t at = number; at != none && !all[at].whole; at = all[at].like) {
    if (std::exchange(all[at].on_the_way, true)) {
      complain(Code::circular_scenario, all[at].written->like.span,
               fmt::format("the scenario {} is like itself", quoted(all[at].written->title.span)));
      all[at].like = none;
      break;
    }
    way.push_back(at);
  }
  for (auto it = way.rbegin(); it != way.rend(); ++it) {
    ScenarioBuilding& building = all[*it];
    building.whole = true;
    if (building.like == none || !within_fact_limit(all[building.like])) continue;
    model::GivenRecord given = all[building.like].given;
    for (auto& own : building.given) put(given, std::move(own));
    building.given = std::move(given);
  }
}

void Scenarios::put(model::GivenRecord& given, model::GivenFact&& fact) {
  const auto same = std::find_if(given.begin(), given.end(), [&](const auto& each) { return each.fact == fact.fact; });
  if (same == given.end()) {
    given.push_back(std::move(fact));
  } else {
    *same = std::move(fact);
  }
}

bool Scenarios::within_fact_limit(const ScenarioBuilding& building) {
  const bool was_within = given_facts_ <= given_fact_limit;
  given_facts_ += building.given.size() + 1;
  if (given_facts_ <= given_fact_limit) return true;
  if (was_within) {
    complain(Code::too_large, building.written->title.span,
             fmt::format("the scenarios give more than {} facts together", given_fact_limit));
  }
  return false;
}

void Scenarios::finish_scenario(const ScenarioBuilding& building) {
  const syntax::ScenarioDeclaration& written = *building.written;
  model::Scenario scenario;
  scenario.library = trees_[building.tree].tree.library.text;
  scenario.title = written.title.text;
  scenario.policy = building.policy;
  scenario.record = building.record;
  scenario.with_drafts = written.with_drafts.has_value();
  scenario.notes = written.notes;
  scenario.unverified = written.unverified;
  scenario.span = written.title.span;
  std::optional<model::Expectation> usual;
  if (written.expected) usual = expectation(building, *written.expected);
  const bool all_rows_expect = written.varied && std::all_of(written.varied->rows.begin(), written.varied->rows.end(),
                                                             [](const auto& row) { return row.expected.has_value(); });
  if (written.varied && written.varied->rows.empty()) {
    complain(Code::no_expectation, written.title.span,
             fmt::format("the table of the scenario {} has no rows, so nothing is tried", quoted(written.title.span)));
  } else if (!written.expected && !all_rows_expect && !is_broken(written.span)) {
    complain(Code::no_expectation, written.title.span,
             fmt::format("the scenario {} does not say what is expected", quoted(written.title.span)))
        .help = "say what must come of it: `expect approve`, `expect refuse because ...`";
  }
  if (!written.varied) {
    if (usual && within_fact_limit(building))
      scenario.cases.push_back({{}, building.given, *usual, written.title.span});
  } else {
    for (const auto& row : written.varied->rows) {
      if (auto found = varied_case(building, row, usual)) scenario.cases.push_back(std::move(*found));
    }
  }
  library_.scenarios.push_back(std::move(scenario));
}

std::optional<model::ScenarioCase> Scenarios::varied_case(const ScenarioBuilding& building,
                                                          const syntax::VariedRow& row,
                                                          const std::optional<model::Expectation>& usual) {
  const auto& names = building.written->varied->facts;
  if (row.values.size() != names.size()) {
    complain(Code::wrong_row, row.span,
             fmt::format("the row has {} value{} for {} fact{}", row.values.size(), row.values.size() == 1 ? "" : "s",
                         names.size(), names.size() == 1 ? "" : "s"));
    return {};
  }
  model::ScenarioCase result;
  model::GivenRecord varied;
  for (std::size_t i = 0; i < names.size(); ++i) {
    given_fact(place_of(building), names[i], row.values[i], varied);
    if (i > 0) result.label += ", ";
    const std::string value = quoted(row.values[i].span);
    result.label += fmt::format("{} = {}", names[i].text, value.substr(1, value.size() - 2));
  }
  std::optional<model::Expectation> expected = usual;
  if (row.expected) expected = expectation(building, *row.expected);
  if (!expected || !within_fact_limit(building)) return {};
  result.given = building.given;
  for (auto& fact : varied) put(result.given, std::move(fact));
  result.expected = std::move(*expected);
  result.span = row.span;
  return result;
}

}  // namespace proviso::check
