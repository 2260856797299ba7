#include "settle/accounts_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace proviso::settle {
namespace {

bool narrow(const Total& total, Saved& saved) {
  if (!value::detail::narrow(total.saving, saved.saving_of_lines)) return false;
  for (const value::Wide sum : total.deducted) {
    if (!value::detail::narrow(sum, saved.deducted.emplace_back())) return false;
  }
  return true;
}

constexpr const char* out_of_range = "it cannot be settled: a total of its year is out of range";

std::vector<Share> no_shares(const model::Agreement& agreement) {
  std::vector<Share> shares(agreement.parties.size());
  for (std::uint32_t party = 0; party < shares.size(); ++party) shares[party].party = party;
  return shares;
}

}  // namespace

std::string left_out_note(const std::string& reason, std::uint64_t lines) {
  return fmt::format("{} {} left out: {}", lines, lines == 1 ? "line is" : "lines are", reason);
}

Totals::Totals(const MergedBooks& books, const std::vector<std::string>& inputs)
    : books_(books), inputs_(inputs), totals_(books.settlements().size()) {
  for (Total& total : totals_) total.deducted.resize(agreement().deductions.size());
  for (const MergedBooks::OfBook& of : books_.books()) {
    add_booked(of);
    add_left_out(of);
  }
  if (agreement().after) add_priced();
}

void Totals::add_booked(const MergedBooks::OfBook& of) {
  Tape::Reader reader(of.book->booked);
  while (!reader.done()) {
    const BookedLine line = BookedLine::read(reader);
    Total& total = totals_[of.settlements[line.settlement]];
    const bool counts = !books_.is_set_aside(line.order);
    (counts ? total.lines : total.corrected) += 1;
    if (counts) total.saving += line.saving;
    for (value::Wide& deducted : total.deducted) {
      const std::int64_t amount = reader.money();
      if (counts) deducted += amount;
    }
  }
}

void Totals::add_left_out(const MergedBooks::OfBook& of) {
  Tape::Reader reader(of.book->left_out);
  while (!reader.done()) {
    const LeftOutLine line = LeftOutLine::read(reader);
    const std::string& reason = of.book->reasons[line.reason];
    const bool set_aside = books_.is_set_aside(line.order);
    if (line.settlement == LeftOutLine::undecided) {
      if (set_aside) continue;
      ++undecided_for_[reason];
      undecided_.push_back(line.order);
    } else if (line.settlement == LeftOutLine::no_settlement) {
      if (!set_aside) ++left_out_for_[reason];
    } else {
      Total& total = totals_[of.settlements[line.settlement]];
      set_aside ? void(++total.corrected) : total.leave_out(reason);
    }
  }
}

void Totals::mark_undecided(std::vector<std::uint64_t>& lines) const {
  for (const LineOrder line : undecided_) lines[line / 64] |= std::uint64_t{1} << (line % 64);
}

void Totals::write(Statement& statement) {
  std::vector<Settlement> settlements;
  for (std::size_t number = 0; number < totals_.size(); ++number) settlements.push_back(begin(number));
  for (std::size_t first = 0; first < totals_.size();) {
    std::size_t last = first + 1;
    while (last < totals_.size() && books_.settlements()[last].pair == books_.settlements()[first].pair) ++last;
    settle_pair(first, last, settlements);
    first = last;
  }
  for (std::size_t number = 0; number < totals_.size(); ++number) {
    add_notes(totals_[number], settlements[number]);
    if (const Settled* before = books_.settlements()[number].before) compare(*before, settlements[number]);
  }
  add_detail(settlements);
  std::move(settlements.begin(), settlements.end(), std::back_inserter(statement.settlements));
  write_notes(statement);
}

Settlement Totals::begin(std::size_t number) const {
  const MergedBooks::Entry& entry = books_.settlements()[number];
  const Total& total = totals_[number];
  Settlement settlement;
  settlement.agreement = books_.plan().number();
  settlement.parties = books_.pairs()[entry.pair];
  settlement.label = entry.span.label;
  settlement.days = entry.span.days;
  settlement.lines = total.lines;
  settlement.left_out = total.left_out;
  settlement.corrected = total.corrected;
  return settlement;
}

