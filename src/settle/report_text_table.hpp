#pragma once

#include <string>

#include "settle/report_tables.hpp"

namespace proviso::settle {

/// How many columns of a terminal the text takes.
std::size_t columns_of(const std::string& text);
/// Ends the line, without the spaces at its end.
void end_line(std::string& out);
/// The same text with every character replaced that would act on a terminal, or that is none.
std::string without_controls(const std::string& words);
/// The language's own words need no quotes in text: they stand apart by their form.
std::string without_quotes(std::string text);
/// A table of columns two spaces apart, with the groups of columns over their names, each line behind two spaces.
void append_text_table(std::string& out, const ReportTable& table);

}  // namespace proviso::settle
