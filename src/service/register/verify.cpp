#include "service/register/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "service/register/cursors.hpp"

namespace proviso::service {
namespace {

constexpr std::size_t most_faults = 100;

/// The lines of what an entry issued, by their codes.
std::map<std::string, std::string> issued_lines(const LogEntry& entry) {
  std::map<std::string, std::string> lines;
  std::string_view rest = entry.issued;
  while (!rest.empty()) {
    const std::size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    const std::string line(rest.substr(0, size));
    rest.remove_prefix(size);
    const auto object = nlohmann::json::parse(line, nullptr, false);
    const bool has_code = object.is_object() && object.contains("code") && object["code"].is_string();
    lines.emplace(has_code ? object["code"].get<std::string>() : line, line);
  }
  return lines;
}

class Verification {
 public:
  explicit Verification(Readers& readers)
      : entries_(readers), events_(readers), authorisations_(readers), readers_(readers) {}

  Answer<Found> run();

 private:
  template <typename... Values>
  void fault(fmt::format_string<Values...> text, Values&&... values) {
    if (found_.faults.size() < most_faults) {
      found_.faults.push_back(fmt::format(text, std::forward<Values>(values)...));
    }
  }

  Answer<void> read_end();
  Answer<void> next_authorisation();
  Answer<void> go_through_entries();
  Answer<void> go_through_rest();
  Answer<void> go_through_events();
  void look_at_event(const KeptEvent& event, const KeptEvent& before);
  void look_at_place(const LogEntry& entry);
  void missing(std::uint64_t first, std::uint64_t last);
  void missing_events(std::uint64_t first, std::uint64_t last);
  Answer<void> look_at_issued(const LogEntry& entry);
  void look_at_history(const Authorisation& authorisation);
  void not_issued(const KeptAuthorisation& kept);

