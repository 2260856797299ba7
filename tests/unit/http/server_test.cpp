#include "service/http/server.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "client.hpp"

using namespace proviso::service;
using namespace proviso::service::testing;

TEST_CASE("requests of one connection are answered one after the other, and it stays open") {
  const auto server = start(tell_back);
  Client client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/a%20b?c=d+e"));
    const auto reply = client.receive();
    CHECK(status_of(reply) == 200);
    CHECK(body_of(reply) == "GET /a b c=d e; ");
    REQUIRE(reply);
    CHECK(reply->headers.at("content-type") == "text/plain");
    CHECK(reply->headers.at("server") == "proviso");
    CHECK(reply->headers.at("date").size() == 29);
    CHECK_FALSE(reply->closes());
  }
  CHECK(server->connections() == 1);
  CHECK(server->refused() == 0);
}

TEST_CASE("requests that are sent without waiting are answered in their order, whenever their answers come") {
  std::vector<Respond> waiting;
  std::mutex mutex;
  const auto server = start([&](Request&& request, const Respond& respond) {
    if (request.path != "/later") return tell_back(std::move(request), respond);
    const std::lock_guard lock(mutex);
    waiting.push_back(respond);
  });
  Client client(server->port());
  client.send(get("/1") + get("/later") + post("/a") + "Content-Length: 5\r\n\r\nhello" + get("/3").substr(0, 10));
  CHECK(body_of(client.receive()) == "GET /1; ");
  // The third waits for the second.
  CHECK(client.silent(30ms));
  REQUIRE(comes_true([&] {
    const std::lock_guard lock(mutex);
    return waiting.size() == 1;
  }));
  waiting.front()(text("second"));
  CHECK(body_of(client.receive()) == "second");
  CHECK(body_of(client.receive()) == "POST /a; hello");
  client.send(get("/3").substr(10));
  CHECK(body_of(client.receive()) == "GET /3; ");
}

