#include "settle/accounts_targets.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

/// What the last day of a patient (or whatever is counted) says.
struct Latest {
  std::int32_t day;
  bool met = false;      ///< some line of that day
  bool not_met = false;  ///< some other line of that day
};

class Count {
 public:
  Count(const MergedBooks& books, std::size_t target)
      : books_(books), target_(target), latest_(books.pairs().size()), results_(books.pairs().size()) {
    find_latest();
    settle_contested();
  }

  TargetResult result(std::uint32_t pair, std::int32_t last_day) const {
    const model::Agreement::Target& target = books_.agreement().targets[target_];
    TargetResult result = results_[pair];
    result.agreement = books_.plan().number();
    result.target = static_cast<std::uint32_t>(target_);
    result.parties = books_.pairs()[pair];
    result.counted = latest_[pair].size();
    for (const auto& [among, latest] : latest_[pair]) result.met += latest.met ? 1 : 0;
    if (result.counted == 0) return result;
    const value::Wide met = value::detail::product(value::decimal_scale, static_cast<std::int64_t>(result.met));
    const auto counted = static_cast<std::int64_t>(result.counted);
    result.share = static_cast<std::int64_t>(met / counted);  // down: 89.99999% is not 90%
    if (last_day >= target.by) result.reached = met >= value::detail::product(target.at_least, counted);
    return result;
  }

 private:
  const MergedBooks& books_;
  std::size_t target_;
  std::vector<std::unordered_map<Key, Latest, KeyHash>> latest_;  ///< by pair
  std::vector<TargetResult> results_;                             ///< by pair: what was left out

  template <typename Use>
  void for_each_line(Use use) {
    for (const MergedBooks::OfBook& of : books_.books()) {
      Tape::Reader reader(of.book->targets[target_]);
      while (!reader.done()) {
        TargetLine line = TargetLine::read(reader);
        line.pair = of.pairs[line.pair];
        if (!books_.is_set_aside(line.order)) use(line);
      }
    }
  }

  void find_latest() {
    for_each_line([&](const TargetLine& line) {
      if (line.left_out) return void(++results_[line.pair].left_out);
      Latest& latest = latest_[line.pair].try_emplace(line.among, Latest{line.day}).first->second;
      if (line.day < latest.day) return;
      if (line.day > latest.day) latest = {line.day};
      (line.met ? latest.met : latest.not_met) = true;
    });
  }

  /// Where lines of the last day say different things, the one counts that would be the last if they were of one id, or
  /// else whose id comes last: nothing that the order of the input decides. Lines without an id come before all others,
  /// and among them a target is not met.
  void settle_contested() {
    std::vector<std::uint64_t> contested = books_.lines().no_lines();
    bool any = false;
    const auto is_contested = [&](const TargetLine& line) {
      if (line.left_out) return false;
      const Latest& latest = latest_[line.pair].at(line.among);
      return latest.met && latest.not_met && latest.day == line.day;
    };
    for_each_line([&](const TargetLine& line) {
      if (!is_contested(line)) return;
      any = true;
      contested[line.order / 64] |= std::uint64_t{1} << (line.order % 64);
    });
    if (!any) return;
    const auto identities = books_.lines().identities(books_.plan().correction(), contested);
    struct Last {
      std::optional<LedgerLines::Identity> identity;
      bool met = false;
    };
    std::vector<std::unordered_map<Key, Last, KeyHash>> lasts(latest_.size());
    for_each_line([&](const TargetLine& line) {
      if (!is_contested(line)) return;
      const auto known = identities.find(line.order);
      if (known == identities.end()) {
        lasts[line.pair].try_emplace(line.among);
        return;
      }
      Last& last = lasts[line.pair][line.among];
      if (!last.identity || *last.identity < known->second) last = {known->second, line.met};
    });
    for (std::size_t pair = 0; pair < lasts.size(); ++pair) {
      for (const auto& [among, last] : lasts[pair]) latest_[pair].at(among).met = last.met;
    }
  }
};

}  // namespace

std::vector<TargetResult> target_results(const MergedBooks& books, std::int32_t last_day) {
  std::vector<Count> counts;
  const std::size_t targets = books.agreement().targets.size();
  for (std::size_t target = 0; target < targets; ++target) counts.emplace_back(books, target);
  std::vector<TargetResult> results;
  for (std::uint32_t pair = 0; pair < books.pairs().size(); ++pair) {
    for (const Count& count : counts) results.push_back(count.result(pair, last_day));
  }
  return results;
}

}  // namespace proviso::settle
