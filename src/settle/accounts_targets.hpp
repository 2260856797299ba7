#pragma once

#include <cstdint>
#include <vector>

#include "settle/accounts_merge.hpp"
#include "settle/statement.hpp"

namespace proviso::settle {

/// What became of the targets of an agreement, by pair of parties, then as the agreement has them. `last_day` is that
/// of the ledger's last line; `lost` lines are there of which nothing is known, and which any target may have to count.
std::vector<TargetResult> target_results(const MergedBooks& books, std::int32_t last_day, std::uint64_t lost);

}  // namespace proviso::settle
