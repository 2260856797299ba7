#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace proviso::service {

/// Headers have the same name whatever the case of its letters.
struct HeaderOrder {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

using Headers = std::map<std::string, std::string, HeaderOrder>;

/// A request as handlers see it: read in whole, within the limits, and well formed.
struct Request {
  std::string method;  ///< `GET`
  std::string path;    ///< decoded, without the query: `/v1/decide`; never with `..` or a NUL in it; `*` with OPTIONS
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in their order
  Headers headers;                                         ///< several of one name joined by `, `
  std::string body;
  std::string peer;  ///< the address at the other end, without its port
  bool tls = false;

  /// Empty where there is none.
  std::string_view header(std::string_view name) const;
  std::string_view parameter(std::string_view name) const;
  /// What the body is said to be, in small letters and without parameters: `application/json`. Empty where it is not.
  std::string media_type() const;
  /// The fields of a form (`application/x-www-form-urlencoded`), decoded, in their order. Nothing where the body is
  /// not said to be one, has a bad escape, or one that is no text.
  std::optional<std::vector<std::pair<std::string, std::string>>> form() const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// `100% of x` as it stands in an address: `100%25%20of%20x`.
std::string encode_for_address(std::string_view text);

}  // namespace proviso::service