  EntryCursor entries_;
  EventCursor events_;
  AuthorisationCursor authorisations_;
  Readers& readers_;
  Found found_;
  const KeptAuthorisation* authorisation_ = nullptr;  ///< the next one
  std::uint64_t end_ = 0;                             ///< the number of the last entry
  std::string end_digest_;
  std::uint64_t end_event_ = 0;  ///< the number of the last use or withdrawal
  std::string end_event_digest_;
  std::uint64_t last_issue_ = 0;  ///< the number of the last entry that is said to have issued something
  std::uint64_t number_ = 0;      ///< of the entry looked at before
  std::string digest_;
};

Answer<void> Verification::read_end() {
  std::uint64_t last = 0;
  std::uint64_t last_event = 0;
  const auto take = [](std::uint64_t& number) { return [&number](Database::Row row) { number = number_of(row[0]); }; };
  return readers_
      .read([&](Database& database) {
        return database
            .run(Statement::head, {},
                 [&](Database::Row row) {
                   end_ = number_of(row[0]);
                   end_digest_ = row[1];
                   end_event_ = number_of(row[2]);
                   end_event_digest_ = row[3];
                 })
            .and_then([&](std::size_t) { return database.run(Statement::last_number, {}, take(last)); })
            .and_then([&](std::size_t) { return database.run(Statement::last_issue, {}, take(last_issue_)); })
            .and_then([&](std::size_t) { return database.run(Statement::last_event, {}, take(last_event)); })
            .map([](std::size_t) {});
      })
      .map([&] {
        if (last > end_) fault("entry {} stands after the last, which is entry {}", last, end_);
        if (last_event > end_event_) fault("event {} stands after the last, which is event {}", last_event, end_event_);
      });
}

Answer<void> Verification::next_authorisation() {
  return authorisations_.next().map([&](const KeptAuthorisation* next) { authorisation_ = next; });
}

void Verification::missing(std::uint64_t first, std::uint64_t last) {
  if (first == last) fault("entry {} is missing", first);
  if (first < last) fault("entries {} to {} are missing", first, last);
}

void Verification::missing_events(std::uint64_t first, std::uint64_t last) {
  if (first == last) fault("event {} is missing", first);
  if (first < last) fault("events {} to {} are missing", first, last);
}

/// Its place in the chain, and its own digest.
void Verification::look_at_place(const LogEntry& entry) {
  missing(number_ + 1, entry.number - 1);
  if (entry.number == 1 && !entry.previous.empty()) fault("entry 1 names one before it");
  if (entry.number > 1 && entry.number == number_ + 1 && entry.previous != digest_) {
    fault("entry {} does not follow what entry {} is now", entry.number, number_);
  }
  if (digest_of(entry) != entry.digest || !entry.whole) fault("entry {}: its text was changed", entry.number);
  number_ = entry.number;
  digest_ = entry.digest;
  ++found_.entries;
}

Answer<void> Verification::look_at_issued(const LogEntry& entry) {
  while (authorisation_ != nullptr && authorisation_->entry < entry.number) {
    not_issued(*authorisation_);
    if (auto next = next_authorisation(); !next) return next;
  }
  auto lines = issued_lines(entry);
  while (authorisation_ != nullptr && authorisation_->entry == entry.number) {
    const auto line = lines.find(authorisation_->authorisation.code);
    if (line == lines.end()) {
      not_issued(*authorisation_);
    } else {
      if (line->second != issued_line(authorisation_->authorisation)) {
        fault("authorisation {} is not as entry {} issued it", line->first, entry.number);
      }
      look_at_history(authorisation_->authorisation);
      lines.erase(line);
    }
    if (auto next = next_authorisation(); !next) return next;
  }
  for (const auto& [code, line] : lines)
    fault("authorisation {}, which entry {} issued, is missing", code, entry.number);
  return {};
}

void Verification::not_issued(const KeptAuthorisation& kept) {
  fault("authorisation {} was issued by no entry", kept.authorisation.code);
}

void Verification::look_at_history(const Authorisation& authorisation) {
  using Kind = AuthorisationEvent::Kind;
  const auto count = [&](Kind kind) {
    return std::count_if(authorisation.events.begin(), authorisation.events.end(),
                         [&](const AuthorisationEvent& event) { return event.kind == kind; });
  };
  const auto& events = authorisation.events;
  if (count(Kind::issued) != 1) fault("authorisation {}: its history has what is none", authorisation.code);
  if (count(Kind::used) != authorisation.used) {
    fault("authorisation {}: it counts as used {} times, and its history has {}", authorisation.code,
          authorisation.used, count(Kind::used));
  }
  if (authorisation.used > authorisation.uses) {
    fault("authorisation {}: it was used {} times, and may be used {}", authorisation.code, authorisation.used,
          authorisation.uses);
  }
  if (count(Kind::withdrawn) != (authorisation.withdrawn ? 1 : 0)) {
    fault("authorisation {}: whether it is withdrawn is not what its history says", authorisation.code);
  }
  const auto withdrawal = std::find_if(events.begin(), events.end(),
                                       [](const AuthorisationEvent& event) { return event.kind == Kind::withdrawn; });
  if (std::any_of(withdrawal, events.end(), [](const auto& event) { return event.kind == Kind::used; })) {
    fault("authorisation {}: it was used after it was withdrawn", authorisation.code);
  }
  std::set<std::string_view> references;
  for (const AuthorisationEvent& event : events) {
    if (event.kind == Kind::used && !event.reason.empty() && !references.insert(event.reason).second) {
      fault("authorisation {}: one use is counted twice", authorisation.code);
    }
  }
}

Answer<void> Verification::go_through_entries() {
  while (true) {
    const auto next = entries_.next();
    if (!next) return tl::unexpected(next.error());
    const LogEntry* entry = *next;
    // What stands after the end was told, or was written since.
    if (entry == nullptr || entry->number > end_) break;
    if (entry->number == number_) {
      fault("entry {} stands twice", number_);
      continue;
    }
    look_at_place(*entry);
    if (auto looked = look_at_issued(*entry); !looked) return looked;
  }
  missing(number_ + 1, end_);
  if (number_ == end_ && digest_ != end_digest_) fault("entry {} is not what was written last", number_);
  found_.last = digest_;
  return {};
}

Answer<void> Verification::go_through_rest() {
  while (authorisation_ != nullptr && authorisation_->entry <= std::max(end_, last_issue_)) {
    not_issued(*authorisation_);
    if (auto next = next_authorisation(); !next) return next;
  }
  return {};
}

void Verification::look_at_event(const KeptEvent& event, const KeptEvent& before) {
  missing_events(before.number + 1, event.number - 1);
  if (event.number == 1 && !event.previous.empty()) fault("event 1 names one before it");
  if (event.number > 1 && event.number == before.number + 1 && event.previous != before.digest) {
    fault("event {} does not follow what event {} is now", event.number, before.number);
  }
  if (digest_of(event) != event.digest) {
    fault("event {}, of authorisation {}: its text was changed", event.number, event.code);
  }
}

/// Uses and withdrawals.
Answer<void> Verification::go_through_events() {
  KeptEvent before;
  while (true) {
    const auto next = events_.next();
    if (!next) return tl::unexpected(next.error());
    // What stands after the end was told, or was written since.
    if (*next == nullptr || (*next)->number > end_event_) break;
    look_at_event(**next, before);
    before = **next;
  }
  missing_events(before.number + 1, end_event_);
  if (before.number == end_event_ && before.digest != end_event_digest_) {
    fault("event {} is not what was written last", before.number);
  }
  return {};
}

Answer<Found> Verification::run() {
  return read_end()
      .and_then([&] { return next_authorisation(); })
      .and_then([&] { return go_through_entries(); })
      .and_then([&] { return go_through_rest(); })
      .and_then([&] { return go_through_events(); })
      .map([&] { return std::move(found_); });
}

}  // namespace

Answer<Found> verify_register(Readers& readers) { return Verification(readers).run(); }

}  // namespace proviso::service
