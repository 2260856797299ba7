#include "service/http/address.hpp"

#include <algorithm>
#include <array>

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

/// Without `http://host`, where the target has it.
std::string_view without_host(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_ignoring_case(target, scheme)) continue;
    target.remove_prefix(scheme.size());
    return target.substr(std::min(target.find_first_of("/?"), target.size()));
  }
  return target;
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

tl::expected<Address, std::string_view> read_target(std::string_view target) {
  const std::string_view local = without_host(target);
  const bool had_host = local.size() != target.size();
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

bool is_form(std::string_view content_type) {
  constexpr std::string_view form = "application/x-www-form-urlencoded";
  if (!starts_with_ignoring_case(content_type, form)) return false;
  return content_type.size() == form.size() ||
         std::string_view("; \t").find(content_type[form.size()]) != std::string_view::npos;
}

}  // namespace proviso::service
