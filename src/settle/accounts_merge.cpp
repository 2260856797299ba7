#include "settle/accounts_merge.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "value/calendar.hpp"

namespace proviso::settle {
namespace {

/// The month of `2018-12`, the quarter of `2018-Q4`, the year of `2018`.
std::optional<model::Period> days_of_label(const std::string& label) {
  std::optional<std::int32_t> first;
  std::int32_t months = 1;
  if (label.size() == 4) {
    first = value::parse_date(label + "-01-01");
    months = 12;
  } else if (label.size() == 7 && label[5] == 'Q' && label[6] >= '1' && label[6] <= '4') {
    const std::int32_t month = (label[6] - '1') * 3 + 1;
    first = value::parse_date(label.substr(0, 5) + (month < 10 ? "0" : "") + std::to_string(month) + "-01");
    months = 3;
  } else if (label.size() == 7) {
    first = value::parse_date(label + "-01");
  }
  std::int32_t after = 0;
  if (!first || !value::add_months(*first, months, after)) return std::nullopt;
  return model::Period{*first, after - 1};
}

/// Of an earlier settlement, as far as the agreement's period goes now; nothing where its label is none.
std::optional<SettlementDays> span_of(const model::Agreement& agreement, const Settled& settled) {
  const std::optional<model::Period> days = days_of_label(settled.label);
  if (!days) return std::nullopt;
  model::Period within = *days;
  if (settled.after) {
    within.first = std::max(within.first, agreement.period.last + 1);
  } else {
    within.first = std::max(within.first, agreement.period.first);
    within.last = std::min(within.last, agreement.period.last);
  }
  return SettlementDays{within.first <= within.last ? within : *days, settled.label};
}

}  // namespace

MergedBooks::MergedBooks(const Plan& plan, const std::vector<Book*>& books, const LedgerLines& lines,
                         const std::vector<Settled>& before)
    : plan_(plan), lines_(lines) {
  for (Book* book : books) books_.push_back({book, {}, {}, {}, {}});
  std::vector<const Settled*> own;
  for (const Settled& settled : before) {
    if (settled.agreement == plan.agreement().lines.full_name()) own.push_back(&settled);
  }
  merge_pairs(own);
  merge_drugs();
  merge_settlements(own);
}

std::uint32_t MergedBooks::pair_of(const Spelled& parties) const {
  return static_cast<std::uint32_t>(std::lower_bound(pairs_.begin(), pairs_.end(), parties) - pairs_.begin());
}

void MergedBooks::merge_pairs(const std::vector<const Settled*>& before) {
  std::set<Spelled> all;
  for (const OfBook& each : books_) all.insert(each.book->pairs.spelled().begin(), each.book->pairs.spelled().end());
  for (const Settled* settled : before) all.insert(settled->parties);
  pairs_.assign(all.begin(), all.end());
  for (OfBook& each : books_) {
    for (const Spelled& parties : each.book->pairs.spelled()) each.pairs.push_back(pair_of(parties));
  }
}

void MergedBooks::merge_drugs() {
  std::map<Spelled, std::uint32_t> all;
  for (OfBook& each : books_) {
    for (const Spelled& drug : each.book->drugs.spelled()) {
      each.drugs.push_back(all.try_emplace(drug, static_cast<std::uint32_t>(all.size())).first->second);
    }
  }
}

void MergedBooks::merge_settlements(const std::vector<const Settled*>& before) {
  // What is settled otherwise now has another label. An excess is never a saving, though it be of the same month.
  using Place = std::tuple<std::uint32_t, std::int32_t, std::string, bool>;
  std::map<Place, Entry> all;
  const auto place_of = [](std::uint32_t pair, const SettlementDays& span, bool after) {
    return Place{pair, span.days.first, span.label, after};
  };
  const auto add = [&](std::uint32_t pair, const SettlementDays& span, bool after) -> Entry& {
    const Entry entry{pair, span, after, year_start(agreement(), span.days.first),
                      year_start(agreement(), span.days.last)};
    return all.try_emplace(place_of(pair, span, after), entry).first->second;
  };
  for (const OfBook& each : books_) {
    for (const Settlements::Entry& entry : each.book->settlements.entries()) {
      add(each.pairs[entry.pair], entry.span, entry.after);
    }
  }
  for (const Settled* settled : before) {
    const std::optional<SettlementDays> span = span_of(agreement(), *settled);
    if (!span) {
      strange_labels_.push_back(settled->label);
      continue;
    }
    add(pair_of(settled->parties), *span, settled->after).before = settled;
  }
  std::map<Place, std::uint32_t> numbers;
  for (auto& [place, entry] : all) {
    numbers[place] = static_cast<std::uint32_t>(settlements_.size());
    settlements_.push_back(std::move(entry));
  }
  for (OfBook& each : books_) {
    for (const Settlements::Entry& entry : each.book->settlements.entries()) {
      each.settlements.push_back(numbers[place_of(each.pairs[entry.pair], entry.span, entry.after)]);
      each.in_last_year.push_back(entry.year == settlements_[each.settlements.back()].last_year);
    }
  }
}

}  // namespace proviso::settle
