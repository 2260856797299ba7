#include "reference/settle.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "reference/agreements.hpp"

namespace proviso::reference {
namespace {

using Standing = AgreementLine::Standing;

constexpr Integer penny = one / 100;

/// The multiple of the step, with a sign.
Integer rounded(Integer value, Integer step, const std::string& mode) {
  return round_to(value, step, mode).value_or(0);
}
Integer toward_zero(Integer value, Integer step) { return value - value % step; }

/// A settlement's days in the calendar, and what they are called.
struct Interval {
  DayNumber first = 0;
  DayNumber last = 0;
  std::string label;
};

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

/// Of an agreement.
Interval settlement_on(const Agreement& agreement, DayNumber day) {
  const bool after = day > agreement.last();
  Interval interval = interval_of(day, after ? "monthly" : agreement.declaration().settle->interval.text);
  interval.first = std::max(interval.first, after ? agreement.last() + 1 : agreement.first());
  if (!after) interval.last = std::min(interval.last, agreement.last());
  return interval;
}

/// The first day of the year of the period that the day is in.
DayNumber year_of(const Agreement& agreement, DayNumber day) {
  DayNumber start = agreement.first();
  for (long years = 1; true; ++years) {
    const std::optional<DayNumber> next = plus_months(agreement.first(), 12 * years);
    if (!next || *next > day) return start;
    start = *next;
  }
}

/// What lines of one settlement come to.
struct Sum {
  Interval interval;
  int lines = 0;
  int left_out = 0;
  int corrected = 0;
  Integer saving = 0;
  std::map<DayNumber, Integer> saving_by_year;  ///< by the first day of the year of the period that a line lies in
  std::vector<Integer> deducted;
};

/// Settles one agreement.
class Settling {
 public:
  Settling(const Agreement& agreement, const std::vector<Json>& lines) : agreement_(agreement), lines_(lines) {
    for (const Json& line : lines) {
      seen_.push_back(agreement.look_at(line));
      months_.push_back(seen_.back().on == 0 ? "" : format_day(seen_.back().on).substr(0, 7));
      ids_.push_back(agreement.value_of(line, "id"));
      const std::string& corrected_by = agreement.declaration().corrected_by.text;
      versions_.push_back(corrected_by.empty() ? Value{} : agreement.value_of(line, corrected_by));
    }
    find_set_aside();
  }

  bool is_set_aside(std::size_t line) const { return set_aside_.count(line) != 0; }
  Standing standing(std::size_t line) const { return seen_[line].standing; }

  void settle(const std::vector<Settled>& before, Settlements& result) {
    add_up();
    add_earlier(before);
    std::vector<Settled> all;
    for (const auto& [key, sum] : sums_) {
      const Settled settled = begin(std::get<0>(key), std::get<1>(key), sum);
      if (settled.lines > 0 || settled.left_out > 0 || was_settled(before, settled)) all.push_back(settled);
    }
    share_out(all);
    for (Settled& settled : all) compare(before, settled);
    result.settled.insert(result.settled.end(), all.begin(), all.end());
    for (const syntax::AgreementTarget& target : declaration().targets) count(target, result);
  }

 private:
  /// The parties, whether it is after the period, and the first day.
  using Key = std::tuple<std::vector<std::string>, bool, DayNumber>;

  const Agreement& agreement_;
  const std::vector<Json>& lines_;
  // By line.
  std::vector<AgreementLine> seen_;
  std::vector<std::string> months_;
  std::vector<Value> ids_;
  std::vector<Value> versions_;  ///< what says which of the lines of one id is the last
  std::set<std::size_t> set_aside_;
  std::map<Key, Sum> sums_;

  const syntax::AgreementDeclaration& declaration() const { return agreement_.declaration(); }

