#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What the register has of the operating system.
namespace proviso::service {

/// From the system's generator. Where it has none the program ends: nothing that is issued could be relied on.
void fill_random(unsigned char* bytes, std::size_t count);

/// `0a1f`.
std::string hexadecimal(std::string_view bytes);

/// SHA-256 of a text, as `sha256:` and 64 hexadecimal digits.
std::string sha256(std::string_view text);

/// Appends a field with its length before it, so that what belongs to which field is never in doubt.
void append_field(std::string& out, std::string_view field);

}  // namespace proviso::service