TEST_CASE("a handler sees the method, the headers, the peer and the body") {
  Request seen;
  const auto server = start([&](Request&& request, const Respond& respond) {
    seen = std::move(request);
    respond({});
  });
  Client client(server->port());
  client.send("PUT /x HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(status_of(client.receive()) == 200);
  CHECK(seen.method == "PUT");
  CHECK(seen.header("X-A") == "1, 2");
  CHECK(seen.peer == "127.0.0.1");
  CHECK_FALSE(seen.tls);
  CHECK(seen.body == "abc");
}

TEST_CASE("HEAD is answered like GET, without the body") {
  const auto server = start(tell_back);
  Client client(server->port());
  client.send("HEAD /abc HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto reply = client.receive(false);
  REQUIRE(reply);
  CHECK(reply->headers.at("content-length") == "11");
  client.send(get("/"));
  CHECK(body_of(client.receive()) == "GET /; ");
}

TEST_CASE("a response without content has neither a body nor a length") {
  const auto server = start([](Request&&, const Respond& respond) { respond(text("not sent", 204)); });
  Client client(server->port());
  client.send(get("/") + get("/"));
  for (int i = 0; i < 2; ++i) {
    const auto reply = client.receive();
    CHECK(status_of(reply) == 204);
    REQUIRE(reply);
    CHECK(reply->headers.count("content-length") == 0);
  }
}

TEST_CASE("a client of HTTP/1.0 is kept only if it asks for it") {
  const auto server = start(tell_back);
  {
    Client client(server->port());
    client.send("GET / HTTP/1.0\r\n\r\n");
    const auto reply = client.receive();
    REQUIRE(reply);
    CHECK(reply->closes());
    CHECK(client.ends());
  }
  Client client(server->port());
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const auto reply = client.receive();
  REQUIRE(reply);
  CHECK(reply->headers.at("connection") == "keep-alive");
  client.send("GET / HTTP/1.0\r\n\r\n");
  CHECK(status_of(client.receive()) == 200);
  CHECK(client.ends());
}

TEST_CASE("a connection is closed after the answer where the client asks for it") {
  const auto server = start(tell_back);
  Client client(server->port());
  client.send(get("/", "Connection: close\r\n"));
  const auto reply = client.receive();
  REQUIRE(reply);
  CHECK(reply->closes());
  CHECK(client.ends());
  CHECK(client.rest().empty());
}

TEST_CASE("a client that has said all that it has to say still gets its answers") {
  const auto server = start(tell_back);
  Client client(server->port());
  client.send(get("/1") + get("/2"));
  client.stop_sending();
  CHECK(body_of(client.receive()) == "GET /1; ");
  CHECK(body_of(client.receive()) == "GET /2; ");
  CHECK(client.ends());
}

TEST_CASE("a body may come in chunks") {
  const auto server = start(tell_back);
  Client client(server->port());
  client.send(post("/a") + "Transfer-Encoding: chunked\r\n\r\n");
  for (const std::string_view piece : {"5\r\nhel", "lo\r", "\n6\r\n world\r\n0", "\r\n\r\n"}) client.send(piece);
  CHECK(body_of(client.receive()) == "POST /a; hello world");
  client.send(get("/"));
  CHECK(body_of(client.receive()) == "GET /; ");
}

TEST_CASE("a client that waits for the word before it sends its body gets it, unless the body is there or refused") {
  Limits limits;
  limits.body_bytes = 10;
  const auto server = start(tell_back, limits);
  Client client(server->port());
  client.send(post("/a") + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  CHECK(status_of(client.receive()) == 100);
  client.send("hello");
  CHECK(body_of(client.receive()) == "POST /a; hello");
  client.send(post("/a") + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
  CHECK(status_of(client.receive()) == 200);
  client.send(post("/a") + "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n");
  CHECK(status_of(client.receive()) == 413);
  CHECK(client.ends());
}

TEST_CASE("large bodies come and go whole") {
  Limits limits;
  const auto server =
      start([](Request&& request, const Respond& respond) { respond(text(std::move(request.body))); }, limits);
  Client client(server->port());
  for (const std::size_t size : {std::size_t{8'192}, std::size_t{8'193}, std::size_t{100'000}, limits.body_bytes}) {
    std::string body(size, 'a');
    for (std::size_t i = 0; i < size; i += 7) body[i] = static_cast<char>('a' + i % 26);
    client.send(post("/a"));
    client.send("Content-Length: " + std::to_string(size) + "\r\n\r\n");
    client.send(body);
    const auto reply = client.receive();
    REQUIRE(reply);
    CHECK(reply->body.size() == size);
    CHECK((reply->body == body));
  }
}

TEST_CASE("what is malformed is refused with a reason, counted, and its connection closed") {
  const auto server = start(tell_back);
  const std::vector<std::pair<std::string, int>> bad = {
      {"nonsense\r\n\r\n", 400},
      {"\x16\x03\x01\x02\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {get("/%00"), 400},
      {get("/a/../b"), 400},
      {get("/", "A: b\r\n c\r\n"), 400},
      {get("/", "A: b\n"), 400},
      {post("/a") + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get("/smuggled"), 400},
      {post("/a") + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + get("/smuggled"), 400},
      {post("/a") + "Transfer-Encoding: gzip\r\n\r\n" + get("/smuggled"), 501},
      {post("/a") + "Transfer-Encoding: chunked\r\n\r\nx\r\n" + get("/smuggled"), 400},
      {get("/v1%2Fdecide"), 400},
  };
  for (const auto& [bytes, status] : bad) {
    INFO(bytes);
    Client client(server->port());
    client.send(bytes);
    const auto reply = client.receive();
    CHECK(status_of(reply) == status);
    REQUIRE(reply);
    CHECK(reply->body.rfind(R"({"error": {"message": ")", 0) == 0);
    CHECK(reply->headers.at("content-type") == "application/json");
    CHECK(reply->closes());
    client.stop_sending();
    CHECK(client.ends());
    CHECK(client.rest().empty());
  }
  CHECK(server->refused() == bad.size());
  CHECK(comes_true([&] { return server->connections() == 0; }));
}

TEST_CASE("what a handler throws is answered, and told to nobody") {
  const auto server = start([](Request&& request, const Respond& respond) {
    if (request.path == "/number") throw 7;
    if (request.path == "/answered") respond(text("answered"));
    throw std::runtime_error("patient 9990000018");
  });
  Client client(server->port());
  for (const std::string_view path : {"/", "/number"}) {
    client.send(get(path));
    const auto reply = client.receive();
    CHECK(status_of(reply) == 500);
    CHECK(body_of(reply) == R"({"error": {"message": "the service could not answer this request"}})");
  }
  client.send(get("/answered"));
  CHECK(body_of(client.receive()) == "answered");
}

TEST_CASE("a handler that answers with no status of HTTP has failed") {
  const auto server = start([](Request&&, const Respond& respond) { respond(text("", 99)); });
  Client client(server->port());
  client.send(get("/"));
  CHECK(status_of(client.receive()) == 500);
}

TEST_CASE("a server cannot be started where it cannot listen, and says why") {
  const auto server = start(tell_back);
  ServerOptions options;
  options.port = server->port();
  const auto second = serve(options, tell_back);
  REQUIRE_FALSE(second);
  CHECK(second.error() ==
        "127.0.0.1:" + std::to_string(options.port) + " cannot be listened on: Address already in use");
  options.address = "nowhere";
  CHECK(serve(options, tell_back).error() == "`nowhere` is not an address of a network interface");
}

TEST_CASE("a server may listen on every address of both kinds, and peers of the old kind are named as ever") {
  ServerOptions options;
  options.address = "::";
  options.port = 0;
  auto server = serve(options, [](Request&& request, const Respond& respond) { respond(text(request.peer)); });
  if (!server) return;  // a machine without IPv6
  Client client((*server)->port());
  client.send(get("/"));
  CHECK(body_of(client.receive()) == "127.0.0.1");
}
