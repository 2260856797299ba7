#include "settle/report_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "output/words.hpp"
#include "settle/report_words.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

namespace proviso::settle {
namespace {

using output::pounds_with_commas;
using output::with_commas;
using SettlementList = std::vector<const Settlement*>;

template <class Cell>
ReportColumn column(std::string group, std::string name, bool number, const SettlementList& settlements, Cell cell,
                    std::string total) {
  ReportColumn made{std::move(group), std::move(name), number, false, {}, std::move(total)};
  for (const Settlement* each : settlements) made.cells.push_back(cell(*each));
  return made;
}

/// A party's name over its columns.
std::string heading(std::string name) {
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  }
  return name;
}

const std::string& word_of(const Account& account, std::size_t party) {
  return party_word(*account.library, *account.agreement, party);
}

ReportColumn period_column(const Account& account, const SettlementList& settlements) {
  const auto interval =
      settlements.empty() ? account.agreement->interval : interval_of(*account.agreement, *settlements.front());
  return column(
      "", heading(std::string(spelling(interval))), false, settlements,
      [&](const Settlement& settlement) { return spell_days(settlement, interval); }, "Total");
}

/// How many lines counted, and where there are any, how many were left out or corrected.
void add_counts(ReportTable& table, const SettlementList& settlements, const AccountTotal& total) {
  const auto add = [&](const char* name, std::uint64_t Settlement::*count, std::uint64_t sum) {
    table.columns.push_back(column(
        "", name, true, settlements, [&](const Settlement& each) { return with_commas(each.*count); },
        with_commas(sum)));
  };
  add("Lines", &Settlement::lines, total.lines);
  if (total.left_out > 0) add("Left out", &Settlement::left_out, total.left_out);
  if (total.corrected > 0) add("Corrected", &Settlement::corrected, total.corrected);
}

std::string or_nothing(const std::optional<std::int64_t>& amount) { return amount ? pounds_with_commas(*amount) : ""; }

/// `amount` gives that of a settlement, or nothing.
template <class Amount>
void add_money(ReportTable& table, std::string group, std::string name, const SettlementList& settlements,
               Amount amount, std::optional<std::int64_t> total) {
  const auto cell = [&](const Settlement& each) { return or_nothing(amount(each)); };
  table.columns.push_back(column(std::move(group), std::move(name), true, settlements, cell, or_nothing(total)));
}

/// What a settlement has in place of `amount` where it could not be settled: nothing.
std::optional<std::int64_t> of_settled(const Settlement& settlement, std::int64_t amount) {
  return is_settled(settlement) ? std::optional(amount) : std::nullopt;
}

void add_share(ReportTable& table, const SettlementList& settlements, const std::string& party, const char* name,
               std::int64_t Share::*amount, const Share& total) {
  const auto of = [&](const Settlement& each) {
    return is_settled(each) ? std::optional(each.shares[total.party].*amount) : std::nullopt;
  };
  add_money(table, party, name, settlements, of, total.*amount);
}

bool has_before(const SettlementList& settlements) {
  return std::any_of(settlements.begin(), settlements.end(),
                     [](const Settlement* each) { return each->saving_before.has_value(); });
}

std::string result_of(const TargetResult& result) {
  if (result.reached) return *result.reached ? "reached" : "not reached";
  if (result.is_due) return "not known";
  return result.counted == 0 ? "nothing to count" : "not yet due";
}

std::string remark_on(const StatementLine& line) {
  std::string text = line.left_out.empty() ? "" : "left out: " + line.left_out;
  for (const NamedValue& fact : line.assumed) {
    text += fmt::format("{}{} is assumed to be {}", text.empty() ? "" : "; ", fact.name, plain_value(fact.value));
  }
  if (line.corrected) text += text.empty() ? "replaces an earlier line" : "; replaces an earlier line";
  return text;
}

/// A column by line; nothing is added where all cells would be empty.
template <class Cell>
void add_lines(ReportTable& table, std::string name, bool number, const std::vector<StatementLine>& lines, Cell cell) {
  ReportColumn made{"", std::move(name), number, false, {}};
  for (const StatementLine& line : lines) made.cells.push_back(cell(line));
  const auto empty = [](const std::string& text) { return text.empty(); };
  if (!std::all_of(made.cells.begin(), made.cells.end(), empty)) table.columns.push_back(std::move(made));
}

/// Names of what the lines read, in the order in which they first come.
std::vector<std::string> value_names(const std::vector<StatementLine>& lines) {
  std::vector<std::string> names;
  for (const StatementLine& line : lines) {
    for (const NamedValue& value : line.values) {
      if (std::find(names.begin(), names.end(), value.name) == names.end()) names.push_back(value.name);
    }
  }
  return names;
}

std::string shown_value_of(const StatementLine& line, const std::string& name) {
  for (const NamedValue& value : line.values) {
    if (value.name == name) return shown_value(value.value);
  }
  return "";
}

/// What the record calls the fact that a line's value is of; other values have no other name than their own.
std::string label_of(const Account& account, const std::string& name) {
  for (const model::Fact& fact : account.library->records[account.agreement->lines.record].facts) {
    if (fact.name == name && !fact.label.empty()) return fact.label;
  }
  return name;
}

bool has_texts(const ReportColumn& column) {
  return std::any_of(column.cells.begin(), column.cells.end(),
                     [](const std::string& cell) { return !cell.empty() && cell.front() == '"'; });
}

bool deducts_from(const model::Agreement& agreement, std::uint32_t party) {
  return std::any_of(agreement.deductions.begin(), agreement.deductions.end(),
                     [&](const auto& each) { return each.party == party; });
}

}  // namespace

