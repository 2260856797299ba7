#include <catch2/catch.hpp>

#include "service/pages/pages.hpp"
#include "visitor.hpp"

using namespace proviso::service;

namespace {

/// A service whose pages browsers reach at that address.
struct Placed {
  explicit Placed(const std::string& base_url)
      : test(Access::read("submit practice " + token_digest("green") + "\n").value()) {
    test.service->add(page_routes(*test.service, base_url));
  }
  ServiceUnderTest test;

  std::string header(const Response& response, const std::string& wanted) const {
    for (const auto& [name, value] : response.headers) {
      if (name == wanted) return value;
    }
    return {};
  }
  Response sign_in(const std::string& next) {
    Request request;
    request.method = "POST";
    request.path = "/sign-in";
    request.headers["content-type"] = "application/x-www-form-urlencoded";
    request.body = encode({{"token", "green"}, {"next", next}});
    return test.ask(std::move(request));
  }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("below a path every address of a page has it, and is got without it", "[pages]") {
  for (const char* base : {"https://host.example.org/a/funding", "https://host.example.org/a/funding/"}) {
    Placed placed(base);
    const std::string typed = "\" href=\"/elsewhere";
    for (const auto& [path, query] : std::vector<std::pair<std::string, Fields>>{
             {"/", {}}, {"/check", {}}, {"/policies", {{"q", typed}, {"find", typed}}}, {"/authorisations", {}}}) {
      const std::string html = placed.test.get(path, query).body;
      INFO(path);
      CHECK(count(html, " href=\"/") >= 4);
      CHECK(count(html, " href=\"/") == count(html, " href=\"/a/funding/"));
      CHECK(count(html, " action=\"/") == count(html, " action=\"/a/funding/"));
      CHECK(html.find("/a/funding/a/funding") == std::string::npos);
      CHECK(html.find("href=\"/a/funding/elsewhere") == std::string::npos);
    }
    CHECK(placed.test.get("/").body.find("href=\"/a/funding/\"") != std::string::npos);
    const Response signed_in = placed.sign_in("/authorisations");
    CHECK(placed.header(signed_in, "Location") == "/a/funding/authorisations");
    CHECK(placed.header(signed_in, "Set-Cookie").find("; Path=/a/funding/; ") != std::string::npos);
  }
}

TEST_CASE("where browsers reach the service over TLS, the cookie goes over nothing else, whatever a proxy says",
          "[pages]") {
  for (const char* base : {"https://host.example.org", "HTTPS://host.example.org/a/funding"}) {
    Placed placed(base);
    CHECK(placed.header(placed.sign_in("/check"), "Set-Cookie").find("; Secure") != std::string::npos);
    CHECK(placed.header(placed.test.post("/sign-out", ""), "Set-Cookie").find("; Secure") != std::string::npos);
  }
  for (const char* base : {"", "http://host.example.org"}) {
    Placed placed(base);
    CHECK(placed.header(placed.sign_in("/check"), "Set-Cookie").find("Secure") == std::string::npos);
  }
}

TEST_CASE("at the root of a host addresses stay as they are", "[pages]") {
  for (const char* base : {"", "https://host.example.org", "https://host.example.org/", "https://host.example.org//"}) {
    Placed placed(base);
    CHECK(placed.test.get("/").body.find(" href=\"/check\"") != std::string::npos);
    const Response signed_in = placed.sign_in("/check");
    CHECK(placed.header(signed_in, "Location") == "/check");
    CHECK(placed.header(signed_in, "Set-Cookie").find("; Path=/; ") != std::string::npos);
  }
}
