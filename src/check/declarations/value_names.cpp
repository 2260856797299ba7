#include "check/declarations/value_names.hpp"

#include <fmt/format.h>

// Names that stand for values of a type.
namespace proviso::check {

bool ValueNames::names_values(const Type& type) {
  return type.kind == Kind::enumeration || type.kind == Kind::scale || type.kind == Kind::place;
}

std::vector<std::string> ValueNames::value_names(const Type& type) const {
  if (type.kind != Kind::place) return library_.enumerations[type.id].values;
  std::vector<std::string> names;
  for (const auto& place : library_.places) names.push_back(place.name);
  return names;
}

std::optional<std::uint32_t> ValueNames::named_value(const Type& type, std::string_view value) const {
  if (type.kind == Kind::place) {
    const auto place = place_named(value);
    return place == none ? std::nullopt : std::optional(place);
  }
  if (!names_values(type)) return {};
  const auto& values = library_.enumerations[type.id].values;
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (values[i] == value) return i;
  }
  return {};
}

void ValueNames::not_a_value(const Type& type, const std::string& value, Span span) {
  const bool place = type.kind == Kind::place;
  if (unread(value)) return;
  auto& diagnostic =
      complain(place ? Code::unknown_place : Code::not_a_value_of, span,
               place ? fmt::format("there is no place {}", quoted(span))
                     : fmt::format("{} is not a value of {}", quoted(span), model::format(library_, type)));
  if (const auto close = text::closest(value, value_names(type))) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  }
}

}  // namespace proviso::check
