#include <catch2/catch.hpp>

#include <regex>

#include "../folder.hpp"
#include "golden.hpp"

using namespace proviso;

namespace {

/// What took its time takes another the next time.
std::string without_times(std::string text) {
  text = std::regex_replace(text, std::regex(R"(\([0-9]+\.[0-9]{2} s\))"), "(0.00 s)");
  text = std::regex_replace(text, std::regex(R"("seconds": [0-9.]+)"), "\"seconds\": 0");
  return std::regex_replace(text, std::regex("time=\"[0-9.]+\""), "time=\"0\"");
}

golden::Printed run_test(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "test");
  return golden::run_program(golden::folder() / "trials", arguments);
}

void check_run(const std::string& name, std::vector<std::string> arguments, int exit_code) {
  INFO(name);
  const auto printed = run_test(std::move(arguments));
  CHECK(printed.exit_code == exit_code);
  golden::check_golden(golden::folder() / "trials" / (name + ".golden"), without_times(printed.out));
}

}  // namespace

TEST_CASE("scenarios that are as expected", "[trials]") {
  check_run("as_expected", {"hips.policy", "as_expected.policy"}, 0);
  check_run("as_expected_json", {"hips.policy", "as_expected.policy", "--format", "json"}, 0);
  check_run("no_scenarios", {"hips.policy"}, 0);
}

TEST_CASE("scenarios that are not", "[trials]") {
  check_run("not_as_expected", {"hips.policy", "not_as_expected.policy"}, 1);
  check_run("not_as_expected_json", {"hips.policy", "not_as_expected.policy", "--format", "json"}, 1);
  check_run("filtered", {"hips.policy", "as_expected.policy", "not_as_expected.policy", "--filter", "a draft"}, 1);
}

TEST_CASE("the scenarios that there are", "[trials]") {
  check_run("list", {"hips.policy", "as_expected.policy", "not_as_expected.policy", "--list"}, 0);
  check_run("list_json", {"hips.policy", "as_expected.policy", "--list", "--format", "json"}, 0);
}

TEST_CASE("results for a build server", "[trials]") {
  const Folder folder;
  const std::string file = folder.path() + "/trials.xml";
  const auto printed = run_test({"hips.policy", "not_as_expected.policy", "--filter", "draft", "--junit", file});
  CHECK(printed.exit_code == 1);
  golden::check_golden(golden::folder() / "trials" / "junit.golden", without_times(golden::read_file(file)));
}
