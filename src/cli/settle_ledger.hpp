#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/batch.hpp"
#include "cli/batch_input.hpp"
#include "settle/accounts.hpp"

/// Reading the lines of a ledger into accounts.
namespace proviso::cli {

/// A file of the ledger.
struct Ledger {
  std::string path;
  input::Format format = input::Format::ndjson;
  std::uint64_t bytes = 0;  ///< of all readings; 0: not known
  std::optional<input::RecordSource> source;
  // Where relations ask for the other lines, and it is read twice.
  std::optional<RepeatedInput> repeated;
  std::uint64_t first_block = 0;  ///< of its blocks, among those of all files
  std::uint64_t bytes_gathered = 0;
};

/// Whether what agreements ask of relations and groups are lines of the ledger itself, which is then read twice.
bool ask_for_ledger(const settle::Relations& relations, std::uint32_t record);

/// Opens a file of the ledger. The error says why it cannot be read.
tl::expected<Ledger, std::string> open_ledger(const std::string& path, input::Format format, bool repeated);

/// Gathers what relations ask of the lines of all files, without those that later ones of their ids take the place of,
/// and has the files ready to be read again. The result is that of the file in which it stopped; else it has no
/// failure.
BatchResult gather_ledgers(const model::Library& library, std::uint32_t record, std::vector<Ledger>& ledgers,
                           BatchOptions options, const settle::Accounts& accounts, settle::Relations& relations);

/// Books every record of the file, by as many threads as the options say. `input` counts the files of the ledger from
/// 0. The result says what could not be read.
BatchResult book_batch(const model::Library& library, std::uint32_t record, Ledger& ledger, const BatchOptions& options,
                       settle::Accounts& accounts, std::uint32_t input);

}  // namespace proviso::cli
