#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace proviso::service {

/// The bytes of a text in the alphabet of RFC 4648 section 5. Nothing where it has padding, any other character, or
/// bits at its end that say nothing: every sequence of bytes has one text alone.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace proviso::service
