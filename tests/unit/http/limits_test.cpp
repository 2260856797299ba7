#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <iterator>
#include <thread>
#include <vector>

#include "client.hpp"
#include "service/http/server.hpp"

using namespace proviso::service;
using namespace proviso::service::testing;

namespace {

std::size_t open_descriptors() {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

/// Sends a byte every few milliseconds, until the connection is closed or all is sent.
void drip(Client& client, std::string_view bytes) {
  for (const char c : bytes) {
    if (!client.send({&c, 1}) || !client.silent(5ms)) return;
  }
}

}  // namespace

TEST_CASE("a header that is too large is refused before its end has come") {
  Limits limits;
  limits.header_bytes = 1000;
  const auto server = start(tell_back, limits);
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(1000, 'a'));
  CHECK(status_of(client.receive()) == 431);
  client.stop_sending();
  CHECK(client.ends());
  CHECK(server->refused() == 1);
}

TEST_CASE("a body that is too large is refused, and the refusal arrives although much of the body is under way") {
  Limits limits;
  limits.body_bytes = 1000;
  const auto server = start(tell_back, limits);
  for (const std::string& head :
       {post("/") + "Content-Length: 2000000\r\n\r\n", post("/") + "Transfer-Encoding: chunked\r\n\r\n1E8480\r\n"}) {
    Client client(server->port());
    client.send(head + std::string(2'000'000, 'a'));
    const auto reply = client.receive();
    CHECK(status_of(reply) == 413);
    REQUIRE(reply);
    CHECK(reply->closes());
  }
}

