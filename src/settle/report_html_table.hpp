#pragma once

#include <string>
#include <string_view>

#include "settle/report_tables.hpp"

namespace proviso::settle {

/// The text as HTML, with what stands in backquotes as the language's own.
std::string with_code(const std::string& text);
/// A table with its caption, its groups of columns, and headers that say what they head. `style` is its class; tables
/// of many columns have the class `many` too.
void append_html_table(std::string& out, const ReportTable& table, std::string_view style);

}  // namespace proviso::settle
