#include "reference/sharing.hpp"

#include <algorithm>
#include <optional>

namespace proviso::reference {
namespace {

constexpr Integer penny = one / 100;

/// The multiple of the step, with a sign.
Integer rounded_to(Integer value, Integer step, const std::string& mode) {
  return round_to(value, step, mode).value_or(0);
}
Integer toward_zero(Integer value, Integer step) { return value - value % step; }

Interval interval_of(DayNumber day, const std::string& name) {
  const Day on = day_of(day);
  const std::string year = format_day(day).substr(0, 4);
  if (name == "yearly") return {number_of({on.year, 1, 1}), number_of({on.year, 12, 31}), year};
  if (name == "quarterly") {
    const int quarter = (on.month + 2) / 3;
    const int last_month = quarter * 3;
    return {number_of({on.year, last_month - 2, 1}),
            number_of({on.year, last_month, days_in_month(on.year, last_month)}),
            year + "-Q" + std::to_string(quarter)};
  }
  return {number_of({on.year, on.month, 1}), number_of({on.year, on.month, days_in_month(on.year, on.month)}),
          format_day(day).substr(0, 7)};
}

}  // namespace

Interval settlement_on(const Agreement& agreement, DayNumber day) {
  const bool after = day > agreement.last();
  Interval interval = interval_of(day, after ? "monthly" : agreement.declaration().settle->interval.text);
  interval.first = std::max(interval.first, after ? agreement.last() + 1 : agreement.first());
  if (!after) interval.last = std::min(interval.last, agreement.last());
  return interval;
}

DayNumber year_of(const Agreement& agreement, DayNumber day) {
  DayNumber start = agreement.first();
  for (long years = 1; true; ++years) {
    const std::optional<DayNumber> next = plus_months(agreement.first(), 12 * years);
    if (!next || *next > day) return start;
    start = *next;
  }
}

Integer Sharing::rounded(Integer saving) const {
  return rounded_to(saving, agreement_.literal(terms().unit), terms().mode);
}

Integer Sharing::bounded(Integer saving) const {
  if (terms().floor != syntax::no_expression) saving = std::max(saving, agreement_.literal(terms().floor));
  if (terms().cap != syntax::no_expression) saving = std::min(saving, agreement_.literal(terms().cap));
  return saving;
}

void Sharing::share_out(const Sum& sum, Settled& settled) {
  if (settled.after) {
    settled.saving = rounded_to(settled.saving_of_lines, penny, "half even");
    return;
  }
  settled.shares.resize(agreement_.declaration().between.size());
  if (settled.lines > 0) {
    settled.saving = bounded(rounded(settled.saving_of_lines));
    deduct(sum.deducted, settled);
  }
  share_years(sum, settled);
  settled.saving_of_year = saved_[{settled.parties, year_of(agreement_, settled.last)}];
  for (PartyShare& share : settled.shares) share.net = share.amount - share.deducted;
}

/// By year; the last takes what the others leave. A bound first undoes what it can, from the last year back: so no part
/// changes its sign for it, and none grows until nothing can be undone any more.
std::map<DayNumber, Integer> Sharing::parts_of(const Sum& sum, const Settled& settled) const {
  std::map<DayNumber, Integer> parts;
  Integer rest = rounded(settled.saving_of_lines);
  Integer bound = settled.saving - rest;
  for (const auto& [start, saving] : sum.saving_by_year) {
    const bool is_last = start == sum.saving_by_year.rbegin()->first;
    parts[start] = is_last ? rest : rounded(saving);
    rest -= parts[start];
  }
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    Integer& saving = part->second;
    const Integer undone = bound > 0 && saving < 0   ? std::min(bound, -saving)
                           : bound < 0 && saving > 0 ? std::max(bound, -saving)
                                                     : 0;
    saving += undone;
    bound -= undone;
  }
  if (!parts.empty()) parts.rbegin()->second += bound;
  return parts;
}

