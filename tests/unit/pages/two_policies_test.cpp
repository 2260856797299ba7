#include <catch2/catch.hpp>
#include <optional>

#include "../../folder.hpp"
#include "../service_support/two_policies.hpp"
#include "visitor.hpp"

using namespace proviso::service;

namespace {

/// The decision on a hip of that BMI by both policies, in the library's own words.
struct Decision {
  explicit Decision(const std::string& smokes) {
    folder.write("two.policy", hips_of_two_policies);
    visitor.emplace(Access::open(), folder.path());
    Visitor::Known known = {{"referred", {{":day", "16"}, {":month", "5"}, {":year", "2023"}}},
                            {"commissioner", {{"", "North"}}},
                            {"procedure", {{"", "W37.1"}}},
                            {"bmi", {{"", "30"}}}};
    if (!smokes.empty()) known["smoker"] = {{"", smokes}};
    page = visitor->press(visitor->walk(known).forms.back());
  }
  proviso::Folder folder;
  std::optional<Visitor> visitor;
  Seen page;

  std::size_t issued() const { return visitor->test.keeper.authorisations.size(); }
};

constexpr const char* no_code =
    "No authorisation code was issued by it: that is done only where the referral as a whole is approved.";

}  // namespace

TEST_CASE("a decision page has a code where the referral is approved, and else says why one policy gave none",
          "[pages]") {
  const Decision refused("yes");
  CHECK(refused.page.shows("Does not meet the policy criteria for routine funding"));
  CHECK_FALSE(refused.page.shows("Authorisation code"));
  CHECK(refused.page.shows(no_code));
  CHECK(refused.issued() == 0);
  const Decision open("");
  CHECK(open.page.shows("More information is needed"));
  CHECK_FALSE(open.page.shows("Authorisation code"));
  CHECK(open.page.shows(no_code));
  CHECK(open.issued() == 0);
  const Decision approved("no");
  CHECK(approved.page.shows("Funding is approved."));
  CHECK(approved.page.shows("Authorisation code"));
  CHECK_FALSE(approved.page.shows(no_code));
  CHECK(approved.issued() == 1);
}
