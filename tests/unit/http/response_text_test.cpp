#include "service/http/response_text.hpp"

#include <catch2/catch.hpp>

using namespace proviso::service;

namespace {

std::string head(const Response& response, Afterwards afterwards = Afterwards::keep) {
  std::string out;
  write_head(out, response, "Sun, 06 Nov 1994 08:49:37 GMT", afterwards);
  return out;
}

}  // namespace

TEST_CASE("a head has the date, the length and the server, and of headers what fits a line") {
  Response response;
  response.status = 201;
  response.body = "{}";
  response.headers = {{"Location", "/v1/a"},
                      {"X-Split", "a\r\nSet-Cookie: b=c"},
                      {"Content-Length", "77"},
                      {"connection", "upgrade"},
                      {"Transfer-Encoding", "chunked"},
                      {"Server", "other/1.0"},
                      {"X-Split\r\nX-Other", "a"},
                      {"", "nameless"}};
  CHECK(head(response) ==
        "HTTP/1.1 201 Created\r\nServer: proviso\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\nLocation: /v1/a\r\n\r\n");
}

TEST_CASE("a response without a body says nothing of its length") {
  Response response;
  response.status = 204;
  response.content_type.clear();
  CHECK(
      head(response, Afterwards::close) ==
      "HTTP/1.1 204 No Content\r\nServer: proviso\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: close\r\n\r\n");
  CHECK_FALSE(has_body(304));
  CHECK(has_body(200));
}

TEST_CASE("a status without a known reason has none") {
  Response response;
  response.status = 299;
  CHECK(head(response, Afterwards::keep_old).substr(0, 15) == "HTTP/1.1 299 \r\n");
  CHECK(head(response, Afterwards::keep_old).find("Connection: keep-alive\r\n") != std::string::npos);
}

TEST_CASE("the date is that of now, and as HTTP writes it") {
  DateLine line;
  const std::string date(line.now());
  INFO(date);
  std::tm parts{};
  const char* const end = strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  REQUIRE(end != nullptr);
  CHECK(*end == '\0');
  CHECK(date.size() == 29);
  CHECK(std::abs(std::difftime(timegm(&parts), std::time(nullptr))) < 10);
}