/// The settlements of one pair of parties, in the order of their days.
void Totals::settle_pair(std::size_t first, std::size_t last, std::vector<Settlement>& settlements) const {
  std::vector<Saved> saved;
  std::vector<Settlement*> of_saved;
  std::optional<std::int32_t> lost_year;
  for (std::size_t number = first; number < last; ++number) {
    Settlement& settlement = settlements[number];
    Saved of{settlement.days, 0, {}};
    const bool fits = narrow(totals_[number], of);
    settlement.saving_of_lines = of.saving_of_lines;
    if (books_.settlements()[number].after) {
      settle_excess(fits, settlement);
      continue;
    }
    const std::int32_t year = year_start(agreement(), settlement.days.first);
    if (!fits) lost_year = year;
    if (lost_year == year) {
      settlement.notes.emplace_back(out_of_range);
    } else if (settlement.lines > 0) {
      saved.push_back(std::move(of));
      of_saved.push_back(&settlement);
    } else {
      // Without lines it is no settlement: neither its floor nor its cap is asked for.
      settlement.shares = no_shares(agreement());
    }
  }
  const std::vector<Shared> shared = share(agreement(), saved);
  for (std::size_t number = 0; number < shared.size(); ++number) {
    Settlement& settlement = *of_saved[number];
    settlement.saving = shared[number].saving;
    settlement.saving_of_year = shared[number].saving_of_year;
    settlement.shares = shared[number].shares;
    if (shared[number].out_of_range) settlement.notes.emplace_back(out_of_range);
  }
  carry_year(first, last, settlements);
}

void Totals::settle_excess(bool fits, Settlement& settlement) const {
  std::int64_t excess = 0;
  if (fits && value::round_to(settlement.saving_of_lines, agreement().unit, agreement().rounding, excess)) {
    settlement.excess = excess;
  } else {
    settlement.notes.emplace_back(out_of_range);
  }
}

/// Settlements without lines leave the saving of their year as it is.
void Totals::carry_year(std::size_t first, std::size_t last, std::vector<Settlement>& settlements) const {
  for (std::size_t number = first + 1; number < last; ++number) {
    Settlement& settlement = settlements[number];
    const Settlement& earlier = settlements[number - 1];
    if (settlement.lines > 0 || books_.settlements()[number].after) continue;
    if (year_start(agreement(), settlement.days.first) == year_start(agreement(), earlier.days.first)) {
      settlement.saving_of_year = earlier.saving_of_year;
    }
  }
}

void Totals::add_notes(const Total& total, Settlement& settlement) const {
  for (const auto& [reason, lines] : total.left_out_for) settlement.notes.push_back(left_out_note(reason, lines));
}

void Totals::compare(const Settled& before, Settlement& settlement) const {
  settlement.saving_before = before.saving;
  for (Share& share : settlement.shares) {
    if (share.party >= before.nets.size()) continue;
    std::int64_t difference = 0;
    if (!value::subtract(share.net, before.nets[share.party], difference)) continue;
    share.before = before.nets[share.party];
    share.difference = difference;
  }
}

void Totals::add_detail(std::vector<Settlement>& settlements) {
  std::vector<std::vector<std::pair<std::uint64_t, StatementLine>>> details(settlements.size());
  for (const MergedBooks::OfBook& of : books_.books()) {
    for (KeptLine& kept : of.book->kept) {
      if (books_.is_set_aside(kept.order)) continue;
      StatementLine& line = kept.line;
      line.corrected = books_.lines().corrects(books_.plan().correction(), kept.order);
      if (inputs_.size() > 1) line.input = inputs_[books_.lines().input(kept.order)];
      if (const auto excess = excesses_.find(kept.order); excess != excesses_.end()) {
        line.saving = excess->second.amount;
        line.left_out = excess->second.left_out;
        line.values.push_back({"lowest price", value::format_money(excess->second.lowest)});
      }
      details[of.settlements[kept.settlement]].emplace_back(books_.lines().position(kept.order), std::move(line));
    }
  }
  for (std::size_t number = 0; number < settlements.size(); ++number) {
    auto& detail = details[number];
    std::sort(detail.begin(), detail.end(), [](const auto& a, const auto& b) {
      return std::tie(a.second.on, a.second.id, a.first) < std::tie(b.second.on, b.second.id, b.first);
    });
    for (auto& [position, line] : detail) settlements[number].detail.push_back(std::move(line));
  }
}

void Totals::write_notes(Statement& statement) const {
  const std::string name = agreement().lines.full_name() + ": ";
  const auto note = [&](const std::string& text) { statement.notes.push_back(name + text); };
  for (const auto& [reason, lines] : left_out_for_) note(left_out_note(reason, lines));
  for (const auto& [reason, lines] : undecided_for_) {
    note(fmt::format("whether it covers {} {} is not known: {}", lines, lines == 1 ? "line" : "lines", reason));
  }
  for (const std::string& label : books_.strange_labels()) {
    note(fmt::format("an earlier settlement is of `{}`, which is no period", label));
  }
}

}  // namespace proviso::settle
