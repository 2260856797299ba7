#include "service/pages/json_members.hpp"

#include <cstddef>

namespace proviso::service::pages {
namespace {

/// FHIR resources are nested some ten deep.
constexpr unsigned deepest = 100;

bool is_too_deep(std::string_view text) {
  unsigned depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

}  // namespace

bool is_sound_json(std::string_view text) { return !is_too_deep(text) && Json::accept(text); }

}  // namespace proviso::service::pages
