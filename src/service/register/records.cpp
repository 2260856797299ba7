#include "service/register/records.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "value/digest.hpp"

namespace proviso::service {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    parts.emplace_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return parts;
}

AuthorisationEvent::Kind event_kind(std::string_view word) {
  using Kind = AuthorisationEvent::Kind;
  for (const Kind kind : {Kind::used, Kind::withdrawn}) {
    if (word == spelling(kind)) return kind;
  }
  return Kind::issued;  // which is never written
}

/// 0 where the text is no such number.
template <typename Number>
Number whole(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

/// The same facts in whatever order they are given.
std::string tidy_facts(const std::string& text) {
  const auto facts = nlohmann::json::parse(text, nullptr, false);
  return facts.is_discarded() ? text : facts.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The facts and the result again; false, and none of them, where something was tampered with.
bool read_kept(std::string_view exemplar, LogEntry& entry) {
  std::optional<std::string> packed;
  std::string_view text = entry.kept;
  if (!entry.exemplar.empty()) {
    if (value::sha256(exemplar) == entry.exemplar) packed = unpack(entry.kept, exemplar);
    if (!packed) return false;
    text = *packed;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::uint64_t size = number_of(text.substr(0, colon));
  text.remove_prefix(colon + 1);
  if (size > text.size()) return false;
  entry.facts = text.substr(0, size);
  entry.result = text.substr(size);
  return true;
}

}  // namespace

std::uint64_t number_of(std::string_view digits) { return whole<std::uint64_t>(digits); }

LogEntry entry_of(Database::Row row) {
  LogEntry entry;
  entry.number = number_of(row[0]);
  entry.id = row[1];
  entry.at = row[2];
  entry.by = row[3];
  entry.library = row[4];
  entry.record = row[5];
  entry.referral = row[6];
  entry.patient = row[7];
  entry.outcome = row[8];
  entry.kept = row[9];
  entry.exemplar = row[10];
  entry.whole = read_kept(row[15], entry);
  entry.codes = split(row[11]);
  entry.issued = row[12];
  entry.previous = row[13];
  entry.digest = row[14];
  return entry;
}

std::shared_ptr<const Exemplar> pack(Packer& packer, std::uint64_t likeness, LogEntry& entry) {
  thread_local std::string text;
  text.clear();
  value::append_field(text, entry.facts);
  text += entry.result;
  Packed packed = packer.pack(likeness, text);
  entry.kept = std::move(packed.text);
  if (packed.exemplar) entry.exemplar = packed.exemplar->id();
  return std::move(packed.exemplar);
}

Answer<void> add_exemplar(Database& database, const Exemplar& exemplar) {
  return database.run_later(Statement::add_exemplar, {exemplar.id(), exemplar.text()});
}

Answer<void> add_entry(Database& database, const LogEntry& entry) {
  return database.run_later(
      Statement::add_entry,
      {std::to_string(entry.number), entry.id, entry.at, entry.by, entry.library, entry.record, entry.referral,
       entry.patient, entry.outcome, entry.kept, entry.exemplar, fmt::format("{}", fmt::join(entry.codes, " ")),
       entry.issued, entry.previous, entry.digest});
}

KeptAuthorisation authorisation_of(Database::Row row) {
  KeptAuthorisation kept;
  Authorisation& authorisation = kept.authorisation;
  authorisation.code = row[0];
  authorisation.record = row[1];
  authorisation.referral = row[2];
  authorisation.policy = row[3];
  authorisation.version = row[4];
  authorisation.place = row[5];
  authorisation.decision = row[6];
  authorisation.bound = row[7];
  authorisation.patient = row[8];
  authorisation.decided = row[9];
  authorisation.valid_from = row[10];
  authorisation.valid_to = row[11];
  authorisation.uses = whole<int>(row[12]);
  authorisation.used = whole<int>(row[13]);
  authorisation.retrospective = row[14] == "1";
  authorisation.withdrawn = row[15] == "1";
  kept.entry = number_of(row[16]);
  kept.ordinal = number_of(row[17]);
  authorisation.events.push_back({AuthorisationEvent::Kind::issued, std::string(row[18]), std::string(row[19]), ""});
  return kept;
}

Answer<void> add_authorisation(Database& database, const KeptAuthorisation& kept, std::string_view matter) {
  const Authorisation& added = kept.authorisation;
  return database.run_later(
      Statement::add_authorisation,
      {added.code, added.record, added.referral, added.policy, added.version, added.place, added.decision, added.bound,
       added.patient, added.decided, added.valid_from, added.valid_to, std::to_string(added.uses),
       std::to_string(added.used), added.retrospective ? "1" : "0", added.withdrawn ? "1" : "0",
       std::to_string(kept.entry), std::to_string(kept.ordinal), matter});
}

KeptEvent event_of(Database::Row row) {
  return {number_of(row[0]),   std::string(row[1]),
          number_of(row[2]),   {event_kind(row[3]), std::string(row[4]), std::string(row[5]), std::string(row[6])},
          std::string(row[7]), std::string(row[8])};
}

Answer<void> add_event(Database& database, const KeptEvent& kept) {
  const AuthorisationEvent& event = kept.event;
  return database.run_later(Statement::add_event,
                            {std::to_string(kept.number), kept.code, std::to_string(kept.ordinal), spelling(event.kind),
                             event.at, event.by, event.reason, kept.previous, kept.digest});
}

Answer<std::optional<LogEntry>> find_entry(Database& database, std::string_view id) {
  std::optional<LogEntry> found;
  return database.run(Statement::entry_by_id, {id}, [&](Database::Row row) { found = entry_of(row); })
      .map([&](std::size_t) { return std::move(found); });
}

Answer<void> read_events(Database& database, Authorisation& authorisation) {
  return database
      .run(Statement::events_of, {authorisation.code},
           [&](Database::Row row) {
             authorisation.events.push_back(
                 {event_kind(row[0]), std::string(row[1]), std::string(row[2]), std::string(row[3])});
           })
      .map([](std::size_t) {});
}

Answer<std::optional<Authorisation>> find_authorisation(Database& database, Statement statement, std::string_view key) {
  std::optional<Authorisation> found;
  return database.run(statement, {key}, [&](Database::Row row) { found = authorisation_of(row).authorisation; })
      .and_then([&](std::size_t) { return found ? read_events(database, *found) : Answer<void>(); })
      .map([&] { return std::move(found); });
}

std::string matter_of(const Authorisation& authorisation) {
  if (authorisation.referral.empty()) return {};
  std::string fields;
  for (const std::string& field : {authorisation.record, authorisation.referral, authorisation.policy,
                                   authorisation.patient, tidy_facts(authorisation.bound)}) {
    value::append_field(fields, field);
  }
  // Half of the digest tells any two apart, and its index is read and written often.
  return value::sha256(fields).substr(0, 40);
}

std::string issued_line(const Authorisation& authorisation) {
  const nlohmann::ordered_json object = {
      {"code", authorisation.code},
      {"record", authorisation.record},
      {"referral", authorisation.referral},
      {"policy", authorisation.policy},
      {"version", authorisation.version},
      {"place", authorisation.place},
      {"decision", authorisation.decision},
      {"bound", authorisation.bound},
      {"patient", authorisation.patient},
      {"decided", authorisation.decided},
      {"valid_from", authorisation.valid_from},
      {"valid_to", authorisation.valid_to},
      {"uses", authorisation.uses},
      {"retrospective", authorisation.retrospective},
  };
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace proviso::service
