#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

/// How addresses and forms are written: escapes, fields, segments.
namespace proviso::service {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Address {
  std::string path;
  Fields query;
};

/// `127.0.0.1:8080`, `[::1]:8080`.
std::string with_port(std::string_view host, std::uint16_t port);
/// Whether it is a host, with or without a port, as `Host` has it: `example.org`, `[::1]:8080`.
bool is_host(std::string_view text);
/// Whether it is as browsers name where a page is from: `https://example.org:8443`, in small letters.
bool is_origin(std::string_view text);
/// Whether it is where others reach a service: `http://` or `https://`, a host, and a path or none.
bool is_base_url(std::string_view text);

/// The target of a request: `/v1/decide?as-of=2026-01-01`, or the same behind `http://host`. The error says what is
/// wrong, and holds nothing of the target.
tl::expected<Address, std::string_view> read_target(std::string_view target);

/// `a=1&b=x+y`; nothing where an escape is bad, or where a name or value is not UTF-8 or has a NUL in it.
std::optional<Fields> read_fields(std::string_view text);

}  // namespace proviso::service
