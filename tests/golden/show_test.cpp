#include <catch2/catch.hpp>

#include "golden.hpp"

using namespace proviso;

namespace {

void check_shown(const std::string& name, std::vector<std::string> arguments) {
  INFO(name);
  arguments.insert(arguments.begin(), "show");
  const auto printed = golden::run_program(golden::repository(), arguments);
  CHECK(printed.exit_code == 0);
  golden::check_golden(golden::folder() / "show" / (name + ".golden"), printed.out);
}

}  // namespace

TEST_CASE("a real policy as it holds on a day", "[show]") {
  check_shown("tonsillectomy", {"policies", "tonsillectomy", "--on", "2023-01-01"});
  check_shown("grommets_2020", {"policies", "grommets", "--on", "2020-01-01"});
  check_shown("grommets_2025", {"policies", "grommets", "--on", "2025-01-01"});
}

TEST_CASE("a limit is shown with the value of the day, and whose it is", "[show]") {
  const std::string library = "tests/golden/decisions/periods/library.policy";
  check_shown("limit_last_day", {library, "hip_replacement", "--on", "2020-03-31"});
  check_shown("limit_first_day", {library, "hip_replacement", "--on", "2020-04-01"});
  check_shown("latest_version", {library, "hip_replacement"});
  check_shown("as_json", {library, "hip_replacement", "--on", "2020-04-01", "--format", "json"});
}

TEST_CASE("what cannot be shown", "[show]") {
  const std::string library = "tests/golden/decisions/periods/library.policy";
  CHECK(golden::run_program(golden::repository(), {"show", library, "hip_replacment"}).exit_code != 0);
  // A day on which no version holds is an answer, not a mistake.
  check_shown("before_the_policy", {library, "hip_replacement", "--on", "2019-03-31"});
  CHECK(
      golden::run_program(golden::repository(), {"show", library, "hip_replacement", "--on", "2019-02-30"}).exit_code ==
      2);
}
