#include <catch2/catch.hpp>

#include "../service_support/service_under_test.hpp"

// What is said of each record of a request: where it stood, what it is called, and what in it was not understood.
using namespace proviso::service;
using Json = nlohmann::json;

namespace {

constexpr const char* lines_type = "application/x-ndjson";

Json referral_called(const std::string& id) {
  Json referral = approved_referral();
  referral["id"] = id;
  return referral;
}

Json mistyped(const Json& id) {
  Json referral = approved_referral();
  referral["id"] = id;
  referral["patient"]["bmi"] = "heavy";
  return referral;
}

/// The results of records that are sent as lines.
std::vector<Json> results_of_lines(ServiceUnderTest& test, const std::string& lines) {
  const Response response = test.post("/v1/decide", lines, {}, "", lines_type);
  INFO(response.body);
  REQUIRE(response.status == 200);
  std::istringstream stream(response.body);
  std::vector<Json> results;
  for (std::string line; std::getline(stream, line);) results.push_back(Json::parse(line));
  return results;
}

}  // namespace

TEST_CASE("a field that the record does not declare is said with the result, and with no other", "[api]") {
  ServiceUnderTest test;
  Json misspelt = approved_referral();
  misspelt["cancr"] = true;
  misspelt["patient"]["bmi"]["units"] = "kg/m2";
  const Json expected = {"cancr", "patient.bmi.units"};
  CHECK(Json::parse(test.post("/v1/decide", misspelt.dump()).body)["undeclared"] == expected);
  CHECK_FALSE(Json::parse(test.post("/v1/decide", approved_referral().dump()).body).contains("undeclared"));
  CHECK(Json::parse(test.post("/v1/needs", approved_referral().dump()).body)["undeclared"].empty());
  CHECK(Json::parse(test.post("/v1/decide", misspelt.dump()).body)["undeclared"] == expected);
  for (const LogEntry& entry : test.keeper.entries) CHECK(entry.result.find("cancr") == std::string::npos);
}

TEST_CASE("what a record that could not be read declares otherwise is not said of the next one", "[api]") {
  ServiceUnderTest test;
  Json unreadable = mistyped("R-1");
  unreadable["cancr"] = true;
  CHECK(test.post("/v1/decide", unreadable.dump()).status == 422);
  CHECK(Json::parse(test.post("/v1/needs", approved_referral().dump()).body)["undeclared"].empty());
}

TEST_CASE("in a batch each result says its own undeclared fields", "[api]") {
  ServiceUnderTest test;
  Json misspelt = referral_called("R-2");
  misspelt["cancr"] = true;
  const Json batch = {referral_called("R-1"), misspelt, referral_called("R-3")};
  const Json results = Json::parse(test.post("/v1/decide", batch.dump()).body);
  REQUIRE(results.size() == 3);
  CHECK_FALSE(results[0].contains("undeclared"));
  CHECK(results[1]["undeclared"] == Json({"cancr"}));
  CHECK_FALSE(results[2].contains("undeclared"));
}

TEST_CASE("each result of lines says its line and its id, whether it could be read or not", "[api]") {
  ServiceUnderTest test;
  const std::vector<Json> results =
      results_of_lines(test, referral_called("E4").dump() + "\n" + mistyped("E5").dump() + "\n" + mistyped(17).dump() +
                                 "\n{\n" + referral_called("E8").dump() + "\n");
  REQUIRE(results.size() == 5);
  const Json ids = {"E4", "E5", 17, nullptr, "E8"};
  for (std::size_t i = 0; i < results.size(); ++i) {
    INFO(results[i].dump());
    CHECK(results[i]["id"] == ids[i]);
    CHECK(results[i]["line"] == i + 1);
    CHECK(results[i].contains("error") == (i != 0 && i != 4));
  }
}

TEST_CASE("the content type says that the body is lines, however it is written, and none that only begins so does") {
  ServiceUnderTest test;
  const std::string lines = referral_called("E4").dump() + "\n" + referral_called("E5").dump() + "\n";
  for (const std::string type : {"Application/X-NDJSON", "application/x-ndjson ; charset=utf-8"}) {
    INFO(type);
    const Response response = test.post("/v1/decide", lines, {}, "", type);
    CHECK(response.status == 200);
    CHECK(response.content_type == lines_type);
  }
  for (const std::string type : {"application/x-ndjson-foo", "application/x-ndjsonx"}) {
    INFO(type);
    CHECK(test.post("/v1/decide", lines, {}, "", type).status == 422);
  }
}

