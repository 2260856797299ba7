#include "records.hpp"

using namespace proviso::input;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const proviso::model::Library library = sample::referral();
  static proviso::program::Chunk chunk(library, 0);
  static const auto reader = make_json_reader(library, 0);
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  for (const Format format : {Format::ndjson, Format::json}) {
    std::istringstream stream(bytes);
    RecordSource source(bytes_of(stream), format, fuzz::limits_from(data[0]));
    fuzz::read_all(source, *reader, chunk);
  }
  return 0;
}
