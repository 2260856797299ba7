#include <catch2/catch.hpp>

#include "fhir_sample.hpp"

namespace proviso::input {
namespace {

using namespace sample;

/// An appointment of these participants, for these requests.
std::string appointment(const std::string& participants, const std::string& based_on = "ServiceRequest/sr1",
                        const std::string& status = "proposed") {
  return R"({"resourceType": "Appointment", "id": "a1", "status": ")" + status +
         R"(", "created": "2023-05-20T10:00:00Z", "basedOn": [{"reference": ")" + based_on +
         R"("}], "participant": [{"actor": {"reference": "Practitioner/9"}})" + participants + "]}";
}
std::string actor(const std::string& address) { return R"(, {"actor": {"reference": ")" + address + "\"}}"; }
/// A request for a hip replacement about `subject`.
std::string hip(const std::string& subject, const std::string& id = "sr1") {
  return about("ServiceRequest", R"("id": ")" + id + R"(", "status": "active", "code": )" + coding("opcs4", "W37.1"),
               subject);
}
FhirRecord booked(std::vector<std::string> resources) { return made_of(resources, {"Appointment/a1", ""}); }
bool has_procedure(const FhirRecord& record) { return record.json.find("\"W37.1\"") != std::string::npos; }

TEST_CASE("an appointment is about its participant, and is for what it is based on") {
  CHECK(json_of({appointment(actor("Patient/1")), patient()}) ==
        R"({"id": "a1", "referred": "2023-05-20", "patient": {"born": "1987-02-09"}})");
  const FhirRecord record = made_of({appointment(actor("Patient/1")), hip("Patient/1")}, {"Appointment/a1", "1"});
  CHECK(record.json == R"({"id": "sr1", "referred": "2023-05-20", "procedure": "W37.1"})");
  CHECK(notes_of(record) == "");
}

TEST_CASE("an appointment has the id of the one request that it is for, so that each booking of it has that") {
  const FhirRecord record = booked({appointment(actor("Patient/1")), hip("Patient/1")});
  CHECK(record.json.find(R"({"id": "sr1")") == 0);
  CHECK(record.named_by == "ServiceRequest/sr1");
  CHECK(made_of({hip("Patient/1")}).named_by == "ServiceRequest/sr1");
  CHECK(made_of({appointment(actor("Patient/1"))}).named_by == "Appointment/a1");
  SECTION("but its own where there are several, or where the request is a part of it") {
    const std::string two =
        appointment(actor("Patient/1"), R"(ServiceRequest/sr1"}, {"reference": "ServiceRequest/sr2)");
    CHECK(booked({two, hip("Patient/1"), hip("Patient/1", "sr2")}).named_by == "Appointment/a1");
    std::string holding = appointment(actor("Patient/1"), "#sr1");
    holding.insert(1, "\"contained\": [" + hip("Patient/1") + "], ");
    const FhirRecord held = booked({holding});
    CHECK(held.named_by == "Appointment/a1");
    CHECK(has_procedure(held));
  }
  SECTION("and where a line of the mapping gives the id, that is it") {
    std::string booking_reference = hip("Patient/1");
    booking_reference.insert(1,
                             R"("identifier": [{"system": "https://fhir.nhs.uk/Id/UBRN", "value": "000000000018"}], )");
    const FhirRecord named = booked({appointment(actor("Patient/1")), booking_reference});
    CHECK(named.json.find(R"({"id": "000000000018")") == 0);
    CHECK(named.named_by == "");
  }
}

TEST_CASE("an appointment is not for the request of another patient, and says so") {
  const std::string another =
      "a request that the appointment is based on is not said to be about the same patient, and was not used\n";
  for (const char* const subject : {"Patient/2", "Group/1", "#x"}) {
    CAPTURE(subject);
    const FhirRecord record = booked({appointment(actor("Patient/1")), hip(subject), patient()});
    CHECK(record.json == R"({"id": "a1", "referred": "2023-05-20", "patient": {"born": "1987-02-09"}})");
    CHECK(notes_of(record) == another);
  }
  const FhirRecord in_focus = made_of({appointment(""), hip("Patient/2"), patient()}, {"Appointment/a1", "Patient/1"});
  CHECK(in_focus.json == R"({"id": "a1", "referred": "2023-05-20", "patient": {"born": "1987-02-09"}})");
  CHECK(notes_of(in_focus) == another);
}

TEST_CASE("an appointment that names no patient is about that of the request behind it") {
  const std::string other = R"({"resourceType": "Patient", "id": "2", "birthDate": "1990-01-01"})";
  CHECK(booked({appointment(""), hip("Patient/1"), patient(), other}).json ==
        R"({"id": "sr1", "referred": "2023-05-20", "procedure": "W37.1", "patient": {"born": "1987-02-09"}})");
  const std::string two = appointment("", R"(ServiceRequest/sr1"}, {"reference": "ServiceRequest/sr2)");
  const FhirRecord record = booked({two, hip("Patient/1"), hip("Patient/2", "sr2"), patient(), other});
  CHECK_FALSE(has_procedure(record));
  CHECK(record.json.find("born") == std::string::npos);
  CHECK(
      notes_of(record).find("the subject of the request is not one patient but several: nothing about any patient was "
                            "used") == 0);
}

TEST_CASE("an appointment of two patients is neither's") {
  const FhirRecord record = booked({appointment(actor("Patient/1") + actor("Patient/2")), hip("Patient/1"), patient()});
  CHECK(record.json == R"({"id": "a1", "referred": "2023-05-20"})");
  CHECK(notes_of(record).find(
            "the subject of the request is not one patient but several: nothing about any patient was used") == 0);
  CHECK(has_procedure(booked({appointment(actor("Patient/1") + actor("Patient/1")), hip("Patient/1")})));
}

TEST_CASE("an appointment that will not be is for nothing") {
  for (const std::string status : {"cancelled", "entered-in-error", "noshow"}) {
    CAPTURE(status);
    const FhirRecord record =
        booked({appointment(actor("Patient/1"), "ServiceRequest/sr1", status), hip("Patient/1"), patient()});
    CHECK(record.json == R"({"id": "a1", "patient": {"born": "1987-02-09"}})");
    CHECK(notes_of(record) == "the request is `" + status + "`, and was not used\n");
  }
}

TEST_CASE("an appointment whose request is not there says that") {
  const FhirRecord record = booked({appointment(actor("Patient/1")), patient()});
  CHECK(record.json == R"({"id": "a1", "referred": "2023-05-20", "patient": {"born": "1987-02-09"}})");
  CHECK(notes_of(record) == "a request that the appointment is based on is not there\n");
}

}  // namespace
}  // namespace proviso::input
