#include "settle/accounts_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "output/words.hpp"
#include "settle/report_words.hpp"
#include "value/calendar.hpp"

namespace proviso::settle {
namespace {

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
    add_assumed(of);
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
    if (counts) {
      total.saving += line.saving;
      if (of.in_last_year[line.settlement]) {
        total.saving_of_last_year += line.saving;
        ++total.lines_of_last_year;
      }
    }
    for (value::Wide& deducted : total.deducted) {
      const std::int64_t amount = reader.money();
      if (counts) deducted += amount;
    }
  }
}

void Totals::add_assumed(const MergedBooks::OfBook& of) {
  Tape::Reader reader(of.book->assumed);
  while (!reader.done()) {
    const AssumedOfLine line = AssumedOfLine::read(reader);
    if (!books_.is_set_aside(line.order)) ++totals_[of.settlements[line.settlement]].assumed[line.fact];
  }
}

void Totals::add_left_out(const MergedBooks::OfBook& of) {
  std::vector<const OpenPlace*> places(of.book->places.size());
  for (const auto& [place, number] : of.book->places) places[number] = &place;
  Tape::Reader reader(of.book->left_out);
  while (!reader.done()) {
    const LeftOutLine line = LeftOutLine::read(reader);
    const std::string& reason = of.book->reasons[line.reason];
    const bool set_aside = books_.is_set_aside(line.order);
    if (!set_aside && !LeftOutLine::has_settlement(line.settlement))
      ++open_[places[line.place]->known()][*places[line.place]][reason];
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
    add_notes(number, settlements[number]);
    const Settled* const before = books_.settlements()[number].before;
    if (before == nullptr) continue;
    compare(*before, settlements[number]);
  }
  add_detail(settlements);
  drop_corrected_away(settlements);
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
  const model::Library& library = books_.plan().library();
  for (const auto& [fact, lines] : total.assumed) {
    const model::Record& record = library.records[agreement().lines.record];
    settlement.assumed.push_back({assumed_value(library, record.facts[fact]), lines});
  }
  return settlement;
}

/// False where a sum is beyond what money can hold.
bool Totals::narrow(std::size_t number, Saved& saved, std::int64_t& saving_of_lines) const {
  const MergedBooks::Entry& entry = books_.settlements()[number];
  const Total& total = totals_[number];
  const bool has_last = total.lines_of_last_year > 0 || entry.first_year == entry.last_year;
  const bool has_first = entry.first_year != entry.last_year && total.lines > total.lines_of_last_year;
  const value::Wide of_last = entry.first_year == entry.last_year ? total.saving : total.saving_of_last_year;
  if (has_first) saved.years.push_back({entry.first_year, 0});
  if (has_last) saved.years.push_back({entry.last_year, 0});
  if (!value::detail::narrow(total.saving, saving_of_lines)) return false;
  if (has_first && !value::detail::narrow(total.saving - of_last, saved.years.front().saving_of_lines)) return false;
  if (has_last && !value::detail::narrow(of_last, saved.years.back().saving_of_lines)) return false;
  return std::all_of(total.deducted.begin(), total.deducted.end(),
                     [&](value::Wide sum) { return value::detail::narrow(sum, saved.deducted.emplace_back()); });
}

