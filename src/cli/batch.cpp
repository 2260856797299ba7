#include "cli/batch.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "cli/progress.hpp"
#include "decide/decider.hpp"
#include "input/reader.hpp"
#include "output/csv_writer.hpp"
#include "output/json_writer.hpp"
#include "program/chunk.hpp"
#include "text/diagnostic.hpp"

namespace proviso::cli {

namespace {

/// What the threads share. Each takes the next block under `reading`, and hands its results over under `writing` when
/// the block's turn has come, so no more blocks are held than there are threads.
class Batch {
 public:
  Batch(const decide::Engine& engine, input::RecordSource& source, std::FILE* out, const BatchOptions& options)
      : engine_(engine),
        source_(source),
        out_(out),
        options_(options),
        json_(engine),
        csv_(engine),
        progress_(options.progress, options.bytes) {}

  BatchResult run() {
    if (options_.input == input::Format::csv && !read_header()) return std::move(result_);
    write_start();
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < options_.threads; ++i) others.emplace_back([this] { work(); });
    work();
    for (auto& other : others) other.join();
    if (options_.output == ResultFormat::json) write(result_.records == 0 ? "[]\n" : "\n]\n");
    progress_.end();
    if (result_.failure.empty()) result_.failure = source_.failure();
    if (std::fflush(out_) != 0 && result_.failure.empty()) result_.failure = "the results cannot be written";
    return std::move(result_);
  }

 private:
  bool read_header() {
    auto start = input::start_csv(source_, options_.mapping, options_.windows_1252);
    if (!start) {
      result_.failure = start.error().message;
      return false;
    }
    csv_start_ = std::move(*start);
    if (options_.mapping != nullptr)
      result_.mapping_errors = input::missing_columns(*options_.mapping, csv_start_.header);
    if (!result_.mapping_errors.empty()) {
      result_.failure = "the mapping does not fit the file";
      return false;
    }
    const auto trial = make_csv_reader();
    if (!trial) {
      result_.failure = trial.error().message;
      return false;
    }
    return true;
  }

  std::unique_ptr<input::RecordReader> make_reader() const {
    if (options_.input != input::Format::csv) return input::make_json_reader(engine_.library(), engine_.record_index());
    return std::move(*make_csv_reader());
  }

  tl::expected<std::unique_ptr<input::RecordReader>, input::FileError> make_csv_reader() const {
    return input::make_csv_reader(engine_.library(), engine_.record_index(), csv_start_.header, options_.lists,
                                  csv_start_.options);
  }

  void write_start() {
    std::string start;
    if (options_.output == ResultFormat::csv) output::CsvWriter::append_header(start);
    write(start);
  }

  void write(const std::string& text) {
    if (!text.empty() && std::fwrite(text.data(), 1, text.size(), out_) != text.size()) {
      result_.failure = "the results cannot be written";
    }
  }

  void work() {
    const auto reader = make_reader();
    program::Chunk chunk(engine_.library(), engine_.record_index());
    decide::Decider decider(engine_);
    decide::Decisions decisions;
    input::Block block;
    input::Results results;
    std::string text;
    while (true) {
      {
        const std::lock_guard lock(reading_);
        if (stopped_ || !source_.next(block)) break;
        progress_.update(source_.bytes_read(), records_read_ += block.records.size());
      }
      chunk.clear();
      results.clear();
      reader->read(block, chunk, results);
      chunk.finish();
      decider.decide(chunk, decisions);
      text.clear();
      for (const auto& record : results.records) append(text, chunk, decisions, record, results);
      hand_over(block.number, text, results);
    }
    const std::lock_guard lock(writing_);
    const auto& names = reader->undeclared_fields();
    result_.undeclared.insert(names.begin(), names.end());
    result_.read_day_first.insert(reader->read_day_first().begin(), reader->read_day_first().end());
    result_.found_month_first.insert(reader->found_month_first().begin(), reader->found_month_first().end());
  }

  void append(std::string& text, const program::Chunk& chunk, const decide::Decisions& decisions,
              const input::ReadRecord& record, const input::Results& results) const {
    const bool csv = options_.output == ResultFormat::csv;
    if (record.error != model::none) {
      const auto& error = results.errors[record.error];
      const std::string code = text::code_name(error.code);
      const output::RecordError shown{error.id, error.line, code, error.field, error.message};
      if (csv) {
        output::CsvWriter::append(text, shown);
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
    turn_.wait(lock, [&] { return next_to_write_ == number; });
    if (options_.output == ResultFormat::json) {
      if (!text.empty()) text.resize(text.size() - 2);
      write(result_.records == 0 ? "[\n" : ",\n");
    }
    write(text);
    result_.records += results.records.size();
    result_.failed += results.errors.size();
    ++next_to_write_;
    if (!result_.failure.empty()) {
      const std::lock_guard stop(reading_);
      stopped_ = true;
    }
    lock.unlock();
    turn_.notify_all();
  }

  const decide::Engine& engine_;
  input::RecordSource& source_;
  std::FILE* out_;
  const BatchOptions& options_;
  output::JsonWriter json_;
  output::CsvWriter csv_;
  input::CsvStart csv_start_;
  std::mutex reading_;
  bool stopped_ = false;
  std::uint64_t records_read_ = 0;
  Progress progress_;
  std::mutex writing_;
  std::condition_variable turn_;
  std::uint64_t next_to_write_ = 0;
  BatchResult result_;
};

}  // namespace

BatchResult decide_batch(const decide::Engine& engine, input::RecordSource& source, std::FILE* out,
                         const BatchOptions& options) {
  return Batch(engine, source, out, options).run();
}

}  // namespace proviso::cli
