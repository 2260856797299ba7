#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/library.hpp"
#include "settle/statement.hpp"

/// Which part of a statement is written.
namespace proviso::cli {

/// A party that a statement is for: `provider=RXA01`.
struct PartyWanted {
  std::string name;
  std::string value;
};

struct StatementWindow {
  model::Period days;
  std::vector<PartyWanted> parties;  ///< all of them
};

/// The days from `--from` to `--to`, each a day or a month (`2018-12`: from its first day, to its last), or empty.
/// Throws CLI::ValidationError where one is neither.
model::Period days_between(const std::string& from, const std::string& to);

/// `NAME=VALUE` for each; nothing, having complained, where one is not, or no agreement has a party of the name.
std::optional<std::vector<PartyWanted>> parties_wanted(const model::Library& library,
                                                       const std::vector<std::string>& arguments);

/// Takes out the settlements and targets of other parties, and the notes of agreements of which none is left. False
/// where nothing at all is of these parties.
/// What it takes out, and of whom the rest is, is then in Statement::part.
bool take_parties(settle::Statement& statement, const model::Library& library, const std::vector<PartyWanted>& parties);

/// Takes out the settlements that no day of the window is in; of the targets those whose day is before the window, and
/// those of agreements that begin after it. If it takes something out, Statement::part says which days are left.
void take_days(settle::Statement& statement, const model::Library& library, const model::Period& days);

/// `Statement of savings, December 2018`, `Statement of savings, 1 December 2018 to 31 May 2020`.
std::string title_of(const settle::Statement& statement, const model::Library& library);

}  // namespace proviso::cli
