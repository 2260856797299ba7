#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "input/source.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"
#include "text/diagnostic.hpp"

namespace proviso::input {

class ListTable;

/// A record that could not be read: mistyped_field, malformed_record, duplicate_key_in_record or record_too_large.
struct RecordError {
  text::Code code{};
  std::string field;    ///< `patient.bmi`, `sore_throats[2].on`; empty where no field is to blame
  std::string message;  ///< valid UTF-8, lower case, no full stop
  std::string id;       ///< as JSON: `"R-104"`, `17`, `null`
  std::uint64_t line = 0;
};

/// What became of one raw record: either a row of the chunk or an error.
struct ReadRecord {
  std::uint32_t row = model::none;
  std::uint32_t error = model::none;  ///< index in Results::errors
  std::uint64_t line = 0;
};

/// One entry for every raw record of the block, in their order.
struct Results {
  std::vector<ReadRecord> records;
  std::vector<RecordError> errors;

  /// Keeps its memory.
  void clear() {
    records.clear();
    errors.clear();
  }
};

/// Why a whole file cannot be read, such as a CSV header that names a column twice.
struct FileError {
  std::string message;
  std::uint64_t line = 1;
};

/// Turns raw records into rows of a chunk. One reader serves one thread. Nothing is thrown; a bad record leaves nothing
/// in the chunk but its entry in the results.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// Appends the good records of the block to the chunk, and an entry for each record to the results. The chunk must be
  /// of this reader's library and record, and have room for the block; `finish` it once all its blocks are in.
  virtual void read(const Block& block, program::Chunk& chunk, Results& results) = 0;

  /// Names of fields in the input that the record does not declare (`patient.foo`, `sore_throats.foo`), so far. At most
  /// undeclared_limit are kept, so that input full of made-up names takes no more memory.
  const std::set<std::string>& undeclared_fields() const { return undeclared_; }
  static constexpr std::size_t undeclared_limit = 1000;

 protected:
  void add_undeclared(std::string name);

 private:
  std::set<std::string> undeclared_;
};

/// For ndjson and json. The library must outlive the reader.
std::unique_ptr<RecordReader> make_json_reader(const model::Library& library, std::uint32_t record);

/// Column names of a CSV file, from its first record: trimmed of blanks and invisible characters.
tl::expected<std::vector<std::string>, FileError> parse_csv_header(std::string_view text);

/// For csv. Columns that the record does not declare are undeclared fields. The lists (by the name of the list field)
/// are joined by the record's id: a record without rows there has an empty list. Library and lists must outlive the
/// reader; many readers may share the lists.
tl::expected<std::unique_ptr<RecordReader>, FileError> make_csv_reader(
    const model::Library& library, std::uint32_t record, const std::vector<std::string>& header,
    const std::map<std::string, const ListTable*>& lists = {});

}  // namespace proviso::input
