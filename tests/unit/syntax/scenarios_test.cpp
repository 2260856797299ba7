#include <catch2/catch.hpp>

#include "reading.hpp"
#include "syntax/parse.hpp"

using namespace proviso::syntax;
using reading::Lines;
using reading::shape_of_file;

namespace {

/// The lines of a scenario, of which the first is line 3.
reading::File read_scenario(const std::string& lines) {
  return reading::read_file("library x\nscenario \"s\" of p {\n" + lines + "\n}\ndefine behind = 1\n");
}

const ScenarioDeclaration& scenario_of(const reading::File& file) {
  return std::get<ScenarioDeclaration>(file.tree.declarations.at(0));
}

std::string text_of(const std::string& content, proviso::text::Span span) {
  return content.substr(span.begin, span.end - span.begin);
}

std::string help_in_scenario(const std::string& lines) {
  const auto file = read_scenario(lines);
  REQUIRE(file.diagnostics.size() == 1);
  return file.diagnostics[0].help;
}

}  // namespace

TEST_CASE("scenarios: what is given") {
  CHECK(shape_of_file(
            "scenario \"BMI \\\"above\\\" the limit\" of lib.hip {\n"
            "  given { procedure = opcs4:W37.1, commissioner = Luton, patient.bmi = 36 kg/m2 on 2019-10-20,\n"
            "          cancer = unknown, cost = -£3.20, share = 5%, words = \"t\", wait = 18 months,\n"
            "          throats = { { on = 2019-01-03, treated = yes }, { on = 2019-02-03 }, },\n"
            "          codes = { icd10:I83.9, }, none_ = { }, patient = { smoking = never, a.b = { c = { } } },\n"
            "  }\n"
            "}") ==
        "library x\nscenario BMI \"above\" the limit of lib.hip"
        "\n  procedure=(code W37.1 :opcs4)"
        "\n  commissioner=(name Luton)"
        "\n  patient.bmi=(quantity 36 :kg/m2) on (date 2019-10-20)"
        "\n  cancer=(unknown)"
        "\n  cost=(negate (money 3.20))"
        "\n  share=(percent 5)"
        "\n  words=(text t)"
        "\n  wait=(duration 18 :months)"
        "\n  throats={{on=(date 2019-01-03);treated=(yes);},{on=(date 2019-02-03);},}"
        "\n  codes={(code I83.9 :icd10),}"
        "\n  none_={}"
        "\n  patient={smoking=(name never);a.b={c={};};}"
        "\n  expect -");
  CHECK(shape_of_file("scenario \"\" of p { given { } }") == "library x\nscenario  of p\n  expect -");
}

TEST_CASE("scenarios: a value is an expression, and `on` is none of it") {
  const auto file = read_scenario("given { a = never on 2019-10-20, b = 1 + 2 on 2019-10-20, c = (d or e), on = f }");
  REQUIRE(file.complaints.empty());
  const auto& facts = scenario_of(file).facts;
  REQUIRE(facts.size() == 4);
  CHECK(reading::shape(file.tree, facts[0].value.value) == "(name never)");
  CHECK(reading::shape(file.tree, facts[0].value.on) == "(date 2019-10-20)");
  CHECK(reading::shape(file.tree, facts[1].value.value) == "(add (number 1) (number 2))");
  CHECK(reading::shape(file.tree, facts[1].value.on) == "(date 2019-10-20)");
  CHECK(reading::shape(file.tree, facts[2].value.value) == "(disjunction (name d) (name e))");
  CHECK(facts[2].value.on == no_expression);
  CHECK(facts[3].name.text == "on");
}

TEST_CASE("scenarios: what is expected of a line that is recounted") {
  const auto expected = [](const std::string& words) {
    return shape_of_file("scenario \"\" of p {\n  given { }\n  expect " + words + "\n}");
  };
  CHECK(expected("recount as hrg:BZ34A") == "library x\nscenario  of p\n  expect recount as (code BZ34A :hrg)");
  CHECK(expected("recount as hrg:BZ34A pay £30.50 because lens") ==
        "library x\nscenario  of p\n  expect recount as (code BZ34A :hrg) (money 30.50) because lens");
  CHECK(shape_of_file("scenario \"\" of p {\n  vary a {\n    1 -> recount as hrg:BZ34A\n    2 -> pay £3\n  }\n}")
            .find("recount as (code BZ34A :hrg)") != std::string::npos);
}