  /// Below 0 where the version says that the line stands before the other, above 0 behind it.
  int by_version(std::size_t line, std::size_t other) const {
    if (versions_[line].known != versions_[other].known) return versions_[line].known ? 1 : -1;
    return order(versions_[line], versions_[other]).value_or(0);
  }

  /// Whether, of two lines of one id, this is the later one.
  bool is_later(std::size_t line, std::size_t other) const {
    const int found = by_version(line, other);
    return found != 0 ? found > 0 : line > other;
  }

  void find_set_aside() {
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      for (std::size_t other = 0; other < lines_.size(); ++other) {
        const bool same_id = ids_[line].known && ids_[other].known && ids_[line].text == ids_[other].text;
        if (other != line && same_id && is_later(other, line)) set_aside_.insert(line);
      }
    }
  }

  Sum& sum_of(const std::vector<std::string>& parties, DayNumber day) {
    const Interval interval = settlement_on(agreement_, day);
    Sum& sum = sums_[{parties, day > agreement_.last(), interval.first}];
    sum.interval = interval;
    sum.deducted.resize(declaration().deductions.size());
    return sum;
  }

  void add_up() {
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      const AgreementLine& seen = seen_[line];
      const bool settles = !seen.after || declaration().after;
      if (!settles || (seen.standing != Standing::counts && seen.standing != Standing::left_out)) continue;
      Sum& sum = sum_of(seen.parties, seen.on);
      if (is_set_aside(line)) {
        ++sum.corrected;
      } else if (seen.standing == Standing::left_out) {
        ++sum.left_out;
      } else {
        ++sum.lines;
        sum.saving += seen.after ? excess_of(line) : seen.saving;
        if (!seen.after) sum.saving_by_year[year_of(agreement_, seen.on)] += seen.saving;
        for (std::size_t i = 0; i < seen.deducted.size(); ++i) sum.deducted[i] += seen.deducted[i];
      }
    }
  }

  /// What the line cost over the lowest price of its month.
  Integer excess_of(std::size_t line) const {
    const AgreementLine& own = seen_[line];
    Integer lowest = *own.lowest;
    for (std::size_t other = 0; other < lines_.size(); ++other) {
      const AgreementLine& seen = seen_[other];
      if (is_set_aside(other) || seen.standing != Standing::counts || !seen.lowest) continue;
      if (months_[other] == months_[line] && seen.drug == own.drug) lowest = std::min(lowest, *seen.lowest);
    }
    return std::max(Integer{0}, own.charged - nearest(lowest * own.quantity, one));
  }

  /// Settlements that no line belongs to any more.
  void add_earlier(const std::vector<Settled>& before) {
    for (const Settled& earlier : before) {
      if (earlier.agreement != agreement_.full_name()) continue;
      const DayNumber from = earlier.after ? agreement_.last() + 1 : agreement_.first();
      const DayNumber to = earlier.after ? agreement_.last() + 4000 : agreement_.last();
      for (DayNumber day = from; day <= to; day = settlement_on(agreement_, day).last + 1) {
        if (settlement_on(agreement_, day).label != earlier.label) continue;
        sum_of(earlier.parties, day);
        break;
      }
    }
  }

  Settled begin(const std::vector<std::string>& parties, bool after, const Sum& sum) const {
    Settled settled;
    settled.agreement = agreement_.full_name();
    settled.parties = parties;
    settled.label = sum.interval.label;
    settled.after = after;
    settled.first = sum.interval.first;
    settled.last = sum.interval.last;
    settled.lines = sum.lines;
    settled.left_out = sum.left_out;
    settled.corrected = sum.corrected;
    settled.saving_of_lines = sum.saving;
    return settled;
  }

