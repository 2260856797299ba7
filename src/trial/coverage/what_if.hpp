#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "decide/version.hpp"
#include "decide/view.hpp"
#include "model/library.hpp"
#include "value/truth.hpp"

/// What a record would come to if one criterion had another value, all others being as they are.
namespace proviso::trial {

/// The result of a clause (decide::ClauseHead::result). Nothing: several are possible, so that information is needed,
/// or a person decides.
using PossibleOutcome = std::optional<std::uint32_t>;

/// The groups and clauses of a policy version in three values, over its items. The version must outlive it.
class WhatIf {
 public:
  explicit WhatIf(const decide::Version& version);

  /// The items' values of one record after a run.
  void take(const decide::View& view);
  /// By item; those without a condition are yes.
  void take(std::vector<value::Truth> truths) { truths_ = std::move(truths); }
  value::Truth truth(std::uint32_t item) const { return truths_[item]; }
  /// The clause that the item is in; none: `applies when` and what else is in no clause.
  std::uint32_t clause_of(std::uint32_t item) const { return clause_of_[item]; }

  /// Of a group `at least N of`: N.
  std::uint32_t at_least_of(std::uint32_t item) const { return at_least_[item]; }

  /// As the record is.
  PossibleOutcome outcome() const { return walk(model::none, value::Truth::unknown); }
  /// With that value for the item in place of its own.
  PossibleOutcome outcome_if(std::uint32_t item, value::Truth value) const;
  /// How many clauses the walk tries: those after the first that is yes are not reached.
  std::uint32_t tried() const;

 private:
  const decide::Version& version_;
  std::vector<std::uint32_t> clause_of_;  ///< by item
  std::vector<std::uint32_t> at_least_;   ///< by item: of a group of that kind
  std::vector<value::Truth> truths_;      ///< by item

  void note_counts(const std::vector<model::Criterion>& criteria, std::uint32_t& item);
  value::Truth evaluate(std::uint32_t item, std::uint32_t changed, value::Truth value) const;
  value::Truth evaluate_group(std::uint32_t item, std::uint32_t changed, value::Truth value) const;
  PossibleOutcome walk(std::uint32_t changed, value::Truth value) const;
};

}  // namespace proviso::trial