TEST_CASE("scenarios: facts may bear the words of lines") {
  const std::string facts =
      "given { given = like,\nlike = vary,\nvary = but,\nbut = expect,\nexpect = with,\nwith = note,\n"
      "note = pay,\npay = about,\nabout = scenario,\nscenario = unverified,\nunverified = 1 }\n";
  const auto file = read_scenario(facts + "expect refuse");
  CHECK(file.complaints == Lines{});
  CHECK(scenario_of(file).facts.size() == 11);
  CHECK(scenario_of(file).expected);
  CHECK(reading::read_file("library x\nrecord R { scenario text given date like R\nexpect text vary text }\n"
                           "define but = because and about + pay < with.drafts or information or needed or applicable")
            .complaints.size() == 1);  // `and` mixed with `or`, and nothing else
}

TEST_CASE("scenarios: lines and what they say") {
  CHECK(shape_of_file("scenario \"a\" of p {\n"
                      "  like \"b\" but { patient.bmi = unknown }\n"
                      "  given { c = 1 }\n"
                      "  given { d = 2 }\n"
                      "  vary patient.bmi, commissioner {\n"
                      "    35 kg/m2, Luton               -> approve\n"
                      "    36 kg/m2 on 2019-10-20, Luton -> refuse because bmi, smoking\n"
                      "    unknown, Luton                -> information needed about patient.bmi, e\n"
                      "    41 kg/m2, Bedfordshire        # without\n"
                      "    -3, { icd10:I83.9, { a = 1 } }\n"
                      "    -3 -> pay -£2\n"
                      "    -4 -> not applicable because j\n"
                      "    1,\n    2,\n    3\n"
                      "  }\n"
                      "  expect refuse because bmi about e\n"
                      "  note \"n\" unverified \"u\" with drafts\n"
                      "}") ==
        "library x\nscenario a of p like b"
        "\n  patient.bmi=(unknown)\n  c=(number 1)\n  d=(number 2)"
        "\n  vary patient.bmi commissioner"
        "\n    (quantity 35 :kg/m2) (name Luton) -> approve"
        "\n    (quantity 36 :kg/m2) on (date 2019-10-20) (name Luton) -> refuse because bmi because smoking"
        "\n    (unknown) (name Luton) -> information needed about patient.bmi about e"
        "\n    (quantity 41 :kg/m2) (name Bedfordshire) -> -"
        "\n    (negate (number 3)) {(code I83.9 :icd10),{a=(number 1);},} -> -"
        "\n    (negate (number 3)) -> pay (negate (money 2))"
        "\n    (negate (number 4)) -> not applicable because j"
        "\n    (number 1) (number 2) (number 3) -> -"
        "\n  expect refuse because bmi about e with drafts note n unverified u"
        "\n# without");
}

TEST_CASE("scenarios: outcomes") {
  const std::vector<std::pair<std::string, std::string>> outcomes = {
      {"approve", "approve"},
      {"refuse", "refuse"},
      {"review", "review"},
      {"exempt", "exempt"},
      {"information needed", "information needed"},
      {"information # comment\n   needed", "information needed"},
      {"not \t applicable", "not applicable"},
      {"pay £0", "pay"},
  };
  for (const auto& [written, name] : outcomes) {
    CAPTURE(written);
    const auto file = read_scenario("expect " + written + " because a");
    REQUIRE(file.complaints.empty());
    const auto& expected = scenario_of(file).expected;
    REQUIRE(expected);
    CHECK(expected->outcome.text == name);
    CHECK((expected->amount != no_expression) == (name == "pay"));
    CHECK(expected->because.size() == 1);
  }
}

TEST_CASE("scenarios: where things stand") {
  const std::string content =
      "library x\nscenario \"s\" of p {\n  like \"t\" but { a = 3 kg/m2 on 2019-10-20 , b = { c } , }\n"
      "  vary d { 1 , 2 -> refuse  \n  }\n  expect pay £2 about e  \n  with  drafts  \n}\n";
  const auto file = reading::read_file(content);
  REQUIRE(file.complaints.empty());
  const auto& scenario = scenario_of(file);
  CHECK(text_of(content, scenario.title.span) == "\"s\"");
  CHECK(text_of(content, scenario.like.span) == "\"t\"");
  CHECK(scenario.is_like());
  CHECK(text_of(content, scenario.facts.at(0).span) == "a = 3 kg/m2 on 2019-10-20");
  CHECK(text_of(content, scenario.facts.at(0).value.span) == "3 kg/m2 on 2019-10-20");
  CHECK(text_of(content, scenario.facts.at(1).value.span) == "{ c }");
  CHECK(text_of(content, scenario.facts.at(1).value.elements.at(0).span) == "c");
  CHECK(text_of(content, scenario.varied->span) == "vary d { 1 , 2 -> refuse  \n  }");
  CHECK(text_of(content, scenario.varied->rows.at(0).span) == "1 , 2 -> refuse");
  CHECK(text_of(content, scenario.expected->span) == "pay £2 about e");
  CHECK(text_of(content, scenario.expected->outcome.span) == "pay");
  CHECK(text_of(content, *scenario.with_drafts) == "with  drafts");
  CHECK(text_of(content, scenario.span).back() == '}');
}

