#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "model/library.hpp"

namespace proviso::trial {

/// How likely a record looks to a reader, as far as that can be seen without knowing what its facts mean.
class Plausible {
 public:
  /// For the policy of that full name, whose date the others stand to.
  Plausible(const model::Library& library, const std::string& policy);

  /// How much about the record is odd: what happened after the deciding date, a birth on it, an end before its
  /// beginning, a number below nothing.
  std::size_t doubts(const model::GivenRecord& given) const;
  /// The same, and how far the record is from the other: facts that differ, and entries of lists that do.
  /// The date and the place that decide the version weigh more than others.
  std::size_t effort(const model::GivenRecord& from, const model::GivenRecord& given) const;

 private:
  const model::Record* record_ = nullptr;
  std::vector<model::FactId> dated_by_;
  std::vector<model::FactId> placed_by_;
  std::vector<model::FactId> births_;
  std::vector<model::FactId> ahead_;                            ///< dates that may well lie ahead: `valid_until`
  std::vector<std::pair<model::FactId, model::FactId>> spans_;  ///< `..._from` and `..._until`

  std::size_t doubts(const model::GivenRecord& given, const model::GivenFact* deciding) const;
};

}  // namespace proviso::trial