TEST_CASE("each result of a list says its place in the list, however the list is written", "[api]") {
  ServiceUnderTest test;
  const Json batch = {referral_called("E4"), mistyped("E5"), referral_called("E6")};
  for (const int indent : {-1, 2}) {
    const Json results = Json::parse(test.post("/v1/decide", batch.dump(indent)).body);
    REQUIRE(results.size() == 3);
    for (std::size_t i = 0; i < results.size(); ++i) CHECK(results[i]["line"] == i + 1);
    CHECK(results[1]["id"] == "E5");
    CHECK(results[1]["error"]["field"] == "patient.bmi");
  }
  // What is kept does not say where in which batch it stood: the same record is kept alike.
  CHECK(test.keeper.entries.at(0).result == test.keeper.entries.at(1).result);
}

TEST_CASE("what is wrong with a list is told as the command tells it, beside the results of its records", "[api]") {
  ServiceUnderTest test;
  const std::string x = referral_called("X").dump();
  const std::string y = referral_called("Y").dump();
  const auto results_of_body = [&](const std::string& body) {
    const Response response = test.post("/v1/decide", body);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return Json::parse(response.body);
  };
  for (const std::string& body : {"[" + x + "] x", "[" + x + "][" + y + "]"}) {
    const Json results = results_of_body(body);
    REQUIRE(results.size() == 2);
    CHECK(results[0]["outcome"] == "approve");
    CHECK(results[1]["id"] == nullptr);
    CHECK(results[1]["line"] == 2);
    CHECK(results[1]["error"] == Json({{"code", "P0902"},
                                       {"field", nullptr},
                                       {"message", "found more after the `]` that ends the list of records"}}));
  }
  const Json open = results_of_body("[" + x + "," + y);
  REQUIRE(open.size() == 3);
  CHECK(open[1]["outcome"] == "approve");
  CHECK(open[2]["error"]["message"] == "the file ends inside the list of records: `]` is missing");
  const Json mismatched = results_of_body("[" + x + R"(,{"id":"b","ls":[1},)" + y + "]");
  REQUIRE(mismatched.size() == 3);
  CHECK(mismatched[1]["id"] == "b");
  CHECK(mismatched[1]["error"]["code"] == "P0902");
  CHECK(mismatched[2]["outcome"] == "approve");
}

TEST_CASE("a byte order mark before a body is left out, as it is before a file", "[api]") {
  ServiceUnderTest test;
  const std::string mark = "\xEF\xBB\xBF";
  const std::string record = approved_referral().dump();
  CHECK(Json::parse(test.post("/v1/decide", mark + record).body)["outcome"] == "approve");
  CHECK(test.post("/v1/needs", mark + record).status == 200);
  CHECK(Json::parse(test.post("/v1/decide", mark + "[" + record + "]").body)[0]["outcome"] == "approve");
  CHECK(results_of_lines(test, mark + record + "\n").at(0)["outcome"] == "approve");
  CHECK(test.post_fhir("/v1/decide", mark + fhir_example("hip_replacement").dump()).status == 200);
}

TEST_CASE("a record alone that could not be read keeps its id", "[api]") {
  ServiceUnderTest test;
  for (const std::string path : {"/v1/decide", "/v1/needs"}) {
    const Json result = Json::parse(test.post(path, mistyped("E5").dump()).body);
    CHECK(result["id"] == "E5");
    CHECK(result["line"] == 1);
  }
}

TEST_CASE("resources of FHIR among the records of a batch are refused as one alone is", "[api]") {
  ServiceUnderTest test;
  const std::string resource = R"({"resourceType": "ServiceRequest", "id": "1"})";
  const std::string record = approved_referral().dump();
  const std::pair<std::string, std::string> bodies[] = {
      {"[" + resource + "]", "application/json"},
      {" [" + record + ", " + resource + "]", "application/json"},
      {resource + "\n", lines_type},
      {record + "\n" + resource + "\n", lines_type},
  };
  for (const auto& [body, type] : bodies) {
    INFO(body);
    const Response response = test.post("/v1/decide", body, {}, "", type);
    CHECK(response.status == 415);
    CHECK(response.body.find("application/fhir+json") != std::string::npos);
  }
  CHECK(test.keeper.entries.empty());
}

TEST_CASE("an id with a NUL in it is an error of the record, in whatever the register is kept", "[api]") {
  ServiceUnderTest test(Access::open(), true);
  const Response alone = test.post("/v1/decide", referral_called(std::string("R\0-1", 4)).dump());
  CHECK(alone.status == 422);
  const Json error = Json::parse(alone.body)["error"];
  CHECK(error["code"] == "P0901");
  CHECK(error["field"] == "id");
  CHECK(error["message"] == "found a NUL character, expected text without one");
  const std::vector<Json> results = results_of_lines(
      test, referral_called(std::string("R\0-1", 4)).dump() + "\n" + referral_called("R-2").dump() + "\n");
  REQUIRE(results.size() == 2);
  CHECK(results[0]["id"] == std::string("R\0-1", 4));
  CHECK(results[0]["error"]["field"] == "id");
  CHECK(results[1]["outcome"] == "approve");
  CHECK(test.keeper.entries.size() == 1);
}
