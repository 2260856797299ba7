#include <catch2/catch.hpp>

#include "reading.hpp"

using reading::help_of;
using reading::Lines;
using reading::said;

// What people write by mistake that know other notations: each is told once, with what to write.

namespace {

std::string group(const std::string& criteria) {
  return "policy p on R {\n  approve when all {\n    c1: cancer\n    " + criteria +
         "\n    c3: cancer\n  }\n  otherwise refuse\n}\n";
}

std::string effective(const std::string& period) {
  return "policy p on R {\n  effective " + period + "\n  approve when cancer\n  otherwise refuse\n}\n";
}

}  // namespace

TEST_CASE("slip: a code without its system, and with a blank in it") {
  const std::string system = "a code stands behind its system, as `opcs4:W37.1` or `icd10:I83.9`";
  CHECK(said(group("c2: procedure = W37.1")) == Lines{"5:25 P0101 expected a name behind the `.`, found `1`"});
  CHECK(help_of(group("c2: procedure = W37.1")) == system);
  CHECK(said(group("c2: procedure in {W37.1, W38.1}")) ==
        Lines{"5:27 P0101 expected a name behind the `.`, found `1`"});
  CHECK(help_of(group("c2: procedure in {W37.1, W38.1}")) == system);
  CHECK(said(group("c2: procedure = opcs4: W37.1")) == Lines{"5:21 P0101 expected a code in one word, found `opcs4`"});
  CHECK(help_of(group("c2: procedure = opcs4: W37.1")) == "write it without a blank: `opcs4:W37.1`");
  CHECK(said(group("hrg: cancer")).empty());
}

TEST_CASE("slip: quotes that are not straight, on the label of a criterion too") {
  CHECK(help_of(group("c2 “Has cancer”: cancer")) == "text stands in straight quotes, `\"`");
}

TEST_CASE("slip: words in capitals") {
  const std::string small = "the words of the language are written in small letters";
  CHECK(said(group("c2: age >= 18 AND cancer")) == Lines{"5:19 P0101 expected `and`, found `AND`"});
  CHECK(help_of(group("c2: age >= 18 AND cancer")) == small);
  CHECK(help_of("define a = b\ndefine c = IF b then c else d\n").empty());
}

TEST_CASE("slip: a policy that ends `until` a day") {
  CHECK(said(effective("2019-01-01 until 2020-01-01")) ==
        Lines{"3:24 P0101 expected a line or a clause of the policy, found `until`"});
  CHECK(help_of(effective("2019-01-01 until 2020-01-01")) ==
        "the last day stands behind `to`: `effective 2019-04-01 to 2020-03-31`");
  CHECK(help_of(effective("from 2019-01-01")) ==
        "write the first day right behind `effective`: `effective 2019-04-01`");
}

TEST_CASE("slip: `is not known`, and `between` with `to`") {
  CHECK(help_of(group("c2: age is not known")) == "did you mean `is unknown`?");
  CHECK(help_of(group("c2: age between 18 to 65")) == "`between A and B` takes both ends, with `and` between them");
}

TEST_CASE("slip: `of` behind `all` and `any`") {
  for (const std::string word : {"all", "any"}) {
    CHECK(said(group("c2: " + word + " of { x1: cancer }")) == Lines{"5:13 P0101 expected `{`, found `of`"});
    CHECK(help_of(group("c2: " + word + " of { x1: cancer }")) ==
          "`of` stands behind `at least N` and `none` alone: `" + word + " {`");
  }
  CHECK(said(group("c2: none of { x1: cancer }")).empty());
}

TEST_CASE("one working day is written as one day is") {
  CHECK(said("define a = b + 1 working day\ndefine c = working days from a to b\n").empty());
  CHECK(reading::shape_of("b - 1 working day") == reading::shape_of("b - 1 working days"));
  CHECK(said("define c = working day from a to b\n") != Lines{});
}