std::vector<Account> accounts_of(const model::Library& library, const Statement& statement) {
  std::vector<Account> accounts;
  std::map<std::pair<std::uint32_t, std::vector<std::string>>, std::size_t> numbers;
  const auto account_of = [&](std::uint32_t agreement, const std::vector<std::string>& parties) -> Account& {
    const auto [found, is_new] = numbers.try_emplace({agreement, parties}, accounts.size());
    if (is_new) accounts.push_back({&library, &library.agreements[agreement], parties, {}, {}, {}});
    return accounts[found->second];
  };
  for (const Settlement& each : statement.settlements) {
    Account& account = account_of(each.agreement, each.parties);
    (each.excess ? account.after : account.settled).push_back(&each);
  }
  for (const TargetResult& each : statement.targets) {
    account_of(each.agreement, each.parties).targets.push_back(&each);
  }
  return accounts;
}

AccountTotal total_of(const Account& account, const SettlementList& settlements) {
  AccountTotal total;
  const bool compared = has_before(settlements);
  total.shares.resize(account.agreement->parties.size());
  for (std::uint32_t i = 0; i < total.shares.size(); ++i) {
    total.shares[i].party = i;
    if (compared) total.shares[i].before = total.shares[i].difference = 0;
  }
  const auto add = [&](std::int64_t& sum, std::int64_t amount) {
    total.in_range = total.in_range && value::add(sum, amount, sum);
  };
  for (const Settlement* each : settlements) {
    total.lines += each->lines;
    total.left_out += each->left_out;
    total.corrected += each->corrected;
    add(total.saving, each->saving);
    add(total.saving_of_lines, each->saving_of_lines);
    add(total.excess, each->excess.value_or(0));
    add(total.saving_before, each->saving_before.value_or(0));
    for (const Share& share : each->shares) {
      Share& sum = total.shares[share.party];
      add(sum.amount, share.amount);
      add(sum.deducted, share.deducted);
      add(sum.net, share.net);
      if (!compared) continue;
      add(*sum.before, share.before.value_or(0));
      add(*sum.difference, share.difference.value_or(share.net));
    }
  }
  return total;
}

