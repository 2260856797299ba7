#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "program/chunk.hpp"
#include "program/text_table.hpp"

namespace proviso::settle {

/// A gathered line, by its LineNumber: block * chunk_capacity + row, which 32 bits hold for four thousand million
/// lines.
using Line = std::uint32_t;

/// The value of a row as its lane holds it; no and yes are 0 and 1.
std::int64_t bits_of(const program::Column& column, std::size_t row);

/// The texts of all gathered lines, each once: every chunk numbers its own.
class SharedTexts {
 public:
  /// Puts shared numbers in the place of those of the chunk, in the rows that are known. By many threads.
  void share(const program::Chunk& chunk, const program::Plane& known, std::vector<std::int32_t>& numbers);
  /// Once all are there; nothing where no line has the text.
  std::optional<std::int32_t> find(std::string_view text) const;
  std::string_view operator[](std::int32_t number) const { return texts_[static_cast<std::size_t>(number)]; }

 private:
  std::mutex adding_;
  program::TextTable texts_;
};

/// Some facts of all records of one kind. Lines are added by many threads, and read once all are there.
class GatheredLines {
 public:
  GatheredLines(const model::Library& library, std::uint32_t record, SharedTexts& texts);

  std::uint32_t record() const { return record_; }
  /// Before the first line: where the fact's values will be. The record's own facts alone, not those of its lists.
  std::size_t keep(model::FactId fact);
  /// The lines of the chunk. Throws std::length_error for a block beyond what a Line can count.
  void add(const program::Chunk& chunk, std::uint64_t block);

  /// Whether there was any chunk, be it empty.
  bool given() const { return given_; }
  /// More than any line's number.
  Line end() const { return static_cast<Line>(blocks_.size() * program::chunk_capacity); }
  bool contains(Line line) const {
    const Block& block = block_of(line);
    return row_of(line) < block.rows && (block.left_out.empty() || !program::bit(block.left_out, row_of(line)));
  }
  /// Once all lines are there: those of them that are not among the lines.
  void leave_out(const std::function<bool(Line)>& is_left_out);

  bool known(std::size_t at, Line line) const { return program::bit(column(at, line).known, row_of(line)); }
  /// As the fact's lane holds them, texts by their shared number, and 0 and 1 for no and yes.
  std::int64_t bits(std::size_t at, Line line) const;
  /// The values are in this line's rows of this column. Texts are shared ones.
  const program::Column& column(std::size_t at, Line line) const { return block_of(line).columns[at]; }
  static std::size_t row_of(Line line) { return line % program::chunk_capacity; }
  const model::Fact& fact(std::size_t at) const { return library_.records[record_].facts[facts_[at]]; }

  /// Below 0 where the value of `a` comes before that of `b`: texts by their bytes, all others as they are numbered,
  /// unknown ones last.
  int compare(std::size_t at, Line a, Line b) const;
  /// Says which of two lines comes first where nothing else does: made of all that the line itself says, so that the
  /// order of the input matters only between lines that are alike.
  std::uint64_t content(Line line) const { return block_of(line).contents[row_of(line)]; }

 private:
  struct Block {
    std::size_t rows = 0;
    std::vector<program::Column> columns;  ///< by keep
    std::vector<std::uint64_t> contents;
    program::Plane left_out;  ///< by row; empty: none
  };
  const Block& block_of(Line line) const { return blocks_[line / program::chunk_capacity]; }

  const model::Library& library_;
  std::uint32_t record_;
  SharedTexts& texts_;
  std::vector<model::FactId> facts_;
  std::mutex adding_;
  std::vector<Block> blocks_;  ///< by number
  bool given_ = false;
};

}  // namespace proviso::settle
