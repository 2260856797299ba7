#include <algorithm>
#include <unordered_map>

#include "settle/accounts_totals.hpp"
#include "value/calendar.hpp"

// What lines after the period cost over the lowest price of their month.
namespace proviso::settle {
namespace {

/// A month and a drug.
using Market = std::uint64_t;
using LowestPrices = std::unordered_map<Market, std::int64_t>;

class Markets {
 public:
  explicit Markets(const MergedBooks& books) : price_alone_(month_of(books.agreement().period.last)) {
    for (const MergedBooks::Entry& entry : books.settlements()) months_.push_back(month_of(entry.span.days.first));
  }

  Market of(const MergedBooks::OfBook& of, const PricedLine& line) const {
    const Market month = line.settlement == model::none ? price_alone_ : months_[of.settlements[line.settlement]];
    return month << 32 | of.drugs[line.drug];
  }

 private:
  Market price_alone_;  ///< the month in which the period ends
  std::vector<Market> months_;

  static Market month_of(std::int32_t day) {
    const value::CivilDate date = value::civil(day);
    return static_cast<Market>(date.year) * 12 + static_cast<Market>(date.month);
  }
};

Excess excess_of(const PricedLine& line, std::int64_t lowest) {
  Excess excess{lowest, 0, {}};
  std::int64_t due = 0;
  if (!value::multiply(lowest, line.quantity, due) || !value::subtract(line.charged, due, excess.amount)) {
    return {lowest, 0, "number out of range"};
  }
  // A credit takes back what its charge was over the lowest price.
  const bool is_credit = line.quantity < 0 || (line.quantity == 0 && line.charged < 0);
  excess.amount = is_credit ? std::min<std::int64_t>(0, excess.amount) : std::max<std::int64_t>(0, excess.amount);
  return excess;
}

template <typename Use>
void for_each_line(const MergedBooks& books, Use use) {
  for (const MergedBooks::OfBook& of : books.books()) {
    Tape::Reader reader(of.book->priced);
    while (!reader.done()) use(of, PricedLine::read(reader));
  }
}

}  // namespace

void Totals::add_priced() {
  const Markets markets(books_);
  LowestPrices lowest_prices;
  for_each_line(books_, [&](const MergedBooks::OfBook& of, const PricedLine& line) {
    if (books_.is_set_aside(line.order)) return;
    const auto [lowest, is_first] = lowest_prices.try_emplace(markets.of(of, line), line.lowest);
    if (!is_first) lowest->second = std::min(lowest->second, line.lowest);
  });
  for_each_line(books_, [&](const MergedBooks::OfBook& of, const PricedLine& line) {
    if (line.settlement == model::none) return;
    Total& total = totals_[of.settlements[line.settlement]];
    if (books_.is_set_aside(line.order)) return void(++total.corrected);
    const Excess excess = excess_of(line, lowest_prices.at(markets.of(of, line)));
    if (excess.left_out.empty()) {
      ++total.lines;
      total.saving += excess.amount;
    } else {
      total.leave_out(excess.left_out);
    }
    if (!of.book->kept.empty()) excesses_[line.order] = excess;
  });
}

}  // namespace proviso::settle
