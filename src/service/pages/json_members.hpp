#pragma once

#include <string>

#include <nlohmann/json.hpp>

/// Results are read as the JSON that they are kept as. What is not there is nothing, and no error.
namespace proviso::service::pages {

using Json = nlohmann::json;

/// Null where there is none.
inline Json member_of(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? Json() : *found;
}

/// Empty where there is none, or it is no text.
inline std::string text_of(const Json& object, const char* name) {
  const Json member = member_of(object, name);
  return member.is_string() ? member.get<std::string>() : std::string();
}

}  // namespace proviso::service::pages
