#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "client.hpp"
#include "service/http/server.hpp"

using namespace proviso::service;
using namespace proviso::service::testing;

namespace {

/// Keeps what is to be answered, until a test answers it.
class Kept {
 public:
  Handler handler() {
    return [this](Request&& request, Respond respond) {
      const std::lock_guard lock(mutex_);
      kept_.emplace_back(request.path, std::move(respond));
    };
  }
  bool has(std::size_t count) {
    return comes_true([&] {
      const std::lock_guard lock(mutex_);
      return kept_.size() >= count;
    });
  }
  std::vector<std::pair<std::string, Respond>> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(kept_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::pair<std::string, Respond>> kept_;
};

}  // namespace

TEST_CASE("many requests may be answered at once by another thread, each with its own answer") {
  Kept kept;
  const auto server = start(kept.handler());
  std::vector<std::unique_ptr<Client>> clients;
  clients.reserve(50);
  for (int i = 0; i < 50; ++i) clients.push_back(std::make_unique<Client>(server->port()));
  for (int round = 0; round < 5; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) clients[i]->send(get("/" + std::to_string(i)));
    REQUIRE(kept.has(clients.size()));
    for (auto& [path, respond] : kept.take()) respond(text(path));
    for (std::size_t i = 0; i < clients.size(); ++i) CHECK(body_of(clients[i]->receive()) == "/" + std::to_string(i));
  }
}

TEST_CASE("several threads may answer at once") {
  Kept kept;
  const auto server = start(kept.handler());
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<Client>(server->port()));
    clients.back()->send(get("/" + std::to_string(i)));
  }
  REQUIRE(kept.has(clients.size()));
  const auto all = kept.take();
  std::vector<std::thread> threads;
  for (std::size_t part = 0; part < 4; ++part) {
    threads.emplace_back([&, part] {
      for (std::size_t i = part; i < all.size(); i += 4) all[i].second(text(all[i].first));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < clients.size(); ++i) CHECK(body_of(clients[i]->receive()) == "/" + std::to_string(i));
}

TEST_CASE("only the first answer counts, also where the connection has gone on to other requests") {
  Kept kept;
  const auto server = start(kept.handler());
  Client client(server->port());
  client.send(get("/first"));
  REQUIRE(kept.has(1));
  const Respond first = kept.take().front().second;
  first(text("1"));
  first(text("2"));
  CHECK(body_of(client.receive()) == "1");
  client.send(get("/second"));
  REQUIRE(kept.has(1));
  first(text("3"));
  CHECK(client.silent(30ms));
  kept.take().front().second(text("4"));
  CHECK(body_of(client.receive()) == "4");
}

TEST_CASE("an answer given twice in the handler counts once") {
  const auto server = start([](Request&&, const Respond& respond) {
    respond(text("1"));
    respond(text("2"));
  });
  Client client(server->port());
  client.send(get("/") + get("/"));
  CHECK(body_of(client.receive()) == "1");
  CHECK(body_of(client.receive()) == "1");
  CHECK(client.silent(20ms));
}

TEST_CASE("an answer given in the handler of another request reaches its own client") {
  Kept kept;
  Settings settings;
  settings.threads = 1;
  const auto server = start(
      [&](Request&& request, Respond respond) {
        if (request.path == "/first") return kept.handler()(std::move(request), std::move(respond));
        for (auto& [path, other] : kept.take()) other(text("for " + path));
        respond(text("for " + request.path));
      },
      settings);
  Client first(server->port());
  first.send(get("/first"));
  REQUIRE(kept.has(1));
  Client second(server->port());
  second.send(get("/second"));
  CHECK(body_of(second.receive()) == "for /second");
  CHECK(body_of(first.receive()) == "for /first");
}

TEST_CASE("a request whose handler forgets it is told so") {
  Kept kept;
  const auto server = start([](Request&&, const Respond&) {});
  Client client(server->port());
  client.send(get("/"));
  const auto reply = client.receive();
  REQUIRE(reply);
  CHECK(reply->status == 500);
  // Later too, on another thread.
  const auto other = start(kept.handler());
  Client waiting(other->port());
  waiting.send(get("/"));
  REQUIRE(kept.has(1));
  kept.take();
  const auto late = waiting.receive();
  REQUIRE(late);
  CHECK(late->status == 500);
}

TEST_CASE("an answer to a peer that has vanished is dropped") {
  Kept kept;
  const auto server = start(kept.handler());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<Client>(server->port()));
    clients.back()->send(get("/"));
  }
  REQUIRE(kept.has(20));
  for (const auto& client : clients) client->vanish();
  for (auto& [path, respond] : kept.take()) respond(text(std::string(100'000, 'a')));
  CHECK(comes_true([&] { return server->connections() == 0; }));
  Client after(server->port());
  after.send(get("/after"));
  REQUIRE(kept.has(1));
  kept.take().front().second(text("well"));
  CHECK(body_of(after.receive()) == "well");
}

TEST_CASE("an answer that comes after the server is gone is dropped") {
  Kept kept;
  auto server = start(kept.handler());
  Client client(server->port());
  client.send(get("/"));
  REQUIRE(kept.has(1));
  server.reset();
  CHECK(client.ends());
  kept.take().front().second(text("too late"));
  CHECK(client.rest().empty());
}
