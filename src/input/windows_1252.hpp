#pragma once

#include <string>
#include <string_view>

namespace proviso::input {

/// What a message about bytes that are not UTF-8 adds.
inline constexpr std::string_view encoding_help = "; a file of Windows-1252 is read with `--encoding windows-1252`";

/// The text as UTF-8, read as Windows-1252: what spreadsheets of western Europe save as "CSV". False where a byte has
/// no character there; the text is then of no use.
bool from_windows_1252(std::string_view bytes, std::string& text);

}  // namespace proviso::input
