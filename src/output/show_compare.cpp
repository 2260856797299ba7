#include "output/show_compare.hpp"

#include <algorithm>

namespace proviso::output {
namespace {

/// A long list is told by what the other has not.
std::string codes_of(value::CodeSystem system, const ValueView& own, const ValueView& other) {
  constexpr std::size_t short_enough = 8;
  if (std::max(own.codes->firsts.size(), other.codes->firsts.size()) <= short_enough) return own.value;
  const std::string more = spell_difference(system, *own.codes, *other.codes);
  return more.empty() ? "nothing that the other has not" : "here alone: " + more;
}

void compare_dependency(const model::Library& library, const std::string& what, const DependencyView* first,
                        const DependencyView* second, std::vector<Difference>& differences) {
  const std::array<const DependencyView*, 2> both = {first, second};
  std::array<const ValueView*, 2> values{};
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    if (both[side] != nullptr && !both[side]->values.empty()) values[side] = &both[side]->values.front();
  }
  const bool comparable = values[0] != nullptr && values[1] != nullptr;
  if (comparable && values[0]->value == values[1]->value) return;
  if (first != nullptr && second != nullptr && values[0] == values[1]) return;
  differences.push_back({what, (first != nullptr ? first : second)->name, {}, {}});
  Difference& difference = differences.back();
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    ComparedCell& to = difference.cells[side];
    if (values[side] == nullptr) {
      to.lines = {both[side] == nullptr ? "not asked for" : "no value"};
      continue;
    }
    const ValueView& value = *values[side];
    to = {{value.value}, value.place.empty() ? std::string(everywhere) : value.place, value.days, value.source};
    if (!comparable || value.codes == nullptr) continue;
    to.lines = {codes_of(library.code_lists[both[side]->number].system, value, *values[1 - side])};
  }
}

void compare_dependencies(const model::Library& library, const std::string& what,
                          const std::vector<DependencyView>& firsts, const std::vector<DependencyView>& seconds,
                          std::vector<Difference>& differences) {
  const auto find = [](const std::vector<DependencyView>& all, std::uint32_t number) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.number == number; });
    return found == all.end() ? nullptr : &*found;
  };
  for (const DependencyView& each : firsts)
    compare_dependency(library, what, &each, find(seconds, each.number), differences);
  for (const DependencyView& each : seconds) {
    if (find(firsts, each.number) == nullptr) compare_dependency(library, what, nullptr, &each, differences);
  }
}

void compare_holding(const PolicyView& first, const PolicyView& second, std::vector<Difference>& differences) {
  Difference difference{"policy", {}, {}, {}};
  const std::array<const PolicyView*, 2> views = {&first, &second};
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    const PolicyView& view = *views[side];
    ComparedCell& to = difference.cells[side];
    to.lines = {view.form != nullptr ? "holds" : "does not: " + view.why_not};
    if (view.form == nullptr) continue;
    to.days = view.policy->effective;
    to.whose = view.policy->places.empty() ? std::string(everywhere) : spell_places(*view.library, view.policy->places);
  }
  differences.push_back(std::move(difference));
}

}  // namespace

PolicyComparison compare(const PolicyView& first, const PolicyView& second) {
  PolicyComparison result;
  const model::Library& library = *first.library;
  const model::Policy& policy = first.policy != nullptr ? *first.policy : *first.versions.front();
  result.policy = policy.full_name();
  result.label = policy.label;
  result.effective = policy.effective;
  result.in_both = first.form != nullptr && second.form != nullptr;
  if (result.in_both) {
    compare_forms(first, second, result.differences);
    compare_dependencies(library, "threshold", first.thresholds, second.thresholds, result.differences);
    compare_dependencies(library, "codes", first.code_lists, second.code_lists, result.differences);
  } else if (first.form != nullptr || second.form != nullptr) {
    compare_holding(first, second, result.differences);
  }
  return result;
}

Comparison compare_places(const model::Library& library, std::array<model::PlaceId, 2> places,
                          std::optional<std::int32_t> on, std::string_view full_name) {
  Comparison result{&library, places, on, 0, {}};
  const auto& policies = library.policies;
  for (std::size_t i = 0; i < policies.size();) {
    // Versions of one policy stand together.
    std::vector<const model::Policy*> versions;
    const std::string name = policies[i].full_name();
    for (; i < policies.size() && policies[i].full_name() == name; ++i) versions.push_back(&policies[i]);
    if (!full_name.empty() && name != full_name) continue;
    const PolicyView first = view_versions(library, versions, on, places[0]);
    if (first.policy == nullptr || (full_name.empty() && !first.policy->decides(false))) continue;
    const PolicyView second = view_versions(library, std::move(versions), on, places[1]);
    if (first.form == nullptr && second.form == nullptr) continue;
    ++result.compared;
    PolicyComparison comparison = compare(first, second);
    if (!comparison.differences.empty()) result.policies.push_back(std::move(comparison));
  }
  return result;
}

}  // namespace proviso::output
