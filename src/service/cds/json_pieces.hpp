#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/pages/json_members.hpp"

/// Pieces of a JSON text as they were sent: what is handed on keeps its numbers to the last digit, and its order.
namespace proviso::service {

using pages::is_sound_json;
using pages::Json;
using pages::text_of;
/// Members stay in the order in which they are put there.
using OrderedJson = nlohmann::ordered_json;

/// A piece of a sound JSON text: one value, without blanks around it. A piece that does not exist is empty.
struct JsonPiece {
  std::string_view text;

  bool exists() const { return !text.empty(); }
  bool is_object() const { return exists() && text.front() == '{'; }
  bool is_array() const { return exists() && text.front() == '['; }
  bool is_text() const { return exists() && text.front() == '"'; }
  bool is_null() const { return text == "null"; }
  /// Neither there nor `null`, or without anything in it: `""`, `[]`, `{}`.
  bool is_empty() const;

  /// The last of that name in an object; one that does not exist where it is not there, or where this is no object.
  JsonPiece member(std::string_view name) const;
  /// Whether two members of an object have one name: which of them is meant is not known.
  bool repeats_a_name() const;
  /// By names with dots between: `patient.bmi`.
  JsonPiece at_path(std::string_view path) const;
  std::vector<std::pair<std::string, JsonPiece>> members() const;  ///< of an object, else none
  std::vector<JsonPiece> elements() const;                         ///< of an array, else none
  /// What a JSON string says; empty for anything else.
  std::string as_text() const;
  /// `text_of("id")` is `member("id").as_text()`.
  std::string text_of(std::string_view name) const { return member(name).as_text(); }
};

/// The value that a sound JSON text is.
JsonPiece json_piece(std::string_view text);

}  // namespace proviso::service
