#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

/// Results are read as the JSON that they are kept as. What is not there is nothing, and no error.
namespace proviso::service::pages {

using Json = nlohmann::json;

/// Whether the text is JSON, in UTF-8, and nested no deeper than what is read here may be.
bool is_sound_json(std::string_view text);

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

/// By names with dots between: `patient.bmi`. Null where there is none.
inline Json member_at(const Json& object, std::string_view path) {
  const std::string name(path.substr(0, path.find('.')));
  Json member = member_of(object, name.c_str());
  return name.size() == path.size() ? member : member_at(member, path.substr(name.size() + 1));
}

}  // namespace proviso::service::pages
