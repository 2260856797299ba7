#include "output/show_table.hpp"

#include <catch2/catch.hpp>

using namespace proviso;

namespace {

std::string table(const std::vector<output::TableRow>& rows, std::size_t width) {
  std::string out;
  output::append_table(out, {"what", "Luton"}, rows, width, 2);
  return out;
}

}  // namespace

TEST_CASE("a line is broken at spaces, and within a word only where that is longer than the line") {
  CHECK(output::wrap("one two three", 20) == std::vector<std::string>{"one two three"});
  CHECK(output::wrap("one two three", 13) == std::vector<std::string>{"one two three"});
  CHECK(output::wrap("one two three", 12) == std::vector<std::string>{"one two", "three"});
  CHECK(output::wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(output::wrap("conservative_months", 12) == std::vector<std::string>{"conservative", "_months"});
  CHECK(output::wrap("", 12) == std::vector<std::string>{""});
}

TEST_CASE("the spaces at the start of a line are those of each of its pieces") {
  CHECK(output::wrap("  one two three", 12) == std::vector<std::string>{"  one two", "  three"});
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(output::wrap("\xc2\xa3\xc2\xa3\xc2\xa3 \xc2\xa3", 5) ==
        std::vector<std::string>{"\xc2\xa3\xc2\xa3\xc2\xa3 \xc2\xa3"});
  CHECK(output::wrap("\xc2\xa3\xc2\xa3\xc2\xa3", 2) == std::vector<std::string>{"\xc2\xa3\xc2\xa3", "\xc2\xa3"});
}

TEST_CASE("columns are as wide as what is in them, and no line ends with spaces") {
  CHECK(table({{{"bmi"}, {"35 kg/m2", "  Luton"}}, {{"category"}, {}}}, 80) ==
        "  what      Luton\n"
        "  --------  --------\n"
        "  bmi       35 kg/m2\n"
        "              Luton\n"
        "  category\n");
}

TEST_CASE("no line is wider than the terminal, and a narrow column does not pay for a wide one") {
  const std::string found =
      table({{{"bmi"}, {"a sentence which is a good deal longer than the terminal is wide"}}}, 40);
  CHECK(found ==
        "  what  Luton\n"
        "  ----  --------------------------------\n"
        "  bmi   a sentence which is a good deal\n"
        "        longer than the terminal is wide\n");
}

TEST_CASE("a name stays whole where the other columns can give way") {
  const std::string found =
      table({{{"coventry_rugby.lpp.cataract"}, {"holds in CoventryRugby from 2014-04-01 on"}}}, 60);
  CHECK(found ==
        "  what                         Luton\n"
        "  ---------------------------  -----------------------------\n"
        "  coventry_rugby.lpp.cataract  holds in CoventryRugby from\n"
        "                               2014-04-01 on\n");
}
