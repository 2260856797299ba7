#include <catch2/catch.hpp>

#include <algorithm>

#include "hook_service.hpp"

using namespace cds_test;

TEST_CASE("an order that meets the criteria is approved: the code is on the card and on the order") {
  HookService test;
  const Json answer = test.hook(order_sign({service_request("W37.1")}));
  const Json& card = only_card(answer);
  REQUIRE(test.keeper.authorisations.size() == 1);
  const std::string code = test.keeper.authorisations[0].code;
  CHECK(card["summary"] == "Approved, authorisation " + code + ": Hip replacement");
  CHECK(card["indicator"] == "info");
  CHECK(card["source"]["label"] == "Hip replacement, Luton");
  CHECK(card["source"]["url"] == "https://checks.example.org/policies/small.hip?in=Luton&on=2023-06-01");
  CHECK(card["source"]["topic"]["code"] == "coverage-info");
  const std::string detail = card["detail"];
  CHECK(contains(detail, "**Authorisation " + code + "**, from 1 June 2023 to 31 May 2024."));
  CHECK(contains(detail, "- **Yes:** BMI is within the limit: Body mass index 33.5 kg/m2 (2 March 2023), "));
  CHECK(contains(detail, "Assumed, as nothing is recorded:** Emergency: no"));
  CHECK(contains(detail, "Source: Hips, a policy, Criteria."));

  REQUIRE(answer["systemActions"].size() == 1);
  const Json& action = answer["systemActions"][0];
  CHECK(action["type"] == "update");
  CHECK_FALSE(action["description"].get<std::string>().empty());
  Json resource = action["resource"];
  const Json coverage = coverage_of(resource);
  CHECK(coverage["covered"] == "covered");
  CHECK(coverage["pa-needed"] == "satisfied");
  CHECK(coverage["satisfied-pa-id"] == code);
  CHECK(coverage["date"] == "2023-06-01");
  CHECK(coverage["coverage-assertion-id"] == test.keeper.entries.at(0).id);
  CHECK(coverage["coverage"]["identifier"]["value"] == "06P");
  // The rest is the order as it was, and the day that was taken for its date is not written to it.
  resource.erase("extension");
  CHECK(resource == service_request("W37.1"));
}

TEST_CASE("the same order asked about twice has one code, and another patient's with the same id another") {
  HookService test;
  const Json call = order_sign({service_request("W37.1")});
  const auto code = [&](const Json& answer) {
    return coverage_of(answer["systemActions"][0]["resource"])["satisfied-pa-id"].get<std::string>();
  };
  const std::string first = code(test.hook(call));
  CHECK(code(test.hook(call)) == first);
  Json other = call;
  const std::string text = call.dump();
  std::string changed = text;
  for (std::size_t at = changed.find("1288992"); at != std::string::npos; at = changed.find("1288992")) {
    changed.replace(at, 7, "77");
  }
  CHECK(code(test.hook(Json::parse(changed))) != first);
}

TEST_CASE("an authorisation that was used is said to be, and is quoted neither on the card nor on the order") {
  HookService test;
  const Json call = order_sign({service_request("W37.1")});
  test.hook(call);
  REQUIRE(test.keeper.authorisations.size() == 1);
  test.keeper.authorisations[0].used = 1;
  const std::string code = test.keeper.authorisations[0].code;
  const Json answer = test.hook(call);
  const Json& card = only_card(answer);
  CHECK(card["summary"] == "Not approved again, the authorisation has been used: Hip replacement");
  CHECK(card["indicator"] == "warning");
  CHECK(contains(card["detail"], "**The authorisation for this referral has been used.**"));
  CHECK(contains(card["detail"], "any further treatment needs a referral of its own"));
  CHECK(contains(card["detail"], "it must not be quoted"));
  CHECK_FALSE(contains(card.dump(), "Approved, authorisation"));
  const Json coverage = coverage_of(answer["systemActions"][0]["resource"]);
  CHECK(coverage["covered"] == "covered");
  CHECK(coverage["pa-needed"] == "auth-needed");
  CHECK_FALSE(coverage.contains("satisfied-pa-id"));
  CHECK_FALSE(contains(answer["systemActions"].dump(), code));
}

