#pragma once

#include "property/evaluators.hpp"
#include "reference/settle.hpp"

/// Agreements settled by settle::Accounts, in the words of the reference.
namespace proviso::property {

/// The lines are cut into files and blocks, which several clerks book in any order.
reference::Settlements settle_in_blocks(const Evaluators& evaluators, const std::vector<Json>& lines,
                                        const std::vector<reference::Settled>& before, Random& random);

/// What differs, in words; empty where nothing does.
std::string difference(const reference::Settlements& expected, const reference::Settlements& found);
std::string show(const reference::Settled& settled);
/// `£12.34`.
std::string show_money(reference::Integer amount);

}  // namespace proviso::property
