#include "service/http/request_reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

using namespace proviso::service;

namespace {

using Stage = RequestReader::Stage;

Limits small() {
  Limits limits;
  limits.header_bytes = 200;
  limits.body_bytes = 20;
  return limits;
}

/// Gives it the bytes in pieces of a size, as a connection does: what is left over comes again, with more.
void give(RequestReader& reader, std::string_view bytes, std::size_t piece) {
  std::size_t taken = 0;
  for (std::size_t come = 0; come < bytes.size();) {
    come = std::min(come + piece, bytes.size());
    taken += reader.take(bytes.substr(taken, come - taken));
    if (reader.stage() == Stage::refused || reader.stage() == Stage::complete) return;
  }
}

/// The status that it is refused with; 0 where it is incomplete, 200 where it is complete.
int reading_status(std::string_view bytes, std::size_t piece = std::string_view::npos) {
  const Limits limits = small();
  RequestReader reader(limits);
  give(reader, bytes, std::min(piece, bytes.size()));
  if (reader.stage() == Stage::refused) return reader.refusal().status;
  return reader.stage() == Stage::complete ? 200 : 0;
}

const std::string host = "Host: a\r\n";
const std::string post_head = "POST /a HTTP/1.1\r\nHost: a\r\n";
const std::string chunked = post_head + "Transfer-Encoding: chunked\r\n\r\n";

struct Case {
  std::string name;
  std::string bytes;
  int status = 400;
};

std::vector<Case> refused() {
  const std::string line = "GET / HTTP/1.1\r\n";
  return {
      {"no method", " / HTTP/1.1\r\n" + host + "\r\n"},
      {"a method that is no name", "G{T / HTTP/1.1\r\n" + host + "\r\n"},
      {"no address", "GET  HTTP/1.1\r\n" + host + "\r\n"},
      {"two spaces", "GET  / HTTP/1.1\r\n" + host + "\r\n"},
      {"a tab for a space", "GET\t/ HTTP/1.1\r\n" + host + "\r\n"},
      {"HTTP/0.9", "GET /\r\n\r\n"},
      {"a version of two figures", "GET / HTTP/1.10\r\n" + host + "\r\n"},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/0.9 by its name", "GET / HTTP/0.9\r\n" + host + "\r\n", 505},
      {"a space after the version", "GET / HTTP/1.1 \r\n" + host + "\r\n"},
      {"half a version", "GET / HT\r\n\r\n"},
      {"a greeting of TLS", "\x16\x03\x01\x02\n"},
      {"an address with a NUL", "GET /%00 HTTP/1.1\r\n" + host + "\r\n"},
      {"an address that climbs", "GET /%2e%2e/a HTTP/1.1\r\n" + host + "\r\n"},
      {"an address for a proxy", "CONNECT a:80 HTTP/1.1\r\n" + host + "\r\n"},
      {"an address of all, and a method that asks for one", "GET * HTTP/1.1\r\n" + host + "\r\n"},
      {"a control character in the address", "GET /\x01 HTTP/1.1\r\n" + host + "\r\n"},
      {"no host", line + "\r\n"},
      {"two hosts", line + host + host + "\r\n"},
      {"a host with a slash", line + "Host: a/b\r\n\r\n"},
      {"a host with a name before it", line + "Host: a@b\r\n\r\n"},
      {"a host with a port that is no number", line + "Host: a:port\r\n\r\n"},
      {"a host with two ports", line + "Host: a:80:80\r\n\r\n"},
      {"a host with a port beyond all ports", line + "Host: a:65536\r\n\r\n"},
      {"a host that is a port alone", line + "Host: :80\r\n\r\n"},
      {"a host with a bad escape", line + "Host: %zz\r\n\r\n"},
      {"a host with a bracket that is not closed", line + "Host: [::1\r\n\r\n"},
      {"a host with what is no address in its brackets", line + "Host: [a]\r\n\r\n"},
      {"a host with more behind its brackets", line + "Host: [::1]a\r\n\r\n"},
      {"an address without its host", "GET http:///healthz HTTP/1.1\r\n" + host + "\r\n"},
      {"an address whose port is no number", "GET http://a:b/ HTTP/1.1\r\n" + host + "\r\n"},
      {"an address whose bracket is not closed", "GET http://[::1/ HTTP/1.1\r\n" + host + "\r\n"},
      {"an address with a name and a password", "GET http://u:p@a/ HTTP/1.1\r\n" + host + "\r\n"},
      {"a header without a colon", line + host + "Accept\r\n\r\n"},
      {"a header without a name", line + host + ": a\r\n\r\n"},
      {"a space before the colon", line + host + "Accept : a\r\n\r\n"},
      {"a space before the name", line + " " + host + "\r\n"},
      {"a header that goes on", line + host + "Accept: a\r\n b\r\n\r\n"},
      {"a header that goes on after a tab", line + host + "Accept: a\r\n\tb\r\n\r\n"},
      {"a bare line feed", line + host + "Accept: a\nX: b\r\n\r\n"},
      {"bare line feeds alone", "GET / HTTP/1.1\nHost: a\n\n"},
      {"a bare line feed at the end", line + host + "\n"},
      {"a bare carriage return", line + host + "Accept: a\rX: b\r\n\r\n"},
      {"a NUL in a value", line + host + "Accept: a" + std::string(1, '\0') + "b\r\n\r\n"},
      {"a length that is no number", post_head + "Content-Length: x\r\n\r\n"},
      {"a length with a sign", post_head + "Content-Length: +5\r\n\r\nhello"},
      {"a negative length", post_head + "Content-Length: -1\r\n\r\n"},
      {"a length in another base", post_head + "Content-Length: 0x5\r\n\r\nhello"},
      {"an empty length", post_head + "Content-Length:\r\n\r\n"},
      {"a length beyond all numbers", post_head + "Content-Length: 18446744073709551621\r\n\r\nhello"},
      {"two lengths", post_head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"},
      {"two equal lengths", post_head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"},
      {"a list of lengths", post_head + "Content-Length: 5, 5\r\n\r\nhello"},
      {"a length and an encoding", post_head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"an encoding and a length", post_head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
      {"a length and an unknown encoding", post_head + "Content-Length: 5\r\nTransfer-Encoding: x\r\n\r\nhello"},
      {"chunked twice", post_head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"an encoding in HTTP/1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"an unknown encoding", post_head + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {"two encodings in one", post_head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"an encoding that looks like chunked", post_head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
      {"chunked in quotes", post_head + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 501},
      {"chunked with a parameter", post_head + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n", 501},
      {"an empty encoding", post_head + "Transfer-Encoding:\r\n\r\n0\r\n\r\n", 501},
      {"a chunk without a size", chunked + "\r\n\r\n"},
      {"a chunk whose size is no number", chunked + "g\r\n"},
      {"a chunk with a sign", chunked + "+5\r\nhello\r\n0\r\n\r\n"},
      {"a chunk in another base", chunked + "0x5\r\nhello\r\n0\r\n\r\n"},
      {"a chunk beyond all numbers", chunked + "10000000000000005\r\nhello\r\n0\r\n\r\n"},
      {"a chunk longer than it says", chunked + "3\r\nhello\r\n0\r\n\r\n"},
      {"a chunk with a space after its size", chunked + "5 \r\nhello\r\n0\r\n\r\n"},
      {"a chunk's line that ends in a bare line feed", chunked + "5\nhello\r\n0\r\n\r\n"},
      {"a chunk's extension with a bare line feed", chunked + "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"},
      {"a bare line feed after the last chunk", chunked + "0\r\nA: b\nC: d\r\n\r\n"},
      {"a line without a colon after the last chunk", chunked + "0\r\nA\r\n\r\n"},
      {"a header that goes on after the last chunk", chunked + "0\r\nA: b\r\n c\r\n\r\n"},
      {"a NUL in a chunk's extension", chunked + "5;a=" + std::string(1, '\0') + "\r\nhello\r\n0\r\n\r\n"},
      {"a negative chunk", chunked + "-5\r\nhello\r\n0\r\n\r\n"},
      {"a body too large", post_head + "Content-Length: 21\r\n\r\n", 413},
      {"chunks too large", chunked + "f\r\n123456789012345\r\n6\r\n", 413},
      {"a header too large", line + host + "A: " + std::string(200, 'a') + "\r\n\r\n", 431},
      {"an address too long", "GET /" + std::string(200, 'a'), 414},
      {"an endless chunk extension", chunked + "5;a=" + std::string(300, 'a'), 431},
      {"endless headers after the last chunk", chunked + "0\r\nA: " + std::string(300, 'a'), 431},
      {"an unknown expectation", post_head + "Expect: 200-ok\r\nContent-Length: 5\r\n\r\n", 417},
  };
}

}  // namespace

TEST_CASE("what is malformed, too large or ambiguous is refused, in whatever pieces it comes") {
  for (const Case& bad : refused()) {
    INFO(bad.name);
    CHECK(reading_status(bad.bytes) == bad.status);
    CHECK(reading_status(bad.bytes, 1) == bad.status);
    CHECK(reading_status(bad.bytes, 7) == bad.status);
  }
}

TEST_CASE("a request is read the same in whatever pieces it comes") {
  const std::string bytes =
      "POST /a%20b?c=d+e HTTP/1.1\r\nHost: a\r\nAccept: x\r\naccept: \t y \r\nTransfer-Encoding: Chunked\r\n\r\n"
      "5\r\nhello\r\n6;a=b;c=\"d e\"\r\n world\r\n0\r\nX-After: z\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    INFO(piece);
    const Limits limits = small();
    RequestReader reader(limits);
    give(reader, bytes, piece);
    REQUIRE(reader.stage() == Stage::complete);
    const Request& request = reader.request();
    CHECK(request.method == "POST");
    CHECK(request.path == "/a b");
    CHECK(request.parameter("c") == "d e");
    CHECK(request.header("accept") == "x, y");
    CHECK(request.header("x-after").empty());
    CHECK(request.body == "hello world");
    CHECK(reader.keep_alive());
  }
}

TEST_CASE("one request is taken at a time, and what follows it is left") {
  const Limits limits = small();
  RequestReader reader(limits);
  const std::string first = post_head + "Content-Length: 5\r\n\r\nhello";
  const std::string second = "\r\nGET /b HTTP/1.0\r\n\r\n";
  const std::string both = first + second;
  CHECK(reader.take(both) == first.size());
  CHECK(reader.request().body == "hello");
  reader.next();
  CHECK(reader.stage() == Stage::start);
  CHECK(reader.take(second) == second.size());
  CHECK(reader.request().path == "/b");
  CHECK(reader.is_old());
  CHECK_FALSE(reader.keep_alive());
}

TEST_CASE("hosts are taken in each form that they have, and OPTIONS may be about all addresses") {
  for (const char* const name :
       {"", "a", "a:", "a:8080", "checks.example.org:65535", "127.0.0.1:80", "[::1]", "[::1]:80", "a_b", "a%41"}) {
    INFO(name);
    CHECK(reading_status("GET / HTTP/1.1\r\nHost: " + std::string(name) + "\r\n\r\n") == 200);
  }
  for (const char* const target : {"http://a/b", "HTTPS://[::1]:80?a=b", "http://a"}) {
    INFO(target);
    CHECK(reading_status("GET " + std::string(target) + " HTTP/1.1\r\n" + host + "\r\n") == 200);
  }
  const Limits limits = small();
  RequestReader reader(limits);
  give(reader, "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 7);
  REQUIRE(reader.stage() == Stage::complete);
  CHECK(reader.request().path == "*");
}

TEST_CASE("a later version of HTTP/1 is read as HTTP/1.1") {
  const Limits limits = small();
  RequestReader reader(limits);
  give(reader, "GET /a HTTP/1.2\r\n" + host + "\r\n", 7);
  REQUIRE(reader.stage() == Stage::complete);
  CHECK(reader.request().path == "/a");
  CHECK_FALSE(reader.is_old());
  CHECK(reader.keep_alive());
}

TEST_CASE("a limit holds to the byte") {
  const std::string begin = "GET / HTTP/1.1\r\nHost: a\r\nA: ";
  const std::string end = "\r\n\r\n";
  const std::string fits = begin + std::string(200 - begin.size() - end.size(), 'a') + end;
  const std::string exceeds = begin + std::string(201 - begin.size() - end.size(), 'a') + end;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{199}, std::size_t{300}}) {
    CHECK(reading_status(fits, piece) == 200);
    CHECK(reading_status(exceeds, piece) == 431);
  }
  CHECK(reading_status(post_head + "Content-Length: 20\r\n\r\n" + std::string(20, 'a')) == 200);
  CHECK(reading_status(chunked + "14\r\n" + std::string(20, 'a') + "\r\n0\r\n\r\n") == 200);
  CHECK(reading_status(chunked + "15\r\n") == 413);
}

TEST_CASE("line ends before a request are passed over, and do not begin it") {
  const Limits limits = small();
  RequestReader reader(limits);
  CHECK(reader.take("\r\n\r\n\r") == 4);
  CHECK(reader.stage() == Stage::start);
  CHECK(reading_status("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
  CHECK(reading_status("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("a body is read as it is, whatever its content type says of it") {
  const Limits limits = small();
  RequestReader reader(limits);
  reader.take(post_head +
              "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\n{\"note\": \"5%\"}");
  REQUIRE(reader.stage() == Stage::complete);
  CHECK(reader.request().body == R"({"note": "5%"})");
}

TEST_CASE("a client that waits for a word before the body is known once") {
  const Limits limits = small();
  RequestReader reader(limits);
  reader.take(post_head + "Expect: 100-Continue\r\nContent-Length: 5\r\n\r\n");
  CHECK(reader.stage() == Stage::body);
  CHECK(reader.take_expectation());
  CHECK_FALSE(reader.take_expectation());
  reader.take("hello");
  CHECK(reader.stage() == Stage::complete);
}

TEST_CASE("why a request is refused does not tell what is in it") {
  for (const Case& bad : refused()) {
    const Limits limits = small();
    RequestReader reader(limits);
    give(reader, bad.bytes, bad.bytes.size());
    const std::string_view message = reader.refusal().message;
    INFO(message);
    CHECK_FALSE(message.empty());
    // It stands in JSON as it is.
    CHECK(message.find_first_of("\"\\\n") == std::string_view::npos);
  }
}