TEST_CASE("that an authorisation was used is a card for clients who want those on what is not funded") {
  HookService test;
  Json call = order_sign({service_request("W37.1")});
  test.hook(call);
  test.keeper.authorisations.at(0).used = 1;
  const auto cards_with = [&](const char* off) {
    call["extension"]["davinci-crd.configuration"] = {{off, false}};
    return test.hook(call)["cards"].size();
  };
  CHECK(cards_with("approved") == 1);
  CHECK(cards_with("not-funded") == 0);
}

TEST_CASE("an order without an id gets cards, and one code however often it is asked about") {
  HookService test;
  Json order = service_request("W37.1");
  order.erase("id");
  for (int i = 0; i < 2; ++i) {
    const Json answer = test.hook(order_sign({order}));
    CHECK(only_card(answer)["indicator"] == "info");
    CHECK_FALSE(answer.contains("systemActions"));
  }
  CHECK(test.keeper.authorisations.size() == 1);
}

TEST_CASE("what is not met is refused with what would change it and the way to an individual funding request") {
  HookService test;
  Json call = order_sign({service_request("W37.1")});
  call["prefetch"]["observation_patient_bmi"] = bundle({bmi(36)}, "searchset");
  const Json answer = test.hook(call);
  const Json& card = only_card(answer);
  CHECK(card["summary"] == "Does not meet the policy criteria for routine funding: Hip replacement");
  CHECK(card["indicator"] == "warning");
  const std::string detail = card["detail"];
  CHECK(contains(detail, "- **No:** BMI is within the limit: Body mass index 36 kg/m2 (2 March 2023), "));
  CHECK(contains(detail, "35 kg/m2 (from 1 January 2020, Hips, a policy, BMI)"));
  CHECK(
      contains(detail, "**What would change the outcome:** a record that shows this:\n\n- BMI is within the limit\n"));
  CHECK(contains(detail, "individual funding request may be made to the commissioner"));
  CHECK(contains(detail, "Care that is clinically urgent, or for suspected cancer, does not wait for this check."));
  CHECK_FALSE(contains(detail, "rejected"));
  REQUIRE_FALSE(card["overrideReasons"].empty());
  for (const Json& reason : card["overrideReasons"]) CHECK(reason.contains("display"));
  REQUIRE(card["links"].size() == 1);
  CHECK(card["links"][0]["label"] == "Check the referral question by question");
  CHECK(card["links"][0]["type"] == "absolute");
  CHECK(card["links"][0]["url"].get<std::string>().rfind("https://checks.example.org/check?draft=", 0) == 0);
  const Json coverage = coverage_of(answer["systemActions"][0]["resource"]);
  CHECK(coverage["covered"] == "not-covered");
  CHECK_FALSE(coverage.contains("pa-needed"));
  CHECK_FALSE(coverage.contains("satisfied-pa-id"));
  CHECK(coverage["reason"]["text"] == "Hip replacement is not routinely funded");
  CHECK(test.keeper.authorisations.empty());
}

TEST_CASE("a policy that does not commission says so") {
  HookService test;
  const Json answer = test.hook(order_sign({service_request("F34.1")}));
  CHECK(only_card(answer)["summary"] == "Not routinely commissioned: Tonsillectomy");
  CHECK(only_card(answer)["indicator"] == "warning");
}

TEST_CASE("what a panel decides is said to be for the commissioner") {
  HookService test;
  Json call = order_sign({service_request("T20.1")});
  call["prefetch"]["observation_patient_bmi"] = bundle({bmi(41)}, "searchset");
  const Json answer = test.hook(call);
  CHECK(only_card(answer)["summary"] == "For the commissioner to decide: Hernia");
  CHECK(coverage_of(answer["systemActions"][0]["resource"])["pa-needed"] == "auth-needed");
  // By criteria alone there is nothing to quote.
  const Json approved = test.hook(order_sign({service_request("T20.1")}));
  CHECK(only_card(approved)["summary"] == "Meets the policy criteria for routine funding: Hernia");
  const Json coverage = coverage_of(approved["systemActions"][0]["resource"]);
  CHECK(coverage["pa-needed"] == "no-auth");
  CHECK_FALSE(coverage.contains("satisfied-pa-id"));
}

