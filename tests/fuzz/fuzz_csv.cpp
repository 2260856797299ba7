#include "input/list_table.hpp"
#include "records.hpp"

using namespace proviso::input;

// The bytes are a record file with its header, and the same bytes again a file of list elements.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const proviso::model::Library library = sample::referral();
  static proviso::program::Chunk chunk(library, 0);
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  std::istringstream list_stream(bytes);
  RecordSource list_source(bytes_of(list_stream), Format::csv);
  const auto list = ListTable::load(list_source);

  std::istringstream stream(bytes);
  RecordSource source(bytes_of(stream), Format::csv, fuzz::limits_from(data[0]));
  const auto first = source.take_first();
  if (!first) return 0;
  const auto header = parse_csv_header(*first);
  if (!header) return 0;
  std::map<std::string, const ListTable*> lists;
  if (list) lists.emplace("sore_throats", &*list);
  auto reader = make_csv_reader(library, 0, *header, lists);
  if (!reader) reader = make_csv_reader(library, 0, *header);
  if (reader) fuzz::read_all(source, **reader, chunk);
  return 0;
}
