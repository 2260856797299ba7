#include "service/http/message.hpp"

#include <catch2/catch.hpp>

#include "service/http/address.hpp"

using namespace proviso::service;

namespace {

std::string path_of(std::string_view target) {
  const auto address = read_target(target);
  return address ? address->path : "refused: " + std::string(address.error());
}

}  // namespace

TEST_CASE("a path is decoded, and a plus sign in it stays what it is") {
  CHECK(path_of("/") == "/");
  CHECK(path_of("/v1/decide") == "/v1/decide");
  CHECK(path_of("/a%20b+c%2Bd") == "/a b+c+d");
  CHECK(path_of("/caf%C3%A9") == "/caf\xC3\xA9");
  CHECK(path_of("/caf\xC3\xA9") == "/caf\xC3\xA9");
  CHECK(path_of("/a?b=c") == "/a");
  CHECK(path_of("/a..b/...") == "/a..b/...");
}

TEST_CASE("an address of eight numbers stands in brackets before its port") {
  CHECK(with_port("127.0.0.1", 8080) == "127.0.0.1:8080");
  CHECK(with_port("::1", 8080) == "[::1]:8080");
}

TEST_CASE("an address may begin with the host, which is left out") {
  CHECK(path_of("http://localhost:8080/v1") == "/v1");
  CHECK(path_of("HTTPS://localhost") == "/");
  const auto address = read_target("http://localhost?a=b");
  REQUIRE(address);
  CHECK(address->path == "/");
  CHECK(address->query == Fields{{"a", "b"}});
}

TEST_CASE("where others reach a service is told from what is no such address") {
  for (const char* const text : {"https://example.org", "http://localhost:8080", "https://example.org/funding/",
                                 "HTTPS://Example.org/a%20b", "http://[::1]:80"}) {
    INFO(text);
    CHECK(is_base_url(text));
  }
  for (const char* const text : {"", "example.org/f", "https://", "https:///f", "https://x/y?z", "https://x/y#z",
                                 "ftp://x", "https://x y", "https://x/y z", "https://u@x", "https://x:a", "//x"}) {
    INFO(text);
    CHECK_FALSE(is_base_url(text));
  }
}

TEST_CASE("an origin is as browsers write it") {
  for (const char* const text : {"https://example.org", "http://localhost:8080", "moz-extension://a1b2"}) {
    INFO(text);
    CHECK(is_origin(text));
  }
  for (const char* const text : {"", "foo", "https://", "https://x/", "https://x/y", "https://x?y", "https://X",
                                 "https://x:", "://x", "*", "null", "https://x, https://y"}) {
    INFO(text);
    CHECK_FALSE(is_origin(text));
  }
}

TEST_CASE("an address that two readers could read in two ways is refused") {
  for (const std::string_view target : {"",
                                        "*",
                                        "v1",
                                        "localhost:8080",
                                        "/a#b",
                                        "/%",
                                        "/%4",
                                        "/%4g",
                                        "/%zz",
                                        "/a%00b",
                                        "/%ff",
                                        "/%c3",
                                        "/%ed%a0%80",
                                        "/..",
                                        "/../a",
                                        "/a/..",
                                        "/a/../b",
                                        "/%2e%2e/a",
                                        "/a%2f..%2Fb",
                                        "/v1%2Fdecide",
                                        "/v1%2fdecide?record=Referral",
                                        "/v1/policies/%2F",
                                        "/.%2E",
                                        "/a?b=%",
                                        "/a?%00",
                                        "/a?b=%c0%80",
                                        "?a=b",
                                        "ftp://localhost/a"}) {
    INFO(target);
    CHECK(path_of(target).substr(0, 7) == "refused");
  }
  CHECK(path_of(std::string("/a\xff")).substr(0, 7) == "refused");
}

TEST_CASE("why an address is refused does not tell the address") {
  const auto address = read_target("/9990000018%");
  REQUIRE_FALSE(address);
  CHECK(address.error().find("999") == std::string_view::npos);
}

TEST_CASE("the fields of a query and a form come in their order, decoded") {
  const auto fields = read_fields("a=1&b=x+y%2Bz&&c&=d&a=2&e=f=g");
  REQUIRE(fields);
  CHECK(*fields == Fields{{"a", "1"}, {"b", "x y+z"}, {"c", ""}, {"", "d"}, {"a", "2"}, {"e", "f=g"}});
  CHECK(read_fields("")->empty());
  CHECK_FALSE(read_fields("a=%"));
  CHECK_FALSE(read_fields("%0=a"));
  CHECK_FALSE(read_fields("a=%00"));
  CHECK_FALSE(read_fields("a=\xff"));
}

TEST_CASE("headers are found whatever letters they are asked for in, and parameters as they stand") {
  Request request;
  request.headers = {{"content-type", "text/plain"}};
  request.query = {{"a", "1"}, {"a", "2"}};
  CHECK(request.header("content-type") == "text/plain");
  CHECK(request.header("Content-Type") == "text/plain");
  CHECK(request.header("accept").empty());
  CHECK(request.parameter("a") == "1");
  CHECK(request.parameter("A").empty());
}

TEST_CASE("what a body is said to be is told without parameters, whatever letters it is written in") {
  const auto media_type = [](const std::string& header) {
    Request request;
    request.headers["content-type"] = header;
    return request.media_type();
  };
  CHECK(Request().media_type().empty());
  CHECK(media_type("application/json") == "application/json");
  CHECK(media_type("Application/X-NDJSON\t; charset=utf-8") == "application/x-ndjson");
  CHECK(media_type(" text/plain;format=flowed") == "text/plain");
  CHECK(media_type("application/x-ndjson-foo") == "application/x-ndjson-foo");
  CHECK(media_type("; charset=utf-8").empty());
}

TEST_CASE("only a form has fields") {
  Request request;
  request.body = "a=1&b=x+y";
  CHECK_FALSE(request.form());
  for (const std::string type :
       {"application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8"}) {
    request.headers["content-type"] = type;
    CHECK(request.form() == Fields{{"a", "1"}, {"b", "x y"}});
  }
  for (const std::string type : {"application/json", "application/x-www-form-urlencoded2"}) {
    request.headers["content-type"] = type;
    CHECK_FALSE(request.form());
  }
}

TEST_CASE("a form with a bad escape, or with one that is no text, has no fields") {
  Request request;
  request.headers["content-type"] = "application/x-www-form-urlencoded";
  for (const std::string body : {"a=%", "a=1&b=%zz", "a=%00", "a=%ff"}) {
    INFO(body);
    request.body = body;
    CHECK_FALSE(request.form());
  }
}

TEST_CASE("what is encoded for an address is read back as it was") {
  CHECK(encode_for_address("100% of x") == "100%25%20of%20x");
  CHECK(encode_for_address("a/b?c&d=e+f#g") == "a%2Fb%3Fc%26d%3De%2Bf%23g");
  CHECK(encode_for_address("Az09-._~") == "Az09-._~");
  CHECK(encode_for_address("").empty());
  std::string all;
  for (int c = 1; c < 128; ++c) all.push_back(static_cast<char>(c));
  all += "\xC3\xA9\xE2\x82\xAC";
  CHECK(read_fields("x=" + encode_for_address(all)) == Fields{{"x", all}});
  // A slash of a name would be read as one between names.
  all.erase(all.find('/'), 1);
  CHECK(path_of("/" + encode_for_address(all)) == "/" + all);
}
