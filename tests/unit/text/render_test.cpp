#include "text/render.hpp"

#include <catch2/catch.hpp>

using namespace proviso::text;

namespace {

/// A span of the first place where `found` stands in the file.
Span span_of(const Sources& sources, std::string_view found, std::uint32_t file = 0) {
  const std::size_t begin = sources.file(file).content().find(found);
  REQUIRE(begin != std::string_view::npos);
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + found.size())};
}

std::string text_of(std::string content, Span span) {
  Sources sources;
  sources.add("a.policy", std::move(content));
  Diagnostics diagnostics;
  diagnostics.add(Code::syntax, span, "m");
  return render(diagnostics, sources, Format::text);
}

/// One diagnostic with everything on it.
struct Whole {
  Sources sources;
  Diagnostics diagnostics;

  Whole() {
    sources.add("a.policy", "library example\nrecord Referral {\n  bmi number\n}\ndefine large = bmmi > 35\n");
    Diagnostic& unknown = diagnostics.add(Code::unknown_name, span_of(sources, "bmmi"), "unknown name `bmmi`");
    unknown.notes.push_back({"`Referral` is declared here", span_of(sources, "Referral")});
    unknown.notes.push_back({"names are case-sensitive", std::nullopt});
    unknown.help = "did you mean `bmi`?";
    diagnostics.add(Code::unused_definition, span_of(sources, "large"), "definition `large` is not used");
  }
};

}  // namespace

