#pragma once

#include <string>

#include "cli/batch.hpp"
#include "settle/accounts.hpp"

/// Reading the lines of a ledger into accounts.
namespace proviso::cli {

/// Books every record of the source, by as many threads as the options say. `input` counts the files of the ledger from
/// 0. The result says what could not be read.
BatchResult book_batch(const model::Library& library, std::uint32_t record, input::RecordSource& source,
                       const BatchOptions& options, settle::Accounts& accounts, std::uint32_t input);

}  // namespace proviso::cli
