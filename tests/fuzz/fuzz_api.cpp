#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "../folder.hpp"
#include "../unit/service_support/memory_register.hpp"
#include "service/api/service.hpp"

// The body of each route that takes one. The first byte says which route, and in what form the body is; whatever
// follows, there is one answer, it is JSON where it says so, an approval is never given without the facts that a policy
// asks, and what cannot be read of FHIR is said in FHIR.
using namespace proviso::service;
using Json = nlohmann::json;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

constexpr const char* policies = R"(library small
record Patient { nhs_number text check nhs_number  born date }
record Referral {
  id text  referred date  procedure code opcs4  patient Patient  bmi number kg/m2 measured valid 12 months
  pain yes/no  episodes list of Episode  diagnoses list of code icd10
}
record Episode { on date  severe yes/no }
record Authorisation { id text  authorisation_code text  patient Patient  procedure code opcs4 }
policy knee "Knee" on Referral {
  category prior_approval
  source "Paper"
  effective 2019-04-01
  dated by referred
  applies when procedure = opcs4:W85.1
  approve when all { slim "Slim": bmi <= 40 kg/m2  hurts "Pain": pain or (any e in episodes where e.severe)
    sound "No cancer": not (any d in diagnoses where d = icd10:C40) }
  otherwise refuse
}
)";
constexpr const char* mapping = R"(record Referral
referred  = ServiceRequest.authoredOn
procedure = ServiceRequest.code
diagnoses = Condition.code
patient.nhs_number = Patient.identifier(nhs_number).value
patient.born       = Patient.birthDate
bmi       = Observation(snomed:60621009).valueQuantity
pain      = Condition(snomed:57676002)
)";

/// A route that takes a body.
struct Door {
  std::string path;
  std::string type;
};

std::shared_ptr<const Rulebook> library() {
  const proviso::Folder folder;
  folder.write("small.policy", policies);
  folder.write("referral.fhir", mapping);
  auto book = Rulebook::load({folder.path()});
  must(book.has_value());
  return *book;
}

struct Fuzzed {
  Fuzzed() : rulebooks({}, library()), service(rulebooks, keeper, Access::open(), options()) {
    service.add(decision_routes(service));
    service.add(authorisation_routes(service));
    Authorisation known;
    known.code = code;
    known.uses = 1'000'000'000;
    keeper.authorisations.push_back(known);
  }
  static ServiceOptions options() {
    ServiceOptions made;
    made.key.bytes = std::string(32, 'k');
    made.today = [] { return std::string("2023-06-01"); };
    return made;
  }
  std::string code = new_code();
  Rulebooks rulebooks;
  MemoryRegister keeper;
  Service service;
};

void check_result(const Json& result) {
  if (!result.is_object() || result.value("outcome", "") != "approve") return;
  for (const Json& decision : result["decisions"]) must(decision["needs"].empty());
  must(result["authorisations"].size() == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Fuzzed fuzzed;
  if (size == 0) return 0;
  fuzzed.keeper.entries.clear();
  fuzzed.keeper.authorisations.resize(1);
  fuzzed.keeper.authorisations[0].events.clear();
  const std::string json = "application/json";
  const std::string fhir = "application/fhir+json";
  const std::string authorisation = "/v1/authorisations/" + fuzzed.code;
  const std::array<Door, 9> doors = {{{"/v1/decide", json},
                                      {"/v1/decide", "application/x-ndjson"},
                                      {"/v1/needs", json},
                                      {authorisation + "/use", json},
                                      {authorisation + "/withdraw", json},
                                      {"/v1/decide", fhir},
                                      {"/v1/needs", fhir},
                                      {"/v1/questionnaire", fhir},
                                      {"/v1/questionnaire", json}}};
  const Door& door = doors[data[0] % doors.size()];
  Request request;
  request.method = "POST";
  request.path = door.path;
  request.headers["content-type"] = door.type;
  request.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::optional<Response> answer;
  fuzzed.service.answer(std::move(request), [&](Response response) {
    must(!answer);
    answer = std::move(response);
  });
  must(answer.has_value());
  must(answer->status == 200 || answer->status == 400 || answer->status == 409 || answer->status == 413 ||
       answer->status == 415 || answer->status == 422);
  if (answer->content_type == "application/x-ndjson") return 0;
  const Json body = Json::parse(answer->body);
  if (door.type == fhir && answer->status != 200) {
    must(answer->content_type == fhir && body["resourceType"] == "OperationOutcome" && fuzzed.keeper.entries.empty());
  }
  if (door.path == "/v1/questionnaire" && answer->status == 200) {
    must(answer->content_type == fhir && body["resourceType"] == "Questionnaire" && fuzzed.keeper.entries.empty());
    must(!body.contains("item") || !body["item"].empty());
  }
  if (body.is_array()) {
    for (const Json& result : body) check_result(result);
  } else if (door.path == "/v1/decide") {
    check_result(body);
  }
  return 0;
}
