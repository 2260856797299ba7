#include <catch2/catch.hpp>

#include "../../folder.hpp"
#include "../service_support/service_under_test.hpp"
#include "service/submission/replay.hpp"

using namespace proviso::service;

TEST_CASE("what was decided is decided again alike, and what was changed is found", "[api]") {
  ServiceUnderTest test;
  nlohmann::json heavier = approved_referral();
  heavier["patient"]["bmi"]["value"] = 31;
  for (const auto& referral : {approved_referral(), heavier, nlohmann::json::object()}) {
    test.post("/v1/decide", referral.dump());
  }
  const auto book = test.service->rulebooks().current();
  auto replayed = replay(*book, test.keeper);
  REQUIRE(replayed.has_value());
  CHECK(replayed->same == 3);
  CHECK(replayed->different == 0);

  test.keeper.entries[0].facts.replace(test.keeper.entries[0].facts.find("25.4"), 4, "31.4");
  const std::size_t label = test.keeper.entries[1].result.find("BMI is below 27");
  test.keeper.entries[1].result.replace(label, 15, "BMI is below 99");
  test.keeper.entries[2].library = "sha256:another";
  replayed = replay(*book, test.keeper);
  REQUIRE(replayed.has_value());
  CHECK(replayed->same == 0);
  CHECK(replayed->others == 1);
  REQUIRE(replayed->differences.size() == 2);
  CHECK(replayed->differences[0].find("it was `approve`, and now is `refuse`") != std::string::npos);
  CHECK(replayed->differences[1].find("its explanation is another") != std::string::npos);
}

namespace {

/// Reads what identifies the patient, and the record's own id.
constexpr const char* reads_identifiers = R"(library small
record Referral "A referral" {
  id        text
  urgent    yes/no
  patient   Patient
}
record Patient { nhs_number text check nhs_number }
policy with_number on Referral {
  category threshold
  source   "An example"
  approve when all {
    numbered "There is an NHS number": patient.nhs_number is known
    other    "It is not the number of the referral": patient.nhs_number != id
    urgent   "It is urgent": urgent
  }
  otherwise refuse
})";

}  // namespace

TEST_CASE("identifiers that policies read are kept nowhere but as digests, and decide the same again", "[api]") {
  const proviso::Folder folder;
  folder.write("small.policy", reads_identifiers);
  const bool keep = GENERATE(false, true);
  ServiceUnderTest test(Access::open(), keep, folder.path());
  const std::string answer =
      test.post("/v1/decide", R"({"id": "R-9101", "urgent": true, "patient": {"nhs_number": "9990000018"}})").body;
  CHECK(nlohmann::json::parse(answer)["outcome"] == "approve");
  test.post("/v1/decide", R"({"id": "R-9102", "urgent": true})");
  test.post("/v1/decide", R"({"urgent": true, "patient": {"nhs_number": "9990000018"}})");
  REQUIRE(test.keeper.entries.size() == 3);
  for (const LogEntry& entry : test.keeper.entries) {
    const std::string kept = entry.facts + entry.result;
    CHECK((kept.find("9990000018") != std::string::npos) == (keep && !entry.patient.empty()));
    CHECK((kept.find("R-910") != std::string::npos) == (keep && !entry.referral.empty()));
  }
  CHECK((test.keeper.entries[0].result.find(R"("value": "withheld")") == std::string::npos) == keep);

  const auto replayed = replay(*test.service->rulebooks().current(), test.keeper);
  REQUIRE(replayed.has_value());
  CHECK(replayed->differences == std::vector<std::string>());
  CHECK(replayed->same == 3);
}

TEST_CASE("a library with errors is not taken into use, and what began by the old one ends by it", "[api]") {
  const auto first = Rulebook::load({PROVISO_SOURCE_DIR "/policies/england"});
  REQUIRE(first.has_value());
  Rulebooks rulebooks({PROVISO_SOURCE_DIR "/no_such_folder"}, *first);
  const auto in_use = rulebooks.current();
  const auto reloaded = rulebooks.reload();
  CHECK_FALSE(reloaded.has_value());
  CHECK_FALSE(rulebooks.trouble().empty());
  CHECK(rulebooks.current() == in_use);
}
