#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

const std::string not_done =
    R"("dataAbsentReason": )" + coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-performed");

std::string with(std::string resource, const std::string& members) { return resource.insert(1, members + ", "); }

TEST_CASE("an Observation that says why it has no value has none, whatever stands beside") {
  const FhirRecord record =
      made_of({request("\"x\": 1"), bmi("29", "2022-03-02"), with(bmi("31", "2023-03-02"), not_done)});
  CHECK(record.json == R"({"id": "sr1"})");
  CHECK(notes_of(record) ==
        "`patient.bmi`: a dataAbsentReason says that there is no value, and what stands beside it was not used\n"
        "`patient.bmi`: the newest Observation has no value\n");
}

TEST_CASE("a component has its own reason for having no value, and that of the whole is not of it") {
  const auto score = [](const std::string& of_whole, const std::string& of_component) {
    return made_of({request("\"x\": 1"),
                    about("Observation",
                          of_whole + R"("status": "final", "effectiveDateTime": "2023-01-01", "code": )" +
                              coding("https://example.org/codes", "score") + R"(, "component": [{)" + of_component +
                              R"("code": )" + coding("http://loinc.org", "8480-6") + R"(, "valueInteger": 138}])")});
  };
  CHECK(score(not_done + ", ", "").json == R"({"id": "sr1", "score": 138})");
  const FhirRecord absent = score("", not_done + ", ");
  CHECK(absent.json == R"({"id": "sr1"})");
  CHECK(notes_of(absent).find("a dataAbsentReason says that there is no value") != std::string::npos);
}

/// A bundle of entries as they stand.
std::string history(const std::vector<std::string>& entries, const std::string& type = "history") {
  std::string out = R"({"resourceType": "Bundle", "type": ")" + type + R"(", "entry": [)";
  for (const std::string& each : entries) out += (out.back() == '[' ? "" : ", ") + each;
  return out + "]}";
}
std::string put(const std::string& resource, const std::string& url) {
  return R"({"resource": )" + resource + R"(, "request": {"method": "PUT", "url": ")" + url + "\"}}";
}
std::string deletion(const std::string& url, const std::string& members = "") {
  return "{" + members + R"("request": {"method": "DELETE", "url": ")" + url + "\"}}";
}

TEST_CASE("what was deleted is not there, even where an older version is") {
  const FhirMapping mapping = fhir_mapping();
  const auto has_bmi = [&](const std::vector<std::string>& documents) {
    return record_of(mapping, {documents.begin(), documents.end()})->json.find("bmi") != std::string::npos;
  };
  const std::string asked = put(request(), "ServiceRequest/sr1");
  const std::string older = put(with(bmi("31", "2023-03-02"), R"("id": "b")"), "Observation/b");
  for (const char* const type : {"history", "transaction", "batch"}) {
    CHECK(has_bmi({history({asked, older}, type)}));
    CHECK_FALSE(has_bmi({history({asked, deletion("Observation/b"), older}, type)}));
  }
  CHECK_FALSE(has_bmi({history({asked, deletion("Observation/b/_history/2"), older})}));
  CHECK_FALSE(
      has_bmi({history({asked, deletion("", R"("fullUrl": "https://a.example.org/fhir/Observation/b", )"), older})}));
  CHECK_FALSE(has_bmi({history({asked, deletion("Observation/b")}), history({older})}));
  CHECK_FALSE(has_bmi({history(
      {asked, deletion("Observation/b", R"("resource": )" + with(bmi("31", "2023-03-02"), R"("id": "b")") + ", ")})}));
  SECTION("but what was made anew after that is there") {
    CHECK(has_bmi({history({asked, older, deletion("Observation/b")})}));
  }
  SECTION("and what another was is another") {
    CHECK(has_bmi({history({asked, deletion("Observation/c"), deletion("Observation?code=1"), older})}));
  }
}

}  // namespace
}  // namespace proviso::input
