#pragma once

#include <optional>
#include <string_view>

#include <simdjson.h>

/// Looking into JSON that may have any shape. What is `null`, or not there, or of another form, is nothing.
namespace proviso::input::fhir {

namespace dom = simdjson::dom;

inline std::optional<dom::element> member(dom::object object, std::string_view name) {
  dom::element found;
  if (object.at_key(name).get(found) != simdjson::SUCCESS || found.is_null()) return std::nullopt;
  return found;
}

inline std::optional<dom::object> as_object(dom::element element) {
  dom::object object;
  if (element.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  return object;
}

inline std::optional<dom::array> as_array(dom::element element) {
  dom::array array;
  if (element.get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
  return array;
}

/// Whether what the tree has as a text is a number: see fhir_numbers.hpp.
inline bool is_marked(std::string_view text) { return !text.empty() && text.front() == '\1'; }

/// Empty where it is no text.
inline std::string_view as_text(dom::element element) {
  std::string_view text;
  if (element.get_string().get(text) != simdjson::SUCCESS || is_marked(text)) return {};
  return text;
}

/// Empty where there is no such text.
inline std::string_view text_of(dom::object object, std::string_view name) {
  const auto found = member(object, name);
  return found ? as_text(*found) : std::string_view();
}

inline std::optional<dom::object> object_of(dom::object object, std::string_view name) {
  const auto found = member(object, name);
  return found ? as_object(*found) : std::nullopt;
}

/// Calls `visit(element)` with each element of a list, or with what is in its place; with no `null`.
template <typename Visit>
void for_each(dom::element element, const Visit& visit) {
  if (element.is_null()) return;
  const auto list = as_array(element);
  if (!list) {
    visit(element);
    return;
  }
  for (const dom::element each : *list) {
    if (!each.is_null()) visit(each);
  }
}

/// The same with the objects in a member; with nothing where there is no such member.
template <typename Visit>
void for_each_object(dom::object object, std::string_view name, const Visit& visit) {
  const auto found = member(object, name);
  if (!found) return;
  for_each(*found, [&](dom::element each) {
    if (const auto inner = as_object(each)) visit(*inner);
  });
}

}  // namespace proviso::input::fhir
