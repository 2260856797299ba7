#pragma once

#include <cstdint>
#include <vector>

#include "settle/accounts_merge.hpp"
#include "settle/statement.hpp"

namespace proviso::settle {

/// What became of the targets of an agreement, by pair of parties, then as the agreement has them. `last_day` is that
/// of the ledger's last line.
std::vector<TargetResult> target_results(const MergedBooks& books, std::int32_t last_day);

}  // namespace proviso::settle
