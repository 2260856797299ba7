#include "service/register/cursors.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace proviso::service {
namespace {

constexpr std::uint64_t most_number = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t numbers_a_page = 256;

/// How rows of a kind are asked for and read.
template <typename Row>
struct Walk;

template <>
struct Walk<LogEntry> {
  static constexpr Statement strays = Statement::stray_entries;
  static constexpr Statement next = Statement::next_entry;
  static constexpr Statement between = Statement::entries_between;
  static LogEntry read(Database::Row row) { return entry_of(row); }
  static std::uint64_t& number(LogEntry& entry) { return entry.number; }
  static Answer<void> complete(Database&, LogEntry&) { return {}; }
};

template <>
struct Walk<KeptEvent> {
  static constexpr Statement strays = Statement::stray_events;
  static constexpr Statement next = Statement::next_event;
  static constexpr Statement between = Statement::events_between;
  static KeptEvent read(Database::Row row) { return event_of(row); }
  static std::uint64_t& number(KeptEvent& event) { return event.number; }
  static Answer<void> complete(Database&, KeptEvent&) { return {}; }
};

template <>
struct Walk<KeptAuthorisation> {
  static constexpr Statement strays = Statement::stray_authorisations;
  static constexpr Statement next = Statement::next_issue;
  static constexpr Statement between = Statement::authorisations_between;
  static KeptAuthorisation read(Database::Row row) { return authorisation_of(row); }
  static std::uint64_t& number(KeptAuthorisation& kept) { return kept.entry; }
  static Answer<void> complete(Database& database, KeptAuthorisation& kept) {
    return read_events(database, kept.authorisation);
  }
};

template <typename Row>
Answer<void> append(std::vector<Row>& page, Database& database, Statement statement, Database::Parameters parameters) {
  Answer<void> done =
      database.run(statement, parameters, [&](Database::Row row) { page.push_back(Walk<Row>::read(row)); })
          .map([](std::size_t) {});
  for (Row& row : page) {
    if (done) done = Walk<Row>::complete(database, row);
  }
  return done;
}

}  // namespace

template <typename Row>
Answer<const Row*> Cursor<Row>::next() {
  if (next_ == page_.size()) {
    if (const auto turned = turn(); !turned) return tl::unexpected(turned.error());
  }
  return next_ < page_.size() ? &page_[next_++] : nullptr;
}

template <typename Row>
Answer<void> Cursor<Row>::turn() {
  next_ = 0;
  if (!std::exchange(begun_, true)) {
    auto read = readers_.read([&](Database& database) {
      page_.clear();
      return append(page_, database, Walk<Row>::strays, {});
    });
    // Bytes may read as a number that they are not.
    for (Row& row : page_) Walk<Row>::number(row) = 0;
    if (!read || !page_.empty()) return read;
  }
  std::uint64_t last = after_;
  auto read = readers_.read([&](Database& database) {
    page_.clear();
    std::uint64_t first = 0;
    return database
        .run(Walk<Row>::next, {std::to_string(after_)}, [&](Database::Row row) { first = number_of(row[0]); })
        .and_then([&](std::size_t) -> Answer<void> {
          if (first == 0) return {};
          // All of the same number are on one page.
          last = first + std::min(numbers_a_page - 1, most_number - first);
          return append(page_, database, Walk<Row>::between, {std::to_string(after_), std::to_string(last)});
        });
  });
  after_ = last;
  return read;
}

template class Cursor<LogEntry>;
template class Cursor<KeptEvent>;
template class Cursor<KeptAuthorisation>;

}  // namespace proviso::service
