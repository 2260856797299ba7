#include <catch2/catch.hpp>
#include <sstream>

#include "input/source.hpp"

/// Where the records of a JSON list end when it is not as it should be.
namespace proviso::input {
namespace {

struct ListRecord {
  std::string text;
  std::uint64_t line = 1;
  Flaw flaw = Flaw::none;
  friend bool operator==(const ListRecord& a, const ListRecord& b) {
    return a.text == b.text && a.line == b.line && a.flaw == b.flaw;
  }
};
std::ostream& operator<<(std::ostream& out, const ListRecord& record) {
  return out << '[' << record.text << "] line " << record.line << " flaw " << static_cast<int>(record.flaw);
}
using ListRecords = std::vector<ListRecord>;

/// Gives out the text so many bytes at a time.
class InParts : public Bytes {
 public:
  InParts(std::string text, std::size_t size) : text_(std::move(text)), size_(size) {}
  tl::expected<std::size_t, std::string> read(char* to, std::size_t size) override {
    const std::size_t count = text_.copy(to, std::min(size, size_), at_);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t size_;
  std::size_t at_ = 0;
};

ListRecords records_in(const std::string& text, std::size_t part, std::size_t in_block) {
  SourceLimits limits;
  limits.records = in_block;
  RecordSource source(std::make_unique<InParts>(text, part), Format::json, limits);
  ListRecords records;
  Block block;
  while (source.next(block)) {
    for (const RawRecord& raw : block.records) {
      records.push_back({std::string(block.text(raw)), raw.line, raw.flaw});
    }
  }
  return records;
}

/// However the bytes come in.
void check_list(const std::string& text, const ListRecords& expected) {
  for (const std::size_t part : {std::size_t{1}, std::size_t{2}, std::size_t{7}, text.size() + 1}) {
    for (const std::size_t in_block : {std::size_t{1}, std::size_t{1024}}) {
      CAPTURE(text, part, in_block);
      CHECK(records_in(text, part, in_block) == expected);
    }
  }
}

TEST_CASE("a bracket that closes another kind spoils its own record alone") {
  check_list(R"([{"id":"x"},{"id":"b","ls":[1},{"id":"y"}])",
             {{R"({"id":"x"})"}, {R"({"id":"b","ls":[1})"}, {R"({"id":"y"})"}});
  check_list(R"([{"ls":[{"a":[1}]},{"id":"y"}])", {{R"({"ls":[{"a":[1}]})"}, {R"({"id":"y"})"}});
  check_list("[{\"a\":1}},\n{\"id\":\"y\"}]", {{R"({"a":1}})"}, {R"({"id":"y"})", 2}});
}

TEST_CASE("a bracket that closes the list closes a record that is still open") {
  check_list(R"([{"id":"x"},{"id":"b","a":1])", {{R"({"id":"x"})"}, {R"({"id":"b","a":1)"}});
  check_list(R"([{"id":"b","a":{"c":1]  )", {{R"({"id":"b","a":{"c":1)"}});
  check_list(R"([{"id":"b"] {"id":"y"}])", {{R"({"id":"b")"}, {"", 1, Flaw::after_array}});
}

TEST_CASE("where the list is not closed its last record is one, and the missing bracket is told after it") {
  check_list("[{\"id\":\"x\"},\n{\"id\":\"y\"}",
             {{R"({"id":"x"})"}, {R"({"id":"y"})", 2}, {"", 2, Flaw::array_not_closed}});
  check_list("[{\"id\":\"x\"} \n", {{R"({"id":"x"})"}, {"", 2, Flaw::array_not_closed}});
  check_list(R"([{"id":"x"},{"id":"y","a":"])",
             {{R"({"id":"x"})"}, {R"({"id":"y","a":"])"}, {"", 1, Flaw::array_not_closed}});
  check_list(R"([{"id":"x"},)", {{R"({"id":"x"})"}, {"", 1, Flaw::array_not_closed}});
  check_list("[\n", {{"", 2, Flaw::array_not_closed}});
}

TEST_CASE("brackets inside each other without end take no memory without end, and close in their number") {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  check_list("[" + deep + ",{}]", {{deep}, {"{}"}});
  const std::string strays = std::string(300, '[') + std::string(5000, '}') + std::string(300, ']');
  check_list("[" + strays + ",{}]", {{strays}, {"{}"}});
}

}  // namespace
}  // namespace proviso::input
