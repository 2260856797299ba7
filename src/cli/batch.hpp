#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "decide/engine.hpp"
#include "input/fhir_mapping.hpp"
#include "input/list_table.hpp"
#include "input/mapping.hpp"
#include "input/reader.hpp"
#include "input/source.hpp"
#include "settle/relations.hpp"

/// Deciding a stream of records: read, decided and written a block at a time, by as many threads as are asked for, with
/// the results in the order of the records and in memory that does not grow with them. Where records are decided by
/// what other lines say, all lines are gathered first.
namespace proviso::cli {

enum class ResultFormat : std::uint8_t { ndjson, json, csv };

struct BatchOptions {
  input::Format input = input::Format::ndjson;
  ResultFormat output = ResultFormat::ndjson;
  std::size_t threads = 1;
  std::map<std::string, const input::ListTable*> lists;
  const input::Mapping* mapping = nullptr;  ///< of the columns of CSV
  bool windows_1252 = false;
  const input::FhirMapping* fhir = nullptr;  ///< the input, in JSON, is resources; null: it is records
  /// What all readings of the input come to, for a progress line; 0 where it is not known.
  std::uint64_t bytes = 0;
  std::uint64_t bytes_before = 0;  ///< of earlier readings
  bool progress = false;
  const settle::Relations* relations = nullptr;  ///< complete; null: there is nothing to fill
};

struct BatchResult {
  std::uint64_t records = 0;
  std::uint64_t failed = 0;
  std::uint64_t lost = 0;  ///< of the failed, where readers keep what is readable: those of which nothing could be read
  std::uint64_t bytes = 0;   ///< read
  std::uint64_t blocks = 0;  ///< read
  std::set<std::string> undeclared;
  std::set<std::string> read_day_first;  ///< as RecordReader has them
  std::set<std::string> found_month_first;
  std::set<std::string> remarks;
  std::vector<input::MappingError> mapping_errors;  ///< the mapping does not fit the file
  std::vector<input::RecordError> errors;           ///< of gathering: the first of them, by line
  std::vector<model::FactId> without_key;           ///< of gathering a register: its keys that no record has
  std::vector<std::string> without_column;  ///< of settling: facts that agreements ask for, and no column of CSV gives
  std::string failure;                      ///< why it stopped before the end; empty if it did not
};

BatchResult decide_batch(const decide::Engine& engine, input::RecordSource& source, std::FILE* out,
                         const BatchOptions& options);

/// What else is made of a finished chunk that is gathered, of its block and of what was read. By many threads.
using SeeGathered = std::function<void(const program::Chunk&, std::uint64_t block, const input::Results&)>;

/// Gathers all records of the source. The first block is `first_block` of those of its kind. A record that could not be
/// read stands among the others with what could be read of it; where that is nothing, the relations are told so.
BatchResult gather_batch(const model::Library& library, std::uint32_t record, input::RecordSource& source,
                         const BatchOptions& options, settle::Relations& relations, std::uint64_t first_block = 0,
                         const SeeGathered& see = {});

}  // namespace proviso::cli
