#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>

#include "client.hpp"
#include "service/http/server.hpp"

using namespace proviso::service;
using namespace proviso::service::testing;

namespace {

/// Runs a function, and tells when it is gone.
class TestErrand final : public Errand {
 public:
  explicit TestErrand(std::function<void()> work) : work_(std::move(work)) {}
  ~TestErrand() override { gone_.set_value(); }
  void run() override { work_(); }
  std::future<void> gone() { return gone_.get_future(); }

 private:
  std::function<void()> work_;
  std::promise<void> gone_;
};

/// The one request that was handed over last, and on which thread.
struct Handed {
  std::promise<Respond> respond;
  std::thread::id thread;

  Handler handler() {
    return [this](Request&&, Respond its_respond) {
      thread = std::this_thread::get_id();
      respond.set_value(std::move(its_respond));
    };
  }
};

}  // namespace

TEST_CASE("an errand runs on the thread of the connection and may give the answer there") {
  Handed handed;
  const auto server = start(handed.handler());
  Client client(server->port());
  client.send(get("/"));
  const Respond respond = handed.respond.get_future().get();
  std::atomic<bool> same_thread = false;
  respond.run(std::make_shared<TestErrand>([&] {
    same_thread = std::this_thread::get_id() == handed.thread;
    respond(text("done"));
  }));
  const auto reply = client.receive();
  REQUIRE(reply);
  CHECK(reply->body == "done");
  CHECK(same_thread);
  CHECK(std::this_thread::get_id() != handed.thread);
}

TEST_CASE("an errand may leave the answer to another") {
  Handed handed;
  const auto server = start(handed.handler());
  Client client(server->port());
  client.send(get("/"));
  const Respond respond = handed.respond.get_future().get();
  std::atomic<int> runs = 0;
  const auto errand = std::make_shared<TestErrand>([&] {
    if (++runs == 3) respond(text("third"));
  });
  for (int i = 0; i < 3; ++i) respond.run(errand);
  const auto reply = client.receive();
  REQUIRE(reply);
  CHECK(reply->body == "third");
}

TEST_CASE("an errand that throws, and leaves nobody who could answer, is answered with 500") {
  Handed handed;
  const auto server = start(handed.handler());
  Client client(server->port());
  client.send(get("/"));
  {
    Respond respond = handed.respond.get_future().get();
    const auto errand = std::make_shared<TestErrand>([respond] { throw std::runtime_error("999 000 0018"); });
    handed.respond = {};
    respond.run(errand);
  }
  const auto reply = client.receive();
  REQUIRE(reply);
  CHECK(reply->status == 500);
  CHECK(reply->body.find("999") == std::string::npos);
  client.send(get("/"));
  handed.respond.get_future().get()(text("well"));
  CHECK(client.receive()->body == "well");
}

TEST_CASE("an errand for a closed connection, or for a request that was answered, is dropped") {
  Handed handed;
  const auto server = start(handed.handler());
  std::atomic<bool> ran = false;
  {
    Client client(server->port());
    client.send(get("/"));
    const Respond respond = handed.respond.get_future().get();
    respond(text("answered"));
    REQUIRE(client.receive());
    auto errand = std::make_shared<TestErrand>([&] { ran = true; });
    auto gone = errand->gone();
    respond.run(std::move(errand));
    REQUIRE(gone.wait_for(5s) == std::future_status::ready);
  }
  CHECK_FALSE(ran);
}

TEST_CASE("errands that wait when the server ends are dropped with what they hold") {
  Handed handed;
  Handed busy;
  Settings settings;
  settings.threads = 1;
  std::promise<void> go_on;
  std::shared_future<void> told = go_on.get_future().share();
  auto server = start(
      [&](Request&& request, Respond respond) {
        if (request.path == "/first") return handed.handler()(std::move(request), std::move(respond));
        busy.respond.set_value(respond);
        told.wait();
        respond(text("late"));
      },
      settings);
  Client first(server->port());
  first.send(get("/first"));
  std::future<void> gone;
  Client second(server->port());
  {
    const Respond respond = handed.respond.get_future().get();
    second.send(get("/second"));
    busy.respond.get_future().wait();
    // It holds the last way to its own answer.
    auto errand = std::make_shared<TestErrand>([respond] { respond(text("too late")); });
    gone = errand->gone();
    respond.run(std::move(errand));
    handed.respond = {};
  }
  auto stopped = std::async(std::launch::async, [&] { server->stop(0ms); });
  std::this_thread::sleep_for(20ms);
  go_on.set_value();
  REQUIRE(gone.wait_for(5s) == std::future_status::ready);
  REQUIRE(stopped.wait_for(5s) == std::future_status::ready);
}
