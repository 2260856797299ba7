#include <catch2/catch.hpp>
#include <chrono>

#include "fhir_sample.hpp"

// Whatever leads to a resource: full addresses, identifiers, what contains it.
namespace proviso::input {
namespace {

using namespace sample;

TEST_CASE("a resource that was deleted before counts no more, by whatever address it was") {
  const FhirMapping mapping = fhir_mapping();
  const auto deleting = [&](const std::string& entry) {
    return record_of(mapping,
                     {R"({"resourceType": "Bundle", "entry": [{)" + entry +
                      R"(, "request": {"method": "DELETE"}}, {"fullUrl": "https://a.example.org/Patient/1",
                               "resource": )" +
                      patient() + R"(}, {"fullUrl": "https://a.example.org/ServiceRequest/sr1", "resource": )" +
                      request("\"x\": 1") + "}]}"})
        ->json;
  };
  const std::string gone = R"({"id": "sr1"})";
  const std::string there = R"({"id": "sr1", "patient": {"born": "1987-02-09"}})";
  CHECK(deleting(R"("fullUrl": "https://a.example.org/Patient/1")") == gone);
  CHECK(deleting(R"("fullUrl": "https://a.example.org/Patient/1/_history/7")") == gone);
  CHECK(deleting(R"("fullUrl": "Patient/1")") == gone);
  CHECK(deleting(R"("fullUrl": "https://b.example.org/Patient/1")") == there);
  CHECK(deleting(R"("fullUrl": "https://a.example.org/Patient/2")") == there);
}

TEST_CASE("an identifier that two patients have is neither's") {
  const auto patient_called = [](const std::string& id, const std::string& value) {
    return R"({"resourceType": "Patient", "id": ")" + id + R"(", "birthDate": "1987-02-0)" + id +
           R"(", "identifier": [{"system": "https://example.org", "value": "other"},
           {"system": "https://example.org", "value": ")" +
           value + R"("}, {"system": "https://example.org", "value": ")" + value + R"("}]})";
  };
  const std::string asked = R"({"resourceType": "ServiceRequest", "id": "sr1",
    "subject": {"identifier": {"system": "https://example.org", "value": "A"}}})";
  CHECK(json_of({asked, patient_called("1", "A"), patient_called("2", "B")}) ==
        R"({"id": "sr1", "patient": {"born": "1987-02-01"}})");
  CHECK(json_of({asked, patient_called("1", "A"), patient_called("2", "A")}) == R"({"id": "sr1"})");
}

TEST_CASE("bundles whose resources share addresses, identifiers or a container are read in little time") {
  const FhirMapping mapping = fhir_mapping();
  const auto seconds = [&](const std::string& before, const std::string& after, const auto& each, int count) {
    std::string text = before;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + each(std::to_string(i));
    FhirReader reader(mapping);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(reader.open(text + after));
    if (reader.request_count() > 0) reader.read(0);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const std::string begin = R"({"resourceType": "Bundle", "entry": [)";
  const std::string with_request = begin + R"({"resource": {"resourceType": "ServiceRequest", "id": "sr1"}},)";
  CHECK(seconds(
            begin, "]}",
            [](const std::string& i) {
              return R"({"fullUrl": "http://)" + i + R"(/A/1", "resource": {"resourceType": "A", "id": "1"}})";
            },
            40'000) < 2);
  CHECK(seconds(
            begin, "]}",
            [](const std::string& i) {
              return R"({"fullUrl": "http://)" + i + R"(/A/1", "request": {"method": "DELETE"}},
                     {"fullUrl": "http://x)" +
                     i + R"(/A/1", "resource": {"resourceType": "A", "id": "1"}})";
            },
            20'000) < 2);
  CHECK(seconds(
            with_request, "]}",
            [](const std::string& i) {
              return R"({"fullUrl": "http://)" + i +
                     R"(/Patient/1", "resource": {"resourceType": "Patient", "id": "1"}},
                     {"fullUrl": "http://)" +
                     i + R"(/Condition/1", "resource": {"resourceType": "Condition",
                      "id": "1", "subject": {"reference": "Patient/1"}}})";
            },
            20'000) < 2);
  CHECK(seconds(
            with_request, "]}",
            [](const std::string& i) {
              const std::string identifier = R"({"system": "http://x", "value": ")" + i + "\"}";
              return R"({"resource": {"resourceType": "Patient", "identifier": )" + identifier + R"(}},
                    {"resource": {"resourceType": "Condition", "subject": {"identifier": )" +
                     identifier + "}}}";
            },
            20'000) < 2);
  CHECK(seconds(R"({"resourceType": "ServiceRequest", "id": "sr1", "subject": {"reference": "#0"}, "contained": [)",
                R"(, {"resourceType": "Patient", "id": "p"}]})",
                [](const std::string& i) {
                  return R"({"resourceType": "Condition", "id": ")" + i + R"(", "subject": {"reference": "#p"}})";
                },
                40'000) < 2);
  std::string identifiers;
  for (int i = 0; i < 40'000; ++i) identifiers += (i == 0 ? "" : ",") + std::string(R"({"system":"x","value":"1"})");
  CHECK(seconds(
            with_request + R"({"resource": {"resourceType": "Patient", "id": "1", "identifier": [)" + identifiers +
                "]}},",
            "]}",
            [](const std::string&) {
              return std::string(R"({"resource": {"resourceType": "Goal", "subject": {"reference": "Patient/1"}}})");
            },
            20'000) < 2);
}

}  // namespace
}  // namespace proviso::input
