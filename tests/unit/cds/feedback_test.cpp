#include <catch2/catch.hpp>

#include "hook_service.hpp"

using namespace cds_test;

namespace {

const std::string path = "/cds-services/proviso-policy-check/feedback";
const std::string card = "4e0a3a1e-3283-4575-ab82-028d55fe2719";

Json accepted() {
  return {{"card", card},
          {"outcome", "accepted"},
          {"acceptedSuggestions", Json::array({{{"id", "e56e1945-20b3-4393-8503-a1a20fd73152"}}})},
          {"outcomeTimestamp", "2023-06-01T10:05:31Z"}};
}

Json overridden() {
  return {{"card", card},
          {"outcome", "overridden"},
          {"overrideReason",
           {{"reason", {{"system", "urn:uuid:2f6d1c1e-52a7-4c0b-9a6e-0f3c9e7b8d14"}, {"code", "urgent"}}},
            {"userComment", "Mrs Sentinel cannot wait, 9990000018"}}},
          {"outcomeTimestamp", "2023-06-01T10:06:31.123+01:00"}};
}

std::string body(const Json& entry) { return Json{{"feedback", Json::array({entry})}}.dump(); }

/// Keeps what feedback is given, too.
class KeepingRegister : public MemoryRegister {
 public:
  std::vector<std::string> details;
  Result<bool> add_feedback(std::string_view service, std::string_view of, std::string_view outcome,
                            std::string_view detail, std::string_view at) override {
    details.emplace_back(detail);
    return MemoryRegister::add_feedback(service, of, outcome, detail, at);
  }
};

}  // namespace

TEST_CASE("feedback is kept once, however often it is sent") {
  HookService test;
  for (int i = 0; i < 2; ++i) {
    const Response response = test.post(path, Json{{"feedback", Json::array({accepted(), overridden()})}}.dump());
    CHECK(response.status == 200);
    CHECK(response.body.empty());
    CHECK(test.keeper.feedback.size() == 2);
  }
}

TEST_CASE("of a comment it is kept that there was one, and of reasons the code") {
  Rulebooks books({}, small_book());
  KeepingRegister keeper;
  Service service(books, keeper, Access::open(), {});
  service.add(*cds_routes(service, {"https://checks.example.org", ""}));
  Json unknown = overridden();
  unknown["overrideReason"]["reason"]["code"] = "Mrs Sentinel";
  Json of_the_client = overridden();
  of_the_client["overrideReason"]["reason"]["system"] = "https://ehr.example.org/reasons";
  for (const Json& entry : {accepted(), overridden(), unknown, of_the_client}) {
    Request request;
    request.method = "POST";
    request.path = path;
    request.body = body(entry);
    int status = 0;
    service.answer(std::move(request), [&](const Response& response) { status = response.status; });
    CHECK(status == 200);
  }
  CHECK(keeper.details == std::vector<std::string>{R"({"suggestions":["e56e1945-20b3-4393-8503-a1a20fd73152"]})",
                                                   R"({"comment":true,"reason":"urgent"})",
                                                   R"({"comment":true,"reason":"another"})",
                                                   R"({"comment":true,"reason":"another"})"});
}

TEST_CASE("feedback of another shape is told so, and none of it is kept") {
  HookService test;
  const auto with = [](Json entry, const char* name, const Json& value) {
    entry[name] = value;
    return entry;
  };
  const auto without = [](Json entry, const char* name) {
    entry.erase(name);
    return entry;
  };
  const std::vector<Json> bad = {
      nullptr,
      "accepted",
      Json::array({accepted()}),
      without(accepted(), "card"),
      with(accepted(), "card", "not a uuid"),
      with(accepted(), "card", nullptr),
      with(accepted(), "card", card + "0"),
      without(accepted(), "outcome"),
      with(accepted(), "outcome", "ignored"),
      without(accepted(), "acceptedSuggestions"),
      with(accepted(), "acceptedSuggestions", Json::array()),
      with(accepted(), "acceptedSuggestions", Json::array({Json::object()})),
      with(accepted(), "acceptedSuggestions", Json::array({{{"id", "x"}}})),
      without(accepted(), "outcomeTimestamp"),
      with(accepted(), "outcomeTimestamp", "yesterday"),
      with(accepted(), "outcomeTimestamp", "2023-02-30T10:05:31Z"),
      with(accepted(), "outcomeTimestamp", "2026-11-21T99:99:99Z"),
      with(accepted(), "outcomeTimestamp", "2026-11-21T:::::::"),
      with(accepted(), "outcomeTimestamp", "2026-11-21T10:05Z"),
      with(accepted(), "outcomeTimestamp", "2026-11-21T10:05:31"),
      with(accepted(), "outcomeTimestamp", "2026-11-21T10:05:31+25:00"),
      with(accepted(), "outcomeTimestamp", "2026-11-21"),
      with(accepted(), "outcomeTimestamp", 1685613931),
      with(overridden(), "overrideReason", "urgent"),
      with(overridden(), "overrideReason", {{"reason", "urgent"}}),
      with(overridden(), "overrideReason", {{"userComment", 17}}),
  };
  for (const Json& entry : bad) {
    INFO(entry.dump());
    const Response response = test.post(path, Json{{"feedback", Json::array({overridden(), entry})}}.dump());
    CHECK(response.status == 400);
    CHECK(Json::parse(response.body)["resourceType"] == "OperationOutcome");
    CHECK(response.body.find("Sentinel") == std::string::npos);
  }
  std::string twice = body(accepted());
  twice.insert(twice.find("\"outcome\""), R"("outcome":"overridden",)");
  CHECK(test.post(path, twice).status == 400);
  CHECK(test.post(path, R"({"feedback": [], )" + body(accepted()).substr(1)).status == 400);
  for (const char* text :
       {"", "{", "[]", "{}", R"({"feedback": []})", R"({"feedback": {}})", R"({"feedback": null})"}) {
    CHECK(test.post(path, text).status == 400);
  }
  CHECK(test.keeper.feedback.empty());
  CHECK(test.post("/cds-services/other/feedback", body(accepted())).status == 404);
  CHECK(test.post(path, body(without(overridden(), "overrideReason"))).status == 200);
  CHECK(test.post("/cds-services/proviso-appointment-check/feedback", body(accepted())).status == 200);
  test.keeper.broken = "no room";
  CHECK(test.post(path, body(accepted())).status == 503);
}