TEST_CASE("text shows the line, the underline, the notes and the help") {
  const Whole whole;
  CHECK(render(whole.diagnostics, whole.sources, Format::text) ==
        R"(a.policy:5:8: warning[P0208]: definition `large` is not used
  5 | define large = bmmi > 35
    |        ^^^^^

a.policy:5:16: error[P0201]: unknown name `bmmi`
  5 | define large = bmmi > 35
    |                ^^^^
a.policy:2:8: note: `Referral` is declared here
  2 | record Referral {
    |        ^^^^^^^^
note: names are case-sensitive
help: did you mean `bmi`?
)");
}

TEST_CASE("plain is a line for each thing said") {
  const Whole whole;
  CHECK(render(whole.diagnostics, whole.sources, Format::plain) ==
        "a.policy:5:8: warning[P0208]: definition `large` is not used\n"
        "a.policy:5:16: error[P0201]: unknown name `bmmi`\n"
        "a.policy:2:8: note: `Referral` is declared here\n"
        "a.policy:5:16: note: names are case-sensitive\n"
        "a.policy:5:16: help: did you mean `bmi`?\n");
}

TEST_CASE("colour is put round the text and never into plain") {
  const Whole whole;
  const std::string coloured = render(whole.diagnostics, whole.sources, Format::text, true);
  CHECK(coloured.find("\x1b[1;31merror[P0201]:\x1b[0m") != std::string::npos);
  CHECK(coloured.find("\x1b[1;31m^^^^\x1b[0m") != std::string::npos);
  CHECK(coloured.find("\x1b[1;33mwarning[P0208]:\x1b[0m") != std::string::npos);
  CHECK(render(whole.diagnostics, whole.sources, Format::plain, true).find('\x1b') == std::string::npos);
}

TEST_CASE("nothing said is nothing shown") {
  const Sources sources;
  const Diagnostics diagnostics;
  CHECK(render(diagnostics, sources, Format::text).empty());
  CHECK(render(diagnostics, sources, Format::plain).empty());
  CHECK(summary(diagnostics).empty());
}

TEST_CASE("the summary counts") {
  const Whole whole;
  CHECK(summary(whole.diagnostics) == "1 error, 1 warning");
  Diagnostics two;
  two.add(Code::syntax, {0, 0, 1}, "m");
  two.add(Code::syntax, {0, 1, 2}, "m");
  CHECK(summary(two) == "2 errors");
}

TEST_CASE("tabs are spaces, and the carets stand under the characters") {
  CHECK(text_of("\tx\ty", {0, 3, 4}) == R"(a.policy:1:4: error[P0101]: m
  1 |     x   y
    |         ^
)");
}

TEST_CASE("characters of several bytes take their columns") {
  CHECK(text_of("é中£x", {0, 7, 8}) == R"(a.policy:1:4: error[P0101]: m
  1 | é中£x
    |     ^
)");
  CHECK(text_of("e\xCC\x81x", {0, 3, 4}) == "a.policy:1:3: error[P0101]: m\n  1 | e\xCC\x81x\n    |  ^\n");
}

TEST_CASE("control bytes and broken UTF-8 are shown as replacements") {
  const std::string content("a\0b\x1b[1m\xFFz", 9);
  CHECK(text_of(content, {0, 8, 9}) == R"(a.policy:1:9: error[P0101]: m
  1 | a�b�[1m�z
    |         ^
)");
}

TEST_CASE("a span over several lines is underlined on the first") {
  CHECK(text_of("one {\n two\n}\n", {0, 4, 12}) == R"(a.policy:1:5: error[P0101]: m
  1 | one {
    |     ^
)");
}

TEST_CASE("an empty span, one at a line end and one at the end of the text get one caret") {
  CHECK(text_of("ab\r\ncd", {0, 1, 1}) == "a.policy:1:2: error[P0101]: m\n  1 | ab\n    |  ^\n");
  CHECK(text_of("ab\r\ncd", {0, 2, 4}) == "a.policy:1:3: error[P0101]: m\n  1 | ab\n    |   ^\n");
  CHECK(text_of("ab\n", {0, 3, 3}) == "a.policy:2:1: error[P0101]: m\n  2 |\n    | ^\n");
  CHECK(text_of("ab", {0, 900, 1000}) == "a.policy:1:3: error[P0101]: m\n  1 | ab\n    |   ^\n");
  CHECK(text_of("abc", {0, 2, 1}) == "a.policy:1:3: error[P0101]: m\n  1 | abc\n    |   ^\n");
}

TEST_CASE("line numbers of different widths stand in one gutter") {
  Sources sources;
  sources.add("a.policy", "x\n\n\n\n\n\n\n\n\ny\n");
  Diagnostics diagnostics;
  diagnostics.add(Code::syntax, span_of(sources, "y"), "m").notes.push_back({"n", span_of(sources, "x")});
  CHECK(render(diagnostics, sources, Format::text) == R"(a.policy:10:1: error[P0101]: m
  10 | y
     | ^
a.policy:1:1: note: n
   1 | x
     | ^
)");
}

TEST_CASE("a long line is cut to a window round the span") {
  const std::string content = std::string(5'000'000, 'a') + "HERE" + std::string(5'000'000, 'b');
  CHECK(text_of(content, {0, 5'000'000, 5'000'004}) == "a.policy:1:5000001: error[P0101]: m\n  1 | ..." +
                                                           std::string(40, 'a') + "HERE" + std::string(73, 'b') +
                                                           "...\n    | " + std::string(43, ' ') + "^^^^\n");
}

TEST_CASE("a long span is underlined as far as it is shown") {
  CHECK(text_of(std::string(1000, 'a'), {0, 0, 1000}) ==
        "a.policy:1:1: error[P0101]: m\n  1 | " + std::string(120, 'a') + "...\n    | " + std::string(120, '^') + "\n");
}

TEST_CASE("what is about no file, or an empty one, has no line") {
  Sources sources;
  Diagnostics diagnostics;
  diagnostics.add(Code::no_policy_files, {}, "no `.policy` file in `x`");
  CHECK(render(diagnostics, sources, Format::text) == "error[P0004]: no `.policy` file in `x`\n");
  CHECK(render(diagnostics, sources, Format::plain) == "error[P0004]: no `.policy` file in `x`\n");
  CHECK_FALSE(render(diagnostics, sources, Format::json).empty());
  CHECK_FALSE(render(diagnostics, sources, Format::sarif).empty());
  CHECK(text_of("", {0, 0, 0}) == "a.policy:1:1: error[P0101]: m\n");
}

TEST_CASE("a message with controls or several lines stays within its form") {
  Sources sources;
  sources.add("a\x1b.policy", "x");
  Diagnostics diagnostics;
  diagnostics.add(Code::mixed_and_or, {0, 0, 1}, "either\n(a and b) or c\x1b[2J");
  CHECK(render(diagnostics, sources, Format::text) ==
        "a�.policy:1:1: error[P0104]: either\n  (a and b) or c�[2J\n  1 | x\n    | ^\n");
  CHECK(render(diagnostics, sources, Format::plain) == "a�.policy:1:1: error[P0104]: either (a and b) or c�[2J\n");
}

TEST_CASE("formats have names") {
  CHECK(format_by_name("text") == Format::text);
  CHECK(format_by_name("plain") == Format::plain);
  CHECK(format_by_name("json") == Format::json);
  CHECK(format_by_name("sarif") == Format::sarif);
  CHECK_FALSE(format_by_name("xml"));
}
