#include "input/fhir.hpp"

#include <catch2/catch.hpp>

#include <chrono>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

TEST_CASE("a request, its patient and what is known of the patient make a record") {
  const FhirRecord record = made_of(
      {request(R"("authoredOn": "2023-05-16T23:30:00-05:00", "code": )" +
               coding("https://fhir.nhs.uk/Id/opcs-4", "W371") +
               R"(, "identifier": [{"system": "https://fhir.nhs.uk/Id/UBRN", "value": "000000000018"}],
                "extension": [{"url": "https://example.org/commissioner",
                               "valueReference": {"identifier": {"system": "https://fhir.nhs.uk/id/ods-organization-code", "value": "06P"}}}])"),
       patient(
           R"("birthDate": "1987-02-09", "identifier": [{"system": "http://fhir.nhs.net/Id/nhs-number", "value": "999 000 0018"}])"),
       bmi("31.2", "2023-03-02T09:00:00+00:00"), condition(coding("http://hl7.org/fhir/sid/icd-10-uk", "m171D")),
       condition(snomed("41040004"))});
  CHECK(record.json ==
        R"({"id": "000000000018", "referred": "2023-05-17", "procedure": "W37.1", "diagnoses": {"some": ["M17.1"]}, )"
        R"("patient": {"nhs_number": "999 000 0018", "born": "1987-02-09", )"
        R"("bmi": {"value": 31.2, "unit": "kg/m2", "on": "2023-03-02"}, "downs": true}, "commissioner": "06P"})");
  CHECK(notes_of(record) == "`diagnoses`: `Condition.code` has no code of icd10\n");
}

TEST_CASE("what is not there is unknown") {
  CHECK(json_of({request("\"x\": 1")}) == R"({"id": "sr1"})");
  CHECK(json_of({}) == "{}");
  CHECK(notes_of(made_of({request(), patient()})) == "");
  const FhirMapping mapping = fhir_mapping();
  CHECK(record_of(mapping, {})->json == "{}");
  CHECK(record_of(mapping, {"null", "[]", R"({"resourceType": "OperationOutcome"})"})->json == "{}");
}

TEST_CASE("a single resource, a list and bundles in bundles are read as a bundle is") {
  const FhirMapping mapping = fhir_mapping();
  const std::string one = request();
  CHECK(record_of(mapping, {one})->json == R"({"id": "sr1", "referred": "2023-05-16"})");
  const std::string list = "[" + one + ", null, 7]";
  CHECK(record_of(mapping, {list})->json == R"({"id": "sr1", "referred": "2023-05-16"})");
  const std::string nested = bundle({bundle({one, patient()})});
  CHECK(record_of(mapping, {nested})->json ==
        R"({"id": "sr1", "referred": "2023-05-16", "patient": {"born": "1987-02-09"}})");
}

TEST_CASE("what holds neither a request nor anything that the mapping reads says so") {
  const FhirMapping mapping = fhir_mapping();
  FhirReader reader(mapping);
  const auto lack = [&](const std::string& document) {
    REQUIRE(reader.open(document));
    return reader.lack();
  };
  const std::string expected = ", expected a request such as a ServiceRequest";
  const std::string untyped = "found no resource" + expected + ": `resourceType` says what one is";
  CHECK(lack(R"({"id": "x"})") == untyped);
  CHECK(lack(R"({"resourceType": ["ServiceRequest"]})") == untyped);
  CHECK(lack("null") == untyped);
  CHECK(lack(R"({"resourceType": "Foo", "id": "x"})") == "found a resource `Foo`" + expected);
  CHECK(lack(bundle({})) == "found a Bundle without resources" + expected);
  CHECK(lack(request()).empty());
  CHECK(lack(bundle({patient()})).empty());
  CHECK(lack(bundle({R"({"resourceType": "Foo"})", condition(snomed("41040004"))})).empty());
}

TEST_CASE("what is not JSON is an error") {
  const FhirMapping mapping = fhir_mapping();
  for (const char* const text : {"", "{", "{\"resourceType\": \"Patient\",}", "\xFF", "{} {}"}) {
    CAPTURE(text);
    const auto record = record_of(mapping, {text});
    REQUIRE_FALSE(record);
    CHECK(record.error().code == text::Code::malformed_record);
  }
  CHECK(record_of(mapping, {R"({"resourceType": "Patient", "id": "1", "id": "2"})"}).error().message ==
        "not JSON of FHIR: an object has a key twice");
  CHECK_FALSE(record_of(mapping, {std::string(100'000, '[') + std::string(100'000, ']')}));
}

TEST_CASE("the newest Observation decides") {
  CHECK(json_of({request(), bmi("31", "2023-03-02"), bmi("34", "2022-03-02"), bmi("29", "2023-03-01")}).find("31") !=
        std::string::npos);
  SECTION("and not one that is taken back") {
    for (const std::string status : {"entered-in-error", "cancelled"}) {
      CAPTURE(status);
      const FhirRecord record = made_of({request(), bmi("31", "2022-03-02"), bmi("29", "2023-03-01", status)});
      CHECK(record.json.find("\"value\": 31") != std::string::npos);
      CHECK(record.notes.size() == 1);
    }
    for (const char* const status : {"amended", "corrected"}) {
      CHECK(json_of({request(), bmi("31", "2022-03-02"), bmi("29", "2023-03-01", status)}).find("29") !=
            std::string::npos);
    }
  }
  SECTION("even if nobody verified it, or its meaning may be turned: no older one takes its place") {
    for (const std::string status : {"preliminary", "registered", "unknown", ""}) {
      CAPTURE(status);
      const FhirRecord record = made_of({request(), bmi("31", "2022-03-02"), bmi("29", "2023-03-01", status)});
      CHECK(record.json.find("bmi") == std::string::npos);
      CHECK(notes_of(record).find("`patient.bmi`: the newest Observation ") != std::string::npos);
      // An older one of the kind changes nothing.
      CHECK(json_of({request(), bmi("31", "2022-03-02", status), bmi("29", "2023-03-01")}).find("\"value\": 29") !=
            std::string::npos);
    }
    for (const std::string turned : {R"("modifierExtension": [{"url": "x", "valueBoolean": true}], )",
                                     R"("implicitRules": "https://example.org/rules", )"}) {
      CAPTURE(turned);
      std::string newer = bmi("40", "2023-05-01");
      newer.insert(newer.find("\"status\""), turned);
      const FhirRecord record = made_of({request(), bmi("31", "2023-03-01"), newer});
      CHECK(record.json.find("bmi") == std::string::npos);
      CHECK(notes_of(record).find(", which may turn its meaning, and no older one takes its place\n") !=
            std::string::npos);
      CHECK(json_of({request(), newer}).find("bmi") == std::string::npos);
    }
  }
  SECTION("and where it is not certain which of both is the newest, neither does") {
    CHECK(json_of({request(), bmi("31", "2023-03-01"), bmi("31", "2023-03-01", "preliminary")}).find("bmi") ==
          std::string::npos);
    CHECK(json_of({request(), bmi("31", "2023-03-01"), bmi("31", "", "preliminary")}).find("bmi") == std::string::npos);
  }
  SECTION("and not one about something else than the patient") {
    std::string of_child = bmi("29", "2023-05-02");
    of_child.insert(of_child.find("\"status\""), R"("focus": [{"reference": "Patient/1-child"}], )");
    const FhirRecord record = made_of({request(), bmi("31", "2022-03-02"), of_child});
    CHECK(record.json.find("\"value\": 31") != std::string::npos);
    CHECK(notes_of(record) ==
          "`patient.bmi`: a resource Observation is about something else than its subject, and was not used\n");
  }
  SECTION("even if its value cannot be used: no older one takes its place") {
    const FhirRecord record = made_of({request(), bmi("31", "2022-03-02"), bmi("\"29\"", "2023-03-01")});
    CHECK(record.json.find("bmi") == std::string::npos);
    CHECK(notes_of(record) == "`patient.bmi`: the newest Observation has no number\n");
  }
  SECTION("by the instant, where two are of one day") {
    CHECK(json_of({request(), bmi("31", "2023-03-02T10:00:00+01:00"), bmi("29", "2023-03-02T09:30:00Z")}).find("29") !=
          std::string::npos);
    const FhirRecord record = made_of({request(), bmi("31", "2023-03-02"), bmi("29", "2023-03-02")});
    CHECK(record.json.find("bmi") == std::string::npos);
    CHECK(notes_of(record) == "`patient.bmi`: it is not certain which Observation is the newest\n");
    CHECK(json_of({request(), bmi("31", "2023-03-02"), bmi("31", "2023-03-02T08:00:00Z")}).find("31") !=
          std::string::npos);
  }
  SECTION("a partial date before or after all others does not matter, or leaves the fact unknown") {
    CHECK(json_of({request(), bmi("31", "2023-03-02"), bmi("29", "2022-05")}).find("31") != std::string::npos);
    CHECK(json_of({request(), bmi("31", "2023-03-02"), bmi("29", "2023")}).find("bmi") == std::string::npos);
    CHECK(json_of({request(), bmi("31", "2023-03-02"), bmi("29", "")}).find("bmi") == std::string::npos);
    CHECK(notes_of(made_of({request(), bmi("31", "2019-05")})) ==
          "`patient.bmi`: the newest Observation does not say on which day it was measured\n");
  }
}

TEST_CASE("a quantity has a unit that converts, and is exact") {
  const auto weight = [](const std::string& quantity) {
    const FhirRecord record = made_of(
        {request("\"x\": 1"),
         about("Observation", R"("status": "final", "effectiveDateTime": "2023-01-01", "code": )" +
                                  coding("http://loinc.org", "29463-7") + R"(, "valueQuantity": )" + quantity)});
    const std::size_t at = record.json.find("\"weight\": ");
    return at == std::string::npos ? notes_of(record) : record.json.substr(at + 10, record.json.size() - at - 12);
  };
  CHECK(weight(R"({"value": 81.5, "system": "http://unitsofmeasure.org", "code": "kg", "unit": "Kilos"})") ==
        R"({"value": 81.5, "unit": "kg"})");
  CHECK(weight(R"({"value": 81.5, "unit": "kg"})") == R"({"value": 81.5, "unit": "kg"})");
  const std::string start = "`patient.weight`: the newest Observation ";
  CHECK(weight(R"({"value": 81500, "code": "g"})") == start + "has another unit than the mapping says\n");
  CHECK(weight(R"({"value": 12.8, "unit": "st"})") == start + "has another unit than the mapping says\n");
  CHECK(weight(R"({"value": 81.5})") == start + "has no unit\n");
  CHECK(weight(R"({"value": 81.5, "unit": ""})") == start + "has no unit\n");
  CHECK(weight(R"({"value": 81.5, "system": "https://example.org", "code": "kg"})") ==
        start + "has a unit that is not of UCUM\n");
  CHECK(weight(R"({"value": 81.5, "code": "kg", "comparator": "<"})") ==
        start + "is only known to lie above or below a number\n");
  CHECK(weight(R"({"value": "81.5", "code": "kg"})") == start + "has no number\n");
  CHECK(weight(R"({"value": 1e300, "code": "kg"})") == start + "is not a value that the fact can have\n");
  CHECK(weight("81.5") == start + "has no unit\n");
  CHECK(weight("null") == start + "has no value\n");
  CHECK(weight("[]") == start + "has no value\n");
}

TEST_CASE("units convert where the mapping names none, and percent is percent") {
  const auto observed = [](const std::string& system, const std::string& code, const std::string& rest) {
    return about("Observation", R"("status": "final", "effectiveDateTime": "2023-01-01", "code": )" +
                                    coding(system, code) + ", " + rest);
  };
  CHECK(json_of({request("\"x\": 1"),
                 observed("http://loinc.org", "4548-4", R"("valueQuantity": {"value": 5.6, "code": "%"})")}) ==
        R"({"id": "sr1", "share": "5.6%"})");
  CHECK(json_of({request("\"x\": 1"),
                 observed("http://loinc.org", "4548-4", R"("valueQuantity": {"value": 38, "code": "mmol/mol"})")}) ==
        R"({"id": "sr1"})");
  CHECK(json_of({request("\"x\": 1"),
                 observed("https://example.org/codes", "wait", R"("valueQuantity": {"value": 6, "code": "wk"})")}) ==
        R"({"id": "sr1", "wait": "6 weeks"})");
  CHECK(json_of({request("\"x\": 1"),
                 observed("https://example.org/codes", "score",
                          R"("component": [{"code": )" + coding("http://loinc.org", "8462-4") +
                              R"(, "valueInteger": 82}, {"code": )" + coding("http://loinc.org", "8480-6") +
                              R"(, "valueInteger": 138}])")}) == R"({"id": "sr1", "score": 138})");
}

TEST_CASE("a condition that counts says yes, and no condition says nothing") {
  const auto downs = [](const std::string& members) {
    const FhirRecord record = made_of({request("\"x\": 1"), condition(snomed("41040004"), members)});
    return record.json.find("downs") == std::string::npos ? notes_of(record) : "yes";
  };
  CHECK(downs("") == "yes");
  CHECK(downs(R"(, "clinicalStatus": )" + coding("x", "active") + R"(, "verificationStatus": )" +
              coding("x", "confirmed")) == "yes");
  CHECK(downs(R"(, "verificationStatus": "confirmed")") == "yes");
  for (const char* const status : {"refuted", "entered-in-error", "provisional", "differential", "unconfirmed"}) {
    CHECK(downs(R"(, "verificationStatus": )" + coding("x", status))
              .find("`patient.downs`: a resource Condition is `" + std::string(status) + "`, and was not used") !=
          std::string::npos);
  }
  for (const char* const status : {"resolved", "inactive", "remission"}) {
    CHECK(downs(R"(, "clinicalStatus": )" + coding("x", status)).find("is `" + std::string(status) + "`") !=
          std::string::npos);
  }
  CHECK(downs(R"(, "verificationStatus": {"text": "Mrs Example"})").find("does not say whether it is confirmed") !=
        std::string::npos);
  CHECK(downs(R"(, "abatementDateTime": "2020-01-01")").find("has abated") != std::string::npos);
  CHECK(downs(R"(, "modifierExtension": [{"url": "x"}])").find("has a modifierExtension") != std::string::npos);
  CHECK(downs(R"(, "modifierExtension": [])") == "yes");
  CHECK(json_of({request("\"x\": 1"), condition(snomed("77176002"))}) == R"({"id": "sr1"})");
  CHECK(json_of({request("\"x\": 1"), condition(coding("http://hl7.org/fhir/sid/icd-10", "q909"))})
            .find("\"downs\": true") != std::string::npos);
}

TEST_CASE("a coded value means what the mapping says") {
  const auto smoking = [](const std::string& value) {
    const FhirRecord record = made_of(
        {request("\"x\": 1"),
         about("Observation", R"("status": "final", "effectiveDateTime": "2023-01-01", "code": )" +
                                  coding("http://loinc.org", "72166-2") + R"(, "valueCodeableConcept": )" + value)});
    const std::size_t at = record.json.find("\"smoking\": ");
    return at == std::string::npos ? notes_of(record) : record.json.substr(at + 11, record.json.size() - at - 13);
  };
  const std::string start = "`patient.smoking`: the newest Observation ";
  CHECK(smoking(snomed("266919005")) == "\"never\"");
  CHECK(smoking(coding("https://snomed.info/ict", "8517006")) == "\"ex\"");
  CHECK(smoking(coding("http://snomed.info/sct/83821000000107/version/20230412", "8517006")) == "\"ex\"");
  CHECK(smoking(coding("http://snomed.info/sct|20230412", "8517006")) == "\"ex\"");
  CHECK(smoking(coding("SNOMED", "77176002")) == "\"current\"");
  CHECK(smoking(snomed("60621009")) == start + "has no code whose meaning the mapping says\n");
  CHECK(smoking(coding("", "266919005")) == start + "is not a value that the fact can have\n");
  CHECK(smoking(snomed("266927001")) == start + "has no value\n");
  CHECK(smoking(R"({"coding": [{"system": "http://snomed.info/sct", "code": "266919005"},
                              {"system": "http://snomed.info/sct", "code": "77176002"}]})") ==
        start + "has codes that mean different things\n");
  for (const char* const nothing : {R"({"text": "Smoker"})", R"({"coding": []})", R"({"coding": {}})",
                                    R"({"coding": [null, 7, {"code": 7}]})", "7", "{}"}) {
    CAPTURE(nothing);
    CHECK(smoking(nothing) == start + "has no code\n");
  }
}

TEST_CASE("a code is one of the fact's system") {
  const auto procedure = [](const std::string& concept_json) {
    const FhirRecord record = made_of({request("\"code\": " + concept_json)});
    const std::size_t at = record.json.find("\"procedure\": ");
    return at == std::string::npos ? notes_of(record) : record.json.substr(at + 13, record.json.size() - at - 14);
  };
  for (const char* const system : {"https://fhir.hl7.org.uk/Id/opcs-4", "https://fhir.nhs.uk/Id/opcs-4",
                                   "http://hl7.org/fhir/sid/ex-opcs4", "opcs4"}) {
    CHECK(procedure(coding(system, "W37.1")) == "\"W37.1\"");
    CHECK(procedure(coding(system, "w371 ")) == "\"W37.1\"");
  }
  CHECK(procedure(snomed("52734007")) == "`procedure`: `ServiceRequest.code` has no code of opcs4\n");
  CHECK(procedure(R"({"coding": [{"code": "W37.1"}]})") == "`procedure`: `ServiceRequest.code` has no code of opcs4\n");
  CHECK(procedure(R"({"coding": [{"system": "opcs4", "code": "W37.1"}, {"system": "opcs4", "code": "W371"}]})") ==
        "\"W37.1\"");
  CHECK(procedure(R"({"coding": [{"system": "opcs4", "code": "W37.1"}, {"system": "opcs4", "code": "W38.1"}]})") ==
        "`procedure`: `ServiceRequest.code` has several codes of opcs4\n");
  CHECK(procedure(coding("opcs4", "Jane Example")) == "`procedure`: `ServiceRequest.code` has no code of opcs4\n");
  CHECK(procedure("[]") == "");
}

TEST_CASE("the commissioner is an ODS code, wherever a reference has it") {
  const auto commissioner = [](const std::string& reference, const std::string& other = "null") {
    const FhirRecord record = made_of(
        {request(R"("extension": [{"url": "https://example.org/commissioner", "valueReference": )" + reference + "}]"),
         other});
    const std::size_t at = record.json.find("\"commissioner\": ");
    return at == std::string::npos ? notes_of(record) : record.json.substr(at + 16, record.json.size() - at - 17);
  };
  CHECK(commissioner(R"({"identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "06P"}})") ==
        "\"06P\"");
  CHECK(commissioner(R"({"reference": "https://directory.spineservices.nhs.uk/STU3/Organization/06P"})") == "\"06P\"");
  CHECK(
      commissioner(
          R"({"reference": "Organization/o"})",
          R"({"resourceType": "Organization", "id": "o", "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "06P"}]})") ==
      "\"06P\"");
  CHECK(commissioner(R"({"identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "RX1"}})") ==
        "`commissioner`: `ServiceRequest.extension.valueReference` is not a place of the library\n");
  CHECK(commissioner(R"({"identifier": {"value": "06P"}})") ==
        "`commissioner`: `ServiceRequest.extension.valueReference` has no ODS code\n");
}

