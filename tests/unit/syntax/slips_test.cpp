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

TEST_CASE("slip: a unit that there is none of behind a type") {
  const auto unit = [](const std::string& word) { return Lines{"3:14 P0101 expected a unit, found `" + word + "`"}; };
  for (const std::string rest : {" measured", " measured valid 3 months", "\n  n number", " ask \"How?\"", " assume 5",
                                 " n number", "", " \"BMI\""}) {
    INFO(rest);
    CHECK(said("record R {\n  bmi number stone" + rest + "\n}") == unit("stone"));
  }
  for (const std::string raised : {"kg/m²", "kg/m^2", "kg/M2"}) {
    INFO(raised);
    CHECK(said("record R {\n  bmi number " + raised + "\n  n number\n}") == unit(raised));
    CHECK(help_of("record R {\n  bmi number " + raised + " measured\n  n number\n}") == "did you mean `kg/m2`?");
    CHECK(said("threshold t: number " + raised + " { 5 from 2019-04-01 }") ==
          Lines{"2:21 P0101 expected a unit, found `" + raised + "`"});
  }
  CHECK(help_of("define a = b > 30 kg/m²") == "did you mean `kg/m2`?");
  CHECK(said("define a = b > 30 kg/m^2") == Lines{"2:19 P0101 expected a unit, found `kg/m^2`"});
}

TEST_CASE("the name of a field may stand right behind the type `number`") {
  CHECK(said("record R {\n  a number b number c number kg/m2 d date\n  e number f Patient\n  i number h\n  number\n  j "
             "number k\n  Patient o Patient\n}")
            .empty());
  CHECK(said("record R { a number b Patient ask \"Who?\" c number d measure \"D\" }").empty());
  CHECK(said("define a = b / 30 kg / c").empty());
}

TEST_CASE("slip: `not in`") {
  const auto file = reading::read_file("library x\ndefine a = procedure not in k\n");
  CHECK(file.complaints == Lines{"2:22 P0101 expected `in`, found `not`"});
  CHECK(help_of("define a = procedure not in k") == "`not` stands before all of it: `not procedure in ...`");
}

TEST_CASE("slip: units of time in the singular before `from`") {
  CHECK(said("define a = month from b to c > 3") ==
        Lines{"2:12 P0101 expected `years`, `months`, `weeks` or `days`, found `month`"});
  CHECK(help_of("define a = month from b to c > 3") == "did you mean `months from A to B`?");
  CHECK(help_of("define a = working day from b to c > 3") == "did you mean `working days from A to B`?");
  CHECK(said("define a = month of b + year of c").empty());
}

TEST_CASE("slip: what begins a line and is wrong is pointed at, not the line before") {
  const auto limit = [](const std::string& line) {
    return said("threshold t: number {\n  5 from 2019-01-01\n  " + line + "\n}");
  };
  CHECK(limit("in Luton from 2019-10-01 7") == Lines{"4:12 P0101 expected a value, found `from`"});
  CHECK(limit("in Luton: 35 from 2019-10-01") == Lines{"4:11 P0101 expected a value, found `:`"});
  CHECK(limit("in ods:06P 35 from 2019-10-01") == Lines{"4:9 P0101 expected a value, found `:`"});
  CHECK(limit("from 2019-10-01 7") ==
        Lines{"4:3 P0101 expected a value with its period, as `40 from 2019-04-01`, found `from`"});
  CHECK(said(group("\"B\": cancer")) ==
        Lines{"5:5 P0101 expected a criterion: its name, a label and `:`, found `\"B\"`"});
  CHECK(said("table t(k one of mild, moderate) -> number {\n  mild -> 3\n  moderate: 12\n}") ==
        Lines{"4:3 P0101 expected a row: keys, `->` and a value, found `moderate`"});
}

TEST_CASE("slip: a text broken over lines is told once") {
  const std::string broken = "policy p on R {\n  approve when cancer \"A long\n    sentence\"\n  otherwise refuse\n}\n";
  CHECK(said(broken) == Lines{"3:23 P0102 text is not closed: expected `\"` before the end of the line"});
  CHECK(help_of(broken) == "a text stands on one line, however long: join the lines up to its closing `\"`");
  CHECK(said("record R {\n  a text ask \"One\n  b text ask \"Two\n}").size() == 2);
}
