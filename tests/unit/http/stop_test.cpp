#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "client.hpp"
#include "service/http/server.hpp"

using namespace proviso::service;
using namespace proviso::service::testing;

namespace {

bool refuses(std::uint16_t port) {
  try {
    const Client client(port);
    return false;
  } catch (const std::exception&) {
    return true;
  }
}

}  // namespace

TEST_CASE("a server without connections stops at once, and may be stopped twice") {
  const auto server = start(tell_back);
  const Stopwatch watch;
  server->stop(1h);
  server->stop(1h);
  CHECK(watch.elapsed() < patience);
  CHECK(refuses(server->port()));
}

TEST_CASE("idle connections are closed at once when the server stops") {
  const auto server = start(tell_back);
  Client fresh(server->port());
  Client used(server->port());
  used.send(get("/"));
  CHECK(status_of(used.receive()) == 200);
  REQUIRE(comes_true([&] { return server->connections() == 2; }));
  const Stopwatch watch;
  server->stop(1h);
  CHECK(watch.elapsed() < patience);
  CHECK(fresh.ends());
  CHECK(used.ends());
  CHECK(server->connections() == 0);
}

TEST_CASE("what was asked before the stop is answered after it began, and then the connection is closed") {
  std::atomic<bool> asked = false;
  Respond kept;
  const auto server = start([&](Request&&, const Respond& respond) {
    kept = respond;
    asked = true;
  });
  Client client(server->port());
  client.send(get("/"));
  REQUIRE(comes_true([&] { return asked.load(); }));
  std::thread stop([&] { server->stop(1h); });
  const bool closed = comes_true([&] { return refuses(server->port()); });
  kept(text("in time"));
  const auto reply = client.receive();
  client.stop_sending();
  stop.join();
  CHECK(closed);
  REQUIRE(reply);
  CHECK(reply->body == "in time");
  CHECK(reply->closes());
  CHECK(client.ends());
}

TEST_CASE("a request that had begun to come when the stop began is answered") {
  const auto server = start(tell_back);
  Client client(server->port());
  client.send(get("/abc").substr(0, 20));
  REQUIRE(comes_true([&] { return server->connections() == 1; }));
  std::this_thread::sleep_for(20ms);
  std::thread stop([&] { server->stop(1h); });
  const bool closed = comes_true([&] { return refuses(server->port()); });
  client.send(get("/abc").substr(20));
  const auto reply = client.receive();
  client.stop_sending();
  stop.join();
  CHECK(closed);
  CHECK(status_of(reply) == 200);
}

TEST_CASE("a response that is on its way when the stop begins arrives whole, and then the connection is closed") {
  std::atomic<bool> asked = false;
  const auto server = start([&](Request&&, const Respond& respond) {
    respond(text(much()));
    asked = true;
  });
  Client client(server->port());
  client.send(get("/"));
  REQUIRE(comes_true([&] { return asked.load(); }));
  std::this_thread::sleep_for(20ms);
  const Stopwatch watch;
  std::thread stop([&] { server->stop(1h); });
  const bool closed = comes_true([&] { return refuses(server->port()); });
  const auto reply = client.receive();
  stop.join();
  CHECK(closed);
  REQUIRE(reply);
  CHECK(reply->body.size() == much().size());
  CHECK(client.ends());
  // Not only when it has been idle for too long.
  CHECK(watch.elapsed() < 30s);
}

TEST_CASE("servers may be started and stopped one after the other, also while their time limits are being looked at") {
  Limits limits;
  limits.idle_time = limits.request_time = limits.response_time = 8ms;
  for (int i = 0; i < 40; ++i) {
    const auto server = start(tell_back, limits);
    Client client(server->port());
    client.send(get("/"));
    const auto reply = client.receive();
    REQUIRE(reply);
    CHECK(reply->status == 200);
    std::this_thread::sleep_for(5ms);
  }
}

TEST_CASE("when patience is over, what is under way is closed") {
  std::atomic<int> asked = 0;
  Respond kept;
  const auto server = start([&](Request&& request, const Respond& respond) {
    ++asked;
    if (request.path == "/large") return respond(text(much()));
    kept = respond;
  });
  Client waiting(server->port());
  waiting.send(get("/"));
  Client slow(server->port());
  slow.take_little();
  slow.send(get("/large"));
  Client half(server->port());
  half.send("GET / HT");
  REQUIRE(comes_true([&] { return asked == 2 && server->connections() == 3; }));
  const Stopwatch watch;
  server->stop(50ms);
  CHECK(watch.elapsed() >= 50ms);
  CHECK(watch.elapsed() < patience);
  CHECK(waiting.ends());
  CHECK(half.ends());
  CHECK(server->connections() == 0);
  kept(text("too late"));
}

TEST_CASE("a server that stops under load leaves nothing half-answered") {
  std::atomic<std::uint64_t> handled = 0;
  std::atomic<std::uint64_t> answered = 0;
  std::atomic<std::uint64_t> torn = 0;
  std::mutex mutex;
  std::vector<Respond> waiting;
  std::atomic<bool> over = false;
  // As a register does: all that came since is answered together.
  std::thread register_thread([&] {
    std::vector<Respond> batch;
    while (!over) {
      {
        const std::lock_guard lock(mutex);
        batch.swap(waiting);
      }
      for (const Respond& respond : batch) respond(text(std::string(20'000, 'a')));
      batch.clear();
      std::this_thread::sleep_for(1ms);
    }
  });
  {
    const auto server = start([&](Request&& request, const Respond& respond) {
      ++handled;
      if (request.path == "/now") return respond(text("now"));
      const std::lock_guard lock(mutex);
      waiting.push_back(respond);
    });
    std::vector<std::thread> clients;
    clients.reserve(16);
    for (int i = 0; i < 16; ++i) {
      clients.emplace_back([&, i] {
        Client client(server->port());
        while (client.send(get(i % 2 == 0 ? "/now" : "/later"))) {
          const auto reply = client.receive();
          if (reply) ++answered;
          if (!reply && !client.rest().empty()) ++torn;
          if (!reply || reply->closes()) return;
        }
      });
    }
    REQUIRE(comes_true([&] { return answered > 200; }));
    server->stop(1h);
    for (std::thread& client : clients) client.join();
    CHECK(server->connections() == 0);
    CHECK(server->refused() == 0);
  }
  over = true;
  register_thread.join();
  CHECK(torn == 0);
  // Whatever a handler saw was answered whole.
  CHECK(answered == handled);
}