TEST_CASE("scenarios: `like` with an empty title is `like` nevertheless") {
  CHECK(scenario_of(read_scenario("like \"\"")).is_like());
  CHECK_FALSE(scenario_of(read_scenario("given { }")).is_like());
}

TEST_CASE("scenarios: lines given twice are kept apart") {
  const auto file = read_scenario(
      "like \"a\"\nlike \"b\" but { c = 1 }\nvary a { 1 }\nvary b { 2 }\nexpect refuse\nexpect approve\nwith drafts\n"
      "with drafts\nnote \"a\" note \"b\"");
  REQUIRE(file.complaints.empty());
  const auto& scenario = scenario_of(file);
  CHECK(scenario.repeated.size() == 4);
  CHECK(scenario.like.text == "a");
  CHECK(scenario.facts.empty());
  CHECK(scenario.varied->facts.at(0).text == "a");
  CHECK(scenario.expected->outcome.text == "refuse");
  CHECK(scenario.notes == Lines{"a", "b"});
}

TEST_CASE("scenarios: a mistake in one line leaves the others alone") {
  const auto file = read_scenario(
      "  given { a = 1 b = 2,\n"
      "          c == 3,\n"
      "          d = 36 stones,\n"
      "          e =\n"
      "          f = { { on = 2019-1-3, h = 2 }, { k 3 } },\n"
      "          first = 4,\n"
      "          i = never\n"
      "          j = 5 }\n"
      "  exepct refuse\n"
      "  like foo but { a = 1 }\n"
      "  but { b = 3 }\n"
      "  with draft\n"
      "  expect refuse becaus bmi\n"
      "  expect approve");
  CHECK(file.complaints ==
        Lines{"3:17 P0101 expected `,` or `}`, found `b`", "4:13 P0112 `==` is no operator of the language",
              "5:18 P0101 expected a unit, found `stones`", "6:14 P0101 expected a value, found `f`",
              "7:24 P0101 expected a date such as `2019-04-01`, found `2019-1-3`",
              "7:47 P0101 expected `,` or `}`, found `3`",
              "8:11 P0106 `first` is a word of the language, and cannot be a name",
              "9:20 P0101 expected `,` or `}`, found `j`", "11:3 P0101 expected a line of the scenario, found `exepct`",
              "12:8 P0101 expected a text in quotes, found `foo`",
              "13:3 P0101 expected a line of the scenario, found `but`", "14:8 P0101 expected `drafts`, found `draft`",
              "15:17 P0101 expected a line of the scenario, found `becaus`"});
  CHECK(file.diagnostics.at(8).help == "did you mean `expect`?");
  CHECK(file.diagnostics.at(10).help == "`but` stands behind the title of a `like`, and once");
  CHECK(file.diagnostics.at(12).help == "did you mean `because`?");
  REQUIRE(file.tree.declarations.size() == 2);
  CHECK(reading::shape(file.tree).find("\n  a=(number 1)\n  b=(number 2)") != std::string::npos);
  CHECK(scenario_of(file).facts.back().name.text == "j");
  CHECK(scenario_of(file).expected->outcome.text == "refuse");
}

TEST_CASE("scenarios: a mistake in one row leaves the others alone") {
  const auto file = read_scenario(
      "  vary a, b {\n"
      "    1, 2 -> aprove\n"
      "    3 4 -> refuse\n"
      "    5 ->\n"
      "    6, 7 -> refuse becaus bmi\n"
      "    8, -> pay\n"
      "    9, on 3\n"
      "    10, 11 -> information about x\n"
      "    12, 36 stones -> approve\n"
      "    Luton, a => approve\n"
      "    13, 14 -> refuse\n"
      "  }\n"
      "  expect refuse");
  const std::string outcomes =
      "expected an outcome: `approve`, `refuse`, `review`, `exempt`, `information needed`, `not applicable`, `pay`, "
      "`adjust`, `recount as CODE`, `withhold` or `query`";
  CHECK(file.complaints ==
        Lines{"4:13 P0101 " + outcomes + ", found `aprove`",
              "5:7 P0101 expected `,`, `->` or a row on a line of its own, found `4`",
              "6:9 P0101 " + outcomes + ", found `6`", "7:20 P0101 expected a row on a line of its own, found `becaus`",
              "8:8 P0101 expected a value, found `->`",
              "9:11 P0101 expected `,`, `->` or a row on a line of its own, found `3`",
              "10:27 P0101 expected `needed`, found `about`", "11:12 P0101 expected a unit, found `stones`",
              "12:14 P0112 `=>` is no operator of the language"});
  CHECK(file.diagnostics.at(3).help == "did you mean `because`?");
  CHECK(file.diagnostics.at(8).help == "did you mean `->`?");
  REQUIRE(scenario_of(file).varied);
  REQUIRE(scenario_of(file).varied->rows.size() == 1);
  CHECK(scenario_of(file).expected);
  CHECK(file.tree.declarations.size() == 2);
}

