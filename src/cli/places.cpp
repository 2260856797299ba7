#include "cli/places.hpp"

#include <fmt/format.h>

#include "text/diagnostic.hpp"
#include "value/code.hpp"

namespace proviso::cli {

namespace {

/// The place whose name or label is closest to what was written.
std::string suggestion(const model::Library& library, const std::string& text) {
  std::vector<std::string> candidates;
  std::vector<std::string> names;
  for (const auto& place : library.places) {
    candidates.push_back(place.name);
    names.push_back(place.name);
    if (place.label.empty()) continue;
    if (place.label == text) return place.name;
    candidates.push_back(place.label);
    names.push_back(place.name);
  }
  const auto close = text::closest(text, candidates);
  for (std::size_t i = 0; close && i < candidates.size(); ++i) {
    if (candidates[i] == *close) return names[i];
  }
  return {};
}

}  // namespace

std::optional<model::PlaceId> place_argument(const model::Library& library, const std::string& text) {
  const std::string prefix = "ods:";
  const std::string word = text.rfind(prefix, 0) == 0 ? text.substr(prefix.size()) : text;
  if (const auto place = library.place(word); place != model::none) return place;
  // Codes are kept in capitals.
  if (const auto code = value::parse_code(value::CodeSystem::ods, word)) {
    const auto place = library.place(value::format_code(value::CodeSystem::ods, *code));
    if (place != model::none) return place;
  }
  if (library.places.empty()) {
    fmt::print(stderr, "proviso: there is no place `{}`: the library declares no places\n", text);
    return {};
  }
  const auto close = suggestion(library, text);
  fmt::print(stderr, "proviso: there is no place `{}`{}\n", text,
             close.empty() ? "" : fmt::format("; did you mean `{}`?", close));
  std::string all;
  for (const auto& place : library.places) {
    if (!all.empty()) all += ", ";
    all += place.name;
    if (!place.ods.empty()) all += fmt::format(" ({})", fmt::join(place.ods, ", "));
  }
  fmt::print(stderr, "there are: {}\n", all);
  return {};
}

}  // namespace proviso::cli
