#include "settle/accounts_targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "output/words.hpp"
#include "settle/accounts_totals.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

/// What the last day of a patient (or whatever is counted) says.
struct Latest {
  std::int32_t day;
  bool met = false;      ///< some line of that day
  bool not_met = false;  ///< some other line of that day
};

using value::Truth;

struct Counted {
  std::uint64_t all = 0;
  std::uint64_t met = 0;

  bool reaches(std::int64_t at_least) const {
    return value::detail::product(value::decimal_scale, static_cast<std::int64_t>(met)) >=
           value::detail::product(at_least, static_cast<std::int64_t>(all));
  }
};

/// The lines of one pair that are left out, and what they could change.
class OpenLines {
 public:
  void add(const std::string& reason) {
    ++lines_;
    ++left_out_for_[reason];
  }
  /// Whom it is of is known.
  void may_change(const Key& among, const Latest* latest, Truth met) {
    Change& change = changes_[among];
    change.latest = latest;
    change.to_met = change.to_met || met != Truth::no;
    change.to_not_met = change.to_not_met || met != Truth::yes;
  }
  /// Anybody's, be it of somebody whom no line counts.
  void may_change_anybody(Truth met, std::uint64_t lines = 1) {
    if (met != Truth::no) anybody_met_ += lines;
    if (met != Truth::yes) anybody_not_met_ += lines;
  }

  std::uint64_t lines() const { return lines_; }
  const LinesByReason& left_out_for() const { return left_out_for_; }

  /// What would be counted if all of them spoke against the target.
  Counted at_worst(Counted counted) const {
    for (const auto& [among, change] : changes_) {
      if (!change.to_not_met) continue;
      if (change.latest == nullptr) ++counted.all;
      if (change.latest != nullptr && change.latest->met) --counted.met;
    }
    const std::uint64_t changed = std::min(anybody_not_met_, counted.met);
    return {counted.all + anybody_not_met_ - changed, counted.met - changed};
  }
  /// Likewise if all of them spoke for it.
  Counted at_best(Counted counted) const {
    for (const auto& [among, change] : changes_) {
      if (!change.to_met) continue;
      if (change.latest == nullptr) ++counted.all;
      if (change.latest == nullptr || !change.latest->met) ++counted.met;
    }
    const std::uint64_t changed = std::min(anybody_met_, counted.all - counted.met);
    return {counted.all + anybody_met_ - changed, counted.met + anybody_met_};
  }

 private:
  /// Of what is counted.
  struct Change {
    const Latest* latest = nullptr;  ///< what is known of it; null: no line counts it
    bool to_met = false;
    bool to_not_met = false;
  };
  std::uint64_t lines_ = 0;
  LinesByReason left_out_for_;
  std::unordered_map<Key, Change, KeyHash> changes_;
  std::uint64_t anybody_met_ = 0;
  std::uint64_t anybody_not_met_ = 0;
};

class Count {
 public:
  Count(const MergedBooks& books, std::size_t target, std::uint64_t lost)
      : books_(books), target_(target), lost_(lost), latest_(books.pairs().size()), open_(books.pairs().size()) {
    find_latest();
    settle_contested();
    for (const MergedBooks::OfBook& of : books_.books()) add_open(of);
    for (OpenLines& open : open_) open.may_change_anybody(Truth::unknown, lost);
  }

  TargetResult result(std::uint32_t pair, std::int32_t last_day) const {
    const model::Agreement::Target& target = books_.agreement().targets[target_];
    const OpenLines& open = open_[pair];
    TargetResult result;
    result.agreement = books_.plan().number();
    result.target = static_cast<std::uint32_t>(target_);
    result.parties = books_.pairs()[pair];
    result.left_out = open.lines();
    for (const auto& [reason, lines] : open.left_out_for()) result.notes.push_back(left_out_note(reason, lines));
    if (lost_ > 0) {
      result.notes.push_back(
          fmt::format("{} of the ledger could not be read at all, and may be of it", output::counted(lost_, "line")));
    }
    Counted counted{latest_[pair].size(), 0};
    for (const auto& [among, latest] : latest_[pair]) counted.met += latest.met ? 1 : 0;
    result.counted = counted.all;
    result.met = counted.met;
    if (counted.all == 0) return result;
    const value::Wide met = value::detail::product(value::decimal_scale, static_cast<std::int64_t>(counted.met));
    result.share = static_cast<std::int64_t>(met / static_cast<std::int64_t>(counted.all));  // 89.99999% is not 90%
    if (last_day < target.by) return result;
    result.is_due = true;
    if (open.at_worst(counted).reaches(target.at_least) == open.at_best(counted).reaches(target.at_least)) {
      result.reached = counted.reaches(target.at_least);
    } else {
      result.notes.emplace_back("whether it is reached is not known: it depends on these lines");
    }
    return result;
  }

 private:
  const MergedBooks& books_;
  std::size_t target_;
  std::uint64_t lost_;
  std::vector<std::unordered_map<Key, Latest, KeyHash>> latest_;  ///< by pair
  std::vector<OpenLines> open_;                                   ///< by pair

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

  /// By place of the book, the pairs that lines of it may be of.
  std::vector<std::vector<std::uint32_t>> pairs_of_places(const Book& book) const {
    std::vector<std::vector<std::uint32_t>> pairs(book.places.size());
    for (const auto& [place, number] : book.places) {
      for (std::uint32_t pair = 0; pair < books_.pairs().size(); ++pair) {
        const std::vector<std::string>& parties = books_.pairs()[pair];
        if (std::equal(
                parties.begin(), parties.end(), place.parties.begin(),
                [](const std::string& party, const std::string& told) { return told.empty() || told == party; })) {
          pairs[number].push_back(pair);
        }
      }
    }
    return pairs;
  }

  /// A line before the last of whom it is of changes nothing.
  void add_open(const MergedBooks::OfBook& of) {
    const std::vector<std::vector<std::uint32_t>> pairs = pairs_of_places(*of.book);
    Tape::Reader reader(of.book->open_targets[target_]);
    while (!reader.done()) {
      const OpenTargetLine line = OpenTargetLine::read(reader);
      if (books_.is_set_aside(line.order)) continue;
      for (const std::uint32_t pair : pairs[line.place]) {
        open_[pair].add(of.book->reasons[line.reason]);
        if (!line.among) {
          open_[pair].may_change_anybody(line.met);
          continue;
        }
        const auto latest = latest_[pair].find(*line.among);
        const Latest* const known = latest == latest_[pair].end() ? nullptr : &latest->second;
        if (known != nullptr && line.day && *line.day < known->day) continue;
        open_[pair].may_change(*line.among, known, line.met);
      }
    }
  }
};

}  // namespace

std::vector<TargetResult> target_results(const MergedBooks& books, std::int32_t last_day, std::uint64_t lost) {
  std::vector<Count> counts;
  const std::size_t targets = books.agreement().targets.size();
  for (std::size_t target = 0; target < targets; ++target) counts.emplace_back(books, target, lost);
  std::vector<TargetResult> results;
  for (std::uint32_t pair = 0; pair < books.pairs().size(); ++pair) {
    for (const Count& count : counts) results.push_back(count.result(pair, last_day));
  }
  return results;
}

}  // namespace proviso::settle
