#include "decide/decision.hpp"

#include <algorithm>

namespace proviso::decide {

void Decisions::clear(std::size_t record_count) {
  records.assign(record_count, {});
  decisions.clear();
  reasons.clear();
  values.clear();
  needs.clear();
  whys.clear();
  assumed.clear();
  notes.clear();
  sentences.clear();
}

void Decisions::add(std::size_t record, const Decision& decision) {
  const auto number = static_cast<std::uint32_t>(decisions.size());
  RecordDecision& of_record = records[record];
  (of_record.first == model::none ? of_record.first : decisions[of_record.last].next) = number;
  of_record.last = number;
  of_record.outcome = std::max(of_record.outcome, decision.outcome);
  decisions.push_back(decision);
}

}  // namespace proviso::decide
