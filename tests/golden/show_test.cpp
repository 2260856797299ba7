#include <catch2/catch.hpp>

#include "golden.hpp"

using namespace proviso;

namespace {

void check_shown(const std::string& name, std::vector<std::string> arguments, int exit_code = 0) {
  INFO(name);
  arguments.insert(arguments.begin(), "show");
  const auto printed = golden::run_program(golden::repository(), arguments);
  CHECK(printed.exit_code == exit_code);
  golden::check_golden(golden::folder() / "show" / (name + ".golden"), printed.out);
}

int exit_code_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "show");
  return golden::run_program(golden::repository(), arguments).exit_code;
}

const std::string periods = "tests/golden/decisions/periods/library.policy";
const std::string places = "tests/golden/show/places/library.policy";
const std::string reads = "tests/golden/show/reads/library.policy";
const std::string payments = "tests/golden/decisions/payments/library.policy";

}  // namespace

TEST_CASE("a real policy as it holds on a day", "[show]") {
  check_shown("tonsillectomy", {"policies", "tonsillectomy", "--on", "2023-01-01"});
  check_shown("grommets_2020", {"policies", "grommets", "--on", "2020-01-01"});
  check_shown("grommets_2025", {"policies", "grommets", "--on", "2025-01-01"});
}

TEST_CASE("a limit is shown with the value of the day, and whose it is", "[show]") {
  check_shown("limit_last_day", {periods, "hip_replacement", "--on", "2020-03-31"});
  check_shown("limit_first_day", {periods, "hip_replacement", "--on", "2020-04-01"});
  check_shown("latest_version", {periods, "hip_replacement"});
  check_shown("as_json", {periods, "hip_replacement", "--on", "2020-04-01", "--format", "json"});
}

TEST_CASE("a payment, with what each of its clauses gives", "[show]") {
  check_shown("payment", {payments, "intrafirm", "--on", "2019-05-01"});
  check_shown("payment_of_places", {payments, "right_reserved", "--in", "LeicesterCity", "--on", "2019-05-01"});
  check_shown("payment_as_json", {payments, "intrafirm", "--format", "json"});
  check_shown("payment_elsewhere", {payments, "right_reserved", "--in", "SouthSefton", "--on", "2019-05-01"});
  check_shown("payment_compared", {payments, "right_reserved", "--compare", "SouthSefton", "LeicesterCity"}, 1);
  check_shown("payment_history", {payments, "intrafirm", "--history"});
}

TEST_CASE("what decides beside the policy's own words: definitions, tables, relations and groups", "[show]") {
  check_shown("reads", {reads, "listed", "--on", "2019-05-01"});
  check_shown("reads_as_json", {reads, "listed", "--on", "2019-05-01", "--format", "json"});
}

TEST_CASE("what cannot be shown", "[show]") {
  CHECK(exit_code_of({periods, "hip_replacment"}) == 2);
  // A day on which no version holds is an answer, not a mistake.
  check_shown("before_the_policy", {periods, "hip_replacement", "--on", "2019-03-31"});
  CHECK(exit_code_of({periods, "hip_replacement", "--on", "2019-02-30"}) == 2);
  CHECK(exit_code_of({periods, "hip_replacement", "--in", "Luton"}) == 2);
  CHECK(exit_code_of({places, "hip_replacement", "--in", "Lutn"}) == 2);
  CHECK(exit_code_of({places, "hip_replacement", "--history", "--on", "2019-11-01"}) == 2);
  CHECK(exit_code_of({places, "--compare", "Luton"}) == 2);
  CHECK(exit_code_of({places, "hip_replacment", "--compare", "Luton", "Bedfordshire"}) == 2);
}

TEST_CASE("a policy as it holds in a place", "[show]") {
  check_shown("in_luton", {places, "hip_replacement", "--in", "Luton", "--on", "2019-11-01"});
  check_shown("in_luton_group_replaced", {places, "hip_replacement", "--in", "06P", "--on", "2020-06-01"});
  check_shown("in_blmk", {places, "hip_replacement", "--in", "BLMK", "--on", "2019-11-01"});
  check_shown("in_luton_at_last", {places, "hip_replacement", "--in", "Luton"});
  check_shown("in_luton_as_json",
              {places, "hip_replacement", "--in", "Luton", "--on", "2019-11-01", "--format", "json"});
}

TEST_CASE("a policy where it does not hold", "[show]") {
  check_shown("omitted", {places, "hip_replacement", "--in", "MiltonKeynes", "--on", "2020-12-31"});
  check_shown("omitted_no_more", {places, "hip_replacement", "--in", "MiltonKeynes", "--on", "2021-01-01"});
  check_shown("outside", {places, "hip_replacement", "--in", "LeicesterCity", "--on", "2020-01-01"});
  check_shown("around", {places, "hip_replacement", "--in", "England"});
  check_shown("omitted_as_json", {places, "hip_replacement", "--in", "04F", "--on", "2020-12-31", "--format", "json"});
}

TEST_CASE("a policy as written, with what every place makes of it", "[show]") {
  check_shown("every_place", {places, "hip_replacement", "--on", "2019-11-01"});
  check_shown("every_place_at_last", {places, "hip_replacement"});
}

TEST_CASE("the dated changes of a policy", "[show]") {
  check_shown("history", {places, "hip_replacement", "--history"});
  check_shown("history_in_luton", {places, "hip_replacement", "--history", "--in", "Luton"});
  check_shown("history_in_milton_keynes", {places, "hip_replacement", "--history", "--in", "MiltonKeynes"});
  check_shown("history_elsewhere", {places, "hip_replacement", "--history", "--in", "LLR"});
  check_shown("history_without_places", {periods, "hip_replacement", "--history"});
  check_shown("history_as_json", {places, "hip_replacement", "--history", "--format", "json"});
}

TEST_CASE("where two places differ", "[show]") {
  check_shown("compare", {places, "--compare", "Luton", "Bedfordshire", "--on", "2019-11-01"}, 1);
  check_shown("compare_group", {places, "hip_replacement", "--compare", "Luton", "Bedfordshire", "--on", "2020-07-01"},
              1);
  check_shown("compare_omitted", {places, "--compare", "MiltonKeynes", "06F", "--on", "2020-05-05"}, 1);
  check_shown("compare_at_last", {places, "hip_replacement", "--compare", "Luton", "Bedfordshire"}, 1);
  check_shown("compare_equal", {places, "hip_replacement", "--compare", "BLMK", "Bedfordshire", "--on", "2019-11-01"});
  check_shown("compare_neither", {places, "hip_replacement", "--compare", "LLR", "LeicesterCity"});
  check_shown("compare_as_json",
              {places, "--compare", "Luton", "Bedfordshire", "--on", "2019-11-01", "--format", "json"}, 1);
}
