#include "cli/settle_ledger.hpp"

#include <mutex>

#include "cli/batch_reading.hpp"
#include "program/chunk.hpp"
#include "program/in_threads.hpp"

namespace proviso::cli {
namespace {

/// The line of the file of each row.
void list_lines(const input::Results& results, std::vector<std::uint64_t>& lines) {
  lines.clear();
  for (const input::ReadRecord& record : results.records) {
    if (record.row != model::none) lines.push_back(record.line);
  }
}

/// What could be read of the lines that could not be read.
std::vector<settle::UnreadLine> unread_lines(const input::Results& results) {
  std::vector<settle::UnreadLine> unread;
  for (const input::ReadRecord& record : results.records) {
    if (record.row == model::none || record.error == model::none) continue;
    const std::string& field = results.errors[record.error].field;
    unread.push_back({record.row, field.empty() ? "its text" : field});
  }
  return unread;
}

/// The names of what agreements ask for and is not among the facts that a file gives. What is assumed where it is left
/// out may well be left out.
std::vector<std::string> facts_without(const std::set<model::FactId>& given, const model::Record& record,
                                       const settle::Accounts& accounts) {
  std::vector<std::string> names;
  for (const model::FactId number : accounts.facts()) {
    const model::Fact& fact = record.facts[number];
    const bool of_column = fact.level == 0 && fact.relation == model::none && fact.type.kind != value::Kind::list;
    if (of_column && !fact.assumed && given.count(number) == 0) names.push_back(fact.name);
  }
  return names;
}

}  // namespace

BatchResult book_batch(const model::Library& library, std::uint32_t record, input::RecordSource& source,
                       const BatchOptions& options, settle::Accounts& accounts, std::uint32_t input) {
  BatchResult result;
  BatchReading reading(library, record, source, options);
  if (!reading.start(result)) return result;
  if (const auto given = reading.facts_with_column()) {
    result.without_column = facts_without(*given, library.records[record], accounts);
  }
  std::mutex adding;
  const auto work = [&] {
    const auto reader = reading.make_reader();
    reader->keep_readable();
    settle::Accounts::Clerk clerk(accounts);
    program::Chunk chunk(library, record);
    input::Block block;
    input::Results results;
    std::vector<std::uint64_t> lines;
    while (reading.next(block)) {
      chunk.clear();
      results.clear();
      reader->read(block, chunk, results);
      chunk.finish();
      list_lines(results, lines);
      clerk.add(chunk, input, block.number, lines, unread_lines(results));
      const std::lock_guard lock(adding);
      BatchReading::add_results(results, result);
    }
    const std::lock_guard lock(adding);
    BatchReading::add_findings(*reader, result);
  };
  program::in_threads(options.threads, work, [&] { reading.stop(); });
  reading.end(result);
  return result;
}

}  // namespace proviso::cli
