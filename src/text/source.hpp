#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.hpp"

namespace proviso::text {

/// A line and a column as a person counts them: both from 1, columns in characters (code points).
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

/// One file of policy text, kept whole for as long as anything may point into it. Lines end with a line feed, or
/// with a carriage return and a line feed.
class SourceFile {
 public:
  SourceFile(std::string path, std::string content);

  const std::string& path() const { return path_; }
  std::string_view content() const { return content_; }
  /// An offset past the end is taken for the end. A byte that is not UTF-8 counts as one character.
  Position position(std::uint32_t offset) const;
  /// The text of a line (from 1), without its line end; empty for a line that there is not.
  std::string_view line(std::uint32_t number) const;
  /// Where a line (from 1) begins, as an offset; the end of the text for a line that there is not.
  std::uint32_t line_start(std::uint32_t number) const;
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

 private:
  std::string path_;
  std::string content_;
  std::vector<std::uint32_t> line_starts_;
  /// Whether all of it is UTF-8, so that characters may be counted without decoding them.
  bool valid_;
};

/// All files of a run. A file's number is what spans carry. Views of the text stay good when files are added.
class Sources {
 public:
  /// The number of the new file.
  std::uint32_t add(std::string path, std::string content);
  /// `number` must be one that `add` gave.
  const SourceFile& file(std::uint32_t number) const { return files_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(files_.size()); }
  /// Whether the span's file is one of these: a remark about a whole run has no place.
  bool has(Span span) const { return span.file < files_.size(); }
  /// What the span covers, as far as there is text; empty where there is no such file.
  std::string_view text(Span span) const;
  Position start(Span span) const;
  /// Just after the last character of the span.
  Position end(Span span) const;

 private:
  // Not a vector: short texts live inside their string, and would move with it.
  std::deque<SourceFile> files_;
};

}  // namespace proviso::text
