#pragma once

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

/// The target of a request: `/v1/decide?as-of=2026-01-01`, or the same behind `http://host`. The error says what is
/// wrong, and holds nothing of the target.
tl::expected<Address, std::string_view> read_target(std::string_view target);

/// `a=1&b=x+y`; nothing where an escape is bad, or where a name or value is not UTF-8 or has a NUL in it.
std::optional<Fields> read_fields(std::string_view text);

/// Whether a content type, with or without parameters, is that of a form.
bool is_form(std::string_view content_type);

}  // namespace proviso::service
