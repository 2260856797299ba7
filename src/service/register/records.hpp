#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "service/register/database.hpp"
#include "service/register/packing.hpp"
#include "service/register/register.hpp"

/// Entries and authorisations as rows of the database.
namespace proviso::service {

struct KeptAuthorisation {
  Authorisation authorisation;
  std::uint64_t entry = 0;    ///< the number of the one that issued it
  std::uint64_t ordinal = 0;  ///< its place among those that the entry issued
};

/// A use or a withdrawal. They are a chain of their own, in the order in which they came.
struct KeptEvent {
  std::uint64_t number = 0;   ///< from 1, without gaps
  std::string code;           ///< of the authorisation
  std::uint64_t ordinal = 0;  ///< its place in the authorisation's history, in which the issue is 0
  AuthorisationEvent event;
  std::string previous;  ///< the digest of the one before it; empty for the first
  std::string digest;    ///< of all of the above
};
/// What `digest` must be.
std::string digest_of(const KeptEvent& kept);

/// 0 where they are not the digits of a number.
std::uint64_t number_of(std::string_view digits);

LogEntry entry_of(Database::Row row);
/// Of its events the first.
KeptAuthorisation authorisation_of(Database::Row row);
KeptEvent event_of(Database::Row row);

/// Makes of its facts and its result what is kept of them. The exemplar must be written before the entry is.
std::shared_ptr<const Exemplar> pack(Packer& packer, std::uint64_t likeness, LogEntry& entry);
Answer<void> add_exemplar(Database& database, const Exemplar& exemplar);
Answer<void> add_entry(Database& database, const LogEntry& entry);
/// But for its events. `matter`: empty where it is not to be given to whoever asks again.
Answer<void> add_authorisation(Database& database, const KeptAuthorisation& kept, std::string_view matter);
Answer<void> add_event(Database& database, const KeptEvent& kept);

Answer<std::optional<LogEntry>> find_entry(Database& database, std::string_view id);
/// With its events: by `authorisation_by_code` or `authorisation_for`.
Answer<std::optional<Authorisation>> find_authorisation(Database& database, Statement statement, std::string_view key);
/// Adds the events after the first.
Answer<void> read_events(Database& database, Authorisation& authorisation);

/// What an authorisation is given for: who asks for the same again is given the same. Empty where the referral has no
/// id.
std::string matter_of(const Authorisation& authorisation);
/// What was issued, as a JSON object on one line: what later happens to it is no part of it.
std::string issued_line(const Authorisation& authorisation);

}  // namespace proviso::service
