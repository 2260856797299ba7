#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/decider.hpp"
#include "decide/engine.hpp"
#include "input/reader.hpp"
#include "model/library.hpp"
#include "output/json_writer.hpp"
#include "output/record_json.hpp"
#include "service/register/authorisation.hpp"

/// Deciding one record where it is submitted.
namespace proviso::service {

/// A fact that is asked for, and what it is asked for by.
struct Needed {
  model::FactId fact = model::none;
  bool out_of_date = false;         ///< there is a measurement, and it does not count on the day that decides
  std::vector<std::string> why;     ///< labels of criteria, each once
  std::vector<std::string> policy;  ///< labels of the policies that ask, each once
  std::optional<std::int32_t> made_after = {};  ///< the day that decides, where the measurement is from after it
};

/// One record, decided. All texts are UTF-8.
struct Decided {
  bool readable = false;
  std::string id;                 ///< the record's own; empty where it has none. It may identify the patient.
  std::string given_id = "null";  ///< where it could not be read: its id as JSON, `"R-104"` or `17`
  std::string patient;            ///< the patient's NHS number, ten digits; empty where it is not known
  model::Outcome outcome = model::Outcome::not_applicable;
  /// One JSON object as `decide` prints it, without the id, and without the values of identifiers that are not kept:
  /// `{"record": ...}`. Where the record could not be read:
  /// `{"line": ..., "error": {...}}`.
  std::string result;
  std::uint64_t likeness = 0;  ///< the same where the same policies came to the same: then `result` reads much alike
  std::string facts;  ///< those given facts that were read, as JSON input gives them; identifiers where they are kept
  std::vector<Needed> needs;            ///< of all its decisions, in the order in which they are best asked for
  std::vector<std::string> undeclared;  ///< fields that the record does not declare
  /// What its approvals by policies of prior approval ask for, where its outcome is `approve`. What the register makes
  /// is left empty: code, referral, decision, patient, and the days but valid_from and valid_to.
  std::vector<Authorisation> approvals;
};

/// What there is to say of a record with a flaw, as of one that could not be read.
Decided refused(input::Flaw flaw);

/// Appends the result as `decide` prints it, with the record's id, and where it stood in a batch.
void append_result(std::string& out, const Decided& decided, std::uint64_t line = 1);

/// How authorisations are made of approvals, and what is said of the patient.
struct ApprovalTerms {
  bool keep_identifiers = false;
  std::int32_t today = 0;  ///< when the decision is made
  /// Of a decision that is made again: identifiers that were known then, and were not kept.
  bool withheld_patient = false;
  bool withheld_id = false;
};

/// Decides records of one kind by one library. Any number of threads may use it.
class Desk {
 public:
  /// `record` must be a record of the library, which must outlive it.
  Desk(const model::Library& library, std::string_view record, decide::Explain explain);
  ~Desk();

  const decide::Engine& engine() const { return engine_; }
  /// `json`: one record, as the command takes it.
  Decided decide(std::string_view json, const ApprovalTerms& terms) const;
  /// Facts of the record that a policy reads, by number; those that place and date policies too.
  const std::vector<bool>& read_facts() const { return all_read_; }

 private:
  struct Worker;
  decide::Engine engine_;
  output::JsonWriter json_;
  output::JsonWriter json_without_identifiers_;
  output::RecordJson facts_;
  std::vector<bool> always_read_;  ///< by fact: what says whether a policy applies
  std::vector<bool> all_read_;
  /// What is kept of a record: where no policy applies, and by version where that one does. Lists that hold what is
  /// read are among them.
  struct Kept {
    output::WrittenFacts always;
    std::vector<output::WrittenFacts> by_version;
  };
  Kept kept_;
  Kept kept_without_identifiers_;
  /// Facts that an authorisation is good for: shared with the record `Authorisation`.
  output::WrittenFacts bound_;
  output::WrittenFacts bound_without_patient_;
  model::FactId patient_ = model::none;
  model::FactId treated_ = model::none;   ///< the day on which it was done, where it was done already
  std::uint32_t validity_ = model::none;  ///< the threshold `authorisation_validity`
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Worker>> idle_;

  std::unique_ptr<Worker> take() const;
  void check_identifier(Worker& worker) const;
  void find_facts();
  Kept find_kept(bool identifiers) const;
  void find_bound();
  void describe(Worker& worker, const ApprovalTerms& terms, Decided& decided) const;
  static std::uint64_t likeness(const decide::Decisions& decisions);
  static output::WrittenFacts facts_read(const Kept& kept, const decide::Decisions& decisions);
  void put_withheld(program::Chunk& chunk, const ApprovalTerms& terms) const;
  void add_needs(const Worker& worker, Decided& decided) const;
  void add_approvals(const Worker& worker, const ApprovalTerms& terms, Decided& decided) const;
  bool is_of_patient(model::FactId fact) const;
  std::string last_day(const decide::Decision& decision, std::int32_t first) const;
  std::string text_of(const program::Chunk& chunk, model::FactId fact) const;
};

}  // namespace proviso::service
