#pragma once

#include <string>
#include <vector>

#include "cli/batch.hpp"

namespace proviso::cli {

/// Warns on standard error of fields that the record does not declare, and of dates that were perhaps read wrongly.
void warn_of_findings(const BatchResult& result, const std::string& path, const std::string& record);

/// ``ledger.csv:17: error[P0901]: `supplied`: ...`` on standard error, for each.
void show_errors(const std::vector<input::RecordError>& errors, const std::string& path);

}  // namespace proviso::cli
