#pragma once

#include <string>

#include "cli/batch.hpp"

namespace proviso::cli {

/// Warns on standard error of fields that the record does not declare, and of dates that were perhaps read wrongly.
void warn_of_findings(const BatchResult& result, const std::string& path, const std::string& record);

}  // namespace proviso::cli
