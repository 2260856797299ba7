#include "cli/settle_window.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <vector>

#include "cli/arguments.hpp"
#include "settle/ledger_text.hpp"
#include "settle/report_words.hpp"
#include "value/calendar.hpp"

namespace proviso::cli {
namespace {

/// The days that are meant: one, or those of a month.
std::optional<model::Period> days_of(const std::string& text) {
  if (const auto day = value::parse_date(text)) return model::Period{*day, *day};
  const auto first = value::parse_date(text + "-01");
  if (!first) return {};
  return model::Period{*first, value::end_of_month(*first)};
}

model::Period days_argument(const std::string& option, const std::string& text) {
  const auto days = days_of(text);
  if (!days) {
    throw CLI::ValidationError(option, fmt::format("`{}` is neither a date such as 2018-12-01 nor a month such as "
                                                   "2018-12",
                                                   text));
  }
  return *days;
}

bool is_wanted(const model::Library& library, const model::Agreement& agreement,
               const std::vector<std::string>& parties, const std::vector<PartyWanted>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const PartyWanted& each) {
    for (std::size_t i = 0; i < agreement.parties.size(); ++i) {
      if (agreement.parties[i].name != each.name) continue;
      return settle::written_party(library, agreement, i, std::string(settle::told(each.value))) == parties[i];
    }
    return false;
  });
}

}  // namespace

model::Period days_between(const std::string& from, const std::string& to) {
  model::Period days;
  if (!from.empty()) days.first = days_argument("--from", from).first;
  if (!to.empty()) days.last = days_argument("--to", to).last;
  if (days.first > days.last) throw CLI::ValidationError("--to", "the last day is before the first");
  return days;
}

std::optional<std::vector<PartyWanted>> parties_wanted(const model::Library& library,
                                                       const std::vector<std::string>& arguments) {
  std::vector<PartyWanted> wanted;
  for (const std::string& argument : arguments) {
    const auto equals = argument.find('=');
    if (equals == std::string::npos) {
      complain(fmt::format("--party wants NAME=VALUE, as provider=RXA01, not `{}`", argument));
      return {};
    }
    PartyWanted each{argument.substr(0, equals), argument.substr(equals + 1)};
    const bool known = std::any_of(library.agreements.begin(), library.agreements.end(), [&](const auto& agreement) {
      return std::any_of(agreement.parties.begin(), agreement.parties.end(),
                         [&](const auto& party) { return party.name == each.name; });
    });
    if (!known) {
      complain(fmt::format("no agreement has a party `{}`", each.name));
      return {};
    }
    wanted.push_back(std::move(each));
  }
  return wanted;
}

bool take_parties(settle::Statement& statement, const model::Library& library,
                  const std::vector<PartyWanted>& parties) {
  if (parties.empty()) return true;
  const auto is_out = [&](const auto& each) {
    return !is_wanted(library, library.agreements[each.agreement], each.parties, parties);
  };
  if (std::erase_if(statement.settlements, is_out) + std::erase_if(statement.targets, is_out) > 0) {
    for (const PartyWanted& each : parties) statement.part.push_back("--party " + each.name + '=' + each.value);
  }
  std::set<std::uint32_t> left;
  for (const settle::Settlement& each : statement.settlements) left.insert(each.agreement);
  for (const settle::TargetResult& each : statement.targets) left.insert(each.agreement);
  for (std::uint32_t number = 0; number < library.agreements.size(); ++number) {
    if (left.count(number) > 0) continue;
    const std::string start = library.agreements[number].lines.full_name() + ": ";
    std::erase_if(statement.notes, [&](const std::string& note) { return note.compare(0, start.size(), start) == 0; });
  }
  return !left.empty();
}

void take_days(settle::Statement& statement, const model::Library& library, const model::Period& days) {
  const std::size_t out = std::erase_if(statement.settlements, [&](const settle::Settlement& each) {
    return each.days.last < days.first || each.days.first > days.last;
  });
  std::erase_if(statement.targets, [&](const settle::TargetResult& each) {
    const model::Agreement& agreement = library.agreements[each.agreement];
    return agreement.targets[each.target].by < days.first || agreement.period.first > days.last;
  });
  if (out == 0) return;
  if (days.first != model::Period().first) statement.part.push_back("--from " + value::format_date(days.first));
  if (days.last != model::Period().last) statement.part.push_back("--to " + value::format_date(days.last));
}

std::string title_of(const settle::Statement& statement, const model::Library& library) {
  std::string title = "Statement of savings";
  const auto& settlements = statement.settlements;
  if (settlements.empty()) return title;
  const auto is_before = [](const auto& a, const auto& b) { return a.days.first < b.days.first; };
  const auto ends_before = [](const auto& a, const auto& b) { return a.days.last < b.days.last; };
  const auto spell = [&](const settle::Settlement& each) {
    return settle::spell_days(each, settle::interval_of(library.agreements[each.agreement], each));
  };
  const settle::Settlement& first = *std::min_element(settlements.begin(), settlements.end(), is_before);
  const settle::Settlement& last = *std::max_element(settlements.begin(), settlements.end(), ends_before);
  if (spell(first) == spell(last)) return title + ", " + spell(first);
  return title + ", " + settle::long_period({first.days.first, last.days.last});
}

}  // namespace proviso::cli
