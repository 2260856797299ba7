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

std::optional<std::int64_t> price_of(const program::Chunk& chunk, std::size_t record) {
  const model::FactId price = chunk.record().price;
  if (price == model::none || !program::bit(chunk.column(price).known, record)) return std::nullopt;
  return chunk.column(price).wide[record];
}

}  // namespace proviso::decide
