#include "cli/settle_ledger.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <mutex>

#include "cli/batch_reading.hpp"
#include "cli/batch_report.hpp"
#include "program/chunk.hpp"
#include "program/in_threads.hpp"
#include "settle/corrected_lines.hpp"

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

bool ask_for_ledger(const settle::Relations& relations, std::uint32_t record) {
  const std::vector<std::uint32_t> gathered = relations.gathered();
  return std::find(gathered.begin(), gathered.end(), record) != gathered.end();
}

tl::expected<Ledger, std::string> open_ledger(const std::string& path, input::Format format, bool repeated) {
  Ledger ledger;
  ledger.path = path;
  ledger.format = format;
  if (repeated) {
    auto opened = RepeatedInput::open(path);
    if (!opened) return tl::make_unexpected(opened.error());
    ledger.source.emplace(opened->source(format));
    ledger.bytes = 2 * opened->size();
    ledger.repeated.emplace(std::move(*opened));
    return ledger;
  }
  auto source = input::open_source(path, format);
  if (!source) return tl::make_unexpected(source.error());
  ledger.source.emplace(std::move(*source));
  struct stat status {};
  if (path != "-" && stat(path.c_str(), &status) == 0) ledger.bytes = static_cast<std::uint64_t>(status.st_size);
  return ledger;
}

BatchResult gather_ledgers(const model::Library& library, std::uint32_t record, std::vector<Ledger>& ledgers,
                           BatchOptions options, const settle::Accounts& accounts, settle::Relations& relations) {
  settle::CorrectedLines corrected(accounts.corrections().front());
  const auto see = [&](const program::Chunk& chunk, std::uint64_t block, const input::Results& results) {
    corrected.add(chunk, block, unread_lines(results));
  };
  std::uint64_t blocks = 0;
  for (Ledger& ledger : ledgers) {
    options.input = ledger.format;
    ledger.first_block = blocks;
    BatchResult result = gather_batch(library, record, *ledger.source, options, relations, blocks, see);
    if (!result.failure.empty()) {
      result.failure = fmt::format("{}: {}", ledger.path, result.failure);
      return result;
    }
    warn_of_lost(result.lost, ledger.path);
    blocks += result.blocks;
    options.bytes_before += result.bytes;
    ledger.bytes_gathered = result.bytes;
    ledger.source.emplace(ledger.repeated->source(ledger.format));
  }
  corrected.leave_out_of(relations, record, options.threads);
  return {};
}

BatchResult book_batch(const model::Library& library, std::uint32_t record, Ledger& ledger, const BatchOptions& options,
                       settle::Accounts& accounts, std::uint32_t input) {
  BatchResult result;
  BatchReading reading(library, record, *ledger.source, options);
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
      if (options.relations != nullptr) options.relations->fill(chunk, ledger.first_block + block.number);
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
  if (ledger.repeated && result.failure.empty() &&
      (result.bytes != ledger.bytes_gathered || !ledger.repeated->unchanged())) {
    result.failure = "the file changed while it was read twice";
  }
  return result;
}

}  // namespace proviso::cli
