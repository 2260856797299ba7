#include "trial/comparison/comparison_worker.hpp"

#include <algorithm>

#include "text/diagnostic.hpp"

// One thread of a comparison: a block at a time is decided by both libraries, and what changed is explained.
namespace proviso::trial {
namespace {

using decide::Decision;
using decide::Decisions;
using model::Outcome;

}  // namespace

void Worker::compare(input::Block& block) {
  for (const Side side : both_sides) {
    Half& half = halves_[side];
    half.read(block, half.chunk, half.results);
    if (filled(side)) sides_.options().fill[side](half.chunk, block.number);
    half.decider.decide(half.chunk, half.decisions);
  }
  changed_.clear();
  part_.records += block.records.size();
  for (std::size_t number = 0; number < block.records.size(); ++number) {
    bool readable = true;
    for (const Side side : both_sides) {
      const input::ReadRecord& read = halves_[side].results.records[number];
      if (read.error == model::none) continue;
      count_unreadable(side, halves_[side].results.errors[read.error]);
      readable = false;
    }
    if (!readable) continue;
    ++part_.compared;
    compare_record(number, halves_[before].results.records[number].row, halves_[after].results.records[number].row);
  }
  if (!changed_.empty()) explain(block);
}

void Worker::count_unreadable(Side side, const input::RecordError& error) {
  ++part_.unreadable[side];
  auto& first = part_.first_unreadable[side];
  if (first.size() < Comparer::first_unreadable_kept) {
    first.push_back({error.line, error.id, text::code_name(error.code), error.field, error.message});
  }
}

void Worker::compare_record(std::size_t number, std::size_t old_row, std::size_t new_row) {
  const Decisions& olds = halves_[before].decisions;
  const Decisions& news = halves_[after].decisions;
  std::array<Outcome, 2> strictest = {Outcome::not_applicable, Outcome::not_applicable};
  bool any = sides_.options().place.empty();
  const std::size_t changed_before = changed_.size();
  const auto see = [&](Side side, const Decision& decision) {
    any = true;
    strictest[side] = std::max(strictest[side], decision.outcome);
  };
  for (std::uint32_t i = olds.records[old_row].first; i != model::none; i = olds.decisions[i].next) {
    const Decision& was = olds.decisions[i];
    const std::uint32_t policy = sides_.policy_of(before, was);
    const Decision* is = nullptr;
    for (std::uint32_t j = news.records[new_row].first; j != model::none && is == nullptr; j = news.decisions[j].next) {
      if (sides_.policy_of(after, news.decisions[j]) == policy) is = &news.decisions[j];
    }
    if (!wanted(before, was) && (is == nullptr || !wanted(after, *is))) continue;
    see(before, was);
    if (is != nullptr) see(after, *is);
    compare_decisions(number, policy, &was, is);
  }
  for (std::uint32_t j = news.records[new_row].first; j != model::none; j = news.decisions[j].next) {
    const Decision& is = news.decisions[j];
    const std::uint32_t policy = sides_.policy_of(after, is);
    bool compared = false;
    for (std::uint32_t i = olds.records[old_row].first; i != model::none && !compared; i = olds.decisions[i].next) {
      compared = sides_.policy_of(before, olds.decisions[i]) == policy;
    }
    if (compared || !wanted(after, is)) continue;
    see(after, is);
    compare_decisions(number, policy, nullptr, &is);
  }
  if (!any) return;
  const CaseOutcome was = as_case(strictest[before]);
  const CaseOutcome is = as_case(strictest[after]);
  tallies_.overall.count(was, is);
  if (was == is) return compare_amounts(olds.records[old_row], news.records[new_row]);
  std::vector<CausePart> parts;
  for (std::size_t i = changed_before; i < changed_.size(); ++i) {
    const auto& policy = sides_.policies()[changed_[i].policy];
    parts.push_back({"policy",
                     policy.name,
                     policy.label,
                     std::string(spelling(changed_[i].was)),
                     std::string(spelling(changed_[i].is)),
                     {}});
  }
  std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  tallies_.overall.cells[{was, is}].add(sides_.options().first_cases, id_of(number), line_of(number), std::move(parts));
}

/// What records are paid, which their price bounds whatever their payments allow.
void Worker::compare_amounts(const decide::RecordDecision& was, const decide::RecordDecision& is) {
  if (!sides_.options().place.empty()) return;
  Table& table = tallies_.overall.table;
  if (was.amount && is.amount) {
    table.amounts[before] += *was.amount;
    table.amounts[after] += *is.amount;
  }
  if (was.amount == is.amount) return;
  ++table.other_amounts;
  ++table.other_terms;
}

/// Either may be missing: the policy does not apply there.
void Worker::compare_decisions(std::size_t number, std::uint32_t policy, const Decision* was, const Decision* is) {
  std::array<std::uint32_t, 2> places{};
  const std::array<const Decision*, 2> decisions = {was, is};
  for (const Side side : both_sides) {
    const Side other = side == before ? after : before;
    const Side known = decisions[side] != nullptr ? side : other;
    places[side] = sides_.place_of(known, decisions[known]->place);
  }
  TableTally& tally = tallies_.of({policy, places[before], places[after]});
  const CaseOutcome old_outcome = was != nullptr ? as_case(was->outcome) : sides_.unsaid(before, policy);
  const CaseOutcome new_outcome = is != nullptr ? as_case(is->outcome) : sides_.unsaid(after, policy);
  tally.count(old_outcome, new_outcome);
  if (was != nullptr && is != nullptr && was->amount && is->amount) {
    for (const Side side : both_sides) tally.table.amounts[side] += *decisions[side]->amount;
  }
  if (old_outcome != new_outcome) {
    changed_.push_back({number, policy, old_outcome, new_outcome, decisions, &tally});
  } else if (was != nullptr && is != nullptr) {
    compare_terms(*was, *is, tally);
    compare_reasons(*was, *is, tally);
  }
}

/// What goes with the same outcome of a payment.
void Worker::compare_terms(const Decision& was, const Decision& is, TableTally& tally) const {
  const bool amount = was.amount != is.amount;
  const bool code = (was.recount || is.recount) && sides_.recount(before, was) != sides_.recount(after, is);
  const bool strength = sides_.strength(before, was) != sides_.strength(after, is);
  tally.table.other_amounts += amount ? 1 : 0;
  tally.table.other_codes += code ? 1 : 0;
  tally.table.other_strengths += strength ? 1 : 0;
  tally.table.other_terms += amount || code || strength ? 1 : 0;
}

void Worker::compare_reasons(const Decision& was, const Decision& is, TableTally& tally) {
  const Decisions& olds = halves_[before].decisions;
  const Decisions& news = halves_[after].decisions;
  // In which order criteria stand and facts are asked for makes no difference.
  const auto differ = [this](std::size_t was_count, std::size_t is_count, const auto& name_of) {
    if (was_count != is_count) return true;
    bool in_order = true;
    for (std::uint32_t i = 0; i < was_count && in_order; ++i) in_order = name_of(before, i) == name_of(after, i);
    if (in_order) return false;
    for (const Side side : both_sides) {
      names_[side].clear();
      for (std::uint32_t i = 0; i < was_count; ++i) names_[side].push_back(name_of(side, i));
      std::sort(names_[side].begin(), names_[side].end());
    }
    return names_[before] != names_[after];
  };
  const std::array<const Decision*, 2> both = {&was, &is};
  const std::array<const Decisions*, 2> all = {&olds, &news};
  if (was.outcome == Outcome::information_needed &&
      differ(was.needs.count, is.needs.count, [&](Side side, std::uint32_t i) -> std::uint64_t {
        return sides_.name_of_fact(side, all[side]->needs[both[side]->needs.first + i].fact);
      })) {
    ++tally.table.other_needs;
    return;
  }
  bool same = (was.clause == model::none) == (is.clause == model::none);
  if (same && was.clause != model::none) same = sides_.name_of_clause(before, was) == sides_.name_of_clause(after, is);
  same = same && !differ(was.reasons.count, is.reasons.count, [&](Side side, std::uint32_t i) {
           const decide::Reason& reason = all[side]->reasons[both[side]->reasons.first + i];
           const std::uint64_t name = sides_.name_of_item(side, *both[side], reason.item);
           return name << 8 | static_cast<std::uint64_t>(reason.result);
         });
  if (!same) ++tally.table.other_reasons;
}

/// By policy, so that a policy alone decides its changed records once more, in full.
void Worker::explain(input::Block& block) {
  std::stable_sort(changed_.begin(), changed_.end(),
                   [](const Changed& a, const Changed& b) { return a.policy < b.policy; });
  few_.number = block.number;
  few_.bytes.swap(block.bytes);
  for (auto first = changed_.cbegin(); first != changed_.cend();) {
    const auto last =
        std::find_if(first, changed_.cend(), [&](const Changed& each) { return each.policy != first->policy; });
    few_.records.clear();
    for (auto each = first; each != last; ++each) few_.records.push_back(block.records[each->record]);
    explain(first, last);
    first = last;
  }
  few_.bytes.swap(block.bytes);
}

/// Changed decisions of one policy, in the order of `few_`.
void Worker::explain(std::vector<Changed>::const_iterator first, std::vector<Changed>::const_iterator last) {
  const Sides::NamedPolicy& policy = sides_.policies()[first->policy];
  const bool in_both = policy.there[before] && policy.there[after];
  if (in_both) decide_in_full(first->policy);
  for (auto each = first; each != last; ++each) {
    std::vector<CausePart> parts;
    if (in_both) {
      const auto number = static_cast<std::size_t>(each - first);
      parts = causes_.of({decided_in_full(before, *each, number), decided_in_full(after, *each, number)});
    } else {
      const auto word = [&](Side side) { return policy.there[side] ? "there" : "no such policy"; };
      parts.push_back({"policy", policy.name, policy.label, word(before), word(after), {}});
    }
    each->tally->cells[{each->was, each->is}].add(sides_.options().first_cases, id_of(each->record),
                                                  line_of(each->record), std::move(parts));
  }
}

void Worker::decide_in_full(std::uint32_t policy) {
  for (const Side side : both_sides) {
    Half& half = halves_[side];
    if (!filled(side)) half.read(few_, half.full_chunk, half.full_results);
    auto& decider = half.full_deciders[policy];
    if (decider == nullptr) decider = std::make_unique<decide::Decider>(shared_.full.of(side, policy));
    decider->decide(half.explained(filled(side)), half.full_decisions);
  }
}

/// `number`: of the record in `few_`.
SideDecision Worker::decided_in_full(Side side, const Changed& changed, std::size_t number) const {
  const Half& half = halves_[side];
  SideDecision decided;
  decided.engine = &shared_.full.of(side, changed.policy);
  decided.chunk = &half.explained(filled(side));
  decided.decisions = &half.full_decisions;
  decided.record = filled(side) ? half.results.records[changed.record].row : half.full_results.records[number].row;
  const std::uint32_t decision = half.full_decisions.records[decided.record].first;
  if (decision != model::none) decided.decision = &half.full_decisions.decisions[decision];
  return decided;
}

std::string Worker::id_of(std::size_t number) const {
  for (const Half& half : halves_) {
    const model::FactId fact = half.chunk.record().identifier;
    const std::uint32_t row = half.results.records[number].row;
    if (fact == model::none || !program::bit(half.chunk.column(fact).known, row)) continue;
    return std::string(half.chunk.text_of(half.chunk.column(fact).narrow[row]));
  }
  return {};
}

}  // namespace proviso::trial
