#include "service/register/cursors.hpp"

#include <string>
#include <utility>

namespace proviso::service {

Answer<const LogEntry*> EntryCursor::next() {
  if (next_ < page_.size()) return &page_[next_++];
  constexpr std::uint64_t numbers_a_page = 256;
  const auto read = readers_.read([&](Database& database) {
    page_.clear();
    std::uint64_t first = 0;
    return database
        .run(Statement::next_number, {std::to_string(after_)}, [&](Database::Row row) { first = number_of(row[0]); })
        .and_then([&](std::size_t) -> Answer<std::size_t> {
          if (first == 0) return 0;
          // All of the same number are on one page.
          return database.run(Statement::entries_between,
                              {std::to_string(first - 1), std::to_string(first - 1 + numbers_a_page)},
                              [&](Database::Row row) { page_.push_back(entry_of(row)); });
        })
        .map([](std::size_t) {});
  });
  if (!read) return tl::unexpected(read.error());
  if (page_.empty()) return nullptr;
  after_ = page_.front().number - 1 + numbers_a_page;
  next_ = 1;
  return &page_.front();
}

Answer<const KeptEvent*> EventCursor::next() {
  if (next_ < page_.size()) return &page_[next_++];
  const std::string after = page_.empty() ? "0" : std::to_string(page_.back().number);
  std::vector<KeptEvent> page;
  const auto read = readers_.read([&](Database& database) {
    page.clear();
    return database.run(Statement::events_after, {after}, [&](Database::Row row) { page.push_back(event_of(row)); })
        .map([](std::size_t) {});
  });
  if (!read) return tl::unexpected(read.error());
  if (page.empty()) return nullptr;
  page_ = std::move(page);
  next_ = 1;
  return &page_.front();
}

Answer<const KeptAuthorisation*> AuthorisationCursor::next() {
  if (next_ < page_.size()) return &page_[next_++];
  const std::string entry = page_.empty() ? "-1" : std::to_string(page_.back().entry);
  const std::string ordinal = page_.empty() ? "0" : std::to_string(page_.back().ordinal);
  std::vector<KeptAuthorisation> page;
  const auto read = readers_.read([&](Database& database) {
    page.clear();
    Answer<void> done = database
                            .run(Statement::authorisations_after, {entry, ordinal},
                                 [&](Database::Row row) { page.push_back(authorisation_of(row)); })
                            .map([](std::size_t) {});
    for (KeptAuthorisation& kept : page) {
      if (done) done = read_events(database, kept.authorisation);
    }
    return done;
  });
  if (!read) return tl::unexpected(read.error());
  if (page.empty()) return nullptr;
  page_ = std::move(page);
  next_ = 1;
  return &page_.front();
}

}  // namespace proviso::service
