#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"
#include "folder.hpp"

// How FHIR resources give the facts is part of the library: of its digest, and of what is read anew.
using namespace proviso::service;
using proviso::Folder;
using Json = nlohmann::json;

namespace {

constexpr const char* policies = R"(library small
record Referral { id text  referred date  procedure code opcs4  emergency yes/no }
policy knee "Knee" on Referral {
  category threshold
  effective 2019-04-01
  dated by referred
  applies when procedure = opcs4:W85.1
  approve when emergency
  otherwise refuse
}
)";
constexpr const char* mapping = R"(record Referral
referred = ServiceRequest.authoredOn
procedure = ServiceRequest.code
emergency = ServiceRequest.priority, stat = yes, routine = no
)";
/// On another record than the one that is decided where a request names none.
constexpr const char* policies_on_another_record = R"(library small
record Admission { id text  admitted date }
policy ward "Ward" on Admission {
  category threshold
  effective 2019-04-01
  dated by admitted
  otherwise refuse
}
)";
constexpr const char* other_mapping = R"(record Referral
referred = ServiceRequest.authoredOn
procedure = ServiceRequest.code
emergency = ServiceRequest.priority, stat = yes, routine = yes
)";

std::string digest_of(const Folder& folder) {
  const auto book = Rulebook::load({folder.path()});
  if (!book) FAIL(book.error());
  return (*book)->library().digest;
}

std::string outcome_of(ServiceUnderTest& test) {
  const Response response = test.post_fhir("/v1/decide", R"({"resourceType": "ServiceRequest", "id": "1",
    "status": "active", "authoredOn": "2023-05-16", "priority": "routine",
    "code": {"coding": [{"system": "https://fhir.nhs.uk/Id/opcs-4", "code": "W85.1"}]}})");
  INFO(response.body);
  REQUIRE(response.status == 200);
  return Json::parse(response.body)["outcome"].get<std::string>();
}

}  // namespace

TEST_CASE("a changed mapping is another library, and so is one in another place", "[api]") {
  const Folder folder;
  folder.write("small.policy", policies);
  const std::string without = digest_of(folder);
  folder.write("referral.fhir", mapping);
  const std::string with = digest_of(folder);
  CHECK(with != without);
  CHECK(digest_of(folder) == with);
  folder.write("referral.fhir", std::string(mapping) + "# a remark\n");
  CHECK(digest_of(folder) != with);
  folder.write("referral.fhir", mapping);
  CHECK(digest_of(folder) == with);
  std::filesystem::rename(folder.path() + "/referral.fhir", folder.path() + "/other.fhir");
  CHECK(digest_of(folder) != with);
  std::filesystem::rename(folder.path() + "/other.fhir", folder.path() + "/other.map");
  CHECK(digest_of(folder) == without);
}

TEST_CASE("a folder with a mapping alone has no policies", "[api]") {
  const Folder folder;
  folder.write("referral.fhir", mapping);
  const auto book = Rulebook::load({folder.path()});
  REQUIRE_FALSE(book.has_value());
  CHECK(book.error().find("has no `.policy` files") != std::string::npos);
}

TEST_CASE("reading the library anew takes a changed mapping into use, and keeps the old one where it has errors",
          "[api]") {
  const Folder folder;
  folder.write("small.policy", policies);
  folder.write("referral.fhir", mapping);
  ServiceUnderTest test(Access::open(), false, folder.path());
  const auto reload = [&] { return test.post("/v1/reload", ""); };
  CHECK(outcome_of(test) == "refuse");
  CHECK(Json::parse(reload().body)["changed"] == false);
  const std::string first = test.keeper.entries.back().library;

  folder.write("referral.fhir", other_mapping);
  CHECK(Json::parse(reload().body)["changed"] == true);
  CHECK(outcome_of(test) == "approve");
  const std::string second = test.keeper.entries.back().library;
  CHECK(second != first);

  folder.write("referral.fhir",
               "record Referral\nprocedure = ServiceRequest.code\nemergncy = ServiceRequest.priority\n");
  const Response faulty = reload();
  CHECK(faulty.status == 409);
  CHECK(Json::parse(faulty.body)["error"]["details"].get<std::string>().find("referral.fhir:3:1: error: ") !=
        std::string::npos);
  CHECK(Json::parse(test.get("/healthz").body)["reload"] == "failed");
  CHECK(outcome_of(test) == "approve");
  CHECK(test.keeper.entries.back().library == second);
}

namespace {

/// A library that is not taken into use: the old one decides on, and what is wrong with it is said everywhere.
void stays(ServiceUnderTest& test, const std::string& why) {
  const std::string before = Json::parse(test.get("/healthz").body)["library"];
  const Response refused = test.post("/v1/reload", "");
  CHECK(refused.status == 409);
  const Json error = Json::parse(refused.body)["error"];
  CHECK(error["message"] == "the library cannot be used, so the old one stays");
  CHECK(error["details"] == why);
  CHECK(test.logged.find(why) != std::string::npos);
  const Json health = Json::parse(test.get("/healthz").body);
  CHECK(health["reload"] == "failed");
  CHECK(health["library"] == before);
  CHECK(outcome_of(test) == "refuse");
}

}  // namespace

TEST_CASE("a library without policies on the record that is decided is not taken into use, as it is not at the start",
          "[api]") {
  const Folder folder;
  folder.write("small.policy", policies);
  folder.write("referral.fhir", mapping);
  ServiceUnderTest test(Access::open(), false, folder.path());
  std::filesystem::remove(folder.path() + "/referral.fhir");
  folder.write("small.policy", policies_on_another_record);
  stays(test, "no policy is on the record `Referral`, which is decided where a request names none");
}

TEST_CASE("a library that has lost its mapping is not taken into use, for clinical systems would be told nothing",
          "[api]") {
  const Folder folder;
  folder.write("small.policy", policies);
  folder.write("referral.fhir", mapping);
  ServiceUnderTest test(Access::open(), false, folder.path());
  std::filesystem::remove(folder.path() + "/referral.fhir");
  stays(test,
        "there is no `.fhir` file for the record `Referral` any more, so nothing that clinical systems send could be "
        "read; to go on without one, start the service anew");
  folder.write("referral.fhir", mapping);
  CHECK(test.post("/v1/reload", "").status == 200);
  CHECK(Json::parse(test.get("/healthz").body)["reload"] == "ok");
}

TEST_CASE("a library that never had a mapping is read anew without one", "[api]") {
  const Folder folder;
  folder.write("small.policy", policies);
  ServiceUnderTest test(Access::open(), false, folder.path());
  folder.write("small.policy", std::string(policies) + "# a remark\n");
  CHECK(Json::parse(test.post("/v1/reload", "").body)["changed"] == true);
}