  /// In the order of the days of each pair of parties.
  void share_out(std::vector<Settled>& all) const {
    const syntax::AgreementSettlement& terms = *declaration().settle;
    const Integer unit = agreement_.literal(terms.unit);
    std::map<std::pair<std::vector<std::string>, DayNumber>, Integer> saved_in_year;
    /// What each party would have had in the year so far, but for its cap.
    std::map<std::pair<std::vector<std::string>, DayNumber>, std::vector<Integer>> uncapped;
    for (Settled& settled : all) {
      if (settled.after) {
        settled.saving = rounded(settled.saving_of_lines, penny, "half even");
        continue;
      }
      settled.shares.resize(declaration().between.size());
      const Sum& sum = sums_.at({settled.parties, false, settled.first});
      if (settled.lines > 0) {
        settled.saving = bounded(rounded(settled.saving_of_lines, unit, terms.mode));
        deduct(settled, sum.deducted);
      }
      Integer rest = settled.saving;
      for (const auto& [start, saving] : sum.saving_by_year) {
        // The last of its years takes what the others leave.
        const bool is_last = start == sum.saving_by_year.rbegin()->first;
        Settled part = settled;
        part.saving = is_last ? rest : rounded(saving, unit, terms.mode);
        rest -= part.saving;
        const auto year = std::pair(settled.parties, start);
        part.shares.assign(settled.shares.size(), {});
        divide(saved_in_year[year], part);
        saved_in_year[year] += part.saving;
        uncapped[year].resize(part.shares.size());
        cap(uncapped[year], part);
        for (std::size_t party = 0; party < part.shares.size(); ++party) {
          settled.shares[party].amount += part.shares[party].amount;
          settled.shares[party].capped += part.shares[party].capped;
        }
      }
      settled.saving_of_year = saved_in_year[{settled.parties, year_of(agreement_, settled.last)}];
      for (PartyShare& share : settled.shares) share.net = share.amount - share.deducted;
    }
  }

  Integer bounded(Integer saving) const {
    const syntax::AgreementSettlement& terms = *declaration().settle;
    if (terms.floor != syntax::no_expression) saving = std::max(saving, agreement_.literal(terms.floor));
    if (terms.cap != syntax::no_expression) saving = std::min(saving, agreement_.literal(terms.cap));
    return saving;
  }

  /// Penny by penny of the year it would be: what lies between the two savings of the year, tier by tier.
  void divide(Integer before, Settled& settled) const {
    std::vector<const syntax::AgreementTier*> tiers;
    for (const syntax::AgreementTier& tier : declaration().shares) tiers.push_back(&tier);
    std::sort(tiers.begin(), tiers.end(), [&](const auto* a, const auto* b) { return begins(*a) < begins(*b); });
    const Integer now = before + settled.saving;
    std::vector<Integer> exact(settled.shares.size());  // in millionths of millionths
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
    Integer rest = settled.saving;
    for (std::size_t party = 1; party < exact.size(); ++party) {
      settled.shares[party].amount = toward_zero(exact[party], penny * one) / one;
      rest -= settled.shares[party].amount;
    }
    settled.shares.front().amount = rest;
  }

  Integer begins(const syntax::AgreementTier& tier) const {
    return tier.above == syntax::no_expression ? 0 : agreement_.literal(tier.above);
  }