/// The settlements of one pair of parties, in the order of their days.
void Totals::settle_pair(std::size_t first, std::size_t last, std::vector<Settlement>& settlements) const {
  std::vector<Saved> saved;
  std::vector<Settlement*> of_saved;
  std::set<std::int32_t> lost_years;
  for (std::size_t number = first; number < last; ++number) {
    Settlement& settlement = settlements[number];
    Saved of;
    const bool fits = narrow(number, of, settlement.saving_of_lines);
    if (books_.settlements()[number].after) {
      settle_excess(fits, settlement);
      continue;
    }
    const bool lost = !fits || std::any_of(of.years.begin(), of.years.end(),
                                           [&](const auto& year) { return lost_years.count(year.start) > 0; });
    if (lost) {
      for (const Saved::OfYear& year : of.years) lost_years.insert(year.start);
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
    settlement.of_years = shared[number].of_years;
    settlement.shares = shared[number].shares;
    if (shared[number].out_of_range) settlement.notes.emplace_back(out_of_range);
  }
  carry_years(first, last, settlements);
}

/// Nothing is shared of it, and nothing about it is agreed but what it is: it is told to the penny.
void Totals::settle_excess(bool fits, Settlement& settlement) const {
  std::int64_t excess = 0;
  if (fits && value::round_to(settlement.saving_of_lines, penny, value::Rounding::half_even, excess)) {
    settlement.excess = excess;
  } else {
    settlement.notes.emplace_back(out_of_range);
  }
}

/// What was saved up to the end of each settlement in the year in which that ends, also where it has no lines of it.
void Totals::carry_years(std::size_t first, std::size_t last, std::vector<Settlement>& settlements) const {
  PartOfSaving latest;
  bool any = false;
  for (std::size_t number = first; number < last; ++number) {
    const MergedBooks::Entry& entry = books_.settlements()[number];
    Settlement& settlement = settlements[number];
    if (entry.after) continue;
    if (!settlement.of_years.empty()) {
      latest = settlement.of_years.back();
      any = true;
    }
    if (any && is_settled(settlement) && latest.year == entry.last_year) {
      settlement.saving_of_year = latest.saving_of_year;
    }
  }
}

void Totals::add_notes(std::size_t number, Settlement& settlement) const {
  const bool runs_over_years =
      agreement().tiers.size() > 1 ||
      std::any_of(agreement().caps.begin(), agreement().caps.end(), [](const auto& cap) { return cap.has_value(); });
  if (settlement.of_years.size() > 1 && runs_over_years) {
    std::string parts;
    for (const PartOfSaving& part : settlement.of_years) {
      parts += fmt::format("{}{} of the year from {}", parts.empty() ? "" : ", ",
                           output::pounds_with_commas(part.saving), value::format_date(part.year));
    }
    settlement.notes.push_back("its saving is of two years of the period: " + parts);
  }
  const Total& total = totals_[number];
  for (const auto& [reason, lines] : total.left_out_for) settlement.notes.push_back(left_out_note(reason, lines));
  note_open_lines(number, settlement);
  if (settlement.lines == 0 && settlement.left_out == 0 && settlement.corrected > 0) {
    settlement.notes.push_back(fmt::format("{} of it {} been set aside for a later one of the same id",
                                           output::counted(settlement.corrected, "line"),
                                           settlement.corrected == 1 ? "has" : "have"));
  }
}

/// Lines that may be of this settlement: what they say of their day and parties is the same.
void Totals::note_open_lines(std::size_t number, Settlement& settlement) const {
  const MergedBooks::Entry& entry = books_.settlements()[number];
  const OpenPlace own{entry.span.days.first, books_.pairs()[entry.pair]};
  LinesByReason lines_for;
  for (const auto& [known, places] : open_) {
    const auto found = places.find(own.only(known));
    if (found == places.end()) continue;
    for (const auto& [reason, lines] : found->second) lines_for[reason] += lines;
  }
  for (const auto& [reason, lines] : lines_for) {
    settlement.notes.push_back(fmt::format("{} may be of it, and {} left out: {}", output::counted(lines, "line"),
                                           lines == 1 ? "is" : "are", reason));
  }
}

/// Where every line has gone there is nothing to settle, unless something was settled before.
void Totals::drop_corrected_away(std::vector<Settlement>& settlements) const {
  std::size_t kept = 0;
  for (std::size_t number = 0; number < settlements.size(); ++number) {
    const bool is_there = settlements[number].lines > 0 || settlements[number].left_out > 0 ||
                          books_.settlements()[number].before != nullptr;
    if (!is_there) continue;
    if (kept != number) settlements[kept] = std::move(settlements[number]);
    ++kept;
  }
  settlements.resize(kept);
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
