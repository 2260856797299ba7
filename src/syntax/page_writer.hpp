#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"

namespace proviso::syntax {

/// Lines with their comments. Every line says where what it prints began in the text it was read from, so that the
/// comments which stood before it come out before it, and a comment that stood behind something stays behind it.
class PageWriter {
 public:
  explicit PageWriter(const std::vector<Comment>& comments) : comments_(comments) {}

  void indent() { ++indent_; }
  void outdent() { --indent_; }
  /// A line for what began at `offset`.
  void line(std::uint32_t offset, std::string_view text);
  /// A line that follows from the one before.
  void line(std::string_view text) { line(last_offset_, text); }
  /// The comments that stood before `offset`.
  void comments_before(std::uint32_t offset);
  /// An empty line, unless there is one, or a block has just begun.
  void gap();
  /// The rest of the comments, and the page.
  std::string finish();

 private:
  void put(std::string_view text);

  const std::vector<Comment>& comments_;
  std::size_t next_ = 0;
  std::uint32_t last_offset_ = 0;
  unsigned indent_ = 0;
  bool gap_due_ = false;
  bool commented_ = true;  ///< the last line cannot take a comment behind it
  std::string page_;
};

}  // namespace proviso::syntax