TEST_CASE("a date is a whole day, and of an instant the one in England") {
  for (const char* const time :
       {"2023-05-16T00:30:00+01:00", "2023-05-15T23:30:00Z", "2023-05-16", "2023-05-16T00:30:00"}) {
    CAPTURE(time);
    CHECK(json_of({request(R"("authoredOn": ")" + std::string(time) + '"')}) ==
          R"({"id": "sr1", "referred": "2023-05-16"})");
  }
  CHECK(json_of({request(), bmi("31", "2023-05-15T23:30:00Z")}).find(R"("on": "2023-05-16")") != std::string::npos);
  for (const char* const date : {"2023-05", "2023", "2023-02-30", "16/05/2023", "2023-05-16 10:00", "2023-05-16T",
                                 "2023-05-16T10", "2023-05-16T24:00:00Z", ""}) {
    const FhirRecord record = made_of({request(R"("authoredOn": ")" + std::string(date) + '"')});
    CHECK(record.json == R"({"id": "sr1"})");
    CHECK(notes_of(record) == "`referred`: `ServiceRequest.authoredOn` is not the date of a whole day\n");
  }
}

TEST_CASE("a request that is taken back, or is not to be, says nothing") {
  for (const char* const member : {R"("doNotPerform": true)", R"("doNotPerform": "no")", R"("implicitRules": "x")"}) {
    CHECK(json_of({request(R"("authoredOn": "2023-05-16", )" + std::string(member))}) == R"({"id": "sr1"})");
  }
  const std::string revoked =
      about("ServiceRequest", R"("id": "sr1", "status": "entered-in-error", "authoredOn": "2023-05-16")");
  CHECK(json_of({revoked}) == R"({"id": "sr1"})");
  CHECK(notes_of(made_of({revoked})) == "the request is `entered-in-error`, and was not used\n");
}

TEST_CASE("a large bundle is read in little time") {
  std::vector<std::string> resources = {request(), patient()};
  for (int i = 0; i < 3000; ++i) resources.push_back(bmi("31", "20" + std::to_string(10 + i % 12) + "-03-02"));
  resources.push_back(bmi("32", "2023-03-02"));
  const FhirMapping mapping = fhir_mapping();
  const std::string text = bundle(resources);
  REQUIRE(text.size() > 700'000);
  FhirReader reader(mapping);
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(reader.open(text));
  CHECK(reader.read(0).json.find("\"value\": 32") != std::string::npos);
  const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  CHECK(took < 1000);
}

}  // namespace
}  // namespace proviso::input