TEST_CASE("a request that drips is cut off when its time is over, in whichever part it drips") {
  Limits limits;
  limits.request_time = 100ms;
  const auto server = start(tell_back, limits);
  const std::string slow(2'000, 'a');
  for (const auto& [at_once, dripping] :
       std::vector<std::pair<std::string, std::string>>{{"", "GET /" + slow},
                                                        {"GET / HTTP/1.1\r\n", "A: " + slow},
                                                        {post("/") + "Content-Length: 2000\r\n\r\n", slow},
                                                        {post("/") + "Transfer-Encoding: chunked\r\n\r\n7D0\r\n", slow},
                                                        {post("/") + "Transfer-Encoding: chunked\r\n\r\n1;a=", slow},
                                                        {"GET / HTTP/1.1\r\n", ""}}) {
    INFO(at_once);
    Client client(server->port());
    const Stopwatch watch;
    client.send(at_once);
    drip(client, dripping);
    const auto reply = client.receive();
    CHECK(status_of(reply) == 408);
    CHECK(watch.elapsed() >= 95ms);
    CHECK(watch.elapsed() < patience);
    client.stop_sending();
    CHECK(client.ends());
  }
  CHECK(server->refused() == 6);
}

TEST_CASE("the time of a request begins with its first byte, and each request has its own") {
  Limits limits;
  limits.request_time = 300ms;
  const auto server = start(tell_back, limits);
  Client client(server->port());
  for (int i = 0; i < 4; ++i) {
    CHECK(client.silent(100ms));
    client.send(get("/"));
    CHECK(status_of(client.receive()) == 200);
  }
  CHECK(server->refused() == 0);
}

TEST_CASE("a connection that is idle is closed without a word, before and after a request") {
  Limits limits;
  limits.idle_time = 200ms;
  const auto server = start(tell_back, limits);
  Client fresh(server->port());
  Client used(server->port());
  used.send(get("/"));
  CHECK(status_of(used.receive()) == 200);
  Client blank(server->port());
  blank.send("\r\n");
  const Stopwatch watch;
  for (Client* client : {&fresh, &used, &blank}) {
    CHECK(client->ends());
    CHECK(client->rest().empty());
  }
  CHECK(watch.elapsed() < patience);
  CHECK(comes_true([&] { return server->connections() == 0; }));
  CHECK(server->refused() == 0);
}

TEST_CASE("waiting for an answer is not being idle") {
  Limits limits;
  limits.idle_time = limits.request_time = limits.response_time = 150ms;
  std::thread later;
  const auto server = start(
      [&](Request&&, const Respond& respond) {
        later = std::thread([respond] {
          std::this_thread::sleep_for(300ms);
          respond(text("late"));
        });
      },
      limits);
  Client client(server->port());
  client.send(get("/"));
  const auto reply = client.receive();
  later.join();
  CHECK(status_of(reply) == 200);
}

TEST_CASE("a client that does not take its response is cut off") {
  Limits limits;
  limits.response_time = 100ms;
  const auto server = start([](Request&&, const Respond& respond) { respond(text(much())); }, limits);
  Client client(server->port());
  client.take_little();
  client.send(get("/"));
  REQUIRE(comes_true([&] { return server->connections() == 1; }));
  const Stopwatch watch;
  CHECK(comes_true([&] { return server->connections() == 0; }));
  CHECK(watch.elapsed() < patience);
}

TEST_CASE("a connection too many is told so and closed, and there is room again when another goes") {
  Limits limits;
  limits.connections = 2;
  const auto server = start(tell_back, limits);
  auto first = std::make_unique<Client>(server->port());
  Client second(server->port());
  for (Client* client : {first.get(), &second}) {
    client->send(get("/"));
    CHECK(status_of(client->receive()) == 200);
  }
  for (int i = 0; i < 3; ++i) {
    Client third(server->port());
    third.send(get("/"));
    const auto reply = third.receive();
    CHECK(status_of(reply) == 503);
    REQUIRE(reply);
    CHECK(reply->closes());
    CHECK(third.ends());
  }
  CHECK(server->connections() == 2);
  CHECK(server->refused() == 3);
  first.reset();
  REQUIRE(comes_true([&] { return server->connections() == 1; }));
  Client fourth(server->port());
  fourth.send(get("/"));
  CHECK(status_of(fourth.receive()) == 200);
}

TEST_CASE("a flood of connections too many is closed, and leaves the others in peace") {
  Limits limits;
  limits.connections = 1;
  const auto server = start(tell_back, limits);
  Client client(server->port());
  client.send(get("/"));
  CHECK(status_of(client.receive()) == 200);
  std::vector<std::unique_ptr<Client>> flood;
  flood.reserve(200);
  for (int i = 0; i < 200; ++i) flood.push_back(std::make_unique<Client>(server->port()));
  REQUIRE(comes_true([&] { return server->refused() == 200; }));
  client.send(get("/"));
  CHECK(status_of(client.receive()) == 200);
  for (const auto& one : flood) one->stop_sending();
  for (const auto& one : flood) CHECK(one->ends());
}

TEST_CASE("a thousand connections that are opened and dropped leave no descriptor behind") {
  const auto server = start(tell_back);
  const std::size_t before = open_descriptors();
  for (int round = 0; round < 10; ++round) {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 100; ++i) {
      clients.push_back(std::make_unique<Client>(server->port()));
      if (i % 4 == 0) clients.back()->send("GET / HT");
      if (i % 4 == 1) clients.back()->send(get("/"));
      if (i % 4 == 2) clients.back()->send("nonsense\r\n\r\n");
      if (i % 2 == 0) clients.back()->vanish();
    }
  }
  CHECK(comes_true([&] { return server->connections() == 0; }));
  CHECK(comes_true([&] { return open_descriptors() == before; }));
}

TEST_CASE("a server that has run out of descriptors goes on when there are some again") {
  const auto server = start(tell_back);
  Client before(server->port());
  before.send(get("/"));
  CHECK(status_of(before.receive()) == 200);
  const int waiting = open_socket();
  rlimit usual{};
  getrlimit(RLIMIT_NOFILE, &usual);
  rlimit few = usual;
  few.rlim_cur = std::min<rlim_t>(usual.rlim_cur, open_descriptors() + 50);
  setrlimit(RLIMIT_NOFILE, &few);
  std::vector<int> taken;
  for (int copy = 0; (copy = dup(waiting)) >= 0;) taken.push_back(copy);
  const bool connected = connect_to(waiting, server->port());
  before.send(get("/"));
  const int meanwhile = status_of(before.receive());
  std::this_thread::sleep_for(50ms);
  const std::size_t connections = server->connections();
  for (const int copy : taken) close(copy);
  setrlimit(RLIMIT_NOFILE, &usual);
  CHECK(connected);
  CHECK(meanwhile == 200);
  CHECK(connections == 1);
  CHECK(comes_true([&] { return server->connections() == 2; }));
  Client after(server->port());
  after.send(get("/"));
  CHECK(status_of(after.receive()) == 200);
  close(waiting);
}
