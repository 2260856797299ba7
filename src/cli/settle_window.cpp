#include "cli/settle_window.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/arguments.hpp"
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
      return settle::written_party(library, agreement, i, each.value) == parties[i];
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

void limit(settle::Statement& statement, const model::Library& library, const StatementWindow& window) {
  const auto is_out = [&](const auto& each) {
    return !is_wanted(library, library.agreements[each.agreement], each.parties, window.parties);
  };
  auto& settlements = statement.settlements;
  settlements.erase(std::remove_if(settlements.begin(), settlements.end(),
                                   [&](const settle::Settlement& each) {
                                     return is_out(each) || each.days.last < window.days.first ||
                                            each.days.first > window.days.last;
                                   }),
                    settlements.end());
  auto& targets = statement.targets;
  targets.erase(std::remove_if(targets.begin(), targets.end(),
                               [&](const settle::TargetResult& each) {
                                 const model::Agreement& agreement = library.agreements[each.agreement];
                                 return is_out(each) || agreement.targets[each.target].by < window.days.first ||
                                        agreement.period.first > window.days.last;
                               }),
                targets.end());
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