TEST_CASE("scenarios: misspelt outcomes") {
  CHECK(help_in_scenario("expect refused because bmi") == "did you mean `refuse`?");
  CHECK(help_in_scenario("expect informaton needed") == "did you mean `information needed`?");
  CHECK(help_in_scenario("expect not applicble") == "did you mean `applicable`?");
  CHECK(help_in_scenario("expect success").empty());
  CHECK(read_scenario("expect").complaints.at(0).find("3:7 P0101 expected an outcome: `approve`") == 0);
}

TEST_CASE("scenarios: braces left open end before the next line or declaration") {
  const auto file = reading::read_file(
      "library x\nscenario \"a\" of p {\n  given { a = 1,\n          b = 2\n  expect refuse\n}\n"
      "scenario \"b\" of p {\n  given { xs = { { a = 1 }, { b = 2\n  expect refuse\n}\n"
      "scenario \"c\" of p {\n  vary a {\n    1 -> approve\n  expect refuse\n}\n"
      "  scenario \"d\" of p {\n    expect refuse\n  scenario \"e\" of p {\n    given { a = 1\n\ndefine f = 1\n");
  CHECK(file.complaints == Lines{"4:16 P0103 block is not closed: expected `}`, found `expect`",
                                 "8:36 P0103 block is not closed: expected `}`, found `expect`",
                                 "13:17 P0103 block is not closed: expected `}`, found `expect`",
                                 "17:18 P0103 block is not closed: expected `}`, found `scenario`",
                                 "19:18 P0103 block is not closed: expected `}`, found `define`"});
  REQUIRE(file.tree.declarations.size() == 6);
  for (std::size_t i = 0; i < 4; ++i) {
    CAPTURE(i);
    CHECK(std::get<ScenarioDeclaration>(file.tree.declarations[i]).expected);
  }
}

TEST_CASE("scenarios: what belongs to their head") {
  const auto said = [](const std::string& text) {
    const auto file = reading::read_file("library x\n" + text + "\ndefine a = 1");
    CHECK(file.tree.declarations.size() == 1);
    return file.complaints;
  };
  CHECK(said("scenario hip { expect refuse }") == Lines{"2:10 P0101 expected a text in quotes, found `hip`"});
  CHECK(said("scenario \"a\" hip { expect refuse }") == Lines{"2:14 P0101 expected `of`, found `hip`"});
  CHECK(said("scenario \"a\" of { expect refuse }") == Lines{"2:17 P0101 expected a name, found `{`"});
  const auto file = reading::read_file("library x\nscenaro \"a\" of p {\n}\nscenario \"b\" of p { }");
  CHECK(file.complaints == Lines{"2:1 P0101 expected a declaration, found `scenaro`"});
  CHECK(file.diagnostics.at(0).help == "did you mean `scenario`?");
  CHECK(file.tree.declarations.size() == 1);
}

TEST_CASE("scenarios: braces nest up to the limit") {
  const auto nest = [](const std::string& open, std::size_t depth, bool closed) {
    std::string text = "library x\nscenario \"a\" of p {\n  given { b = ";
    for (std::size_t i = 0; i < depth; ++i) text += open;
    if (closed) {
      text += "1";
      for (std::size_t i = 0; i < depth; ++i) text += " }";
      text += " }\n}";
    }
    return reading::read_file(text + "\ndefine a = 1");
  };
  for (const std::string open : {"{ ", "{ c = "}) {
    CAPTURE(open);
    CHECK(nest(open, nesting_limit, true).complaints.empty());
    for (const std::size_t depth : {nesting_limit + 1, std::size_t{10'000}}) {
      for (const bool closed : {true, false}) {
        const auto file = nest(open, depth, closed);
        REQUIRE(file.complaints.size() == 1);
        CHECK(file.complaints[0].find(" P0107 nested more than 128 levels deep") != std::string::npos);
        CHECK(file.tree.declarations.size() == 2);
      }
    }
  }
}
