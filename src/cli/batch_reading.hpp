#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "cli/batch.hpp"
#include "cli/progress.hpp"
#include "input/reader.hpp"

namespace proviso::cli {

/// What threads that read one source share: each takes the next block when it has done with the last.
class BatchReading {
 public:
  BatchReading(const model::Library& library, std::uint32_t record, input::RecordSource& source,
               const BatchOptions& options);

  /// Reads the header of CSV; false where the file cannot be read, which the result then says.
  bool start(BatchResult& result);
  /// The facts that have a column; nothing where the source is not CSV. Once it was started.
  std::optional<std::set<model::FactId>> facts_with_column() const;
  /// A reader for one thread.
  std::unique_ptr<input::RecordReader> make_reader() const;
  /// The next block; false at the end, and once it was stopped.
  bool next(input::Block& block);
  void stop();
  /// Counts the records of one block, and keeps the errors of the first lines, whatever order blocks come in.
  static void add_results(const input::Results& results, BatchResult& result);
  /// Adds what the reader of one thread found of the whole file. Not by several threads at once.
  static void add_findings(const input::RecordReader& reader, BatchResult& result);
  /// After the last thread: says how much was read, and why no more.
  void end(BatchResult& result);

 private:
  tl::expected<std::unique_ptr<input::RecordReader>, input::FileError> make_csv_reader() const;

  const model::Library& library_;
  std::uint32_t record_;
  input::RecordSource& source_;
  const BatchOptions& options_;
  input::CsvStart csv_start_;
  std::mutex reading_;
  bool stopped_ = false;
  std::uint64_t records_ = 0;
  std::uint64_t blocks_ = 0;
  Progress progress_;
};

}  // namespace proviso::cli
