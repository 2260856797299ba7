#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "input/fhir_json.hpp"

/// Numbers as they are written. simdjson's tree has them in binary floating point, in which 34.99999999999999999999 is
/// 35; so those that would not stay as they are go into it as marked texts, which as_text() does not show.
namespace proviso::input::fhir {

/// The JSON with marks, and with the bytes after its end that simdjson reads, which are not of `length`. Only what is a
/// number of JSON is marked: what is none is left for simdjson to find.
struct MarkedJson {
  std::string bytes;
  std::size_t length = 0;
  bool forged = false;  ///< a text begins with the mark itself, which no text of FHIR does
};
MarkedJson with_marked_numbers(std::string_view json);

/// A number in digits, without an exponent or noughts at its end, so that one number is one text; as it stands where it
/// has too many places or is too large to be a decimal. Nothing for another element.
std::optional<std::string> number_text(dom::element element);

}  // namespace proviso::input::fhir
