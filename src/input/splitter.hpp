#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "input/source.hpp"

namespace proviso::input {

/// What a splitter takes off the front of the unread bytes: `consumed` of them, and the record among those, if any.
struct Piece {
  std::size_t consumed = 0;
  bool record = false;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t line = 0;
  Flaw flaw = Flaw::none;
};

/// Finds where records end. It remembers how far it has looked, so that no byte is looked at more than twice however
/// the bytes come in; what it finds does not depend on how they come in.
class Splitter {
 public:
  virtual ~Splitter() = default;
  /// Nothing where more bytes must come first, or, when these are the `last`, where none are left. Otherwise what is
  /// consumed must not be given again.
  virtual std::optional<Piece> split(std::string_view unread, bool last) = 0;
};

std::unique_ptr<Splitter> make_line_splitter(std::size_t record_limit);
std::unique_ptr<Splitter> make_array_splitter(std::size_t record_limit);
std::unique_ptr<Splitter> make_csv_splitter(std::size_t record_limit);

/// The end of a line without its carriage return.
inline std::size_t without_return(std::string_view bytes, std::size_t end) {
  return end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
}

}  // namespace proviso::input
