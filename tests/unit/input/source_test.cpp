#include <catch2/catch.hpp>
#include <sstream>

#include "cut_records.hpp"

namespace proviso::input {
namespace {

// Gives out its text and then breaks.
class Broken : public Bytes {
 public:
  explicit Broken(std::string text) : text_(std::move(text)) {}
  tl::expected<std::size_t, std::string> read(char* to, std::size_t) override {
    if (given_ || text_.empty()) return tl::make_unexpected("the disk is gone");
    given_ = true;
    return text_.copy(to, text_.size());
  }

 private:
  std::string text_;
  bool given_ = false;
};

Cuts cut(std::string_view text, Format format, SourceLimits limits = {}) {
  std::istringstream stream{std::string(text)};
  return cut(RecordSource(bytes_of(stream), format, limits));
}

TEST_CASE("formats are known by the ending of a name") {
  CHECK(format_of("a/b.ndjson") == Format::ndjson);
  CHECK(format_of("b.JSONL") == Format::ndjson);
  CHECK(format_of("b.json") == Format::json);
  CHECK(format_of("b.Csv") == Format::csv);
  CHECK_FALSE(format_of("b.txt").has_value());
  CHECK_FALSE(format_of("json").has_value());
}

TEST_CASE("a line is a record, whatever ends it") {
  CHECK(cut("a\nb\r\nc", Format::ndjson) == Cuts{{"a", 1}, {"b", 2}, {"c", 3}});
  CHECK(cut("a\n", Format::ndjson) == Cuts{{"a", 1}});
  CHECK(cut("", Format::ndjson).empty());
  CHECK(cut("\n\na", Format::ndjson) == Cuts{{"", 1}, {"", 2}, {"a", 3}});
}

TEST_CASE("a byte order mark is left out at the start alone") {
  CHECK(cut("\xEF\xBB\xBF"
            "a\n\xEF\xBB\xBF"
            "b",
            Format::ndjson) == Cuts{{"a", 1},
                                    {"\xEF\xBB\xBF"
                                     "b",
                                     2}});
  CHECK(cut("\xEF\xBB\xBF", Format::ndjson).empty());
  CHECK(cut("\xEF\xBB", Format::ndjson) == Cuts{{"\xEF\xBB", 1}});
}

TEST_CASE("the elements of a JSON array are its records") {
  CHECK(cut("[]", Format::json).empty());
  CHECK(cut(" [ {\"a\": [1, 2]} ,\n {\"b\": \"],\\\"\"}\n,3 ]\n", Format::json) ==
        Cuts{{"{\"a\": [1, 2]}", 1}, {"{\"b\": \"],\\\"\"}", 2}, {"3", 3}});
  CHECK(cut("\n{\"a\":\n1}\n", Format::json) == Cuts{{"{\"a\":\n1}", 2}});
}

TEST_CASE("what is wrong with a JSON file is a record of its own") {
  CHECK(cut(" \n", Format::json) == Cuts{{"", 2, Flaw::empty_file}});
  CHECK(cut("[{},]", Format::json) == Cuts{{"{}", 1}, {"", 1, Flaw::missing_element}});
  CHECK(cut("[,{}]", Format::json) == Cuts{{"", 1, Flaw::missing_element}, {"{}", 1}});
  CHECK(cut("[{}\n,{", Format::json) == Cuts{{"{}", 1}, {"{", 2}, {"", 2, Flaw::array_not_closed}});
  CHECK(cut("[{}] {}", Format::json) == Cuts{{"{}", 1}, {"", 1, Flaw::after_array}});
}

TEST_CASE("a CSV record ends at a line feed outside quotes") {
  CHECK(cut("a,b\r\n\"1\n2\",\"x\"\"y\"\n3,4", Format::csv) ==
        Cuts{{"a,b", 1}, {"\"1\n2\",\"x\"\"y\"", 2}, {"3,4", 4}});
  CHECK(cut("5\" pipe,x\n6,y\n", Format::csv) == Cuts{{"5\" pipe,x", 1}, {"6,y", 2}});
}

TEST_CASE("a quote that is never closed spoils its own line alone") {
  CHECK(cut("1,\"a\n2,b\n3,c\n", Format::csv) == Cuts{{"1,\"a", 1}, {"2,b", 2}, {"3,c", 3}});
}

TEST_CASE("a quote that is closed inside a later line spoils its own line alone") {
  CHECK(cut("x,\"3\ny,7\nz,\"7\"\nw,9\n", Format::csv) == Cuts{{"x,\"3", 1}, {"y,7", 2}, {"z,\"7\"", 3}, {"w,9", 4}});
  CHECK(cut("x,\"3\r\ny,\"a\r\nb\"\r\nw,9\r\n", Format::csv) == Cuts{{"x,\"3", 1}, {"y,\"a\r\nb\"", 2}, {"w,9", 4}});
  CHECK(cut("\"3\ny\"\rz\nw", Format::csv) == Cuts{{"\"3", 1}, {"y\"\rz", 2}, {"w", 3}});
  CHECK(cut("\"3\ny\"\r", Format::csv) == Cuts{{"\"3\ny\"", 1}});
}

TEST_CASE("more after a closing quote spoils its own line alone, whatever quotes come after it") {
  CHECK(cut("\"a\"b,\"c\nd,e\n", Format::csv) == Cuts{{"\"a\"b,\"c", 1}, {"d,e", 2}});
  CHECK(cut("\"a\" ,b\nd,\"e\nf\"\n", Format::csv) == Cuts{{"\"a\" ,b", 1}, {"d,\"e\nf\"", 2}});
}

TEST_CASE("a file of broken quotes is cut in time that grows as its length does") {
  // Each line closes the quote of the one before and opens one, as far as the last, which breaks them all.
  std::string text;
  constexpr std::size_t lines = 200'000;
  for (std::size_t i = 0; i < lines; ++i) text += "x\",\"\n";
  const Cuts cuts = cut(text + "\"a\"b\n", Format::csv);
  REQUIRE(cuts.size() == lines + 1);
  CHECK(cuts.front() == Cut{"x\",\"", 1});
  CHECK(cuts.back() == Cut{"\"a\"b", lines + 1});
}

TEST_CASE("a record beyond the limit is flawed, and reading goes on") {
  SourceLimits limits;
  limits.record = 8;
  CHECK(cut("12345678\n123456789\nx\n", Format::ndjson, limits) ==
        Cuts{{"12345678", 1}, {"", 2, Flaw::too_large}, {"x", 3}});
  CHECK(cut("12345678\n123456789\nx\n", Format::csv, limits) ==
        Cuts{{"12345678", 1}, {"", 2, Flaw::too_large}, {"x", 3}});
  CHECK(cut("[12345678,\n\"3456,\\\"]9\",{}]", Format::json, limits) ==
        Cuts{{"12345678", 1}, {"", 2, Flaw::too_large}, {"{}", 2}});
  CHECK(cut("a\n\"b\nccccccccccc\nd\n", Format::csv, limits) ==
        Cuts{{"a", 1}, {"\"b", 2}, {"", 3, Flaw::too_large}, {"d", 4}});
}

TEST_CASE("what is cut depends neither on how the bytes come in nor on the size of blocks") {
  const std::string lines =
      "{\"a\": 1}\r\n\n\"x,\"\"y\n2\",\"z\n3,\"4\nlonger than the others by far\n[5,{\"b\":\"]\\\\\"},]\n\"";
  const std::string quotes = "x,\"3\r\ny,7\r\nz,\"7\"\r\n\"a\nb\",\"c\"d,\"e\r\nx\",\"\n\"\"\"\r\n\"\ry\",\"\nw\r";
  const std::string array = "[{\"a\": 1},\n {\"b\": \"]\\\\\\\"\"}, {\"long\": \"longer than the others\"},,3]\nx";
  for (const Format format : {Format::ndjson, Format::json, Format::csv}) {
    for (const std::string& text : {lines, quotes, array}) {
      for (const std::size_t limit : {std::size_t{1000}, std::size_t{16}}) {
        SourceLimits limits;
        limits.record = limit;
        const Cuts whole = cut(text, format, limits);
        for (std::size_t piece = 1; piece < 20; ++piece) {
          limits.records = piece % 4 + 1;
          limits.bytes = piece;
          CAPTURE(piece, limit, static_cast<int>(format));
          CHECK(cut(RecordSource(std::make_unique<Pieces>(text, piece), format, limits)) == whole);
        }
      }
    }
  }
}

TEST_CASE("a block holds no more than the limits say") {
  SourceLimits limits;
  limits.records = 3;
  limits.bytes = 10;
  std::istringstream stream("1\n2\n3\n4\n5555555555555\n6\n");
  RecordSource source(bytes_of(stream), Format::ndjson, limits);
  Block block;
  std::vector<std::size_t> sizes;
  while (source.next(block)) {
    CHECK(block.number == sizes.size());
    sizes.push_back(block.records.size());
  }
  CHECK(sizes == std::vector<std::size_t>{3, 2, 1});
}

TEST_CASE("a reading error ends the source and is told") {
  RecordSource source(std::make_unique<Broken>("{}\n{"), Format::ndjson);
  Block block;
  REQUIRE(source.next(block));
  CHECK(block.text(block.records.front()) == "{}");
  CHECK_FALSE(source.next(block));
  CHECK(source.failure() == "the disk is gone");
}

TEST_CASE("what a reading error cuts off is no record") {
  const auto read = [](std::string text, Format format) {
    return cut(RecordSource(std::make_unique<Broken>(std::move(text)), format));
  };
  CHECK(read("{\"a\": 1}\n{\"a\": 2", Format::ndjson) == Cuts{{"{\"a\": 1}", 1}});
  CHECK(read("R1,120\nR2,12", Format::csv) == Cuts{{"R1,120", 1}});
  CHECK(read("R1,\"a\"\nR2,\"b\nc", Format::csv) == Cuts{{"R1,\"a\"", 1}});
  CHECK(read("[{\"a\": 1}, {\"a\": 2", Format::json) == Cuts{{"{\"a\": 1}", 1}});
  CHECK(read("{\"a\": 1}", Format::json).empty());
  CHECK(read(" ", Format::json).empty());
}

TEST_CASE("a header that a reading error cuts off names no columns") {
  RecordSource source(std::make_unique<Broken>("id,procedure,provi"), Format::csv);
  CHECK_FALSE(source.take_first());
  CHECK(source.failure() == "the disk is gone");
}

TEST_CASE("a file that is not there cannot be opened") {
  const auto source = open_source("/nowhere/to/be/found.ndjson", Format::ndjson);
  REQUIRE_FALSE(source.has_value());
  CHECK(source.error() == "No such file or directory");
}

}  // namespace
}  // namespace proviso::input
