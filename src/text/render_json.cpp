#include <nlohmann/json.hpp>

#include "text/render.hpp"
#include "text/utf8.hpp"

namespace proviso::text {
namespace {

using Json = nlohmann::ordered_json;

/// File, line and column; null where there is no place.
void put_place(Json& object, Span span, const Sources& sources) {
  if (!sources.has(span)) {
    object["file"] = nullptr;
    object["line"] = nullptr;
    object["column"] = nullptr;
    return;
  }
  const Position start = sources.start(span);
  object["file"] = to_valid_utf8(sources.file(span.file).path());
  object["line"] = start.line;
  object["column"] = start.column;
}

Json note_object(const Note& note, const Sources& sources) {
  Json object;
  object["message"] = to_valid_utf8(note.message);
  if (note.span && sources.has(*note.span)) put_place(object, *note.span, sources);
  return object;
}

Json diagnostic_object(const Diagnostic& diagnostic, const Sources& sources) {
  Json object;
  object["code"] = code_name(diagnostic.code);
  object["severity"] = severity_name(severity_of(diagnostic.code));
  object["title"] = title_of(diagnostic.code);
  put_place(object, diagnostic.span, sources);
  if (sources.has(diagnostic.span)) {
    const Position end = sources.end(diagnostic.span);
    object["end_line"] = end.line;
    object["end_column"] = end.column;
  } else {
    object["end_line"] = nullptr;
    object["end_column"] = nullptr;
  }
  object["message"] = to_valid_utf8(diagnostic.message);
  object["notes"] = Json::array();
  for (const Note& note : diagnostic.notes) object["notes"].push_back(note_object(note, sources));
  object["help"] = diagnostic.help.empty() ? Json() : Json(to_valid_utf8(diagnostic.help));
  return object;
}

}  // namespace

std::string render_json(const Diagnostics& diagnostics, const Sources& sources) {
  Json document;
  document["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    document["diagnostics"].push_back(diagnostic_object(diagnostic, sources));
  }
  document["errors"] = diagnostics.count(Severity::error);
  document["warnings"] = diagnostics.count(Severity::warning);
  return document.dump(2) + '\n';
}

}  // namespace proviso::text
