#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "../unit/service_support/memory_register.hpp"
#include "service/api/service.hpp"

// The body of each route that takes one. The first byte says which route; whatever follows, there is one answer, it is
// JSON where it says so, and an approval is never given without the facts that a policy asks.
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
  pain yes/no  episodes list of Episode
}
record Episode { on date  severe yes/no }
record Authorisation { id text  authorisation_code text  patient Patient  procedure code opcs4 }
policy knee "Knee" on Referral {
  category prior_approval
  source "Paper"
  effective 2019-04-01
  dated by referred
  applies when procedure = opcs4:W85.1
  approve when all { slim "Slim": bmi <= 40 kg/m2  hurts "Pain": pain or any e in episodes where e.severe }
  otherwise refuse
}
)";

std::shared_ptr<const Rulebook> library() {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("fuzz_api_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "small.policy") << policies;
  auto book = Rulebook::load({folder.string()});
  std::filesystem::remove_all(folder);
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
  const std::array<std::string, 5> paths = {"/v1/decide", "/v1/decide", "/v1/needs",
                                            "/v1/authorisations/" + fuzzed.code + "/use",
                                            "/v1/authorisations/" + fuzzed.code + "/withdraw"};
  Request request;
  request.method = "POST";
  request.path = paths[data[0] % paths.size()];
  if (data[0] % paths.size() == 1) request.headers["content-type"] = "application/x-ndjson";
  request.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::optional<Response> answer;
  fuzzed.service.answer(std::move(request), [&](Response response) {
    must(!answer);
    answer = std::move(response);
  });
  must(answer.has_value());
  must(answer->status == 200 || answer->status == 400 || answer->status == 409 || answer->status == 413 ||
       answer->status == 422);
  if (answer->content_type != "application/json") return 0;
  const Json body = Json::parse(answer->body);
  if (body.is_array()) {
    for (const Json& result : body) check_result(result);
  } else if (data[0] % paths.size() == 0) {
    check_result(body);
  }
  return 0;
}
