#include <catch2/catch.hpp>

#include "support.hpp"

using namespace proviso;
using namespace proviso::check;

// What may be said of a field, and what not.

namespace {

Checked checked_field(const std::string& field) {
  return check_text("library a\nrecord Patient { bmi number }\nrecord R {\n  " + field + "\n}\n");
}

Codes field_faults(const std::string& field) { return checked_field(field).codes(); }

std::int32_t valid_for(const std::string& length, value::DurationKind kind) {
  const auto checked = checked_field("bmi number measured valid " + length);
  INFO(length << ": " << checked.first_message());
  REQUIRE(checked.codes().empty());
  const auto& fact = checked.library.records.back().facts.front();
  CHECK(fact.valid_kind == kind);
  return fact.valid;
}

}  // namespace

TEST_CASE("a measurement is valid for whole months or whole days") {
  CHECK(valid_for("18 months", value::DurationKind::months) == 18);
  CHECK(valid_for("2 years", value::DurationKind::months) == 24);
  CHECK(valid_for("6 weeks", value::DurationKind::days) == 42);
}

TEST_CASE("what is no length of time does not say how long a measurement is valid") {
  for (const std::string length : {"12", "-3 months", "£5", "12p", "12%", "unknown", "2019-04-01", "12 kg", "12 hours",
                                   "12 minutes", "\"a year\"", "yes", "year"}) {
    INFO(length);
    CHECK(field_faults("bmi number measured valid " + length) == Codes{"P0301"});
  }
  CHECK(field_faults("bmi number measured valid 1.5 months") == Codes{"P0311"});
  CHECK(field_faults("bmi number measured valid 0 days") == Codes{"P0312"});
  CHECK(checked_field("bmi number measured valid 12").first_message() ==
        "`12` is not a length of time, as `18 months` is");
}

TEST_CASE("an attribute of a field is given once") {
  for (const std::string twice : {"s yes/no assume no assume yes", "s yes/no ask \"A?\" ask \"B?\"",
                                  "s yes/no \"A\" \"B\"", "n number measured valid 3 months measured",
                                  "t text check nhs_number check nhs_number", "cost money price price"}) {
    INFO(twice);
    CHECK(field_faults(twice) == Codes{"P0505"});
  }
  const auto checked = checked_field("s yes/no assume no assume yes");
  CHECK(checked.first_message() == "`assume` of `s` is given twice");
  const auto said = checked.diagnostics.sorted().front();
  REQUIRE(said.notes.size() == 1);
  CHECK(checked.sources.text(said.notes.front().span.value()) == "assume no");
  CHECK(checked_field("s yes/no \"A\" \"B\"").first_message() == "the label of `s` is given twice");
}

TEST_CASE("a record within a record has no attributes of a value") {
  for (const std::string attribute : {"measured", "assume 5", "check nhs_number", "price"}) {
    INFO(attribute);
    CHECK(field_faults("patient Patient " + attribute) == Codes{"P0312"});
  }
  CHECK(field_faults("patient Patient measured valid 3 months assume 5 check nhs_number price") ==
        Codes{"P0312", "P0312", "P0312", "P0312"});
  CHECK(field_faults("patient Patient \"Who?\" ask \"Who?\"").empty());
}
