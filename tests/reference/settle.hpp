#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/reference.hpp"

/// Settling agreements as slow and plain as it can be: every line is looked at by itself, every sum is kept in a map.
/// Sums that money cannot hold are not its business.
///
/// Where the language leaves a choice, this is what is taken:
/// - Lines of one id: the last is the one whose fact of `corrected by` is greatest, one without it before all others;
///   of lines that are alike in this, the one that came last. The others are set aside, whatever they are about, and
///   are counted where they would have counted.
/// - A line without its date, or without its place where that matters, is covered where it is on every day and in every
///   place that it may have; it is left out then. A line whose party is not known is left out of all settlements.
/// - A line is of the year of the period in which it lies. A settlement is rounded, then held to its floor, then to its
///   cap, as a whole; where it has lines of two years, that of the first is rounded likewise, and the second takes the
///   rest. What the floor or the cap gives or takes undoes first what the second year lost or saved, then the first;
///   what is then left of it is the second's. Each part runs through its own year. One without a line that counts is of
///   nothing, whatever its floor; one whose lines were all set aside is none, unless it was settled before.
/// - An excess is rounded to the penny, half even.
/// - Each deduction is rounded to the penny as the settlement is. Shares are rounded once, over all tiers and both
///   years.
/// - Caps hold what a party has in a year so far, in whatever order its months save and lose.
/// - Of the lowest price, all lines that count and say it are asked, those of the period too, whoever the parties are.
/// - A target counts lines after the period too, up to its day. Of lines of one value and one day the last is the one
///   that would be the last were they of one id, or else that with the greatest id; those without an id come first, and
///   do not meet it if they do not agree. Lines that may have to be counted but are not known to be, or are not known
///   to meet it, are left out; it is reached, or not, if it were so whatever each of these said. One without its date
///   or its place may say anything.
namespace proviso::reference {

struct PartyShare {
  Integer amount = 0;
  Integer deducted = 0;
  Integer net = 0;
  Integer capped = 0;
  std::optional<Integer> before;
  std::optional<Integer> difference;
};

/// Money is in millionths of a pound.
struct Settled {
  std::string agreement;             ///< the full name
  std::vector<std::string> parties;  ///< as the language writes their names
  std::string label;                 ///< `2018-12`, `2018-Q4`, `2018`
  bool after = false;                ///< of the excess after the period, which is the saving here
  DayNumber first = 0;
  DayNumber last = 0;
  int lines = 0;
  int left_out = 0;
  int corrected = 0;
  Integer saving_of_lines = 0;
  Integer saving = 0;
  Integer saving_of_year = 0;      ///< up to the settlement's end, in the year in which that is
  std::vector<PartyShare> shares;  ///< by party; none after the period
  std::optional<Integer> saving_before;
};

struct TargetCount {
  std::string agreement;
  std::string name;
  std::vector<std::string> parties;
  int counted = 0;
  int met = 0;
  int left_out = 0;
  Integer share = 0;  ///< in millionths, rounded down
  std::optional<bool> reached;
};

struct Settlements {
  std::vector<Settled> settled;
  std::vector<TargetCount> targets;  ///< of which something was counted, or left out
  int records = 0;
  int not_covered = 0;
  int undecided = 0;
};

/// Of all agreements on records of that name that are in force, over the lines in their order. `before`: what was
/// settled earlier; of it only the names, the saving and the nets are looked at.
Settlements settle(const World& world, const std::string& record_name, const std::vector<Json>& lines,
                   const std::vector<Settled>& before = {});

}  // namespace proviso::reference
