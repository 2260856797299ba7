#pragma once

#include <string_view>

namespace proviso::text {

/// What some programs put in front of UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The text without the mark in front of it, if there is one.
constexpr std::string_view without_byte_order_mark(std::string_view text) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
  return text;
}

}  // namespace proviso::text
