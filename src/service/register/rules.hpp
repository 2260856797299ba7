#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "service/register/database.hpp"
#include "service/register/packing.hpp"
#include "service/register/register.hpp"

/// What the register does with what is brought to it: once for all databases.
namespace proviso::service {

/// A transaction that writes, from its beginning to its end.
class Writing {
 public:
  /// `repeated`: the same was written before by a transaction of which nobody knows whether it was committed.
  /// `on_disk` names the exemplars that were committed before, and then those of this transaction too.
  Writing(Database& database, std::unordered_set<std::string>& on_disk, bool repeated)
      : database_(database), on_disk_(on_disk), repeated_(repeated) {}

  Database& database() { return database_; }

  /// Gives the entry its number, its codes and its place in the chain, and issues what is asked for. `exemplar` is what
  /// its facts and its result differ from; null: nothing.
  Answer<std::vector<Authorisation>> add(LogEntry& entry, const Exemplar* exemplar,
                                         const std::vector<Authorisation>& approvals);
  /// The event says when, by whom, and with which reference or for what reason.
  Answer<Change> use(std::string_view code, const AuthorisationEvent& event, std::string_view today);
  Answer<Change> withdraw(std::string_view code, const AuthorisationEvent& event);
  Answer<void> commit();

 private:
  struct Head {
    std::uint64_t number = 0;
    std::string digest;
    std::uint64_t event = 0;
    std::string event_digest;
    bool moved = false;
  };

  Answer<void> read_head();
  Answer<std::vector<Authorisation>> recall(LogEntry& entry, const LogEntry& kept);
  Answer<std::vector<Authorisation>> append(LogEntry& entry, const std::vector<Authorisation>& approvals);
  Answer<void> append(const Authorisation& authorisation, const AuthorisationEvent& event);
  Answer<void> bring(const Exemplar* exemplar);
  Answer<std::optional<Authorisation>> current(const Authorisation& approval, const std::string& matter);

  Database& database_;
  std::unordered_set<std::string>& on_disk_;
  std::vector<std::string> brought_;  ///< exemplars of this transaction
  bool repeated_;
  std::optional<Head> head_;
};

}  // namespace proviso::service
