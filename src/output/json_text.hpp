#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace proviso::output {

/// Appends the text as a JSON string with its quotes. The text is UTF-8, which stays as it is.
void append_json(std::string& out, std::string_view text);
/// `null` for an empty text.
void append_json_or_null(std::string& out, std::string_view text);
/// Appends what stands between the quotes.
void append_json_inside(std::string& out, std::string_view text);
std::string as_json(std::string_view text);
/// `["a", "b"]`.
void append_json_list(std::string& out, const std::vector<std::string>& texts);

}  // namespace proviso::output
