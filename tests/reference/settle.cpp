#include "reference/settle.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "reference/sharing.hpp"

namespace proviso::reference {
namespace {

using Standing = AgreementLine::Standing;

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
    Sharing sharing(agreement_);
    for (Settled& settled : all) sharing.share_out(sums_.at({settled.parties, settled.after, settled.first}), settled);
    for (Settled& settled : all) compare(before, settled);
    result.settled.insert(result.settled.end(), all.begin(), all.end());
    for (const syntax::AgreementTarget& target : declaration().targets) {
      for (const std::vector<std::string>& parties : everybody(before)) count(target, parties, result);
    }
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
    const Integer above = own.charged - nearest(lowest * own.quantity, one);
    const bool takes_back = own.quantity < 0 || (own.quantity == 0 && own.charged < 0);
    return takes_back ? std::min(Integer{0}, above) : std::max(Integer{0}, above);
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

  /// All who are parties of some covered line, or were of an earlier settlement.
  std::set<std::vector<std::string>> everybody(const std::vector<Settled>& before) const {
    std::set<std::vector<std::string>> all;
    for (const AgreementLine& line : seen_) {
      if (!line.parties.empty()) all.insert(line.parties);
    }
    for (const Settled& earlier : before) {
      if (earlier.agreement == agreement_.full_name()) all.insert(earlier.parties);
    }
    return all;
  }

  static bool may_be(const std::vector<std::string>& parties, const std::vector<std::string>& told) {
    for (std::size_t party = 0; party < parties.size(); ++party) {
      if (!told[party].empty() && told[party] != parties[party]) return false;
    }
    return true;
  }

  /// Of what is counted, whether it meets the target, and on which day it last said so.
  struct Said {
    bool met;
    DayNumber on;
  };
  using SaidByAll = std::map<std::string, Said>;

  /// What would be said if all lines that are left out spoke for the target, or against it.
  static SaidByAll with_open_lines(SaidByAll said, const std::vector<TargetLine>& open, bool for_it) {
    for (const TargetLine& line : open) {
      const auto known = said.find(line.among);
      const bool is_late = known == said.end() || !line.on || *line.on >= known->second.on;
      if (line.among.empty() || !is_late || line.met == !for_it) continue;
      said[line.among] = {for_it, line.on.value_or(0)};
    }
    int strangers = 0;
    for (const TargetLine& line : open) {
      if (!line.among.empty() || line.met == !for_it) continue;
      const auto other =
          std::find_if(said.begin(), said.end(), [&](const auto& each) { return each.second.met != for_it; });
      said[other == said.end() ? "stranger " + std::to_string(++strangers) : other->first].met = for_it;
    }
    return said;
  }

  bool is_reached(const SaidByAll& said, const syntax::AgreementTarget& target) const {
    const auto met = std::count_if(said.begin(), said.end(), [](const auto& each) { return each.second.met; });
    return one * met >= agreement_.literal(target.at_least) * static_cast<Integer>(said.size());
  }

  void count(const syntax::AgreementTarget& target, const std::vector<std::string>& parties,
             Settlements& result) const {
    TargetCount found;
    std::map<std::string, std::vector<std::size_t>> last_lines;
    std::vector<TargetLine> open;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      const TargetLine said = agreement_.look_at(lines_[line], seen_[line], target);
      if (!said.asked || is_set_aside(line) || !may_be(parties, seen_[line].told_parties)) continue;
      if (said.left_out) {
        open.push_back(said);
        continue;
      }
      std::vector<std::size_t>& last = last_lines[said.among];
      if (!last.empty() && speaks_after(last.front(), line)) continue;
      if (!last.empty() && speaks_after(line, last.front())) last.clear();
      last.push_back(line);
    }
    SaidByAll said;
    for (const auto& [among, last] : last_lines) {
      const bool met = std::all_of(last.begin(), last.end(), [&](std::size_t line) {
        return agreement_.look_at(lines_[line], seen_[line], target).met == true;
      });
      said[among] = {met, seen_[last.front()].on};
      ++found.counted;
      found.met += met ? 1 : 0;
    }
    found.left_out = static_cast<int>(open.size());
    if (found.counted == 0 && found.left_out == 0) return;
    found.agreement = agreement_.full_name();
    found.name = target.name.text;
    found.parties = parties;
    if (found.counted > 0) {
      found.share = one * found.met / found.counted;
      const bool at_worst = is_reached(with_open_lines(said, open, false), target);
      const bool at_best = is_reached(with_open_lines(said, open, true), target);
      if (last_day() >= agreement_.day_of(target) && at_worst == at_best) found.reached = at_worst;
    }
    result.targets.push_back(found);
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
  settlings.reserve(agreements.size());
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