/// Each year's part by its own tiers and caps; of the exact shares of all of them the pennies are cut off once.
void Sharing::share_years(const Sum& sum, Settled& settled) {
  std::vector<Integer> exact(settled.shares.size());
  for (const auto& [start, saving] : parts_of(sum, settled)) {
    Settled part = settled;
    part.saving = saving;
    const Year year(settled.parties, start);
    part.shares.assign(settled.shares.size(), {});
    divide(saved_[year], exact, part);
    saved_[year] += part.saving;
    uncapped_[year].resize(part.shares.size());
    cap(uncapped_[year], part);
    for (std::size_t party = 0; party < part.shares.size(); ++party) {
      settled.shares[party].amount += part.shares[party].amount;
      settled.shares[party].capped += part.shares[party].capped;
    }
  }
}

/// What lies between the savings of the year before and now, tier by tier. `exact` has the shares of the years before,
/// in millionths of millionths, and then of this one too.
void Sharing::divide(Integer before, std::vector<Integer>& exact, Settled& settled) const {
  std::vector<const syntax::AgreementTier*> tiers;
  for (const syntax::AgreementTier& tier : agreement_.declaration().shares) tiers.push_back(&tier);
  std::sort(tiers.begin(), tiers.end(), [&](const auto* a, const auto* b) { return begins(*a) < begins(*b); });
  const Integer now = before + settled.saving;
  const std::vector<Integer> exact_before = exact;
  for (std::size_t tier = 0; tier < tiers.size(); ++tier) {
    const auto part_up_to = [&](Integer saving) {
      if (tier + 1 < tiers.size()) saving = std::min(saving, begins(*tiers[tier + 1]));
      return tier == 0 ? saving : std::max(Integer{0}, saving - begins(*tiers[tier]));
    };
    const Integer part = part_up_to(now) - part_up_to(before);
    for (const syntax::AgreementShare& share : tiers[tier]->shares) {
      exact[agreement_.party(share.party.text)] += part * agreement_.literal(share.percent);
    }
  }
  const std::size_t first = agreement_.party(first_share(*tiers.front()).party.text);
  Integer rest = settled.saving;
  for (std::size_t party = 0; party < exact.size(); ++party) {
    if (party == first) continue;
    const Integer paid_before = toward_zero(exact_before[party], penny * one) / one;
    settled.shares[party].amount = toward_zero(exact[party], penny * one) / one - paid_before;
    rest -= settled.shares[party].amount;
  }
  settled.shares[first].amount = rest;
}

/// That of the first party which has one: `0%` is none.
const syntax::AgreementShare& Sharing::first_share(const syntax::AgreementTier& tier) const {
  return *std::find_if(tier.shares.begin(), tier.shares.end(),
                       [&](const syntax::AgreementShare& share) { return agreement_.literal(share.percent) != 0; });
}

Integer Sharing::begins(const syntax::AgreementTier& tier) const {
  return tier.above == syntax::no_expression ? 0 : agreement_.literal(tier.above);
}

void Sharing::cap(std::vector<Integer>& uncapped, Settled& settled) const {
  std::vector<std::optional<Integer>> caps(settled.shares.size());
  for (const syntax::AgreementCap& each : agreement_.declaration().caps) {
    caps[agreement_.party(each.party.text)] = agreement_.literal(each.amount);
  }
  Integer excess = 0;
  for (std::size_t party = 0; party < caps.size(); ++party) {
    PartyShare& share = settled.shares[party];
    const Integer before = uncapped[party];
    uncapped[party] += share.amount;
    if (!caps[party]) continue;
    const Integer held = std::min(uncapped[party], *caps[party]) - std::min(before, *caps[party]);
    share.capped = share.amount - held;
    share.amount = held;
    excess += share.capped;
  }
  for (std::size_t party = 0; party < caps.size(); ++party) {
    if (caps[party]) continue;
    settled.shares[party].amount += excess;
    return;
  }
}

void Sharing::deduct(const std::vector<Integer>& deducted, Settled& settled) const {
  for (std::size_t i = 0; i < deducted.size(); ++i) {
    const std::size_t party = agreement_.party(agreement_.declaration().deductions[i].party.text);
    settled.shares[party].deducted += rounded_to(deducted[i], penny, terms().mode);
  }
}

}  // namespace proviso::reference