std::vector<Figure> figures_of(const Account& account) {
  std::vector<Figure> figures;
  const AccountTotal total = total_of(account, account.settled);
  const AccountTotal after = total_of(account, account.after);
  if (!total.in_range || !after.in_range) return figures;
  if (!account.settled.empty()) {
    figures.push_back({"Saving", total.saving});
    for (const Share& share : total.shares) {
      const std::string& party = word_of(account, share.party);
      figures.push_back({"Share of the " + party, share.amount});
      if (deducts_from(*account.agreement, share.party)) {
        figures.push_back({"Net to the " + party, share.net});
      }
      if (share.difference) figures.push_back({"Still to settle, " + party, *share.difference});
    }
  }
  if (!account.after.empty()) figures.push_back({"Excess", after.excess});
  return figures;
}

ReportTable settlements_table(const Account& account) {
  const SettlementList& settlements = account.settled;
  const AccountTotal total = total_of(account, settlements);
  ReportTable table;
  if (settlements.empty()) return table;
  table.caption = fmt::format("Savings by {}, and how they are shared", spelling(account.agreement->interval));
  table.totals = total.in_range;
  table.columns.push_back(period_column(account, settlements));
  add_counts(table, settlements, total);
  const bool same = std::all_of(settlements.begin(), settlements.end(),
                                [](const Settlement* each) { return each->saving == each->saving_of_lines; });
  if (!same) {
    const auto of_lines = [](const Settlement& each) { return of_settled(each, each.saving_of_lines); };
    add_money(table, "", "Sum of lines", settlements, of_lines, total.saving_of_lines);
  }
  const auto saving = [](const Settlement& each) { return of_settled(each, each.saving); };
  add_money(table, "", "Saving", settlements, saving, total.saving);
  if (runs_over_years(*account.agreement)) {
    const auto of_year = [](const Settlement& each) {
      return of_settled(each, each.of_years.empty() ? each.saving_of_year : each.of_years.back().saving_of_year);
    };
    add_money(table, "", "Year so far", settlements, of_year, std::nullopt);
  }
  for (const Share& sum : total.shares) {
    const std::string party = heading(word_of(account, sum.party));
    add_share(table, settlements, party, "Share", &Share::amount, sum);
    if (!deducts_from(*account.agreement, sum.party)) continue;
    add_share(table, settlements, party, "Deducted", &Share::deducted, sum);
    add_share(table, settlements, party, "Net", &Share::net, sum);
  }
  return table;
}

ReportTable differences_table(const Account& account) {
  const SettlementList& settlements = account.settled;
  const AccountTotal total = total_of(account, settlements);
  ReportTable table;
  if (!has_before(settlements)) return table;
  table.caption = "What an earlier statement settled, and what is still to be settled";
  table.totals = total.in_range;
  table.columns.push_back(period_column(account, settlements));
  const auto before = [](const Settlement& each) { return each.saving_before; };
  const auto now = [](const Settlement& each) { return of_settled(each, each.saving); };
  add_money(table, "Saving", "Before", settlements, before, total.saving_before);
  add_money(table, "Saving", "Now", settlements, now, total.saving);
  for (const Share& sum : total.shares) {
    const std::string party = heading(word_of(account, sum.party));
    const auto settled = [&](const Settlement& each) {
      return is_settled(each) ? each.shares[sum.party].before : std::nullopt;
    };
    const auto to_settle = [&](const Settlement& each) -> std::optional<std::int64_t> {
      if (!is_settled(each)) return {};
      const Share& share = each.shares[sum.party];
      return share.difference.value_or(share.net);
    };
    add_money(table, party, "Settled", settlements, settled, sum.before);
    add_money(table, party, "To settle", settlements, to_settle, sum.difference);
  }
  return table;
}

