#include "service/register/rules.hpp"

#include <algorithm>
#include <utility>

#include "service/register/records.hpp"

namespace proviso::service {
namespace {

/// To be written after its entry.
struct Issue {
  KeptAuthorisation kept;
  std::string matter;
};

Authorisation issued_by(const LogEntry& entry, const Authorisation& approval) {
  Authorisation issued = approval;
  issued.code = new_code();
  issued.decision = entry.id;
  issued.used = 0;
  issued.withdrawn = false;
  issued.events = {{AuthorisationEvent::Kind::issued, entry.at, entry.by, ""}};
  return issued;
}

bool has(const Authorisation& authorisation, const AuthorisationEvent& event) {
  return std::any_of(authorisation.events.begin(), authorisation.events.end(), [&](const AuthorisationEvent& other) {
    return other.kind == event.kind && other.at == event.at && other.by == event.by && other.reason == event.reason;
  });
}

bool has_use(const Authorisation& authorisation, const std::string& reference) {
  return std::any_of(authorisation.events.begin(), authorisation.events.end(), [&](const AuthorisationEvent& event) {
    return event.kind == AuthorisationEvent::Kind::used && !reference.empty() && event.reason == reference;
  });
}

}  // namespace

Answer<void> Writing::read_head() {
  if (head_) return {};
  Head head;
  const auto read = database_.run(Statement::head, {}, [&](Database::Row row) {
    head.number = number_of(row[0]);
    head.digest = row[1];
    head.event = number_of(row[2]);
    head.event_digest = row[3];
  });
  if (!read) return tl::unexpected(read.error());
  head_ = std::move(head);
  return {};
}

Answer<std::vector<Authorisation>> Writing::add(LogEntry& entry, const Exemplar* exemplar,
                                                const std::vector<Authorisation>& approvals) {
  if (auto read = read_head(); !read) return tl::unexpected(std::move(read.error()));
  if (repeated_) {
    auto written = find_entry(database_, entry.id);
    if (!written) return tl::unexpected(std::move(written.error()));
    if (*written) return recall(entry, **written);
  }
  if (auto brought = bring(exemplar); !brought) return tl::unexpected(std::move(brought.error()));
  return append(entry, approvals);
}

Answer<void> Writing::bring(const Exemplar* exemplar) {
  if (exemplar == nullptr) return {};
  const std::string& id = exemplar->id();
  if (on_disk_.contains(id) || std::find(brought_.begin(), brought_.end(), id) != brought_.end()) return {};
  brought_.push_back(id);
  return add_exemplar(database_, *exemplar);
}

/// It was written after all: only the answer was lost.
Answer<std::vector<Authorisation>> Writing::recall(LogEntry& entry, const LogEntry& kept) {
  entry = kept;
  std::vector<Authorisation> authorisations;
  for (const std::string& code : entry.codes) {
    auto found = find_authorisation(database_, Statement::authorisation_by_code, code);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (*found) authorisations.push_back(std::move(**found));
  }
  return authorisations;
}

Answer<std::vector<Authorisation>> Writing::append(LogEntry& entry, const std::vector<Authorisation>& approvals) {
  entry.number = head_->number + 1;
  entry.previous = head_->digest;
  entry.codes.clear();
  entry.issued.clear();
  std::vector<Authorisation> given;
  std::vector<Issue> issues;
  for (const Authorisation& approval : approvals) {
    std::string matter = matter_of(approval);
    // The same may be asked for twice by one decision, whose authorisations are not written yet.
    const auto same = std::find_if(issues.begin(), issues.end(),
                                   [&](const Issue& issue) { return !matter.empty() && issue.matter == matter; });
    if (same != issues.end()) {
      given.push_back(same->kept.authorisation);
    } else {
      auto found = current(approval, matter);
      if (!found) return tl::unexpected(std::move(found.error()));
      if (!*found) issues.push_back({{issued_by(entry, approval), entry.number, issues.size()}, std::move(matter)});
      given.push_back(*found ? std::move(**found) : issues.back().kept.authorisation);
    }
    entry.codes.push_back(given.back().code);
  }
  for (const Issue& issue : issues) entry.issued += issued_line(issue.kept.authorisation);
  entry.digest = digest_of(entry);
  auto added = add_entry(database_, entry);
  for (const Issue& issue : issues) {
    if (added) added = add_authorisation(database_, issue.kept, issue.matter);
  }
  if (!added) return tl::unexpected(std::move(added.error()));
  head_->number = entry.number;
  head_->digest = entry.digest;
  head_->moved = true;
  return given;
}

/// The one that is given to whoever asks for the same again. Where it is expired and the new one would last longer, it
/// makes way; so asking again about days that are long past still gives the same. One that was used up never makes way:
/// what it was for is done.
Answer<std::optional<Authorisation>> Writing::current(const Authorisation& approval, const std::string& matter) {
  if (matter.empty()) return std::optional<Authorisation>();
  auto found = find_authorisation(database_, Statement::authorisation_for, matter);
  if (!found || !*found) return found;
  const std::string& until = (*found)->valid_to;
  const bool expired = !until.empty() && until < approval.decided;
  const bool longer = approval.valid_to.empty() || approval.valid_to > until;
  const bool used_up = (*found)->used >= (*found)->uses;
  if (!expired || !longer || used_up) return found;
  return database_.run_later(Statement::replace_authorisation, {(*found)->code}).map([] {
    return std::optional<Authorisation>();
  });
}

Answer<void> Writing::append(const Authorisation& authorisation, const AuthorisationEvent& event) {
  if (auto read = read_head(); !read) return read;
  KeptEvent kept{head_->event + 1, authorisation.code, authorisation.events.size(), event, head_->event_digest, {}};
  kept.digest = digest_of(kept);
  head_->event = kept.number;
  head_->event_digest = kept.digest;
  head_->moved = true;
  return add_event(database_, kept);
}

Answer<Change> Writing::use(std::string_view code, const AuthorisationEvent& event, std::string_view today) {
  auto found = find_authorisation(database_, Statement::authorisation_by_code, code);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (!*found) return Change::unknown_code;
  const Authorisation& authorisation = **found;
  if (repeated_ && has(authorisation, event)) return Change::done;
  if (has_use(authorisation, event.reason)) return Change::done_before;
  switch (authorisation.state(today)) {
    case Authorisation::State::withdrawn:
      return Change::withdrawn;
    case Authorisation::State::used:
      return Change::used_up;
    case Authorisation::State::expired:
      return Change::expired;
    case Authorisation::State::valid:
      break;
  }
  return append(authorisation, event)
      .and_then([&] { return database_.run_later(Statement::count_use, {code}); })
      .map([] { return Change::done; });
}

Answer<Change> Writing::withdraw(std::string_view code, const AuthorisationEvent& event) {
  auto found = find_authorisation(database_, Statement::authorisation_by_code, code);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (!*found) return Change::unknown_code;
  if (repeated_ && has(**found, event)) return Change::done;
  if ((*found)->withdrawn) return Change::done_before;
  return append(**found, event)
      .and_then([&] { return database_.run_later(Statement::withdraw_authorisation, {code}); })
      .map([] { return Change::done; });
}

Answer<void> Writing::commit() {
  Answer<void> done;
  if (head_ && head_->moved) {
    done = database_.run_later(Statement::move_head, {std::to_string(head_->number), head_->digest,
                                                      std::to_string(head_->event), head_->event_digest});
  }
  if (done) done = database_.commit();
  if (done) on_disk_.insert(brought_.begin(), brought_.end());
  return done;
}

}  // namespace proviso::service
