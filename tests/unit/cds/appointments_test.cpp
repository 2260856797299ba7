#include <catch2/catch.hpp>

#include "hook_service.hpp"

using namespace cds_test;

namespace {

Json appointment(const std::string& id, const std::string& status = "proposed") {
  return {{"resourceType", "Appointment"},
          {"id", id},
          {"status", status},
          {"basedOn", Json::array({{{"reference", "ServiceRequest/sr1"}}})},
          {"participant", Json::array({{{"actor", {{"reference", "Patient/1288992"}}}}})}};
}

/// The call when that appointment for that request is booked.
Json booking(const Json& booked, const Json& request = service_request("W37.1")) {
  Json made = call("appointment-book");
  made["context"]["appointments"] = bundle({booked});
  made["prefetch"]["service_requests"] = bundle({request}, "searchset");
  return made;
}

std::string code_in(const Json& answer) {
  return coverage_of(answer["systemActions"][0]["resource"])["satisfied-pa-id"].get<std::string>();
}

}  // namespace

TEST_CASE("an appointment has the code of the order that it is for, and so has each later booking") {
  HookService test;
  Json order = service_request("W37.1");
  order["authoredOn"] = "2023-05-20";
  const std::string code = code_in(test.hook(order_sign({order})));
  CHECK(code_in(test.hook(booking(appointment("ap1"), order))) == code);
  CHECK(code_in(test.hook(booking(appointment("ap2"), order))) == code);
  Json without_id = appointment("");
  without_id.erase("id");
  CHECK(contains(test.hook(booking(without_id, order))["cards"][0]["summary"], code));
  CHECK(test.keeper.authorisations.size() == 1);
  // That of another request is another.
  Json other = order;
  other["id"] = "sr2";
  Json for_other = appointment("ap3");
  for_other["basedOn"][0]["reference"] = "ServiceRequest/sr2";
  CHECK(code_in(test.hook(booking(for_other, other))) != code);
}

TEST_CASE("an appointment without a request has a code of its own, and the same when it is asked about again") {
  HookService test;
  Json lone = appointment("ap1");
  lone.erase("basedOn");
  lone["contained"] = Json::array({service_request("W37.1", "inside")});
  lone["basedOn"] = Json::array({{{"reference", "#inside"}}});
  const std::string code = code_in(test.hook(booking(lone)));
  CHECK(code_in(test.hook(booking(lone))) == code);
  lone["id"] = "ap2";
  CHECK(code_in(test.hook(booking(lone))) != code);
}

TEST_CASE("an appointment for the request of another patient, or one that will not be, is not approved") {
  Json of_another = service_request("W37.1");
  of_another["subject"]["reference"] = "Patient/2";
  std::vector<Json> calls = {booking(appointment("ap1"), of_another)};
  for (const char* const status : {"cancelled", "entered-in-error", "noshow"}) {
    calls.push_back(booking(appointment("ap1", status)));
  }
  for (const Json& each : calls) {
    HookService test;
    const Json answer = test.hook(each);
    CHECK(test.keeper.authorisations.empty());
    REQUIRE(answer["cards"].size() == 1);
    CHECK(contains(answer["cards"][0]["detail"], "**Not used:**"));
    CHECK(contains(answer["cards"][0]["detail"], "was not used"));
  }
}

TEST_CASE("why an appointment was not checked is told, be it its own status or that of the request that it is for") {
  const auto summary_of = [](const Json& call) {
    HookService test;
    return test.hook(call)["cards"].at(0)["summary"].get<std::string>();
  };
  CHECK(summary_of(booking(appointment("ap1", "cancelled"))) ==
        "Order not checked against the funding policies: it is cancelled");
  Json revoked = service_request("W37.1");
  revoked["status"] = "revoked";
  CHECK(summary_of(booking(appointment("ap1"), revoked)) ==
        "Order not checked against the funding policies: it is revoked");
  // Of two requests the one that is good is decided.
  Json of_two = appointment("ap1");
  of_two["basedOn"].push_back({{"reference", "ServiceRequest/sr2"}});
  Json call = booking(of_two, revoked);
  call["prefetch"]["service_requests"] = bundle({revoked, service_request("W37.1", "sr2")}, "searchset");
  CHECK(contains(summary_of(call), "Approved, authorisation "));
}
