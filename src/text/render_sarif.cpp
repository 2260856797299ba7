#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "text/explain.hpp"
#include "text/render.hpp"
#include "text/utf8.hpp"

namespace proviso::text {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view schema = "https://json.schemastore.org/sarif-2.1.0.json";

/// `unknown_name` as SARIF likes the names of rules: `UnknownName`.
std::string rule_name(Code code) {
  std::string result;
  bool capital = true;
  for (const char letter : kind_name(code)) {
    if (letter == '_') {
      capital = true;
      continue;
    }
    result += capital && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    capital = false;
  }
  return result;
}

/// A path as a URI (RFC 3986): relative, or of a file where the path is absolute.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kept = "-._~/";
  std::string result = path.substr(0, 1) == "/" ? "file://" : "";
  for (const char byte : path) {
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    if (letter || kept.find(byte) != std::string_view::npos) {
      result += byte;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return result;
}

Json location_object(Span span, const Sources& sources) {
  const Position start = sources.start(span);
  const Position end = sources.end(span);
  Json physical;
  physical["artifactLocation"]["uri"] = uri_of(sources.file(span.file).path());
  physical["region"]["startLine"] = start.line;
  physical["region"]["startColumn"] = start.column;
  physical["region"]["endLine"] = end.line;
  physical["region"]["endColumn"] = end.column;
  Json location;
  location["physicalLocation"] = std::move(physical);
  return location;
}

Json rule_object(Code code) {
  const std::string page{page_of(code)};
  Json rule;
  rule["id"] = code_name(code);
  rule["name"] = rule_name(code);
  rule["shortDescription"]["text"] = title_of(code);
  if (!page.empty()) rule["help"] = {{"text", page}, {"markdown", page}};
  rule["defaultConfiguration"]["level"] = severity_name(severity_of(code));
  return rule;
}

/// The message, then what a viewer would not show by itself: notes without a place, and the help.
std::string result_text(const Diagnostic& diagnostic, const Sources& sources) {
  std::string text = diagnostic.message;
  for (const Note& note : diagnostic.notes) {
    if (!note.span || !sources.has(*note.span)) text += "\nnote: " + note.message;
  }
  if (!diagnostic.help.empty()) text += "\nhelp: " + diagnostic.help;
  return to_valid_utf8(text);
}

Json result_object(const Diagnostic& diagnostic, std::size_t rule_index, const Sources& sources) {
  Json result;
  result["ruleId"] = code_name(diagnostic.code);
  result["ruleIndex"] = rule_index;
  result["level"] = severity_name(severity_of(diagnostic.code));
  result["message"]["text"] = result_text(diagnostic, sources);
  result["locations"] = Json::array();
  if (sources.has(diagnostic.span)) result["locations"].push_back(location_object(diagnostic.span, sources));
  Json related = Json::array();
  for (const Note& note : diagnostic.notes) {
    if (!note.span || !sources.has(*note.span)) continue;
    Json location = location_object(*note.span, sources);
    location["id"] = related.size();
    location["message"]["text"] = to_valid_utf8(note.message);
    related.push_back(std::move(location));
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  return result;
}

}  // namespace

std::string render_sarif(const Diagnostics& diagnostics, const Sources& sources) {
  const std::vector<Diagnostic> sorted = diagnostics.sorted();
  std::map<Code, std::size_t> rule_indices;
  for (const Diagnostic& diagnostic : sorted) rule_indices.emplace(diagnostic.code, 0);

  Json driver;
  driver["name"] = "proviso";
  driver["rules"] = Json::array();
  for (auto& [code, index] : rule_indices) {
    index = driver["rules"].size();
    driver["rules"].push_back(rule_object(code));
  }
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = Json::array();
  for (const Diagnostic& diagnostic : sorted) {
    run["results"].push_back(result_object(diagnostic, rule_indices[diagnostic.code], sources));
  }
  Json document;
  document["$schema"] = schema;
  document["version"] = "2.1.0";
  document["runs"] = Json::array({std::move(run)});
  return document.dump(2) + '\n';
}

}  // namespace proviso::text
