#include <catch2/catch.hpp>
#include <sstream>

#include "cut_records.hpp"

/// Where the records of a JSON list end when it is not as it should be.
namespace proviso::input {
namespace {

Cuts records_in(const std::string& text, std::size_t part, std::size_t in_block) {
  SourceLimits limits;
  limits.records = in_block;
  return cut(RecordSource(std::make_unique<Pieces>(text, part), Format::json, limits));
}

/// However the bytes come in.
void check_list(const std::string& text, const Cuts& expected) {
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
