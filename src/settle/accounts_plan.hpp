#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "decide/edition.hpp"
#include "decide/version.hpp"
#include "model/library.hpp"

namespace proviso::settle {

/// An agreement made ready to be settled: its programs by place and date, as those of a policy. Its values are laid out
/// as clauses are, for so it is known what each of them reads, and what an unknown one lacks.
class Plan {
 public:
  /// `number` is of Library::agreements, `correction` of the ledger's.
  Plan(const model::Library& library, std::uint32_t number, std::size_t correction, decide::SeenNodes& seen,
       decide::PlacementTables& tables);
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const model::Library& library() const { return library_; }
  std::uint32_t number() const { return number_; }
  const model::Agreement& agreement() const { return agreement_; }
  std::size_t correction() const { return correction_; }
  const decide::Version& version() const { return version_; }
  const decide::Edition& edition() const { return *edition_; }
  /// The days on which a line may matter.
  const model::Period& days() const { return days_; }
  /// Whether the day is of a month in which the period ends and lines after it are compared with the lowest price: of
  /// all lines of that month.
  bool shares_month_with_after(std::int32_t day) const { return split_month_.contains(day); }

  /// Items of the version. Of the period: the saving, and then the deductions; after it: what was charged, and the
  /// quantity.
  const std::vector<std::uint32_t>& items_during() const { return items_during_; }
  const std::vector<std::uint32_t>& items_after() const { return items_after_; }
  /// What a target asks of a line: which lines it is about, and whether they meet it.
  const std::vector<std::uint32_t>& items_of_target(std::size_t target) const { return items_of_targets_[target]; }
  /// What those of the saving and of the price read, each thing once.
  const std::vector<decide::Read>& read_during() const { return read_during_; }
  const std::vector<decide::Read>& read_after() const { return read_after_; }
  /// Facts that the record may assume and that these read, or what says whether the line is covered, and by whom.
  const std::vector<model::FactId>& assumed_during() const { return assumed_during_; }
  const std::vector<model::FactId>& assumed_after() const { return assumed_after_; }
  /// Every fact that something of the agreement asks for.
  std::set<model::FactId> facts() const;

 private:
  const model::Library& library_;
  const model::Agreement& agreement_;
  std::uint32_t number_;
  std::size_t correction_;
  model::Period days_;
  model::Period split_month_{0, -1};
  model::Form form_;
  decide::Version version_;
  std::unique_ptr<decide::Edition> edition_;
  std::vector<std::uint32_t> items_during_;
  std::vector<std::uint32_t> items_after_;
  std::vector<std::vector<std::uint32_t>> items_of_targets_;
  std::vector<decide::Read> read_during_;
  std::vector<decide::Read> read_after_;
  std::vector<model::FactId> assumed_during_;
  std::vector<model::FactId> assumed_after_;

  void add_value(std::string name, model::NodeId node);
  void lay_out(const model::Library& library, decide::SeenNodes& seen);
  std::vector<model::FactId> assumed_facts(const model::Record& record, std::size_t first, std::size_t last) const;
  std::vector<decide::Read> reads_of(const std::vector<std::uint32_t>& items) const;
};

}  // namespace proviso::settle
