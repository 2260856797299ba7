#include "text/diagnostic.hpp"

#include <catch2/catch.hpp>

#include "text/explain.hpp"

using namespace proviso::text;

TEST_CASE("codes have names of four digits, and names have codes") {
  CHECK(code_name(Code::unreadable_file) == "P0001");
  CHECK(code_name(Code::too_deep) == "P0107");
  CHECK(code_by_name("P0107") == Code::too_deep);
  CHECK(code_by_name("p0107") == Code::too_deep);
  CHECK_FALSE(code_by_name("P0000"));
  CHECK_FALSE(code_by_name("P107"));
  CHECK_FALSE(code_by_name("P01070"));
  CHECK_FALSE(code_by_name("Q0107"));
  CHECK_FALSE(code_by_name("P01x7"));
  CHECK_FALSE(code_by_name(""));
  for (const Code code : all_codes()) CHECK(code_by_name(code_name(code)) == code);
}

TEST_CASE("every code has a title, a word and a page that begins with both code and title") {
  REQUIRE_FALSE(all_codes().empty());
  for (const Code code : all_codes()) {
    INFO(code_name(code));
    CHECK_FALSE(title_of(code).empty());
    CHECK_FALSE(kind_name(code).empty());
    const std::string heading = "# " + code_name(code) + ": " + std::string(title_of(code)) + "\n";
    CHECK(page_of(code).substr(0, heading.size()) == heading);
  }
  CHECK(title_of(Code::unknown_name) == "unknown name");
  CHECK(kind_name(Code::unknown_name) == "unknown_name");
  CHECK(severity_of(Code::unused_definition) == Severity::warning);
  CHECK(severity_of(Code::unknown_name) == Severity::error);
}

TEST_CASE("the same code at the same span is kept once") {
  Diagnostics diagnostics;
  CHECK(diagnostics.empty());
  diagnostics.add(Code::unknown_name, {0, 5, 9}, "first").help = "kept";
  diagnostics.add(Code::unknown_name, {0, 5, 9}, "again").help = "dropped";
  diagnostics.add(Code::unknown_field, {0, 5, 9}, "another code");
  diagnostics.add(Code::unknown_name, {1, 5, 9}, "another file");
  diagnostics.add(Code::unused_definition, {0, 1, 2}, "a warning");
  REQUIRE(diagnostics.all().size() == 4);
  CHECK(diagnostics.all()[0].message == "first");
  CHECK(diagnostics.all()[0].help == "kept");
  CHECK(diagnostics.count(Severity::error) == 3);
  CHECK(diagnostics.count(Severity::warning) == 1);
}

TEST_CASE("warnings alone are no errors") {
  Diagnostics diagnostics;
  diagnostics.add(Code::unused_definition, {0, 1, 2}, "a warning");
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.add(Code::syntax, {0, 1, 2}, "an error");
  CHECK(diagnostics.has_errors());
}

TEST_CASE("diagnostics come in the order of files and offsets, then as they were added") {
  Diagnostics diagnostics;
  diagnostics.add(Code::syntax, {1, 0, 1}, "d");
  diagnostics.add(Code::syntax, {0, 7, 8}, "b");
  diagnostics.add(Code::unknown_name, {0, 7, 8}, "c");
  diagnostics.add(Code::syntax, {0, 2, 8}, "a");
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) order += diagnostic.message;
  CHECK(order == "abcd");
}

TEST_CASE("closest finds what was meant") {
  CHECK(closest("patient.bmmi", {"patient.born", "patient.bmi"}) == "patient.bmi");
  CHECK(closest("smoekfree", {"smoke_free"}) == "smoke_free");
  CHECK(closest("procedrue", {"procedure"}) == "procedure");
  CHECK(closest("BMI", {"bmi"}) == "bmi");
  CHECK(closest("refered", {"referrer", "referred"}) == "referred");
}

TEST_CASE("closest says nothing where nothing is near") {
  CHECK_FALSE(closest("bmi", {"procedure", "smoking"}));
  CHECK_FALSE(closest("bmi", {}));
  CHECK_FALSE(closest("", {"a"}));
  CHECK_FALSE(closest("x", {"y"}));
  CHECK_FALSE(closest("abcdef", {"abcxyz"}));
  CHECK_FALSE(closest("same", {"same"}));
  CHECK_FALSE(closest(std::string(1'000'000, 'a'), {std::string(1'000'000, 'a') + "b"}));
}

TEST_CASE("a tie goes to the first candidate") {
  CHECK(closest("cat", {"car", "can"}) == "car");
  CHECK(closest("cat", {"can", "car"}) == "can");
  CHECK(closest("cta", {"cot", "cat"}) == "cat");
}
