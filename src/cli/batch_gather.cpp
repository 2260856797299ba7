#include <algorithm>
#include <mutex>
#include <utility>

#include "cli/batch.hpp"
#include "cli/batch_reading.hpp"
#include "program/chunk.hpp"
#include "program/in_threads.hpp"

namespace proviso::cli {
namespace {

/// The keys of a register that no record has had yet. Of a file without records nothing can be said.
class MissingKeys {
 public:
  explicit MissingKeys(std::vector<model::FactId> keys) : keys_(std::move(keys)) {}

  void see(const program::Chunk& chunk) {
    const auto is_there = [&](model::FactId key) {
      const program::Plane& known = chunk.column(key).known;
      for (std::size_t row = 0; row < chunk.rows(); ++row) {
        if (program::bit(known, row)) return true;
      }
      return false;
    };
    keys_.erase(std::remove_if(keys_.begin(), keys_.end(), is_there), keys_.end());
  }

  std::vector<model::FactId> of(const BatchResult& result) const {
    return result.records > result.lost ? keys_ : std::vector<model::FactId>();
  }

 private:
  std::vector<model::FactId> keys_;
};

}  // namespace

BatchResult gather_batch(const model::Library& library, std::uint32_t record, input::RecordSource& source,
                         const BatchOptions& options, settle::Relations& relations, std::uint64_t first_block,
                         const SeeGathered& see) {
  BatchResult result;
  BatchReading reading(library, record, source, options);
  if (!reading.start(result)) return result;
  relations.gather(program::Chunk(library, record), first_block);  // there is a file, if nothing in it
  std::mutex adding;
  MissingKeys missing_keys(relations.keys(record));
  const auto work = [&] {
    const auto reader = reading.make_reader();
    reader->keep_readable();
    program::Chunk chunk(library, record);
    input::Block block;
    input::Results results;
    while (reading.next(block)) {
      chunk.clear();
      results.clear();
      reader->read(block, chunk, results);
      chunk.finish();
      relations.gather(chunk, first_block + block.number);
      if (see) see(chunk, first_block + block.number, results);
      const std::lock_guard lock(adding);
      BatchReading::add_results(results, result);
      missing_keys.see(chunk);
    }
    const std::lock_guard lock(adding);
    BatchReading::add_findings(*reader, result);
  };
  program::in_threads(options.threads, work, [&] { reading.stop(); });
  reading.end(result);
  if (result.lost > 0) relations.not_read_completely(record);
  result.without_key = missing_keys.of(result);
  return result;
}

}  // namespace proviso::cli
