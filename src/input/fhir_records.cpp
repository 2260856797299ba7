#include "input/fhir_records.hpp"

#include <algorithm>

#include "input/fhir.hpp"
#include "input/record_errors.hpp"

namespace proviso::input {
namespace {

class FhirRecordReader : public RecordReader {
 public:
  explicit FhirRecordReader(const FhirMapping& mapping)
      : fhir_(mapping), json_(make_json_reader(mapping.library(), mapping.record_index())) {}

  void keep_readable() override {
    RecordReader::keep_readable();
    json_->keep_readable();
  }

  void read(const Block& block, program::Chunk& chunk, Results& results) override {
    for (const RawRecord& raw : block.records) {
      if (raw.flaw != Flaw::none) {
        results.records.push_back({model::none, model::none, raw.line});
        add_flaw(raw, results);
      } else {
        read_bundle(block.text(raw), raw.line, chunk, results);
      }
    }
  }

 private:
  void read_bundle(std::string_view text, std::uint64_t line, program::Chunk& chunk, Results& results) {
    if (const auto opened = fhir_.open(text); !opened) {
      fail(opened.error().code, opened.error().message, line, results);
      return;
    }
    if (const std::string lack = fhir_.lack(); !lack.empty()) {
      fail(text::Code::malformed_record, lack, line, results);
      return;
    }
    const std::size_t requests = fhir_.request_count();
    if (chunk.rows() + std::max<std::size_t>(requests, 1) > program::chunk_capacity) {
      fail(text::Code::record_too_large, "the bundle has more requests than a bundle may have", line, results);
      return;
    }
    if (requests == 0) add(*fhir_.read(), line, chunk, results);
    for (std::size_t i = 0; i < requests; ++i) add(fhir_.read(i), line, chunk, results);
  }

  void add(const FhirRecord& record, std::uint64_t line, program::Chunk& chunk, Results& results) {
    block_.bytes = record.json;
    block_.bytes.append(block_padding, '\n');
    block_.records = {{0, record.json.size(), line, Flaw::none}};
    json_->read(block_, chunk, results);
    const std::uint32_t row = results.records.back().row;
    for (const FhirNote& note : record.notes) {
      if (note.fact == model::none) {
        remarks_.insert(note.message);
      } else if (row != model::none) {
        chunk.add_problem(note.fact, row, note.message);
      }
    }
  }

  static void fail(text::Code code, const std::string& message, std::uint64_t line, Results& results) {
    ReadRecord& entry = results.records.emplace_back();
    entry.line = line;
    entry.error = static_cast<std::uint32_t>(results.errors.size());
    RecordError& error = results.errors.emplace_back();
    error.code = code;
    error.message = message;
    error.id = "null";
    error.line = line;
  }

  FhirReader fhir_;
  std::unique_ptr<RecordReader> json_;
  Block block_;
};

}  // namespace

std::unique_ptr<RecordReader> make_fhir_reader(const FhirMapping& mapping) {
  return std::make_unique<FhirRecordReader>(mapping);
}

}  // namespace proviso::input
