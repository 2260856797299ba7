#include <fmt/format.h>
#include <algorithm>

#include "comparison_support.hpp"

// Who reads a fact whose declaration changes, wherever it is named.
namespace proviso::trial::test {
namespace {

const std::string ledger_library = R"(library x
places { England { Luton ods:06P } }
record Authorisation { reference text  nhs text  granted yes/no }
record Activity {
  id text  reference text  nhs text  admitted date  discharged date  flag yes/no  patient text
  charge money price  commissioner place  provider text  drug text  version number  market_price money
  quantity number  best yes/no  unread text
}
relate earlier on Activity: e where e.nhs = nhs and e.discharged within 30 days before admitted
relate authorised on Activity: a in Authorisation where a.reference = reference
group scans on Activity by patient ordered by version
payment again "Again" on Activity { source "S" effective 2018-04-01 dated by admitted placed by commissioner in Luton
  withhold must back when any e in earlier where e.flag "Back"
  withhold must refused when any a in authorised where not a.granted "Refused"
  withhold may second when rank in scans > 1 "Second"
  otherwise pay in full }
agreement gain "Gain" on Activity { source "S"
  between commissioner and provider
  covers drug = "A"
  dated by discharged  placed by commissioner  in Luton  period 18 months from 2018-12-01
  baseline £10
  saving (baseline - charge) * quantity
  share commissioner 50%, provider 50%
  settle monthly rounded to 1p half even
  after pay lowest market_price by drug
  target best_value "Best value" among patient met best at least 90% by 2019-03-01
  corrected by version
}
)";

/// Who reads the fact that is declared so, each as `x.again (back)`.
std::vector<std::string> readers_of(const std::string& declared) {
  const Compared olds = Compared::of_text(ledger_library);
  const Compared news = Compared::of_text(with(ledger_library, declared, declared + " \"Another label\""));
  const auto things = compare_libraries(olds.revision(), news.revision()).things;
  REQUIRE(things.size() == 1);
  std::vector<std::string> readers;
  for (const Reader& each : things[0].read_by) {
    readers.push_back(fmt::format("{} ({})", each.policy, fmt::join(each.criteria, ", ")));
  }
  return readers;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a fact of the lines that a relation brings is read by what asks for those lines", "[changes]") {
  CHECK(readers_of("flag yes/no") == Names{"x.again (back)"});
  CHECK(readers_of("granted yes/no") == Names{"x.again (refused)"});
}

TEST_CASE("so are the facts that say which lines belong to a relation, and which come first in a group", "[changes]") {
  CHECK(readers_of("Activity {\n  id text  reference text") == Names{"x.again (refused)"});
  CHECK(readers_of("Authorisation { reference text") == Names{"x.again (refused)"});
  CHECK(readers_of("reference text  nhs text  admitted date") == Names{"x.again (back, dated by)"});
  CHECK(readers_of("discharged date") == Names{"x.again (back)", "x.gain (dated by)"});
  CHECK(readers_of("patient text") == Names{"x.again (second)", "x.gain (target best_value)"});
}

TEST_CASE("the lines of an agreement that name a fact read it, and so do the dates and places of policies",
          "[changes]") {
  CHECK(readers_of("commissioner place") == Names{"x.again (placed by)", "x.gain (between, placed by)"});
  CHECK(readers_of("provider text") == Names{"x.gain (between)"});
  CHECK(readers_of("drug text") == Names{"x.gain (covers, after)"});
  CHECK(readers_of("version number") == Names{"x.again (second)", "x.gain (corrected by)"});
  CHECK(readers_of("market_price money") == Names{"x.gain (after)"});
  CHECK(readers_of("best yes/no") == Names{"x.gain (target best_value)"});
}

TEST_CASE("every payment is held to the price", "[changes]") {
  CHECK(readers_of("charge money price") == Names{"x.again ()", "x.gain (saving)"});
}

TEST_CASE("a fact that nobody names is read by nobody", "[changes]") { CHECK(readers_of("unread text").empty()); }

}  // namespace proviso::trial::test
