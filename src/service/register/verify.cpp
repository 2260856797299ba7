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

/// What is numbered without gaps, each carrying the digest of the one before it; and how far that was looked at.
struct Chain {
  const char* one;
  const char* several;
  std::uint64_t end = 0;  ///< the number of the last
  std::string end_digest = {};
  std::uint64_t number = 0;  ///< of the one looked at before
  std::string digest = {};
};

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
  void look_at_event(const KeptEvent& event);
  void look_at_place(const LogEntry& entry);
  void missing(const Chain& chain, std::uint64_t first, std::uint64_t last);
  void stands_after(const Chain& chain, std::uint64_t last);
  void follow(Chain& chain, std::uint64_t number, const std::string& previous, const std::string& digest);
  void end(const Chain& chain);
  Answer<void> look_at_issued(const LogEntry& entry);
  void look_at_history(const Authorisation& authorisation);
  void not_issued(const KeptAuthorisation& kept);

  EntryCursor entries_;
  EventCursor events_;
  AuthorisationCursor authorisations_;
  Readers& readers_;
  Found found_;
  const KeptAuthorisation* authorisation_ = nullptr;  ///< the next one
  Chain log_{"entry", "entries"};
  Chain uses_{"event", "events"};  ///< and withdrawals
  std::uint64_t last_issue_ = 0;   ///< the number of the last entry that is said to have issued something
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
                   log_.end = number_of(row[0]);
                   log_.end_digest = row[1];
                   uses_.end = number_of(row[2]);
                   uses_.end_digest = row[3];
                 })
            .and_then([&](std::size_t) { return database.run(Statement::last_entry, {}, take(last)); })
            .and_then([&](std::size_t) { return database.run(Statement::last_issue, {}, take(last_issue_)); })
            .and_then([&](std::size_t) { return database.run(Statement::last_event, {}, take(last_event)); })
            .map([](std::size_t) {});
      })
      .map([&] {
        stands_after(log_, last);
        stands_after(uses_, last_event);
      });
}

Answer<void> Verification::next_authorisation() {
  return authorisations_.next().map([&](const KeptAuthorisation* next) { authorisation_ = next; });
}

void Verification::stands_after(const Chain& chain, std::uint64_t last) {
  if (last <= chain.end) return;
  fault("{} {} stands after the last, which is {} {}", chain.one, last, chain.one, chain.end);
}

void Verification::missing(const Chain& chain, std::uint64_t first, std::uint64_t last) {
  if (first == last) fault("{} {} is missing", chain.one, first);
  if (first < last) fault("{} {} to {} are missing", chain.several, first, last);
}

void Verification::follow(Chain& chain, std::uint64_t number, const std::string& previous, const std::string& digest) {
  missing(chain, chain.number + 1, number - 1);
  if (number == 1 && !previous.empty()) fault("{} 1 names one before it", chain.one);
  if (number > 1 && number == chain.number + 1 && previous != chain.digest) {
    fault("{} {} does not follow what {} {} is now", chain.one, number, chain.one, chain.number);
  }
  chain.number = number;
  chain.digest = digest;
}

void Verification::end(const Chain& chain) {
  missing(chain, chain.number + 1, chain.end);
  if (chain.number == chain.end && chain.digest != chain.end_digest) {
    fault("{} {} is not what was written last", chain.one, chain.number);
  }
}

/// Its place in the chain, and its own digest.
void Verification::look_at_place(const LogEntry& entry) {
  follow(log_, entry.number, entry.previous, entry.digest);
  if (digest_of(entry) != entry.digest || !entry.whole) fault("entry {}: its text was changed", entry.number);
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
    if (entry == nullptr || entry->number > log_.end) break;
    if (entry->number == 0) {
      fault("the entry of decision {} has a number that no entry can have", entry->id);
      continue;
    }
    if (entry->number == log_.number) {
      fault("entry {} stands twice", entry->number);
      continue;
    }
    look_at_place(*entry);
    if (auto looked = look_at_issued(*entry); !looked) return looked;
  }
  end(log_);
  found_.last = log_.digest;
  return {};
}

Answer<void> Verification::go_through_rest() {
  while (authorisation_ != nullptr && authorisation_->entry <= std::max(log_.end, last_issue_)) {
    not_issued(*authorisation_);
    if (auto next = next_authorisation(); !next) return next;
  }
  return {};
}

void Verification::look_at_event(const KeptEvent& event) {
  if (event.number == 0) return fault("an event of authorisation {} has a number that no event can have", event.code);
  if (event.number == uses_.number) return fault("event {} stands twice", event.number);
  follow(uses_, event.number, event.previous, event.digest);
  if (digest_of(event) != event.digest) {
    fault("event {}, of authorisation {}: its text was changed", event.number, event.code);
  }
}

/// Uses and withdrawals.
Answer<void> Verification::go_through_events() {
  while (true) {
    const auto next = events_.next();
    if (!next) return tl::unexpected(next.error());
    // What stands after the end was told, or was written since.
    if (*next == nullptr || (*next)->number > uses_.end) break;
    look_at_event(**next);
  }
  end(uses_);
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