TEST_CASE("an exemption needs nobody's attention: the order is annotated, and there is no card") {
  HookService test;
  Json order = service_request("W37.1");
  order["priority"] = "stat";
  const Json answer = test.hook(order_sign({order}));
  CHECK(answer["cards"].empty());
  const Json coverage = coverage_of(answer["systemActions"][0]["resource"]);
  CHECK(coverage["covered"] == "covered");
  CHECK(coverage["pa-needed"] == "no-auth");
  CHECK(coverage["reason"]["text"] == "Emergencies are not under the policy");
}

TEST_CASE("where nothing applies there is neither card nor annotation") {
  HookService test;
  const Json answer = test.hook(order_sign({service_request("X99.1")}));
  CHECK(answer == Json::parse(R"({"cards": []})"));
}

TEST_CASE("what is missing is asked for, in each way in which it may be missing") {
  struct Missing {
    const char* what;
    Json observation;
  };
  Json refused_query = {{"resourceType", "OperationOutcome"},
                        {"issue", Json::array({{{"severity", "error"}, {"code", "forbidden"}}})}};
  Json no_value = bmi(33.5);
  no_value.erase("valueQuantity");
  Json in_words = bmi("33.5");
  Json of_another = bmi(33.5);
  of_another["subject"]["reference"] = "Patient/2";
  Json preliminary = bmi(33.5);
  preliminary["status"] = "preliminary";
  const std::vector<Missing> ways = {
      {"absent", Json(Json::value_t::discarded)},
      {"null", nullptr},
      {"an empty text", ""},
      {"an empty object", Json::object()},
      {"an OperationOutcome", refused_query},
      {"an empty bundle", bundle({}, "searchset")},
      {"an OperationOutcome in a bundle", bundle({refused_query}, "searchset")},
      {"a number", 33.5},
      {"without its value", bundle({no_value})},
      {"a null for a value", bundle({bmi(nullptr)})},
      {"a text for a number", bundle({in_words})},
      {"another's", bundle({of_another})},
      {"not verified", bundle({preliminary})},
      {"too old", bundle({bmi(33.5, "2021-01-01")})},
  };
  for (const Missing& missing : ways) {
    HookService test;
    INFO(missing.what);
    Json call = order_sign({service_request("W37.1")});
    call["prefetch"].erase("observation_patient_bmi");
    if (!missing.observation.is_discarded()) call["prefetch"]["observation_patient_bmi"] = missing.observation;
    const Json answer = test.hook(call);
    const Json& card = only_card(answer);
    CHECK(card["summary"] == "1 answer needed for the funding policy: Hip replacement");
    CHECK(card["indicator"] == "info");
    CHECK(contains(card["detail"], "1. What is the patient's BMI, and when was it measured?"));
    CHECK(contains(card["detail"], "   - needed for: BMI is within the limit"));
    CHECK(card["selectionBehavior"] == "at-most-one");
    REQUIRE(card["suggestions"].size() == 1);
    const Json& action = card["suggestions"][0]["actions"][0];
    CHECK(action["type"] == "create");
    CHECK(action["resource"]["resourceType"] == "Task");
    CHECK(action["resource"]["focus"]["reference"] == "ServiceRequest/sr1");
    CHECK(action["resource"]["input"][0]["valueUrl"] == card["links"][0]["url"]);
    const Json coverage = coverage_of(answer["systemActions"][0]["resource"]);
    CHECK(coverage["covered"] == "conditional");
    CHECK(coverage["pa-needed"] == "conditional");
    CHECK(coverage["doc-needed"] == "clinical");
    CHECK(test.keeper.authorisations.empty());
    CHECK(empty_in(answer) == "");
  }
}

TEST_CASE("a number that is out of date is asked for as such, and texts do not become marks") {
  HookService test;
  Json call = order_sign({service_request("W37.1")});
  call["prefetch"]["observation_patient_bmi"] = bundle({bmi(33.5, "2021-01-01")});
  call["prefetch"].erase("condition");
  const Json answer = test.hook(call);
  const Json& card = only_card(answer);
  CHECK(card["summary"] == "2 answers needed for the funding policy: Hip replacement");
  CHECK(contains(card["detail"], "when was it measured? What is recorded is out of date.\n"));
  CHECK(contains(card["detail"], "Does the hip hurt at \\*night\\*?"));
}

