#include "cli/batch_reading.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "input/csv_columns.hpp"
#include "input/fhir_records.hpp"

namespace proviso::cli {
namespace {

/// Errors that are kept: of a file that is none of ours there would be one a line.
constexpr std::size_t kept_errors = 20;

}  // namespace

BatchReading::BatchReading(const model::Library& library, std::uint32_t record, input::RecordSource& source,
                           const BatchOptions& options)
    : library_(library),
      record_(record),
      source_(source),
      options_(options),
      progress_(options.progress, options.bytes) {}

bool BatchReading::start(BatchResult& result) {
  if (options_.input != input::Format::csv) return true;
  auto start = input::start_csv(source_, options_.mapping, options_.windows_1252);
  if (!start) {
    result.failure = start.error().message;
    return false;
  }
  csv_start_ = std::move(*start);
  if (options_.mapping != nullptr) {
    result.mapping_errors = input::missing_columns(*options_.mapping, csv_start_.header);
  }
  if (!result.mapping_errors.empty()) {
    result.failure = "the mapping does not fit the file";
    return false;
  }
  const auto trial = make_csv_reader();
  if (!trial) result.failure = trial.error().message;
  return trial.has_value();
}

std::optional<std::set<model::FactId>> BatchReading::facts_with_column() const {
  if (options_.input != input::Format::csv) return std::nullopt;
  const auto bound = input::bind_columns(library_.records[record_], csv_start_.header, csv_start_.options);
  if (!bound) return std::nullopt;
  std::set<model::FactId> facts;
  for (const input::Target& target : bound->targets) facts.insert(target.fact);
  return facts;
}

std::unique_ptr<input::RecordReader> BatchReading::make_reader() const {
  if (options_.fhir != nullptr) return input::make_fhir_reader(*options_.fhir);
  if (options_.input != input::Format::csv) return input::make_json_reader(library_, record_);
  return std::move(*make_csv_reader());
}

tl::expected<std::unique_ptr<input::RecordReader>, input::FileError> BatchReading::make_csv_reader() const {
  return input::make_csv_reader(library_, record_, csv_start_.header, options_.lists, csv_start_.options);
}

bool BatchReading::next(input::Block& block) {
  const std::lock_guard lock(reading_);
  if (stopped_ || !source_.next(block)) return false;
  records_ += block.records.size();
  ++blocks_;
  progress_.update(options_.bytes_before + source_.bytes_read(), records_);
  return true;
}

void BatchReading::stop() {
  const std::lock_guard lock(reading_);
  stopped_ = true;
}

void BatchReading::add_results(const input::Results& results, BatchResult& result) {
  const auto is_before = [](const input::RecordError& a, const input::RecordError& b) {
    return std::tie(a.line, a.field) < std::tie(b.line, b.field);
  };
  result.records += results.records.size();
  result.failed += results.errors.size();
  for (const input::ReadRecord& record : results.records) {
    const bool is_lost = record.row == model::none && record.error != model::none;
    if (is_lost && !results.errors[record.error].blank) ++result.lost;
  }
  result.errors.insert(result.errors.end(), results.errors.begin(), results.errors.end());
  std::sort(result.errors.begin(), result.errors.end(), is_before);
  if (result.errors.size() > kept_errors) result.errors.resize(kept_errors);
}

void BatchReading::add_findings(const input::RecordReader& reader, BatchResult& result) {
  result.undeclared.insert(reader.undeclared_fields().begin(), reader.undeclared_fields().end());
  result.read_day_first.insert(reader.read_day_first().begin(), reader.read_day_first().end());
  result.remarks.insert(reader.remarks().begin(), reader.remarks().end());
  result.found_month_first.insert(reader.found_month_first().begin(), reader.found_month_first().end());
}

void BatchReading::end(BatchResult& result) {
  progress_.end();
  result.bytes = source_.bytes_read();
  result.blocks = blocks_;
  if (result.failure.empty()) result.failure = source_.failure();
}

}  // namespace proviso::cli
