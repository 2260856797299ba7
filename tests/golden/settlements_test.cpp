#include <catch2/catch.hpp>

#include "golden.hpp"

using namespace proviso;

namespace {

void check_statement(const std::string& name, std::vector<std::string> arguments) {
  INFO(name);
  const auto folder = golden::folder() / "settlements";
  arguments.insert(arguments.begin(), {"settle", "adalimumab.policy", "--ledger", "ledger.csv"});
  const auto printed = golden::run_program(folder, arguments);
  CHECK(printed.exit_code == 0);
  golden::check_golden(folder / (name + ".golden"), printed.out);
}

}  // namespace

// The arithmetic of these statements, which no program did:
//   South Sefton, December 2018: A1 (352.14 - 35.00) * 2 = 634.28, A2 as corrected 352.14 - 50.00 = 302.14, A4 nothing:
//   936.42, all of it below £1,000, so 468.21 each; three lines' £5.00 from the provider.
//   January 2019: B1 (352.14 - 35.00) * 3 = 951.42. To £1,000 the year had 63.58 left, shared 31.79 each; of the other
//   887.84 the provider has 30%, 266.352. 298.14 in all, of which 620.00 - 468.21 = 151.79 is below its cap; the
//   commissioner has the rest, 799.63.
//   February 2019: C1 352.14 - 372.14 = -20.00, 30% of it the provider's; but what was cut in January is more than
//   that. June 2020, after the period: D1 (40.00 - 35.00) * 2 = 10.00 over the lowest price of the month, D2 nothing.
TEST_CASE("a statement for people", "[settlements]") {
  check_statement("statement", {});
  check_statement("statement_with_lines", {"--lines"});
  check_statement("statement_of_january", {"--from", "2019-01", "--to", "2019-01-31"});
  check_statement("statement_page", {"--output", "html", "--lines"});
}

TEST_CASE("a statement for programs", "[settlements]") {
  check_statement("statement_json", {"--output", "json"});
  check_statement("statement_json_with_lines", {"--output", "json", "--lines"});
  check_statement("statement_csv", {"--output", "csv"});
  check_statement("statement_csv_with_lines", {"--output", "csv", "--lines"});
}

// The earlier statement had A2 at £51.995: 352.14 - 51.995 = 300.145 and so 934.42 (half to even), 467.21 each, the
// provider's less 15.00. One pound each is still to be settled; January, February and June were not settled at all.
TEST_CASE("a statement that settles what an earlier one did not", "[settlements]") {
  check_statement("statement_of_differences", {"--settled", "earlier.json"});
  check_statement("statement_of_differences_json", {"--settled", "earlier.json", "--output", "json"});
}
