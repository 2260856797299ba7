#include "settle/shares.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

using value::Wide;

constexpr std::int32_t months_of_year = 12;

/// The running sums of one year of the period, and what each settlement adds to them.
class Year {
 public:
  Year(const model::Agreement& agreement, std::int32_t start)
      : agreement_(agreement), start_(start), uncapped_(agreement.parties.size(), 0) {}

  std::int32_t start() const { return start_; }
  std::int64_t saved() const { return saved_; }
  /// Something of the year left the range: nothing more of it can be worked out.
  bool is_lost() const { return lost_; }
  void lose() { lost_ = true; }

  /// By tier, what of the saving lies in it; nothing where the year leaves the range.
  std::optional<std::vector<std::int64_t>> add(std::int64_t saving) {
    std::vector<std::int64_t> parts = parts_of(saving);
    if (!value::add(saved_, saving, saved_)) return std::nullopt;
    return parts;
  }

  /// Holds each party to its cap, and gives what is cut to the first that has none. Returns what was cut, by party:
  /// less than nothing where a loss brings the year back under the cap, and the party gets again what was cut before.
  std::vector<Wide> cap(std::vector<Wide>& amounts) {
    std::vector<Wide> cut(amounts.size(), 0);
    std::size_t receiver = amounts.size();
    Wide excess = 0;
    for (std::size_t party = 0; party < amounts.size(); ++party) {
      if (party >= agreement_.caps.size() || !agreement_.caps[party]) {
        receiver = std::min(receiver, party);
        continue;
      }
      const Wide most = *agreement_.caps[party];
      const Wide before = std::min(uncapped_[party], most);
      uncapped_[party] += amounts[party];
      const Wide paid = std::min(uncapped_[party], most) - before;
      cut[party] = amounts[party] - paid;
      amounts[party] = paid;
      excess += cut[party];
    }
    if (receiver < amounts.size()) amounts[receiver] += excess;
    return cut;
  }

 private:
  const model::Agreement& agreement_;
  std::int32_t start_;
  bool lost_ = false;
  std::int64_t saved_ = 0;
  std::vector<Wide> uncapped_;  ///< by party: its shares so far, as they were before its cap

  /// By tier, what of the saving lies in it: above its own threshold and not above the next one's. A month that saves
  /// less than nothing takes from the tiers that the year had come into.
  std::vector<std::int64_t> parts_of(std::int64_t saving) const {
    std::vector<std::int64_t> parts;
    for (std::size_t tier = 0; tier < agreement_.tiers.size(); ++tier) {
      // The first tier begins nowhere: a year that loses more than it saves is in it too.
      const std::int64_t above = tier == 0 ? saving : part_above(agreement_.tiers[tier].above, saving);
      if (tier > 0) parts.back() -= above;
      parts.push_back(above);
    }
    return parts;
  }
  /// Never more than the saving itself, and of its sign.
  std::int64_t part_above(std::int64_t threshold, std::int64_t saving) const {
    const Wide before = Wide{saved_} - threshold;
    return static_cast<std::int64_t>(std::max<Wide>(0, before + saving) - std::max<Wide>(0, before));
  }
};

/// The settlements of one pair of parties, one after another.
class Sharing {
 public:
  explicit Sharing(const model::Agreement& agreement) : agreement_(agreement) {}

  Shared add(const Saved& saved) {
    for (const Saved::OfYear& of : saved.years) {
      if (years_.empty() || years_.back().start() < of.start) years_.emplace_back(agreement_, of.start);
    }
    Shared shared;
    const auto own = years_.end() - static_cast<std::ptrdiff_t>(saved.years.size());
    const bool lost = std::any_of(own, years_.end(), [](const Year& year) { return year.is_lost(); });
    if (!lost && add_in_range(saved, shared)) return shared;
    std::for_each(own, years_.end(), [](Year& year) { year.lose(); });
    Shared nothing;
    nothing.out_of_range = true;
    return nothing;
  }

 private:
  const model::Agreement& agreement_;
  std::vector<Year> years_;  ///< in which something was saved, up to now

