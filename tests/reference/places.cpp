#include "reference/places.hpp"

#include <algorithm>

#include "reference/evaluate.hpp"

namespace proviso::reference {

void Places::add(const syntax::PlacesDeclaration& declaration) {
  for (const syntax::Place& place : declaration.places) add(place, "");
}

void Places::add(const syntax::Place& place, const std::string& around) {
  Declared declared{place.name.text, {}, around};
  for (const syntax::Name& code : place.ods) declared.ods.push_back(code.text);
  all_.push_back(declared);
  for (const syntax::Place& inner : place.inside) add(inner, place.name.text);
}

std::optional<std::string> Places::called(const std::string& text) const {
  for (const Declared& place : all_) {
    if (place.name == text) return place.name;
    if (std::find(place.ods.begin(), place.ods.end(), text) != place.ods.end()) return place.name;
  }
  return std::nullopt;
}

std::vector<std::string> Places::outwards(const std::string& name) const {
  if (name.empty()) return {""};
  std::vector<std::string> chain = {name};
  for (const Declared& place : all_) {
    if (place.name != name) continue;
    const std::vector<std::string> rest = outwards(place.around);
    chain.insert(chain.end(), rest.begin(), rest.end());
  }
  return chain;
}

bool Places::inside(const std::string& inner, const std::string& outer) const {
  const std::vector<std::string> chain = outwards(inner);
  return std::find(chain.begin(), chain.end(), outer) != chain.end();
}

Held held(const syntax::Tree& tree, const std::string& place, const std::optional<syntax::Period>& period) {
  Held result;
  result.place = place;
  if (!period) return result;
  result.first = evaluate_literal(tree, period->first).day;
  if (period->last != syntax::no_expression) result.last = evaluate_literal(tree, period->last).day;
  return result;
}

std::optional<std::size_t> in_force(const Places& places, const std::vector<Held>& values, const std::string& place,
                                    DayNumber day) {
  for (const std::string& at : places.outwards(place)) {
    std::optional<std::size_t> latest;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].place != at || values[i].first > day) continue;
      if (!latest || values[i].first > values[*latest].first) latest = i;
    }
    if (latest && day <= values[*latest].last) return latest;
  }
  return std::nullopt;
}

}  // namespace proviso::reference