TEST_CASE("a number from after the day that decides is not told to be too old") {
  HookService test;
  Json order = service_request("W37.1");
  order["authoredOn"] = "2023-05-16";
  Json call = order_sign({order});
  call["prefetch"]["observation_patient_bmi"] = bundle({bmi(33.5, "2023-05-20")});
  const Json answer = test.hook(call);
  const Json& card = only_card(answer);
  CHECK(contains(card["detail"],
                 "What is recorded was measured after 16 May 2023, the day that decides: a measurement from that day "
                 "or before is needed.\n"));
  CHECK_FALSE(contains(card["detail"], "out of date"));
}

TEST_CASE("while orders are chosen only those selected are asked about, and nothing is kept") {
  HookService test;
  const std::vector<Json> orders = {service_request("F34.1", "sr1"), service_request("W37.1", "sr2")};
  CHECK(only_card(test.hook(order_select(orders, {"ServiceRequest/sr1"})))["source"]["label"] ==
        "Tonsillectomy, Luton");
  const Json answer = test.hook(order_select(orders, {"sr2"}));
  CHECK(only_card(answer)["summary"] == "Meets the policy criteria for routine funding: Hip replacement");
  CHECK(contains(only_card(answer)["detail"], "The authorisation is issued when the order is signed."));
  CHECK_FALSE(answer.contains("systemActions"));
  CHECK(test.hook(order_select(orders, {}))["cards"].empty());
  CHECK(test.hook(order_select(orders, {"ServiceRequest/sr3"}))["cards"].empty());
  CHECK(test.keeper.entries.empty());
  CHECK(test.keeper.authorisations.empty());
  // Signing takes all of them, each for itself, and what needs most attention comes first.
  const Json signed_answer = test.hook(order_sign(orders));
  REQUIRE(signed_answer["cards"].size() == 2);
  CHECK(signed_answer["cards"][0]["indicator"] == "warning");
  CHECK(signed_answer["cards"][1]["indicator"] == "info");
  CHECK(signed_answer["systemActions"].size() == 2);
  CHECK(test.keeper.entries.size() == 2);
}

TEST_CASE("an appointment is decided by the request that it is for, in a bundle, in a list, and alone") {
  const Json appointment = {{"resourceType", "Appointment"},
                            {"id", "a1"},
                            {"status", "proposed"},
                            {"basedOn", Json::array({{{"reference", "ServiceRequest/sr1"}}})},
                            {"participant", Json::array({{{"actor", {{"reference", "Patient/1288992"}}}}})}};
  for (const Json& appointments : {bundle({appointment}), Json::array({appointment}), appointment}) {
    HookService test;
    Json booking = call("appointment-book");
    booking["context"]["appointments"] = appointments;
    booking["prefetch"]["service_requests"] = bundle({service_request("W37.1")}, "searchset");
    const Json answer = test.hook(booking);
    CHECK(contains(only_card(answer)["summary"], "Approved, authorisation "));
    CHECK(answer["systemActions"][0]["resource"]["resourceType"] == "Appointment");
    CHECK(test.keeper.entries.size() == 1);
  }
}

TEST_CASE("the sandbox's first call, with a coding without a code, is answered") {
  // As a prescribing form sends it before anything is chosen.
  const Json order = {
      {"resourceType", "MedicationRequest"},
      {"id", "order-1"},
      {"status", "draft"},
      {"intent", "order"},
      {"subject", {{"reference", "Patient/1288992"}}},
      {"medicationCodeableConcept",
       {{"text", ""},
        {"coding", Json::array({{{"system", "http://www.nlm.nih.gov/research/umls/rxnorm"}, {"display", nullptr}}})}}},
      {"dosageInstruction", Json::array()},
      {"reasonCode", Json::array({Json::object()})}};
  HookService test;
  CHECK(test.hook(order_select({order}, {"MedicationRequest/order-1"})) == Json::parse(R"({"cards": []})"));
  const Json signed_answer = test.hook(order_sign({order}));
  CHECK(contains(only_card(signed_answer)["summary"], "Order not checked against the funding policies"));
  CHECK(empty_in(signed_answer) == "");
  CHECK(test.keeper.entries.empty());
}

