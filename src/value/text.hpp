#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace proviso::value {

/// Text as policies write it: between double quotes, with the escapes `\"`, `\\`, `\n` and `\t`; all else as it is.
std::string quote(std::string_view text);
/// The text out of its quotes; nothing where it is not quoted, or has another escape or a bare quote inside.
std::optional<std::string> unquote(std::string_view quoted);

/// Whether the bytes are UTF-8 in its strict form: no longer form than needed, no surrogates, nothing beyond U+10FFFF.
bool valid_utf8(std::string_view text);

}  // namespace proviso::value