  bool add_in_range(const Saved& saved, Shared& shared) {
    if (!split(saved, shared)) return false;
    for (std::uint32_t party = 0; party < agreement_.parties.size(); ++party)
      shared.shares.emplace_back().party = party;
    std::vector<std::vector<std::int64_t>> tiers;  // by year
    Year* const first_year = &years_.back() - (shared.of_years.size() - 1);
    for (std::size_t year = 0; year < shared.of_years.size(); ++year) {
      PartOfSaving& part = shared.of_years[year];
      auto in_tiers = first_year[year].add(part.saving);
      if (!in_tiers) return false;
      part.saving_of_year = first_year[year].saved();
      tiers.push_back(std::move(*in_tiers));
    }
    std::vector<Wide> amounts(shared.shares.size(), 0);
    std::vector<Wide> capped(shared.shares.size(), 0);
    std::vector<std::vector<Wide>> of_years = share_out(shared.of_years, tiers);
    for (std::size_t year = 0; year < of_years.size(); ++year) {
      const std::vector<Wide> cut = first_year[year].cap(of_years[year]);
      for (Share& share : shared.shares) {
        amounts[share.party] += of_years[year][share.party];
        capped[share.party] += cut[share.party];
        if (!add_tiers(tiers[year], share)) return false;
      }
    }
    return std::all_of(shared.shares.begin(), shared.shares.end(), [&](Share& share) {
      return value::detail::narrow(amounts[share.party], share.amount) &&
             value::detail::narrow(capped[share.party], share.capped) && deduct(saved, share);
    });
  }

  /// By year and party, before caps, in whole pence. Each share but that which takes the rest is rounded toward zero
  /// once, over both years: the later year has what the earlier one left of its pennies.
  std::vector<std::vector<Wide>> share_out(const std::vector<PartOfSaving>& years,
                                           const std::vector<std::vector<std::int64_t>>& tiers) const {
    std::vector<std::vector<Wide>> amounts;
    std::vector<Wide> exact(agreement_.parties.size(), 0);
    std::vector<Wide> before(agreement_.parties.size(), 0);
    for (std::size_t year = 0; year < years.size(); ++year) {
      std::vector<Wide>& of_year = amounts.emplace_back(agreement_.parties.size(), 0);
      Wide rest = years[year].saving;
      for (std::size_t party = 0; party < of_year.size(); ++party) {
        if (party == agreement_.takes_rest) continue;
        for (std::size_t tier = 0; tier < agreement_.tiers.size(); ++tier) {
          exact[party] += value::detail::product(tiers[year][tier], agreement_.tiers[tier].percents[party]);
        }
        const Wide whole = exact[party] / value::decimal_scale / penny * penny;
        of_year[party] = whole - std::exchange(before[party], whole);
        rest -= of_year[party];
      }
      if (!of_year.empty()) of_year[agreement_.takes_rest] = rest;
    }
    return amounts;
  }

  /// The saving, and what of it is of each year.
  bool split(const Saved& saved, Shared& shared) const {
    std::int64_t of_lines = 0;
    std::int64_t earlier = 0;
    for (const Saved::OfYear& of : saved.years) {
      PartOfSaving& part = shared.of_years.emplace_back();
      part.year = of.start;
      if (!round(of.saving_of_lines, part.saving) || !value::add(of_lines, of.saving_of_lines, of_lines)) return false;
      const bool is_last = shared.of_years.size() == saved.years.size();
      if (!is_last && !value::add(earlier, part.saving, earlier)) return false;
    }
    std::int64_t rounded = 0;
    if (!round(of_lines, rounded)) return false;
    if (!value::subtract(rounded, earlier, shared.of_years.back().saving)) return false;
    shared.saving = rounded;
    if (agreement_.floor) shared.saving = std::max(shared.saving, *agreement_.floor);
    if (agreement_.cap) shared.saving = std::min(shared.saving, *agreement_.cap);
    return add_bound(Wide{shared.saving} - rounded, shared.of_years);
  }

