#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "reading.hpp"

using namespace proviso::syntax;

namespace {

const std::vector<std::string> reserved = {
#define PROVISO_RESERVED(word) #word,
#define PROVISO_CONTEXTUAL(word)
#include "../../../grammar/reserved_words.def"
#undef PROVISO_RESERVED
#undef PROVISO_CONTEXTUAL
};
const std::vector<std::string> contextual = {
#define PROVISO_RESERVED(word)
#define PROVISO_CONTEXTUAL(word) #word,
#include "../../../grammar/reserved_words.def"
#undef PROVISO_RESERVED
#undef PROVISO_CONTEXTUAL
};

}  // namespace

TEST_CASE("no reserved word is a name, and each is one with a letter behind it") {
  REQUIRE(reserved.size() > 40);
  for (const auto& word : reserved) {
    CAPTURE(word);
    CHECK(is_reserved(word));
    const auto file = reading::read_file("library x\ndefine " + word + " = 1");
    REQUIRE(file.complaints.size() == 1);
    CHECK(file.complaints[0] == "2:8 P0106 `" + word + "` is a word of the language, and cannot be a name");
    CHECK_FALSE(is_reserved(word + "s_"));
    CHECK(reading::read_file("library x\ndefine " + word + "s_ = " + word + "x").complaints.empty());
  }
}

TEST_CASE("units are reserved, compound ones cannot be names anyway") {
  for (const std::string unit : {"kg", "g", "mg", "ug", "m", "cm", "mm", "km", "l", "ml", "mmHg", "dB", "degrees",
                                 "years", "months", "weeks", "days", "hours", "minutes"}) {
    CAPTURE(unit);
    CHECK(is_reserved(unit));
    CHECK(reading::read_file("library x\ndefine " + unit + " = 1").complaints ==
          std::vector<std::string>{"2:8 P0106 `" + unit + "` is a unit, and cannot be a name"});
  }
  CHECK_FALSE(is_reserved("kg/m2"));
  CHECK_FALSE(is_reserved("day"));
  CHECK_FALSE(is_reserved(""));
}

TEST_CASE("contextual words are names in expressions and of fields") {
  for (const auto& word : contextual) {
    CAPTURE(word);
    CHECK_FALSE(is_reserved(word));
    CHECK(reading::shape_of("(" + word + " + 1)") == "(add (name " + word + ") (number 1))");
    CHECK(reading::read_file("library x\nrecord R { " + word + " text }").complaints.empty());
  }
}

TEST_CASE("a reserved word cannot name a field behind a dot") {
  CHECK(reading::shape_of("e.count + 1") == "1:3 P0106 `count` is a word of the language, and cannot be a name");
}

TEST_CASE("editors know the words of the language, no more and no fewer") {
  std::ifstream in(PROVISO_SOURCE_DIR "/grammar/editors/proviso.tmLanguage.json");
  REQUIRE(in);
  const std::string json{std::istreambuf_iterator<char>(in), {}};
  const auto words_of = [&](const std::string& scope) {
    std::set<std::string> words;
    std::size_t begin = json.find("(?:", json.find("\"match\"", json.find(scope))) + 3;
    const std::size_t end = json.find(')', begin);
    while (begin < end) {
      const std::size_t stop = std::min(json.find('|', begin), end);
      words.insert(json.substr(begin, stop - begin));
      begin = stop + 1;
    }
    return words;
  };
  std::set<std::string> all(reserved.begin(), reserved.end());
#define PROVISO_UNIT(name, spelling, dimension, size) \
  if (std::string(spelling).find('/') == std::string::npos) all.insert(spelling);
#include "value/units.def"
#undef PROVISO_UNIT
  CHECK(words_of("keyword.control.proviso") == all);
  CHECK(words_of("keyword.other.proviso") == std::set<std::string>(contextual.begin(), contextual.end()));
}
