#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/library.hpp"

/// Which clauses of two versions are one and the same: for what changed in words and on cases alike.
namespace proviso::trial {

/// `otherwise`, or the clause's name.
std::string clause_name(const model::Clause& clause);

/// For each new clause the number of the old one that it is; none: it is new. Only clauses of one name are. Where
/// several have a name, as those without one of their own do, the most alike in their criteria, words and sentences
/// find each other first.
std::vector<std::uint32_t> pair_clauses(const std::vector<model::Clause>& olds, const std::vector<model::Clause>& news);

/// The clause's name, with what else tells it apart where others of its version share the name: `approve (pain, bmi)`.
std::string telling_name(const std::vector<model::Clause>& clauses, std::size_t number);

}  // namespace proviso::trial
