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

#include "input/date_forms.hpp"
#include "input/source.hpp"
#include "model/library.hpp"
#include "program/chunk.hpp"
#include "text/diagnostic.hpp"

namespace proviso::input {

class ListTable;
struct Mapping;

/// A record that could not be read: mistyped_field, malformed_record, duplicate_key_in_record or record_too_large.
struct RecordError {
  text::Code code{};
  std::string field;    ///< `patient.bmi`, `sore_throats[2].on`; empty where no field is to blame
  std::string message;  ///< valid UTF-8, lower case, no full stop
  std::string id;       ///< as JSON: `"R-104"`, `17`, `null`
  std::uint64_t line = 0;
  bool blank = false;  ///< it was nothing, or the heading once more, so that nothing of it is lost
};

/// What became of one raw record: either a row of the chunk or an error; both where a reader keeps what is readable.
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
/// in the chunk but its entry in the results, unless what is readable is to be kept.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// Appends the good records of the block to the chunk, and an entry for each record to the results. The chunk must be
  /// of this reader's library and record, and have room for the block; `finish` it once all its blocks are in.
  virtual void read(const Block& block, program::Chunk& chunk, Results& results) = 0;

  /// From now on a bad record leaves what could be read of it: a row beside its error, in its place among the rows.
  /// What is mistyped, given twice or not UTF-8 is unknown there, and a problem of the chunk. Of a record that is
  /// malformed in another way nothing is left.
  virtual void keep_readable() { keeps_readable_ = true; }

  /// Names of fields in the input that the record does not declare (`patient.foo`, `sore_throats.foo`), so far. At most
  /// undeclared_limit are kept, so that input full of made-up names takes no more memory.
  const std::set<std::string>& undeclared_fields() const { return undeclared_; }
  static constexpr std::size_t undeclared_limit = 1000;
  /// As if nothing had been read: the next record's are its own.
  virtual void forget_undeclared() { undeclared_.clear(); }

  /// Fields with dates that could be day first or month first and were read day first; and fields with dates that can
  /// only be month first, which are errors. A field of both, from whichever readers of a file, has dates that were
  /// perhaps read wrongly.
  const std::set<std::string>& read_day_first() const { return read_day_first_; }
  const std::set<std::string>& found_month_first() const { return found_month_first_; }

  /// What else could not be used, and is of no single field, so far: without any value.
  const std::set<std::string>& remarks() const { return remarks_; }

 protected:
  void add_undeclared(std::string name);
  bool keeps_readable() const { return keeps_readable_; }

  std::set<std::string> read_day_first_;
  std::set<std::string> found_month_first_;
  std::set<std::string> remarks_;

 private:
  std::set<std::string> undeclared_;
  bool keeps_readable_ = false;
};

/// For ndjson and json. The library must outlive the reader. `with_relations`: the records say themselves what
/// relations bring them, as records that are made up do.
std::unique_ptr<RecordReader> make_json_reader(const model::Library& library, std::uint32_t record,
                                               bool with_relations = false);

/// How a CSV file is read, beyond its header. Readers of one file share it.
struct CsvOptions {
  const Mapping* mapping = nullptr;  ///< must outlive the readers
  bool windows_1252 = false;         ///< records that are not UTF-8 are Windows-1252
  std::vector<DateSigns> signs;      ///< what is known of the columns' dates, by column; may be shorter
};

/// Column names of a CSV file, from its first record: without blanks and invisible characters at their ends. Two that
/// are one name (see normalised_name) are an error.
tl::expected<std::vector<std::string>, FileError> parse_csv_header(std::string_view text, bool windows_1252 = false);

/// What must be known of a CSV file before its records are read.
struct CsvStart {
  std::vector<std::string> header;
  CsvOptions options;
  bool utf8 = true;  ///< the header is
};
/// Reads the header, and looks ahead at the first records for how their dates are written. The mapping may be null.
tl::expected<CsvStart, FileError> start_csv(RecordSource& source, const Mapping* mapping, bool windows_1252 = false);

/// For csv. A column gives the field that the mapping names, or whose path it has, normalised; other columns are
/// undeclared fields. The lists (by the name of the list field) are joined by the record's id: a record without rows
/// there has an empty list, and one whose rows may not all be there an incomplete one, with the reason as a problem of
/// the chunk. Library and lists must outlive the reader; many readers may share the lists.
tl::expected<std::unique_ptr<RecordReader>, FileError> make_csv_reader(
    const model::Library& library, std::uint32_t record, const std::vector<std::string>& header,
    const std::map<std::string, const ListTable*>& lists = {}, const CsvOptions& options = {});

}  // namespace proviso::input
