#include <fmt/format.h>

#include "check/declarations/value_names.hpp"
#include "value/code.hpp"

// The places, which all libraries share: input names them without a library.
namespace proviso::check {

void ValueNames::declare_places() {
  for (const auto& source : trees_) {
    for (const auto& declaration : source.tree.declarations) {
      const auto* places = std::get_if<syntax::PlacesDeclaration>(&declaration);
      if (!places) continue;
      for (const auto& place : places->places) declare_place(place, none);
    }
  }
}

void ValueNames::declare_place(const syntax::Place& written, model::PlaceId parent) {
  const auto number = static_cast<model::PlaceId>(library_.places.size());
  model::Place place;
  place.name = written.name.text;
  place.label = written.label;
  place.parent = parent;
  place.span = written.name.span;
  if (const auto [it, fresh] = places_.emplace(place.name, number); !fresh) {
    complain(Code::duplicate_name, place.span, fmt::format("place `{}` is declared twice", place.name))
        .notes.push_back({"the first is here", library_.places[it->second].span});
  }
  add_ods_codes(written, place);
  library_.places.push_back(std::move(place));
  for (const auto& inside : written.inside) declare_place(inside, number);
  library_.places[number].last = static_cast<model::PlaceId>(library_.places.size() - 1);
}

void ValueNames::add_ods_codes(const syntax::Place& written, model::Place& place) {
  const auto number = static_cast<model::PlaceId>(library_.places.size());
  for (const auto& code : written.ods) {
    const auto packed = value::parse_code(value::CodeSystem::ods, code.text);
    if (!packed) {
      complain(Code::bad_code, code.span,
               fmt::format("`{}` is not a code of ods: expected one such as `{}`", code.text,
                           value::example_code(value::CodeSystem::ods)));
      continue;
    }
    const std::string text = value::format_code(value::CodeSystem::ods, *packed);
    if (const auto [it, fresh] = ods_codes_.emplace(text, number); !fresh) {
      auto& diagnostic =
          complain(Code::duplicate_name, code.span, fmt::format("`ods:{}` is the code of two places", text));
      if (it->second != number) diagnostic.notes.push_back({"the other one", library_.places[it->second].span});
      continue;
    }
    place.ods.push_back(text);
  }
}

model::PlaceId ValueNames::place_named(std::string_view name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? none : found->second;
}

model::PlaceId ValueNames::find_place(const syntax::Name& name) {
  const auto found = place_named(name.text);
  if (found == none && !name.text.empty()) not_a_value(of(Kind::place), name.text, name.span);
  return found;
}

NodeId ValueNames::place_node(model::PlaceId place, Span span) { return constant_node(of(Kind::place), place, span); }

std::string ValueNames::place_name(model::PlaceId place) const {
  return place == none ? std::string("no place") : library_.places[place].name;
}

std::string ValueNames::spell_places(const std::vector<model::PlaceId>& places) const {
  std::string out;
  for (const auto place : places) out += (out.empty() ? "" : ", ") + place_name(place);
  return out;
}

}  // namespace proviso::check
