#include "cli/batch.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "cli/batch_reading.hpp"
#include "decide/decider.hpp"
#include "input/reader.hpp"
#include "output/csv_writer.hpp"
#include "output/json_writer.hpp"
#include "program/chunk.hpp"
#include "program/in_threads.hpp"
#include "text/diagnostic.hpp"

namespace proviso::cli {

namespace {

/// Each thread takes the next block and hands its results over under `writing_` when the block's turn has come, so no
/// more blocks are held than there are threads.
class Batch {
 public:
  Batch(const decide::Engine& engine, input::RecordSource& source, std::FILE* out, const BatchOptions& options)
      : engine_(engine),
        out_(out),
        options_(options),
        json_(engine),
        csv_(engine),
        reading_(engine.library(), engine.record_index(), source, options) {}

  BatchResult run() {
    if (!reading_.start(result_)) return std::move(result_);
    write_start();
    program::in_threads(
        options_.threads, [this] { work(); }, [this] { give_up(); });
    if (options_.output == ResultFormat::json) write(result_.records == 0 ? "[]\n" : "\n]\n");
    reading_.end(result_);
    if (std::fflush(out_) != 0 && result_.failure.empty()) result_.failure = "the results cannot be written";
    return std::move(result_);
  }

 private:
  void write_start() {
    std::string start;
    if (options_.output == ResultFormat::csv) csv_.append_header(start);
    write(start);
  }

  void write(const std::string& text) {
    if (!text.empty() && std::fwrite(text.data(), 1, text.size(), out_) != text.size()) {
      result_.failure = "the results cannot be written";
    }
  }

  void work() {
    const auto reader = reading_.make_reader();
    // As they were gathered: relations go by the rows.
    if (options_.relations != nullptr) reader->keep_readable();
    program::Chunk chunk(engine_.library(), engine_.record_index());
    decide::Decider decider(engine_);
    decide::Decisions decisions;
    input::Block block;
    input::Results results;
    std::string text;
    while (reading_.next(block)) {
      chunk.clear();
      results.clear();
      reader->read(block, chunk, results);
      chunk.finish();
      if (options_.relations != nullptr) options_.relations->fill(chunk, block.number);
      decider.decide(chunk, decisions);
      text.clear();
      for (const auto& record : results.records) append(text, chunk, decisions, record, results);
      hand_over(block.number, text, results);
    }
    const std::lock_guard lock(writing_);
    BatchReading::add_findings(*reader, result_);
  }

  void append(std::string& text, const program::Chunk& chunk, const decide::Decisions& decisions,
              const input::ReadRecord& record, const input::Results& results) const {
    const bool csv = options_.output == ResultFormat::csv;
    if (record.error != model::none) {
      const auto& error = results.errors[record.error];
      const std::string code = text::code_name(error.code);
      const output::RecordError shown{error.id, error.line, code, error.field, error.message};
      if (csv) {
        csv_.append(text, shown);
      } else {
        output::JsonWriter::append(text, shown);
      }
    } else if (csv) {
      csv_.append(text, chunk, decisions, record.row, record.line);
    } else {
      json_.append(text, chunk, decisions, record.row, record.line);
    }
    if (options_.output == ResultFormat::ndjson) text += '\n';
    if (options_.output == ResultFormat::json) text += ",\n";
  }

  void hand_over(std::uint64_t number, std::string& text, const input::Results& results) {
    std::unique_lock lock(writing_);
    turn_.wait(lock, [&] { return next_to_write_ == number || given_up_; });
    if (given_up_) return;
    if (options_.output == ResultFormat::json) {
      if (!text.empty()) text.resize(text.size() - 2);
      write(result_.records == 0 ? "[\n" : ",\n");
    }
    write(text);
    result_.records += results.records.size();
    result_.failed += results.errors.size();
    ++next_to_write_;
    if (!result_.failure.empty()) reading_.stop();
    lock.unlock();
    turn_.notify_all();
  }

  /// Where a thread cannot go on the turn of its block never comes.
  void give_up() {
    reading_.stop();
    const std::lock_guard lock(writing_);
    given_up_ = true;
    turn_.notify_all();
  }

  const decide::Engine& engine_;
  std::FILE* out_;
  const BatchOptions& options_;
  output::JsonWriter json_;
  output::CsvWriter csv_;
  BatchReading reading_;
  std::mutex writing_;
  std::condition_variable turn_;
  std::uint64_t next_to_write_ = 0;
  bool given_up_ = false;
  BatchResult result_;
};

}  // namespace

BatchResult decide_batch(const decide::Engine& engine, input::RecordSource& source, std::FILE* out,
                         const BatchOptions& options) {
  return Batch(engine, source, out, options).run();
}

}  // namespace proviso::cli
