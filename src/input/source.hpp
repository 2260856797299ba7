#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

/// Reading records. A RecordSource cuts a stream into raw records, a block at a time, on one thread; RecordReaders turn
/// blocks into chunks of columns, one reader a thread; the results of a block stay in the order of its records.
namespace proviso::input {

enum class Format : std::uint8_t {
  ndjson,  ///< one JSON object a line
  json,    ///< one object, or an array of objects
  csv,     ///< RFC 4180, the first record names the columns
};
/// By the ending of the file's name: `.ndjson` and `.jsonl`, `.json`, `.csv`.
std::optional<Format> format_of(std::string_view file_name);
/// By the name that the command line gives it: `ndjson`, `json`, `csv`.
std::optional<Format> format_by_name(std::string_view name);

/// What the source found wrong with a record before anything was read from it.
enum class Flaw : std::uint8_t {
  none,
  too_large,         ///< longer than the limit
  empty_file,        ///< a JSON file without a value
  missing_element,   ///< nothing between two commas of a JSON array
  array_not_closed,  ///< the file ends inside the array
  after_array,       ///< something follows the array
};

/// Bytes [begin, end) of its block. Flawed records may have none.
struct RawRecord {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t line = 0;  ///< of the file, from 1, where the record starts
  Flaw flaw = Flaw::none;
};

/// Records that are read together. The bytes go on past the last record by block_padding, so that a reader may look
/// ahead. A line feed follows every record.
struct Block {
  std::string bytes;
  std::vector<RawRecord> records;
  std::uint64_t number = 0;  ///< of the block, from 0

  std::string_view text(const RawRecord& record) const {
    return std::string_view(bytes).substr(record.begin, record.end - record.begin);
  }
};
inline constexpr std::size_t block_padding = 64;

struct SourceLimits {
  std::size_t records = 1024;             ///< in a block; no more than a chunk holds
  std::size_t bytes = 1024 * 1024;        ///< a block takes no further record once it has so many
  std::size_t record = 16 * 1024 * 1024;  ///< longer records are flawed: too_large
};

/// Where bytes come from.
class Bytes {
 public:
  virtual ~Bytes() = default;
  /// Up to `size` bytes into `to`; 0 at the end, or why reading failed.
  virtual tl::expected<std::size_t, std::string> read(char* to, std::size_t size) = 0;
};
/// `-` is standard input. The error says why the file cannot be opened.
tl::expected<std::unique_ptr<Bytes>, std::string> open_bytes(const std::string& path);
/// The stream must outlive what is returned.
std::unique_ptr<Bytes> bytes_of(std::istream& stream);

class Splitter;

/// Cuts a stream into raw records in memory that does not grow with it. A byte order mark at the start is left out.
class RecordSource {
 public:
  RecordSource(std::unique_ptr<Bytes> bytes, Format format, SourceLimits limits = {});
  ~RecordSource();
  RecordSource(RecordSource&&) noexcept;
  RecordSource& operator=(RecordSource&&) noexcept;

  /// Fills the block, whose memory is used again; false where there is no further record.
  bool next(Block& block);
  /// The block that `next` will give next, without taking it; null at the end.
  const Block* look_ahead();
  /// One record alone, as the header of a CSV file is read; nothing at the end, or where reading failed. Not after
  /// `look_ahead`.
  std::optional<std::string> take_first();
  /// Why reading stopped before the end; empty if it did not. Records read until then are whole; of what was cut off
  /// nothing is given.
  const std::string& failure() const { return failure_; }
  /// For showing progress.
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  bool take_block(Block& block);
  bool take(Block& block);
  bool fill();

  std::unique_ptr<Bytes> bytes_;
  std::unique_ptr<Splitter> splitter_;
  SourceLimits limits_;
  std::string buffer_;
  std::size_t start_ = 0;  ///< unread bytes are [start_, end_) of the buffer
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool started_ = false;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t blocks_ = 0;
  std::optional<Block> ahead_;
  std::string failure_;
};

/// `open_bytes` and a source over it.
tl::expected<RecordSource, std::string> open_source(const std::string& path, Format format, SourceLimits limits = {});

}  // namespace proviso::input
