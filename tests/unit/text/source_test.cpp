#include "text/source.hpp"

#include <catch2/catch.hpp>

using namespace proviso::text;

TEST_CASE("lines and columns count from one, columns in characters") {
  const SourceFile file("a.policy", "one\ntw£o\r\n\nlast");
  CHECK(file.line_count() == 4);
  CHECK(file.position(0) == Position{1, 1});
  CHECK(file.position(3) == Position{1, 4});
  CHECK(file.position(4) == Position{2, 1});
  CHECK(file.position(8) == Position{2, 4});
  CHECK(file.position(11) == Position{3, 1});
  CHECK(file.position(12) == Position{4, 1});
  CHECK(file.line(1) == "one");
  CHECK(file.line(2) == "tw£o");
  CHECK(file.line(3).empty());
  CHECK(file.line(4) == "last");
}

TEST_CASE("an offset past the end is the end") {
  const SourceFile file("a.policy", "ab\n");
  CHECK(file.position(3) == Position{2, 1});
  CHECK(file.position(4'000'000'000U) == Position{2, 1});
  CHECK(file.line(2).empty());
  CHECK(file.line(0).empty());
  CHECK(file.line(9).empty());
  CHECK(file.line_start(9) == 3);
}

TEST_CASE("an empty file has one line") {
  const SourceFile file("a.policy", "");
  CHECK(file.line_count() == 1);
  CHECK(file.position(0) == Position{1, 1});
  CHECK(file.line(1).empty());
}

TEST_CASE("bytes that are not UTF-8 count as one character each") {
  const SourceFile file("a.policy", "\xFF\xFE£x");
  CHECK(file.position(4) == Position{1, 4});
}

TEST_CASE("views of a short text stay good when files are added") {
  Sources sources;
  const std::uint32_t first = sources.add("a", "short");
  const std::string_view view = sources.file(first).content();
  for (int i = 0; i < 1000; ++i) sources.add("b", "x");
  CHECK(view == "short");
  CHECK(view.data() == sources.file(first).content().data());
  CHECK(sources.size() == 1001);
}

TEST_CASE("spans outside the text are cut to it") {
  Sources sources;
  sources.add("a", "abc");
  CHECK(sources.text({0, 1, 3}) == "bc");
  CHECK(sources.text({0, 1, 99}) == "bc");
  CHECK(sources.text({0, 9, 99}).empty());
  CHECK(sources.text({0, 2, 1}).empty());
  CHECK(sources.text({7, 0, 1}).empty());
  CHECK_FALSE(sources.has({7, 0, 1}));
  CHECK(sources.start({7, 5, 9}) == Position{1, 1});
  CHECK(sources.end({0, 2, 1}) == Position{1, 3});
}

TEST_CASE("join runs from the first to the last") { CHECK(join({2, 3, 5}, {2, 9, 12}) == Span{2, 3, 12}); }
