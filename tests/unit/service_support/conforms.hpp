#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace proviso::service {

/// Where and why the value is not as the schema of an OpenAPI description says; empty where it is.
inline std::string misfit(const nlohmann::json& description, const nlohmann::json& schema, const nlohmann::json& value,
                          const std::string& at = "$") {
  if (schema.contains("$ref")) {
    const std::string pointer = schema["$ref"].get<std::string>().substr(1);
    return misfit(description, description.at(nlohmann::json::json_pointer(pointer)), value, at);
  }
  if (schema.contains("oneOf")) {
    std::string all;
    for (const auto& each : schema["oneOf"]) {
      const std::string why = misfit(description, each, value, at);
      if (why.empty()) return "";
      all += why + "; ";
    }
    return all;
  }
  if (value.is_null() && schema.value("nullable", false)) return "";
  const std::string type = schema.value("type", "");
  const bool fits = type.empty() || (type == "string" && value.is_string()) ||
                    (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
                    (type == "boolean" && value.is_boolean()) || (type == "integer" && value.is_number_integer());
  if (!fits) return at + " is no " + type + ": " + value.dump();
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
    return at + " is none of the values: " + value.dump();
  }
  if (type == "array") {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string why = misfit(description, schema["items"], value[i], at + "[" + std::to_string(i) + "]");
      if (!why.empty()) return why;
    }
  }
  if (type != "object") return "";
  for (const auto& required : schema.value("required", nlohmann::json::array())) {
    if (!value.contains(required.get<std::string>())) return at + " lacks " + required.get<std::string>();
  }
  const auto& properties = schema.contains("properties") ? schema["properties"] : nlohmann::json::object();
  for (const auto& [name, member] : value.items()) {
    if (!properties.contains(name)) {
      if (!schema.value("additionalProperties", true)) return at + " has a member " + name;
      continue;
    }
    const std::string why = misfit(description, properties[name], member, at + "." + name);
    if (!why.empty()) return why;
  }
  return "";
}

}  // namespace proviso::service
