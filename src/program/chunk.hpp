#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/library.hpp"
#include "program/text_table.hpp"

namespace proviso::program {

/// Records that are decided together.
inline constexpr std::size_t chunk_capacity = 1024;

/// In the place of the row of an element.
inline constexpr std::uint32_t no_element = UINT32_MAX;

/// One bit for each row. Bits past the last row are never relied on.
using Plane = std::vector<std::uint64_t>;

inline bool bit(const Plane& plane, std::size_t row) { return (plane[row >> 6] >> (row & 63)) & 1; }
inline void set_bit(Plane& plane, std::size_t row) { plane[row >> 6] |= std::uint64_t{1} << (row & 63); }
inline void clear_bit(Plane& plane, std::size_t row) { plane[row >> 6] &= ~(std::uint64_t{1} << (row & 63)); }

/// The values of one fact. Which vectors are used follows from the fact's type:
/// truth: `yes` and `known` (known no is known and not yes); narrow and wide lanes: values and `known` (a value that is
/// not known is any number); a list: `known` and `offsets`, one longer than the rows, into the rows of its level. A
/// list that has elements and is not known is incomplete: these are in it, and others may be. Vectors and planes are
/// sized by the chunk in whole words of 64 rows, and are only ever resized by it. A yes is known. Measured facts also
/// hold the date of each measurement in `measured_on`, known where `has_date` says so (without: measured on the
/// deciding date). `assumed` marks values that the policy assumed, not the input. A group's list may say in `itself`,
/// by record, which row of its level is the record's own line; a record that is not among its elements has no such row.
struct Column {
  Plane known;
  Plane yes;
  std::vector<std::int32_t> narrow;
  std::vector<std::int64_t> wide;
  std::vector<std::uint32_t> offsets;
  std::vector<std::uint32_t> itself;  ///< empty: nothing is said
  std::vector<std::int32_t> measured_on;
  Plane has_date;
  Plane assumed;
};

/// Something wrong with a value that the input gave, which made it unknown.
struct InputProblem {
  std::uint32_t row;
  model::FactId fact;
  std::string message;
};

/// Up to chunk_capacity records as columns, one column for each fact of the record. A chunk is filled by one reader
/// and read by one run; when it is cleared it keeps its memory, so that streaming allocates nothing once warm.
///
/// Filling: `add_row(0)` for each record, then `set_*` for its facts; elements of a list by `begin_list`, then for each
/// element `add_row(level)` and its facts. Rows of a level must be added in the order of the rows that hold them; facts
/// that are not set are unknown, or assumed where the field says so (settled by `finish`).
class Chunk {
 public:
  Chunk(const model::Library& library, std::uint32_t record);
  Chunk(Chunk&&) = default;
  Chunk& operator=(Chunk&&) = default;
  Chunk(const Chunk&) = delete;
  Chunk& operator=(const Chunk&) = delete;

  void clear();
  const model::Library& library() const { return *library_; }
  const model::Record& record() const { return library_->records[record_]; }
  std::uint32_t record_index() const { return record_; }
  std::size_t rows(model::LevelId level = 0) const { return rows_[level]; }
  /// Rows that the level's columns have room for: whole words, and the same for as long as layout_stamp is.
  std::size_t capacity(model::LevelId level) const { return capacity_[level]; }
  const Column& column(model::FactId fact) const { return columns_[fact]; }
  Column& column(model::FactId fact) {
    touch(fact);
    return columns_[fact];
  }

  /// The number of the new row of the level.
  std::size_t add_row(model::LevelId level);
  /// Takes back the last record with all elements of its lists: it could not be read.
  void drop_last_record();
  /// The list of `row` (of the list's level) is known; its elements are the rows of its level added from now on until
  /// another row's list begins.
  void begin_list(model::FactId list, std::size_t row);
  void set_truth(model::FactId fact, std::size_t row, bool yes);
  /// `bits` as the fact's lane holds it.
  void set_value(model::FactId fact, std::size_t row, std::int64_t bits);
  void set_measured_on(model::FactId fact, std::size_t row, std::int32_t date);
  void add_problem(model::FactId fact, std::size_t row, std::string message);
  /// After the last record: closes the lists and puts in what is assumed.
  void finish();

  const std::vector<InputProblem>& problems() const { return problems_; }

  /// Changes whenever a column moved in memory: who keeps pointers into columns asks this. No two chunks ever have the
  /// same stamp.
  std::uint64_t layout_stamp() const { return layout_stamp_; }

  /// The number of a text: the library's own where a policy mentions it, else one of this chunk.
  std::int32_t text_number(std::string_view text);
  /// Valid until the next `text_number`.
  std::string_view text_of(std::int32_t number) const;

 private:
  void touch(model::FactId fact) { touched_[fact >> 6] |= std::uint64_t{1} << (fact & 63); }
  void reserve(model::LevelId level, std::size_t rows);
  void erase_rows(model::FactId fact, std::size_t first, std::size_t last);
  void assume(model::FactId fact);

  const model::Library* library_;
  std::uint32_t record_;
  std::vector<std::size_t> rows_;      ///< by level
  std::vector<std::size_t> capacity_;  ///< by level: rows that its columns have room for, whole words
  std::vector<Column> columns_;        ///< by fact
  std::vector<std::size_t> opened_;    ///< by fact, for lists: rows whose offset is set
  /// One bit for each fact: something was set in its column since the chunk was cleared. A record gives few of the
  /// facts that a library declares, and only these columns need to be cleared.
  std::vector<std::uint64_t> touched_;
  std::vector<model::FactId> lists_;
  std::vector<model::FactId> assumed_;
  std::vector<InputProblem> problems_;
  std::vector<std::size_t> rows_before_last_;  ///< by level: rows before the last record was added
  std::size_t problems_before_last_ = 0;
  std::uint64_t layout_stamp_ = 0;
  TextTable library_texts_;
  TextTable own_texts_;
};

}  // namespace proviso::program