ReportTable excess_table(const Account& account) {
  const SettlementList& settlements = account.after;
  const AccountTotal total = total_of(account, settlements);
  ReportTable table;
  if (settlements.empty()) return table;
  table.caption = "After the period: what was charged over the lowest price";
  table.totals = total.in_range;
  table.columns.push_back(period_column(account, settlements));
  add_counts(table, settlements, total);
  add_money(
      table, "", "Excess", settlements, [](const Settlement& each) { return each.excess; }, total.excess);
  if (!has_before(settlements)) return table;
  const auto before = [](const Settlement& each) { return each.saving_before; };
  const auto more = [](const Settlement& each) { return difference_of(each); };
  add_money(table, "", "Before", settlements, before, total.saving_before);
  add_money(table, "", "Difference", settlements, more, total.excess - total.saving_before);
  return table;
}

std::string target_name(const Account& account, const TargetResult& result) {
  const model::Agreement::Target& target = account.agreement->targets[result.target];
  return target.label.empty() ? target.name : target.label;
}

ReportTable targets_table(const Account& account) {
  ReportTable table;
  if (account.targets.empty()) return table;
  table.caption = "Targets";
  const std::vector<std::pair<const char*, bool>> headings = {{"Target", false},  {"By", false},    {"Counted", true},
                                                              {"Met", true},      {"Share", true},  {"Wanted", true},
                                                              {"Left out", true}, {"Result", false}};
  for (const auto& [name, number] : headings) table.columns.push_back({"", name, number, false, {}});
  for (const TargetResult* each : account.targets) {
    const model::Agreement::Target& target = account.agreement->targets[each->target];
    const std::vector<std::string> cells = {
        target_name(account, *each),        long_date(target.by),
        with_commas(each->counted),         with_commas(each->met),
        value::format_percent(each->share), "at least " + value::format_percent(target.at_least),
        with_commas(each->left_out),        result_of(*each)};
    for (std::size_t i = 0; i < cells.size(); ++i) table.columns[i].cells.push_back(cells[i]);
  }
  return table;
}

ReportTable lines_table(const Account& account, const Settlement& settlement) {
  const std::vector<StatementLine>& lines = settlement.detail;
  ReportTable table;
  if (lines.empty()) return table;
  table.caption = "Lines of " + spell_days(settlement, interval_of(*account.agreement, settlement));
  ReportColumn ids{"", "Line", false, false, {}, {}, true};
  for (const StatementLine& line : lines) ids.cells.push_back(line.id);
  table.columns.push_back(std::move(ids));
  add_lines(table, "Date", false, lines, [](const StatementLine& line) { return value::format_date(line.on); });
  for (const std::string& name : value_names(lines)) {
    const std::size_t before = table.columns.size();
    add_lines(table, label_of(account, name), true, lines,
              [&](const StatementLine& line) { return shown_value_of(line, name); });
    if (table.columns.size() > before && has_texts(table.columns.back())) {
      table.columns.back().number = false;
      table.columns.back().breaks = true;
    }
  }
  add_lines(table, settlement.excess ? "Excess" : "Saving", true, lines,
            [](const StatementLine& line) { return line.left_out.empty() ? pounds_with_commas(line.saving) : ""; });
  for (std::size_t i = 0; i < account.agreement->deductions.size(); ++i) {
    const std::string& party = word_of(account, account.agreement->deductions[i].party);
    add_lines(table, "From " + party, true, lines, [&](const StatementLine& line) {
      return line.left_out.empty() && i < line.deducted.size() ? pounds_with_commas(line.deducted[i]) : "";
    });
  }
  add_lines(table, "Read from", false, lines, [](const StatementLine& line) {
    return fmt::format("{}{}", line.input.empty() ? "line " : line.input + ":", line.line);
  });
  table.columns.back().breaks = true;
  add_lines(table, "Remark", false, lines, remark_on);
  table.columns.back().sentences = table.columns.back().name == "Remark";
  return table;
}

}  // namespace proviso::settle
