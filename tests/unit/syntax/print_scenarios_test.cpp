#include <catch2/catch.hpp>

#include "reading.hpp"
#include "syntax/print.hpp"

using namespace proviso::syntax;

namespace {

/// What is printed of a scenario, behind its library line, and printed again.
std::string printed_scenario(const std::string& scenario) {
  const auto file = reading::read_file("library x\n" + scenario);
  CHECK(file.complaints.empty());
  const std::string page = print(file.tree);
  const auto again = reading::read_file(page);
  CHECK(again.complaints.empty());
  CHECK(reading::shape(again.tree) == reading::shape(file.tree));
  CHECK(print(again.tree) == page);
  return page.substr(page.find('\n') + 2);
}

}  // namespace

TEST_CASE("print: facts stand on one line where they fit") {
  CHECK(printed_scenario(
            "scenario \"a\" of p { given { a=1,\n b = { }, c={on=2019-01-03,}, d = 3 kg/m2 on 2019-10-20,} }") ==
        "scenario \"a\" of p {\n"
        "  given { a = 1, b = { }, c = { on = 2019-01-03 }, d = 3 kg/m2 on 2019-10-20 }\n"
        "}\n");
  CHECK(printed_scenario("scenario \"a\" of p { given { } }") == "scenario \"a\" of p {\n}\n");
}

TEST_CASE("print: facts that do not fit stand in lines of their own, as many a line as fit") {
  CHECK(printed_scenario("scenario \"a\" of hip_replacement { given { procedure = opcs4:W37.1, commissioner = Luton, "
                         "referred = 2019-11-01, patient.bmi = 36 kg/m2 on 2019-10-20, suspected_cancer = unknown,\n"
                         "sore_throats = { { on = 2019-01-03, treated = yes }, { on = 2019-02-03, treated = yes }, "
                         "{ on = 2019-03-03, treated = unknown } }, a = 1 } }") ==
        "scenario \"a\" of hip_replacement {\n"
        "  given {\n"
        "    procedure = opcs4:W37.1, commissioner = Luton, referred = 2019-11-01,\n"
        "    patient.bmi = 36 kg/m2 on 2019-10-20, suspected_cancer = unknown,\n"
        "    sore_throats = {\n"
        "      { on = 2019-01-03, treated = yes }, { on = 2019-02-03, treated = yes },\n"
        "      { on = 2019-03-03, treated = unknown }\n"
        "    },\n"
        "    a = 1\n"
        "  }\n"
        "}\n");
}

TEST_CASE("print: rows stand in columns") {
  CHECK(printed_scenario(
            "scenario \"a\" of p { note \"n\" unverified \"u\" with drafts expect refuse because bmi,c\n"
            "like \"b\" but { d = 1 } vary bmi,place_of {\n"
            "35 kg/m2,Luton->approve\n36 kg/m2 on 2019-10-20,Luton\n\n-1,Bedfordshire->information\nneeded about bmi\n"
            "{ 1, 2 }, 3, 4 -> pay £0 } }") ==
        "scenario \"a\" of p {\n"
        "  like \"b\" but { d = 1 }\n"
        "  vary bmi, place_of {\n"
        "    35 kg/m2,               Luton        -> approve\n"
        "    36 kg/m2 on 2019-10-20, Luton\n"
        "    -1,                     Bedfordshire -> information needed about bmi\n"
        "    { 1, 2 },               3,           4 -> pay £0\n"
        "  }\n"
        "  expect refuse because bmi, c\n"
        "  with drafts\n"
        "  note \"n\"\n"
        "  unverified \"u\"\n"
        "}\n");
}

TEST_CASE("print: what is expected is broken behind commas where it is too long for a line") {
  const std::string first = "patient.first_of_the_facts_that_are_needed, patient.second_fact";
  const std::string rest = "patient.third_of_the_facts_that_are_needed, patient.fourth";
  CHECK(printed_scenario("scenario \"a\" of p { given { a = 1 } expect information needed about " + first + ", " +
                         rest + " # why\n with drafts }") ==
        "scenario \"a\" of p {\n"
        "  given { a = 1 }\n"
        "  expect information needed about " +
            first +
            ",\n"
            "    " +
            rest +
            "  # why\n"
            "  with drafts\n"
            "}\n");
  // Rows stay as they are.
  const std::string row = "    1 -> information needed about " + first + ", " + rest + "\n";
  CHECK(printed_scenario("scenario \"a\" of p { vary a {\n" + row + "} }") ==
        "scenario \"a\" of p {\n  vary a {\n" + row + "  }\n}\n");
}

TEST_CASE("print: what is changed of another is broken as what is given") {
  const std::string facts = "first_of_the_facts = 36 kg/m2 on 2019-10-20, second_of_the_facts = 2019-10-20,";
  CHECK(printed_scenario("scenario \"a\" of p { like \"b\" but { " + facts +
                         " third_of_the_facts = unknown } expect refuse }") ==
        "scenario \"a\" of p {\n"
        "  like \"b\" but {\n"
        "    " +
            facts +
            "\n"
            "    third_of_the_facts = unknown\n"
            "  }\n"
            "  expect refuse\n"
            "}\n");
}

TEST_CASE("print: comments stay with their facts and rows") {
  CHECK(printed_scenario(
            "# first\nscenario \"a\" of p {\n  # what is given\n  given { a = 1, # one\n b = 2, c = 3,\n"
            "    # four\n    d = { # five\n e = 5 } } # six\n  vary a {\n    # seven\n    1 # eight\n    2 }\n"
            "  # nine\n  expect refuse\n  # ten\n}") ==
        "# first\n"
        "scenario \"a\" of p {\n"
        "  # what is given\n"
        "  given {\n"
        "    a = 1,  # one\n"
        "    b = 2, c = 3,\n"
        "    # four\n"
        "    d = {  # five\n"
        "      e = 5\n"
        "    }\n"
        "  }  # six\n"
        "  vary a {\n"
        "    # seven\n"
        "    1  # eight\n"
        "    2\n"
        "  }\n"
        "  # nine\n"
        "  expect refuse\n"
        "  # ten\n"
        "}\n");
}
