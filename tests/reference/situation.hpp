#pragma once

#include <set>

#include "reference/forms.hpp"

/// Where and when a record is, for one version of a policy.
namespace proviso::reference {

/// The fact that gives the record's place: the one that the policy names, or else the record's only place.
std::optional<Fact> placing_fact(const World& world, const Version& version, const Origin& record);
/// Likewise, of what says `placed by` this (empty: nothing).
std::optional<Fact> placing_fact(const World& world, const std::string& placed_by, const Origin& record);

/// Whether the expression reads something that a place has of its own.
bool reads_placed(const World& world, const Written& expression);

/// Whether it makes a difference where a record is: the policy holds in some places, or has variations, or it or one of
/// them reads something that a place has of its own.
bool place_matters(const World& world, const Version& version);

/// Whether the policy holds in the place: everywhere, or in a place that contains it.
bool holds_in(const World& world, const Version& version, const std::string& place);

/// The days of the version on which what it says or reads may change.
std::set<DayNumber> days_of_change(const World& world, const Version& version);
/// The days from the one to the other on which thresholds and code lists change, and the first.
std::set<DayNumber> days_of_change(const World& world, DayNumber first, DayNumber last);

}  // namespace proviso::reference
