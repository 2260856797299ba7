#include "cli/eval_values.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <optional>
#include <set>

#include "input/json_id.hpp"
#include "value/characters.hpp"
#include "value/decimal.hpp"

namespace proviso::cli {

namespace {

using check::NamedValue;
using simdjson::ondemand::json_type;
template <class Value>
using Result = tl::expected<Value, std::string>;

Result<std::string> scalar(const std::string& name, simdjson::ondemand::value value) {
  switch (json_type type{}; value.type().get(type) == simdjson::SUCCESS ? type : json_type::object) {
    case json_type::boolean: {
      bool yes = false;
      if (value.get_bool().get(yes) != simdjson::SUCCESS) break;
      return std::string(yes ? "yes" : "no");
    }
    case json_type::number: {
      // From its digits, never through binary floating point.
      const auto token = value::trimmed_end(value.raw_json_token());
      const auto parsed = value::parse_decimal(token, true);
      if (!parsed.value) return tl::unexpected(fmt::format("`{}`: `{}` cannot be kept exactly", name, token));
      double checked = 0;
      if (value.get_double().get(checked) != simdjson::SUCCESS) break;
      return value::format_decimal(*parsed.value);
    }
    case json_type::string: {
      std::string_view text;
      if (value.get_string().get(text) != simdjson::SUCCESS) break;
      return std::string(text);
    }
    default:
      break;
  }
  return tl::unexpected(fmt::format("`{}` is not true, false, null, a number, a string or a list of those", name));
}

/// Whether nothing but white space is left.
bool at_end(simdjson::ondemand::document& document) {
  const char* place = nullptr;
  return document.current_location().get(place) == simdjson::OUT_OF_BOUNDS;
}

bool is_null(simdjson::ondemand::value value) {
  json_type type{};
  return value.type().get(type) == simdjson::SUCCESS && type == json_type::null;
}

Result<NamedValue> named(const std::string& name, simdjson::ondemand::value value, bool element = false) {
  NamedValue result;
  result.name = name;
  if (is_null(value)) {
    if (!value.is_null()) return tl::unexpected(fmt::format("`{}` is not JSON", name));
    return result;
  }
  json_type type{};
  if (!element && value.type().get(type) == simdjson::SUCCESS && type == json_type::array) {
    result.form = NamedValue::Form::list;
    for (auto part : value.get_array()) {
      simdjson::ondemand::value inside;
      if (part.get(inside) != simdjson::SUCCESS) return tl::unexpected(fmt::format("the list `{}` is not JSON", name));
      auto read = named(name, inside, true);
      if (!read) return tl::unexpected(read.error());
      result.elements.push_back(std::move(*read));
    }
    return result;
  }
  auto literal = scalar(name, value);
  if (!literal) return tl::unexpected(literal.error());
  result.form = NamedValue::Form::literal;
  result.literal = std::move(*literal);
  return result;
}

Result<std::vector<NamedValue>> all_named(simdjson::ondemand::object object) {
  std::vector<NamedValue> values;
  std::set<std::string> seen;
  for (auto field : object) {
    std::string_view key;
    simdjson::ondemand::value value;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS)
      return tl::unexpected(std::string("the facts are not JSON"));
    const std::string name(key);
    if (field.value().get(value) != simdjson::SUCCESS) return tl::unexpected(fmt::format("`{}` is not JSON", name));
    if (!seen.insert(name).second) return tl::unexpected(fmt::format("`{}` is given twice", name));
    auto read = named(name, value);
    if (!read) return tl::unexpected(read.error());
    values.push_back(std::move(*read));
  }
  return values;
}

/// As JSON; nothing where it is none.
std::optional<std::string> id_as_json(simdjson::ondemand::value value) {
  std::string_view raw;
  if (simdjson::to_json_string(value).get(raw) != simdjson::SUCCESS) return {};
  const std::string id(value::trimmed_end(raw));
  simdjson::dom::parser parser;
  if (parser.parse(id).error() != simdjson::SUCCESS) return {};
  return id;
}

/// What is wrong with the value; empty where nothing is.
std::string read_field(const std::string& key, simdjson::ondemand::value value, EvalLine& line) {
  if (key == "id") return id_as_json(value) ? "" : "`id` is not JSON";
  if (key == "expression") {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return "`expression` is not a string";
    line.expression = text;
  }
  if (key != "facts" || is_null(value)) return {};
  simdjson::ondemand::object facts;
  if (value.get_object().get(facts) != simdjson::SUCCESS) return "`facts` is not an object";
  auto values = all_named(facts);
  if (!values) return values.error();
  line.values = std::move(*values);
  return {};
}

/// What is wrong with the line; empty where nothing is.
std::string read_fields(const simdjson::padded_string& json, EvalLine& line) {
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (parser.iterate(json).get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS) {
    return "the line is not a JSON object";
  }
  std::set<std::string> seen;
  for (auto field : object) {
    std::string_view name;
    simdjson::ondemand::value value;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS) {
      return "the line is not a JSON object";
    }
    const std::string key(name);
    if (!seen.insert(key).second) return fmt::format("`{}` is given twice", key);
    if (std::string problem = read_field(key, value, line); !problem.empty()) return problem;
  }
  if (!at_end(document)) return "something follows the closing brace";
  if (seen.count("expression") == 0) return "the line has no `expression`";
  return {};
}

}  // namespace

Result<std::vector<NamedValue>> read_values(std::string_view json) {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(json);
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS) {
    return tl::unexpected(std::string("the facts are not a JSON object"));
  }
  auto values = all_named(object);
  if (values && !at_end(document)) return tl::unexpected(std::string("something follows the facts' closing brace"));
  return values;
}

EvalLine read_line(std::string_view json) {
  const simdjson::padded_string padded(json);
  EvalLine line;
  line.id = input::id_in(json, "id");
  line.problem = read_fields(padded, line);
  return line;
}

}  // namespace proviso::cli
