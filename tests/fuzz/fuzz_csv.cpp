#include "input/list_table.hpp"
#include "input/mapping.hpp"
#include "input/mapping_start.hpp"
#include "records.hpp"

using namespace proviso::input;

namespace {

/// Whatever a mapping is, its errors are of its lines; whatever a file is, the mapping started from it is read and
/// fits.
void read_mappings(const proviso::model::Library& library, const std::string& bytes) {
  const auto mapping = read_mapping(bytes, library, 0);
  if (!mapping) {
    fuzz::must(!mapping.error().empty());
    for (const MappingError& error : mapping.error()) {
      fuzz::must(error.line > 0 && error.column > 0 && !error.message.empty());
      fuzz::must(!proviso::text::find_invalid_utf8(error.message));
    }
  }
  std::istringstream stream(bytes);
  RecordSource source(bytes_of(stream), Format::csv);
  const auto start = start_csv(source, nullptr, true);
  if (!start) return;
  const auto started = read_mapping(start_mapping(library, 0, *start, source, "file.csv"), library, 0);
  fuzz::must(started && missing_columns(*started, start->header).empty());
}

}  // namespace

// The bytes are a record file with its header, the same bytes again a file of list elements, and again a mapping. What
// stands before a line `===` is the mapping of what stands after it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const proviso::model::Library library = sample::referral();
  static proviso::program::Chunk chunk(library, 0);
  if (size == 0) return 0;
  std::string bytes(data + 1, data + size);
  read_mappings(library, bytes);
  std::istringstream list_stream(bytes);
  RecordSource list_source(bytes_of(list_stream), Format::csv);
  const auto list = ListTable::load(list_source);

  Mapping mapping;
  constexpr std::string_view end_of_mapping = "\n===\n";
  if (const std::size_t end = bytes.find(end_of_mapping); end != std::string::npos) {
    if (auto read = read_mapping(bytes.substr(0, end), library, 0)) mapping = std::move(*read);
    bytes.erase(0, end + end_of_mapping.size());
  }
  std::istringstream stream(bytes);
  RecordSource source(bytes_of(stream), Format::csv, fuzz::limits_from(data[0]));
  const auto start = start_csv(source, &mapping);
  if (!start) return 0;
  std::map<std::string, const ListTable*> lists;
  if (list) lists.emplace("sore_throats", &*list);
  auto reader = make_csv_reader(library, 0, start->header, lists, start->options);
  if (!reader) reader = make_csv_reader(library, 0, start->header, {}, start->options);
  if (reader) fuzz::read_all(source, **reader, chunk);
  return 0;
}
