#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "input/given.hpp"

namespace proviso::input {

namespace ondemand = simdjson::ondemand;

/// Strict reading of one JSON object at a time. simdjson reads on demand and believes what it is not asked about; so
/// every value must be looked at through here, also those that nobody wants. Functions return false where the text is
/// malformed, and then message() says how.
class JsonText {
 public:
  /// Objects and lists inside each other; deeper is malformed.
  static constexpr unsigned nesting_limit = 128;

  JsonText();

  /// Begins with the text, which must stay where it is while it is read. `readable` bytes from its start may be read:
  /// block_padding more than it has.
  bool open(std::string_view text, std::size_t readable, ondemand::object& root);
  /// After the root object has been read: that nothing follows it.
  bool close();

  /// The key of a field that simdjson has read.
  bool key(ondemand::field& field, std::string_view& name);
  /// A scalar as it is given. Objects and lists are only told apart: they must be entered or skipped.
  bool read(ondemand::value& value, Given& given);
  /// Reads over a value of any form, and all inside.
  bool skip(ondemand::value& value, unsigned depth);

  bool malformed(simdjson::error_code error);
  bool malformed(std::string_view what, const char* where);
  bool too_deep();
  const std::string& message() const { return message_; }

 private:
  bool read_text(ondemand::value& value, std::string_view token, Given& given);
  bool open_first(std::string_view text, std::size_t readable, ondemand::object& root);
  std::string column(const char* where) const;

  ondemand::parser parser_;
  ondemand::document document_;
  std::string_view text_;
  const char* more_ = nullptr;  ///< what stands after the object, where that kept simdjson from beginning
  std::string message_;
};

/// Whether the text is a number as JSON writes it: `-12.5e3`.
bool is_json_number(std::string_view text);

/// Whether the bytes are UTF-8.
bool valid_utf8(std::string_view text);

}  // namespace proviso::input