  /// What a floor or a cap adds to a settlement, or takes from it. What can be undone is undone first, the latest
  /// year's before that of the one before: no part changes its sign or grows for a bound, unless there is nothing else
  /// left.
  static bool add_bound(Wide bound, std::vector<PartOfSaving>& years) {
    for (auto part = years.rbegin(); part != years.rend(); ++part) {
      const Wide undone =
          bound > 0 ? std::clamp<Wide>(-Wide{part->saving}, 0, bound) : std::clamp<Wide>(-Wide{part->saving}, bound, 0);
      part->saving += static_cast<std::int64_t>(undone);
      bound -= undone;
    }
    return value::detail::narrow(years.back().saving + bound, years.back().saving);
  }
  bool round(std::int64_t saving, std::int64_t& rounded) const {
    return value::round_to(saving, agreement_.unit, agreement_.rounding, rounded);
  }

  /// What was in a tier in either year is shared alike.
  bool add_tiers(const std::vector<std::int64_t>& parts, Share& share) const {
    if (parts.size() < 2) return true;
    share.parts.resize(parts.size());
    for (std::size_t tier = 0; tier < parts.size(); ++tier) {
      share.parts[tier].percent = agreement_.tiers[tier].percents[share.party];
      if (!value::add(share.parts[tier].saving, parts[tier], share.parts[tier].saving)) return false;
    }
    return true;
  }

  /// Each deduction is rounded by itself: a statement shows it as one sum.
  bool deduct(const Saved& saved, Share& share) const {
    for (std::size_t number = 0; number < agreement_.deductions.size(); ++number) {
      if (agreement_.deductions[number].party != share.party) continue;
      std::int64_t rounded = 0;
      if (!value::round_to(saved.deducted[number], penny, agreement_.rounding, rounded) ||
          !value::add(share.deducted, rounded, share.deducted)) {
        return false;
      }
    }
    return value::subtract(share.amount, share.deducted, share.net);
  }
};

/// `2018-12`.
std::string month_label(std::int32_t day) { return value::format_date(day).substr(0, 7); }
std::string year_label(std::int32_t day) { return value::format_date(day).substr(0, 4); }

std::int32_t first_of(std::int32_t year, std::int32_t month) { return *value::date_from_civil(year, month, 1); }

}  // namespace

std::vector<Shared> share(const model::Agreement& agreement, const std::vector<Saved>& saved) {
  std::vector<Shared> shared;
  Sharing sharing(agreement);
  shared.reserve(saved.size());
  for (const Saved& each : saved) shared.push_back(sharing.add(each));
  return shared;
}

SettlementDays settlement_of(const model::Agreement& agreement, std::int32_t day) {
  const value::CivilDate date = value::civil(day);
  SettlementDays found;
  switch (agreement.interval) {
    case model::Agreement::Interval::month:
      found = {{value::start_of_month(day), value::end_of_month(day)}, month_label(day)};
      break;
    case model::Agreement::Interval::quarter: {
      const std::int32_t quarter = (date.month - 1) / 3;
      found.days = {first_of(date.year, quarter * 3 + 1), value::end_of_month(first_of(date.year, quarter * 3 + 3))};
      found.label = year_label(day) + "-Q" + std::to_string(quarter + 1);
      break;
    }
    case model::Agreement::Interval::year:
      found = {{first_of(date.year, 1), value::end_of_month(first_of(date.year, months_of_year))}, year_label(day)};
      break;
  }
  found.days.first = std::max(found.days.first, agreement.period.first);
  found.days.last = std::min(found.days.last, agreement.period.last);
  return found;
}

SettlementDays month_after(const model::Agreement& agreement, std::int32_t day) {
  return {{std::max(value::start_of_month(day), agreement.period.last + 1), value::end_of_month(day)},
          month_label(day)};
}

std::int32_t year_start(const model::Agreement& agreement, std::int32_t day) {
  const std::int32_t first = agreement.period.first;
  // Each year from the first day of all: one that begins on 29 February is followed by one from the 28th.
  std::int32_t start = first;
  std::int32_t next = 0;
  for (std::int64_t months = months_of_year; value::add_months(first, months, next) && next <= day;) {
    start = next;
    months += months_of_year;
  }
  return start;
}

}  // namespace proviso::settle