TEST_CASE("half-filled payloads do not break it") {
  const std::vector<const char*> codes = {
      R"(null)",
      R"("")",
      R"({})",
      R"([])",
      R"({"coding": []})",
      R"({"coding": [{}]})",
      R"({"coding": [null]})",
      R"({"coding": [{"code": ""}]})",
      R"({"coding": [{"system": "", "code": "W37.1"}]})",
      R"({"coding": "W37.1"})",
      R"({"coding": {"system": "https://fhir.hl7.org.uk/Id/opcs-4"}})",
      R"({"text": "hip"})",
      R"(17)",
      R"({"coding": [{"system": "https://fhir.hl7.org.uk/Id/opcs-4", "code": "not a code"}]})"};
  for (const char* code : codes) {
    INFO(code);
    HookService test;
    Json order = service_request("W37.1");
    order["code"] = Json::parse(code);
    const Json answer = test.hook(order_sign({order}));
    CHECK(contains(only_card(answer)["summary"], "Order not checked against the funding policies"));
    CHECK(empty_in(answer) == "");
    CHECK(test.keeper.entries.empty());
    CHECK(test.keeper.authorisations.empty());
  }
}

TEST_CASE("what is empty in an order is left out of its annotated form, and numbers keep their digits") {
  HookService test;
  std::string body = order_sign({service_request("F34.1")}).dump();
  const std::string end = R"("status":"draft")";
  body.replace(body.find(end), end.size(),
               R"("status":"draft","note":[],"requisition":{"value":""},"occurrenceDateTime":null,)"
               R"("quantityQuantity":{"value":1.10000000000000000001,"unit":"x"},)"
               R"("extension":[{"url":"https://example.org/kept","valueString":"caf\u00e9"},{}],)"
               R"("instantiatesUri":["a","b"],"_instantiatesUri":[null,{"id":"x"}])");
  const Response response = test.post("/cds-services/proviso-policy-check", body);
  REQUIRE(response.status == 200);
  CHECK(contains(response.body, R"("value": 1.10000000000000000001)"));
  const Json resource = Json::parse(response.body)["systemActions"][0]["resource"];
  CHECK(resource["extension"][0]["url"] == "https://example.org/kept");
  CHECK(resource["extension"].size() == 2);
  CHECK_FALSE(resource.contains("note"));
  CHECK_FALSE(resource.contains("requisition"));
  CHECK_FALSE(resource.contains("occurrenceDateTime"));
  // Beside a list of plain values a null keeps a place.
  CHECK(resource["_instantiatesUri"] == Json::parse(R"([null, {"id": "x"}])"));
}

TEST_CASE("coverage information is renewed, and that of another payer stays") {
  HookService test;
  const Json first = test.hook(order_sign({service_request("F34.1")}))["systemActions"][0]["resource"];
  REQUIRE(first["extension"].size() == 1);
  Json again = first;
  Json other = first["extension"][0];
  other["extension"][0]["valueReference"]["identifier"]["value"] = "01T";
  again["extension"].push_back(other);
  const Json second = test.hook(order_sign({again}))["systemActions"][0]["resource"];
  REQUIRE(second["extension"].size() == 2);
  CHECK(second["extension"][0] == other);
  CHECK(second["extension"][1] != first["extension"][0]);
}

TEST_CASE("without prefetch and without a code there is nothing to go by") {
  HookService test;
  Json order = service_request("W37.1");
  order.erase("code");
  for (Json call : {order_sign({order}), order_select({order}, {"sr1"})}) {
    const std::string path = "/cds-services/proviso-policy-check";
    for (const Json& nothing : {Json(nullptr), Json::object(), Json{{"patient", nullptr}}}) {
      call["prefetch"] = nothing;
      const Response response = test.post(path, call.dump());
      CHECK(response.status == 412);
      CHECK(Json::parse(response.body)["issue"][0]["code"] == "required");
    }
    call.erase("prefetch");
    CHECK(test.post(path, call.dump()).status == 412);
  }
  // With a code there are questions to ask, and with a patient a card to show.
  Json coded = order_sign({service_request("W37.1")});
  coded.erase("prefetch");
  CHECK(contains(only_card(test.hook(coded))["summary"], " needed for the funding policy"));
  CHECK(test.hook(order_sign({order}))["cards"].size() == 1);
}

TEST_CASE("a client may switch cards off, and ask without consequences") {
  HookService test;
  Json call = order_sign({service_request("W37.1", "sr1"), service_request("F34.1", "sr2")});
  const auto with = [&](const Json& configuration) {
    Json changed = call;
    changed["extension"]["davinci-crd.configuration"] = configuration;
    return test.hook(changed);
  };
  CHECK(with({{"approved", false}})["cards"].size() == 1);
  CHECK(with({{"not-funded", false}})["cards"].size() == 1);
  CHECK(with({{"approved", false}, {"not-funded", false}})["cards"].empty());
  CHECK(with({{"max-cards", 1}})["cards"][0]["indicator"] == "warning");
  CHECK(with({{"max-cards", 0}})["cards"].empty());
  CHECK(with({{"max-cards", "few"}, {"approved", "no"}, {"unheard-of", 1}})["cards"].size() == 2);
  CHECK(with(nullptr)["cards"].size() == 2);
  const std::size_t kept = test.keeper.entries.size();
  const Json what_if = with({{"coverage-info", false}});
  CHECK(what_if["cards"].size() == 2);
  CHECK_FALSE(what_if.contains("systemActions"));
  CHECK(test.keeper.entries.size() == kept);
}

TEST_CASE("calls that are not as the specification asks are told so, and nothing of them is repeated") {
  HookService test;
  const std::string path = "/cds-services/proviso-policy-check";
  const Json good = order_sign({service_request("W37.1")});
  const auto changed = [&](const std::string& pointer, const Json& value) {
    Json call = good;
    if (value.is_discarded()) {
      const Json::json_pointer place(pointer);
      call.at(place.parent_pointer()).erase(place.back());
    } else {
      call[Json::json_pointer(pointer)] = value;
    }
    return call.dump();
  };
  const Json gone(Json::value_t::discarded);
  std::vector<std::string> bodies = {
      "", "{", "[]", "null", "17", "\"x\"", std::string(200, '['), "{\"hook\": \"\xff\"}"};
  for (const char* member :
       {"/hook", "/hookInstance", "/context", "/context/userId", "/context/patientId", "/context/draftOrders"}) {
    for (const Json& value : {gone, Json(nullptr), Json(""), Json(17), Json::array(), Json::object()}) {
      bodies.push_back(changed(member, value));
    }
  }
  bodies.push_back(changed("/hook", "patient-view"));
  bodies.push_back(changed("/hook", "appointment-book"));
  bodies.push_back(changed("/hook", "order-select"));
  bodies.push_back(changed("/prefetch", "all of it"));
  bodies.push_back(changed("/prefetch", Json::array({patient()})));
  bodies.push_back(changed("/context/draftOrders", service_request("W37.1")));
  for (const std::string& body : bodies) {
    INFO(body.substr(0, 100));
    const Response response = test.post(path, body);
    CHECK(response.status == 400);
    const Json outcome = Json::parse(response.body);
    CHECK(outcome["resourceType"] == "OperationOutcome");
    CHECK(outcome["issue"][0]["severity"] == "error");
    CHECK_FALSE(outcome["issue"][0]["details"]["text"].get<std::string>().empty());
    CHECK_FALSE(contains(response.body, "1288992"));
    CHECK(empty_in(outcome) == "");
  }
  Json select = order_select({service_request("W37.1")}, {"sr1"});
  for (const Json& selections :
       {Json(nullptr), Json("sr1"), Json::array({17}), Json::array({nullptr}), Json::object()}) {
    select["context"]["selections"] = selections;
    CHECK(test.post(path, select.dump()).status == 400);
  }
  Json booking = call("appointment-book");
  for (const Json& appointments : {Json(nullptr), Json("a1"), Json::object(), patient()}) {
    booking["context"]["appointments"] = appointments;
    CHECK(test.post("/cds-services/proviso-appointment-check", booking.dump()).status == 400);
  }
  const std::vector<Json> many(101, service_request("W37.1"));
  CHECK(test.post(path, order_sign(many).dump()).status == 400);
  const Response unknown = test.post("/cds-services/other", good.dump());
  CHECK(unknown.status == 404);
  CHECK(Json::parse(unknown.body)["resourceType"] == "OperationOutcome");
  CHECK(test.ask("GET", path).status == 405);
  CHECK(test.keeper.entries.empty());
}

TEST_CASE("orders of other kinds, and bundles without any, are answered without a card") {
  HookService test;
  Json empty = order_sign({});
  CHECK(test.hook(empty) == Json::parse(R"({"cards": []})"));
  empty["context"]["draftOrders"]["entry"] =
      Json::array({nullptr, Json::object(), {{"resource", nullptr}}, {{"resource", 7}}});
  CHECK(test.hook(empty) == Json::parse(R"({"cards": []})"));
  const Json other = {{"resourceType", "NutritionOrder"}, {"id", "n1"}, {"status", "draft"}};
  CHECK(test.hook(order_sign({other})) == Json::parse(R"({"cards": []})"));
}

TEST_CASE("a decision that could not be kept is none") {
  HookService test;
  test.keeper.broken = "the disk is full";
  const Response response =
      test.post("/cds-services/proviso-policy-check", order_sign({service_request("W37.1")}).dump());
  CHECK(response.status == 503);
  CHECK(Json::parse(response.body)["issue"][0]["code"] == "transient");
  CHECK_FALSE(contains(response.body, "disk"));
  CHECK(contains(test.logged, "the disk is full"));
}

TEST_CASE("one part of the prefetch that is no JSON of FHIR keeps no other from being used") {
  HookService test;
  std::string body = order_sign({service_request("W37.1")}).dump();
  const std::string start = R"("prefetch":{)";
  body.insert(body.find(start) + start.size(), R"("twice":{"resourceType":"Patient","id":"1","id":"2"},)");
  const Response response = test.post("/cds-services/proviso-policy-check", body);
  REQUIRE(response.status == 200);
  CHECK(contains(only_card(Json::parse(response.body))["summary"], "Approved, authorisation "));
}

TEST_CASE("nothing that says who the patient is stands in an address, a log or an error") {
  HookService test;
  Json call = order_sign({service_request("W37.1"), service_request("F34.1", "sr2"), service_request("W37.1", "sr3")});
  std::string all;
  std::vector<Json> answers;
  answers.push_back(test.hook(call));
  call["prefetch"].erase("condition");
  answers.push_back(test.hook(call));
  const std::vector<std::string> secrets = {sentinel_nhs_number, "Sentinel", "Sally", "1959-02-09", "9 February 1959"};
  std::vector<std::string> addresses;
  const std::function<void(const Json&, const std::string&)> gather = [&](const Json& value, const std::string& name) {
    if (value.is_string() && (name == "url" || name == "valueUrl" || name == "reference")) addresses.push_back(value);
    if (!value.is_structured()) return;
    for (const auto& [key, each] : value.items()) gather(each, key);
  };
  for (const Json& answer : answers) gather(answer, "");
  REQUIRE(addresses.size() > 10);
  for (const std::string& secret : secrets) {
    for (const std::string& address : addresses) CHECK_FALSE(contains(address, secret));
    CHECK_FALSE(contains(test.logged, secret));
    for (const Json& answer : answers) CHECK_FALSE(contains(answer["cards"].dump(), secret));
    for (const LogEntry& entry : test.keeper.entries) {
      CHECK_FALSE(contains(entry.referral + entry.patient, secret));
      CHECK_FALSE(contains(entry.referral, "1288992"));
    }
  }
  test.keeper.broken = "no room";
  const Response failed = test.post("/cds-services/proviso-policy-check", call.dump());
  for (const std::string& secret : secrets) CHECK_FALSE(contains(failed.body + test.logged, secret));
}

TEST_CASE("two orders under one id are each decided by themselves") {
  HookService test;
  const Json answer = test.hook(order_sign({service_request("W37.1"), service_request("F34.1")}));
  REQUIRE(answer["cards"].size() == 2);
  CHECK(answer["cards"][0]["source"]["label"] == "Tonsillectomy, Luton");
  CHECK(answer["cards"][1]["source"]["label"] == "Hip replacement, Luton");
}

TEST_CASE("an order that cannot be read is not checked, and keeps no other from being") {
  HookService test;
  std::string body = order_sign({service_request("W37.1"), service_request("F34.1", "sr2")}).dump();
  const std::string member = R"("id":"sr2")";
  body.replace(body.find(member), member.size(), R"("id":"sr2","id":"sr3")");
  const Response response = test.post("/cds-services/proviso-policy-check", body);
  REQUIRE(response.status == 200);
  const Json answer = Json::parse(response.body);
  REQUIRE(answer["cards"].size() == 2);
  CHECK(contains(answer["cards"][0]["detail"], "could not be read as a FHIR R4 resource"));
  CHECK(contains(answer["cards"][1]["summary"], "Approved, authorisation "));
  CHECK(test.keeper.entries.size() == 1);
}
