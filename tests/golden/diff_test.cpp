#include <catch2/catch.hpp>

#include "golden.hpp"

using namespace proviso;

namespace {

void check_diff(const std::string& name, std::vector<std::string> arguments, int exit_code = 1) {
  INFO(name);
  arguments.insert(arguments.begin(), "diff");
  const auto printed = golden::run_program(golden::folder() / "diffs", arguments);
  CHECK(printed.exit_code == exit_code);
  golden::check_golden(golden::folder() / "diffs" / ("diff_" + name + ".golden"), printed.out);
}

}  // namespace

TEST_CASE("what changed, in the policies' words", "[diff]") {
  check_diff("changes", {"old", "new"});
  check_diff("changes_turned_over", {"new", "old"});
  check_diff("changes_in_bedfordshire", {"old", "new", "--in", "Bedfordshire", "--on", "2020-02-01"});
  check_diff("changes_of_one_policy", {"old", "new", "--policy", "decision_aid"});
  check_diff("nothing", {"old", "old"}, 0);
}

TEST_CASE("what changed for cases", "[diff]") {
  check_diff("cases", {"old", "new", "--cases", "cases.ndjson"});
  check_diff("cases_in_luton", {"old", "new", "--cases", "cases.ndjson", "--in", "Luton", "--first", "2"});
  check_diff("cases_as_json", {"old", "new", "--cases", "cases.ndjson", "--format", "json", "--first", "1"});
  check_diff("cases_of_one_library", {"old", "old", "--cases", "cases.ndjson"}, 0);
}
