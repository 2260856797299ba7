#include "service/http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "text/utf8.hpp"
#include "value/characters.hpp"

namespace proviso::service {
namespace {

constexpr std::string_view bad_escape = "the address has a bad escape, or one that is no text";

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = value::small_letter(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// Nothing where an escape is bad, or where what comes out is not UTF-8 or has a NUL in it.
std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = digit(text[i + 1]);
      const int low = digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  if (out.find('\0') != std::string::npos || text::find_invalid_utf8(out)) return std::nullopt;
  return out;
}

/// `%2F` of a path: decoded, it would part what was sent as one name.
bool has_encoded_slash(std::string_view path) {
  for (std::size_t at = path.find("%2"); at != std::string_view::npos; at = path.find("%2", at + 1)) {
    if (at + 2 < path.size() && value::small_letter(path[at + 2]) == 'f') return true;
  }
  return false;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(),
                                                   [](char a, char b) { return a == value::small_letter(b); });
}

/// How long `http://` or `https://` at the beginning is; 0 where there is none.
std::size_t web_scheme(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (starts_with_ignoring_case(text, scheme)) return scheme.size();
  }
  return 0;
}

/// What stands before the path, the query or a fragment.
std::string_view authority_of(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of("/?#"), text.size()));
}

bool is_letter_or_digit(char c) {
  const char small = value::small_letter(c);
  return value::is_digit(c) || (small >= 'a' && small <= 'z');
}

/// A name, or an address of four numbers.
bool is_name_of_host(std::string_view text) {
  constexpr std::string_view other = "-._~!$&'()*+,;=";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (text.size() - i < 3 || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return false;
      i += 2;
    } else if (!is_letter_or_digit(text[i]) && other.find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return !text.empty();
}

bool is_address_of_host(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_port(std::string_view text) {
  constexpr unsigned highest = 65535;
  unsigned number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return text.empty() || (read.ec == std::errc() && read.ptr == text.data() + text.size() && number <= highest);
}

bool climbs(std::string_view path) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (path.substr(begin, end - begin) == "..") return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

std::string with_port(std::string_view host, std::uint16_t port) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  return (is_ipv6 ? '[' + std::string(host) + ']' : std::string(host)) + ':' + std::to_string(port);
}

bool is_host(std::string_view text) {
  std::size_t end = std::min(text.find(':'), text.size());
  if (!text.empty() && text.front() == '[') {
    end = text.find(']');
    if (end == std::string_view::npos || !is_address_of_host(std::string(text.substr(1, end - 1)))) return false;
    ++end;
  } else if (!is_name_of_host(text.substr(0, end))) {
    return false;
  }
  return end == text.size() || (text[end] == ':' && is_port(text.substr(end + 1)));
}

bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || scheme == 0 || text.back() == ':') return false;
  const auto fits_scheme = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '+' || c == '.'; };
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(scheme), fits_scheme) &&
         text == value::small_letters(text) && is_host(text.substr(scheme + 3));
}

bool is_base_url(std::string_view text) {
  const std::size_t scheme = web_scheme(text);
  const std::string_view rest = text.substr(scheme);
  const std::string_view host = authority_of(rest);
  const std::string_view path = rest.substr(host.size());
  constexpr std::string_view other = "-._~!$&'()*+,;=:@/%";
  return scheme != 0 && is_host(host) && std::all_of(path.begin(), path.end(), [&](char c) {
           return is_letter_or_digit(c) || other.find(c) != std::string_view::npos;
         });
}

tl::expected<Address, std::string_view> read_target(std::string_view target) {
  const std::size_t scheme = web_scheme(target);
  const bool had_host = scheme != 0;
  std::string_view local = target.substr(scheme);
  if (had_host) {
    const std::string_view host = authority_of(local);
    if (!is_host(host)) return tl::unexpected(std::string_view("the host in the address is malformed"));
    local.remove_prefix(host.size());
  }
  if (local.find('#') != std::string_view::npos) return tl::unexpected(std::string_view("the address has a fragment"));
  const std::size_t mark = std::min(local.find('?'), local.size());
  if (has_encoded_slash(local.substr(0, mark))) {
    return tl::unexpected(std::string_view("the address has an encoded slash in its path"));
  }
  auto path = decode(local.substr(0, mark), false);
  if (!path) return tl::unexpected(bad_escape);
  if (path->empty() && had_host) *path = "/";
  if (path->empty() || path->front() != '/') {
    return tl::unexpected(std::string_view("the address does not begin with a slash"));
  }
  if (climbs(*path)) return tl::unexpected(std::string_view("the address has a segment `..`"));
  auto query = read_fields(local.substr(std::min(mark + 1, local.size())));
  if (!query) return tl::unexpected(bad_escape);
  return Address{std::move(*path), std::move(*query)};
}

std::optional<Fields> read_fields(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (field.empty()) continue;
    const std::size_t sign = std::min(field.find('='), field.size());
    auto name = decode(field.substr(0, sign), true);
    auto value = decode(field.substr(std::min(sign + 1, field.size())), true);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

}  // namespace proviso::service