  void cap(std::vector<Integer>& uncapped, Settled& settled) const {
    std::vector<std::optional<Integer>> caps(settled.shares.size());
    for (const syntax::AgreementCap& each : declaration().caps) {
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

  void deduct(Settled& settled, const std::vector<Integer>& deducted) const {
    for (std::size_t i = 0; i < deducted.size(); ++i) {
      settled.shares[agreement_.party(declaration().deductions[i].party.text)].deducted +=
          rounded(deducted[i], penny, declaration().settle->mode);
    }
  }

  static bool was_settled(const std::vector<Settled>& before, const Settled& settled) {
    return std::any_of(before.begin(), before.end(), [&](const Settled& earlier) {
      return earlier.agreement == settled.agreement && earlier.parties == settled.parties &&
             earlier.label == settled.label && earlier.after == settled.after;
    });
  }

  static void compare(const std::vector<Settled>& before, Settled& settled) {
    for (const Settled& earlier : before) {
      if (earlier.agreement != settled.agreement || earlier.parties != settled.parties) continue;
      if (earlier.label != settled.label || earlier.after != settled.after) continue;
      settled.saving_before = earlier.saving;
      for (std::size_t party = 0; party < settled.shares.size(); ++party) {
        settled.shares[party].before = earlier.shares[party].net;
        settled.shares[party].difference = settled.shares[party].net - earlier.shares[party].net;
      }
    }
  }

  /// Of two lines that say something of one value: the later day, and then the later line.
  bool speaks_after(std::size_t line, std::size_t other) const {
    if (seen_[line].on != seen_[other].on) return seen_[line].on > seen_[other].on;
    if (ids_[line].known != ids_[other].known) return ids_[line].known;
    if (!ids_[line].known) return false;
    const int found = by_version(line, other);
    return found != 0 ? found > 0 : ids_[line].text > ids_[other].text;
  }

  void count(const syntax::AgreementTarget& target, Settlements& result) const {
    std::map<std::vector<std::string>, TargetCount> counts;
    std::map<std::pair<std::vector<std::string>, std::string>, std::vector<std::size_t>> last_lines;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      const TargetLine said = agreement_.look_at(lines_[line], seen_[line], target);
      if (!said.asked || is_set_aside(line)) continue;
      if (said.left_out) {
        ++counts[seen_[line].parties].left_out;
        continue;
      }
      std::vector<std::size_t>& last = last_lines[{seen_[line].parties, said.among}];
      if (!last.empty() && speaks_after(last.front(), line)) continue;
      if (!last.empty() && speaks_after(line, last.front())) last.clear();
      last.push_back(line);
    }
    for (const auto& [among, last] : last_lines) {
      TargetCount& of_parties = counts[among.first];
      const bool met = std::all_of(last.begin(), last.end(), [&](std::size_t line) {
        return agreement_.look_at(lines_[line], seen_[line], target).met;
      });
      ++of_parties.counted;
      of_parties.met += met ? 1 : 0;
    }
    for (auto& [parties, found] : counts) {
      found.agreement = agreement_.full_name();
      found.name = target.name.text;
      found.parties = parties;
      if (found.counted > 0) {
        found.share = one * found.met / found.counted;
        const Integer wanted = agreement_.literal(target.at_least) * found.counted;
        if (last_day() >= agreement_.day_of(target)) found.reached = one * found.met >= wanted;
      }
      result.targets.push_back(found);
    }
  }

  /// Of all lines of the ledger.
  DayNumber last_day() const {
    DayNumber last = 0;
    for (const Json& line : lines_) last = std::max(last, agreement_.date_of(line).value_or(0));
    return last;
  }
};

}  // namespace

Settlements settle(const World& world, const std::string& record_name, const std::vector<Json>& lines,
                   const std::vector<Settled>& before) {
  Settlements result;
  result.records = static_cast<int>(lines.size());
  const std::vector<std::unique_ptr<Agreement>> agreements = agreements_on(world, record_name);
  std::vector<Settling> settlings;
  for (const auto& agreement : agreements) settlings.emplace_back(*agreement, lines);
  for (Settling& settling : settlings) settling.settle(before, result);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const auto any = [&](const auto& test) { return std::any_of(settlings.begin(), settlings.end(), test); };
    if (any([&](const Settling& each) {
          return each.standing(line) == Standing::undecided && !each.is_set_aside(line);
        })) {
      ++result.undecided;
    }
    // What is set aside is nobody's business, unless it is one agreement's alone.
    const bool matters = settlings.empty() || any([&](const Settling& each) { return !each.is_set_aside(line); });
    const bool covered = any([&](const Settling& each) { return each.standing(line) != Standing::not_covered; });
    if (matters && !covered) ++result.not_covered;
  }
  return result;
}

}  // namespace proviso::reference
