#pragma once

#include <string>
#include <vector>

#include "cli/batch.hpp"

namespace proviso::cli {

/// Warns on standard error of fields that the record does not declare, and of dates that were perhaps read wrongly.
void warn_of_findings(const BatchResult& result, const std::string& path, const std::string& record);

/// ``ledger.csv:17: error[P0901]: `supplied`: ...`` on standard error, for each.
void show_errors(const std::vector<input::RecordError>& errors, const std::string& path);

/// Warns of the lines that no relation of the record can find, and of those that it may find or not, once for all of
/// them.
void warn_of_keys(const settle::Relations& relations, const model::Library& library, std::uint32_t record,
                  const std::string& path);

/// Whom a line of which nothing could be read belongs to is not known.
void warn_of_lost(std::uint64_t lost, const std::string& path);

}  // namespace proviso::cli
