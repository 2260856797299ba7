#include <catch2/catch.hpp>

#include <future>
#include <stdexcept>
#include <thread>

#include "../service_support/service_under_test.hpp"

using namespace proviso::service;

namespace {

Response ask(Service& service, const std::string& path, const std::string& method = "GET",
             const std::string& body = "") {
  std::promise<Response> promise;
  Request request;
  request.method = method;
  request.path = path;
  request.body = body;
  service.answer(std::move(request), [&](Response response) { promise.set_value(std::move(response)); });
  return promise.get_future().get();
}

}  // namespace

TEST_CASE("who waits for the register keeps no other from being answered", "[api]") {
  const auto book = Rulebook::load({PROVISO_SOURCE_DIR "/policies/england"});
  REQUIRE(book.has_value());
  Rulebooks rulebooks({}, *book);
  MemoryRegister keeper;
  ServiceOptions options;
  options.waiting_threads = 1;
  std::promise<void> released;
  std::promise<Response> slow;
  Service service(rulebooks, keeper, Access::open(), options);
  service.add({{"GET", "/slow", Role::anyone,
                [&](Call&& call) {
                  released.get_future().wait();
                  call.respond(json("1"));
                }},
               {"GET", "/quick", Role::anyone, [](Call&& call) { call.respond(json("2")); }, true},
               {"GET", "/wrong", Role::anyone, [](Call&&) { throw std::runtime_error("the patient is 9990000018"); }}});
  Request request;
  request.method = "GET";
  request.path = "/slow";
  service.answer(std::move(request), [&](Response response) { slow.set_value(std::move(response)); });
  CHECK(ask(service, "/quick").body == "2");
  released.set_value();
  CHECK(slow.get_future().get().body == "1");
  const Response wrong = ask(service, "/wrong");
  CHECK(wrong.status == 500);
  CHECK(wrong.body.find("999") == std::string::npos);
}

TEST_CASE("a large body keeps no other from being answered either", "[api]") {
  const auto book = Rulebook::load({PROVISO_SOURCE_DIR "/policies/england"});
  REQUIRE(book.has_value());
  Rulebooks rulebooks({}, *book);
  MemoryRegister keeper;
  ServiceOptions options;
  options.waiting_threads = 1;
  Service service(rulebooks, keeper, Access::open(), options);
  const auto here = std::this_thread::get_id();
  service.add(
      {{"POST", "/read", Role::anyone,
        [&](Call&& call) { call.respond(json(std::this_thread::get_id() == here ? "here" : "elsewhere")); }, true}});
  CHECK(ask(service, "/read", "POST", std::string(1000, ' ')).body == "here");
  CHECK(ask(service, "/read", "POST", std::string(1'000'000, ' ')).body == "elsewhere");
}
