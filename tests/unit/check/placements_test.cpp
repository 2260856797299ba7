#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

namespace {

/// `BLMK 2019-10-01`: each place with the first days of its stretches but for the first.
std::string stretches(const Checked& checked) {
  std::string out;
  for (const auto& placement : hips(checked).placements) {
    out += placement.place == model::none ? "-" : checked.library.places[placement.place].name;
    for (std::size_t i = 1; i < placement.stretches.size(); ++i) {
      out += ' ' + value::format_date(placement.stretches[i].days.first);
      REQUIRE(placement.stretches[i].days.first == placement.stretches[i - 1].days.last + 1);
    }
    out += "; ";
  }
  return out;
}

std::string value_in(const Checked& checked, const std::string& place, const char* date) {
  const auto* found =
      checked.library.in_force(checked.library.thresholds.front(), checked.library.place(place), day(date));
  return found == nullptr ? "none" : model::format(checked.library, found->constant);
}

}  // namespace

TEST_CASE("a threshold has the value of the smallest place with one in force") {
  const auto checked = check_text(head);
  CHECK(checked.codes().empty());
  CHECK(value_in(checked, "Luton", "2019-12-31") == "40 kg/m2");
  CHECK(value_in(checked, "Luton", "2020-01-01") == "35 kg/m2");
  CHECK(value_in(checked, "06P", "2020-06-30") == "35 kg/m2");
  CHECK(value_in(checked, "Luton", "2020-07-01") == "40 kg/m2");
  CHECK(value_in(checked, "BLMK", "2020-01-01") == "40 kg/m2");
  CHECK(value_in(checked, "Leicester", "2020-01-01") == "45 kg/m2");
  CHECK(value_in(checked, "nowhere", "2020-01-01") == "40 kg/m2");
  CHECK(value_in(checked, "Luton", "2019-03-31") == "none");
}

TEST_CASE("a placement stands for each place with something of its own, and no place outside the policy's") {
  CHECK(stretches(check_text(head)) == "-; Luton 2020-01-01 2020-07-01; ");
  CHECK(stretches(check_text(head + variation("remove severe", "BLMK", "2019-10-01 to 2020-03-31"))) ==
        "-; BLMK 2019-10-01 2020-04-01; Luton 2019-10-01 2020-01-01 2020-04-01 2020-07-01; ");
}

TEST_CASE("a value must be in force in every place and on every day that a policy needs one") {
  const auto with = [](const std::string& values) {
    return check_text(
        "library example\nplaces { England { Luton Bedfordshire } }\n"
        "record Referral { referred date commissioner place bmi number kg/m2 }\n"
        "threshold max_bmi: number kg/m2 { may vary from 30 to 45 " +
        values +
        " }\n"
        "policy hips on Referral { source \"x\" effective 2019-04-01 to 2020-03-31 in England "
        "approve when bmi <= max_bmi otherwise refuse \"no\" }\n");
  };
  CHECK(with("40 from 2019-04-01").codes().empty());
  CHECK(with("in England 40 from 2019-04-01").codes().empty());
  const auto one = with("in Luton 40 from 2019-04-01");
  CHECK(one.codes() == Codes{"P0403"});
  const auto gap = with(
      "40 from 2019-04-01 to 2019-05-31 in Luton 35 from 2019-04-01 in Bedfordshire 36 from 2019-07-01 "
      "in England 38 from 2019-05-15");
  CHECK(gap.codes().empty());
  const auto bedfordshire = with(
      "in Luton 35 from 2019-04-01 in Bedfordshire 36 from 2019-07-01 in England 38 from 2019-04-01 to 2019-05-31");
  CHECK(bedfordshire.codes() == Codes{"P0403"});
  const auto message = with(
      "in England 38 from 2019-04-01 in Luton 35 from 2019-04-01 to 2019-05-31 "
      "in Bedfordshire 36 from 2019-07-01");
  CHECK(message.codes().empty());
}

TEST_CASE("the message of a gap names the place that has none and one that has") {
  const auto checked = check_text(
      "library example\nplaces { England { Luton Bedfordshire } }\n"
      "record Referral { referred date commissioner place bmi number kg/m2 }\n"
      "threshold max_bmi: number kg/m2 { may vary from 30 to 45 in Luton 35 from 2019-04-01 "
      "in Bedfordshire 36 from 2019-07-01 }\n"
      "policy hips on Referral { source \"x\" effective 2019-04-01 to 2020-03-31 in Luton, Bedfordshire "
      "approve when bmi <= max_bmi otherwise refuse \"no\" }\n");
  REQUIRE(checked.codes() == Codes{"P0403"});
  CHECK(checked.first_message() ==
        "`max_bmi` has no value in Bedfordshire from 2019-04-01 to 2019-06-30, where policy `hips` needs one");
  REQUIRE(checked.diagnostics.all().front().notes.size() == 2);
  CHECK(checked.diagnostics.all().front().notes[1].message == "Luton has one from 2019-04-01 on");
}

TEST_CASE("places are values: equal, inside one another, and in sets") {
  const auto checked = check_text(
      "library example\nplaces { England { BLMK { Luton } } Wales }\n"
      "record Referral { referred date commissioner place home place }\n"
      "define here = commissioner = Luton and Luton = commissioner and commissioner in BLMK and home in commissioner\n"
      "threshold area: place { may vary BLMK from 2019-01-01 in Luton Luton from 2019-01-01 }\n"
      "define nearby = Luton\ndefine near = commissioner in area and commissioner in nearby\n"
      "define there = near and commissioner in { Luton, Wales } and (first known of home, Luton) != Wales\n"
      "policy p on Referral { source \"x\" effective 2019-01-01 placed by commissioner approve when here and there "
      "\"y\" otherwise refuse \"no\" }\n");
  CHECK(checked.codes().empty());
}

TEST_CASE("a policy is placed by its record's only place, where a place matters") {
  const std::string start =
      "library example\nplaces { England { Luton } }\nrecord Referral { referred date commissioner place";
  const std::string rest = "approve when 1 = 2 or referred is known \"y\" otherwise refuse \"no\" }\n";
  const auto everywhere = check_text(start + " }\npolicy hips on Referral { source \"x\" " + rest);
  CHECK(hips(everywhere).placed_by == model::none);
  const auto one = check_text(start + " }\npolicy hips on Referral { source \"x\" in Luton " + rest);
  CHECK(hips(one).placed_by == 1);
  const std::string two = start + " provider place }\npolicy hips on Referral { source \"x\" in Luton ";
  CHECK(check_text(two + rest).codes() == Codes{"P0703"});
  CHECK(hips(check_text(two + "placed by provider " + rest)).placed_by == 2);
}
