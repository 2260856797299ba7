#include <algorithm>

#include "decide/decider.hpp"

// Which records of the chunk each policy may apply to.
namespace proviso::decide {
namespace {

/// Looking a record up costs about as much as sorting it out of so many policies, when many are sorted out together.
constexpr std::size_t policies_for_lookup = 48;
constexpr std::size_t few_records = 16;
/// More of them would drive one another out again.
constexpr std::size_t most_fetched = 8;

}  // namespace

void Decider::decide(const program::Chunk& chunk, Decisions& decisions) {
  chunk_ = &chunk;
  decisions_ = &decisions;
  decisions.clear(chunk.rows());
  sort_input_problems();
  const std::size_t rows = chunk.rows();
  const bool looks_up = rows <= few_records || engine_.index().size() >= policies_for_lookup;
  // In full every policy is listed, those that do not apply too.
  if (looks_up && !in_full()) {
    decide_candidates();
  } else {
    for (FamilyId family = 0; family < engine_.families().size(); ++family) decide_family(family, false);
  }
  if (engine_.record().price != model::none) add_amounts();
}

/// Family by family, so that each program runs once for all its records; in the order of the library.
void Decider::decide_candidates() {
  const Index& index = engine_.index();
  const auto rows = static_cast<std::uint32_t>(chunk_->rows());
  candidates_.clear();
  found_.clear();
  for (std::uint32_t record = 0; record < rows; ++record) {
    index.find(*chunk_, record, [&](FamilyId family) { add_candidate(family, record); });
  }
  std::sort(found_.begin(), found_.end());
  fetch_found();
  auto always = index.always().begin();
  for (const FamilyId family : found_) {
    while (always != index.always().end() && *always < family) decide_family(*always++, false);
    pending_.clear();
    for (std::uint32_t each = by_family_[family].first; each != model::none; each = candidates_[each].next) {
      pending_.push_back(candidates_[each].record);
    }
    by_family_[family] = {};
    decide_family(family, true);
  }
  while (always != index.always().end()) decide_family(*always++, false);
}

/// Of thousands of policies the few that were found are far away in memory: what each step reads is asked for before
/// the step is taken for the first of them.
void Decider::fetch_found() const {
  if (found_.size() > most_fetched) return;
  for (const FamilyId family : found_) {
    const Engine::Entry& entry = engine_.entry(family);
    __builtin_prefetch(entry.first);
    if (entry.segment == nullptr) continue;
    __builtin_prefetch(entry.segment);
    __builtin_prefetch(entry.heads);
    entry.version->fetch();
  }
  for (const FamilyId family : found_) {
    if (const Segment* segment = engine_.entry(family).segment) segment->fetch_program();
  }
}

void Decider::add_candidate(FamilyId family, std::uint32_t record) {
  Candidates& of_family = by_family_[family];
  const auto number = static_cast<std::uint32_t>(candidates_.size());
  if (of_family.first == model::none) {
    found_.push_back(family);
    of_family.first = number;
  } else if (candidates_[of_family.last].record == record) {
    return;
  } else {
    candidates_[of_family.last].next = number;
  }
  of_family.last = number;
  candidates_.push_back({record, model::none});
}

void Decider::sort_input_problems() {
  input_problems_.clear();
  for (const program::InputProblem& problem : chunk_->problems()) {
    std::size_t record = problem.row;
    const model::LevelId level = chunk_->record().facts[problem.fact].level;
    if (level != 0) {  // the rows of a level are in the order of the records
      std::size_t low = 0;
      std::size_t high = chunk_->rows();
      while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (rows_below(*chunk_, level, middle).first <= problem.row ? low : high) = middle;
      }
      record = low;
    }
    input_problems_.emplace_back(record, &problem);
  }
  std::stable_sort(input_problems_.begin(), input_problems_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

}  // namespace proviso::decide
