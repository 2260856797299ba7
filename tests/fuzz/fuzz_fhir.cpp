#include "../unit/input/fhir_sample.hpp"
#include "input/fhir_records.hpp"
#include "records.hpp"

using namespace proviso::input;

/// The first byte chooses what the rest is: a mapping, or resources for the sample mapping. Whatever the resources,
/// what is made of them is a record that is read without errors, and all that is said of them is UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const FhirMapping mapping = sample::fhir_mapping();
  static proviso::program::Chunk chunk(sample::fhir_library(), 0);
  static const auto reader = make_fhir_reader(mapping);
  static FhirReader fhir(mapping);
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  if (data[0] % 4 == 0) {
    const auto read = FhirMapping::read(bytes, sample::fhir_library());
    if (read) return 0;
    for (const MappingError& error : read.error()) {
      fuzz::must(!error.message.empty() && error.line > 0 && error.column > 0);
      fuzz::must(!proviso::text::find_invalid_utf8(error.message));
    }
    return 0;
  }
  std::istringstream stream(bytes);
  RecordSource source(bytes_of(stream), data[0] % 4 == 1 ? Format::ndjson : Format::json, fhir_limits);
  Block block;
  Results results;
  while (source.next(block)) {
    chunk.clear();
    results.clear();
    reader->read(block, chunk, results);
    chunk.finish();
    fuzz::must(results.records.size() >= block.records.size());
    fuzz::must(chunk.rows() + results.errors.size() == results.records.size());
    for (const RecordError& error : results.errors) {
      fuzz::must(!error.message.empty() && error.field.empty());
      fuzz::must(!proviso::text::find_invalid_utf8(error.message));
    }
    for (const RawRecord& raw : block.records) {
      if (raw.flaw != Flaw::none || !fhir.open(block.text(raw))) continue;
      for (std::size_t i = 0; i < fhir.request_count(); ++i) {
        const FhirRecord record = fhir.read(i);
        fuzz::must(!record.json.empty() && !proviso::text::find_invalid_utf8(record.json));
      }
    }
  }
  return 0;
}
