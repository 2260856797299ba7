#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "output/policy_view.hpp"
#include "output/show_origins.hpp"

/// The parts of a shown policy that variations change.
namespace proviso::output {

/// A clause with its criteria, each marked where a variation put it there.
void append_clause(std::string& out, const PolicyView& view, const Origins& origins, const model::Clause& clause);
/// Each variation with what it changes and what was there before.
void append_variations(std::string& out, const PolicyView& view);

/// `in Luton from 2019-10-01`.
std::string whose(const PolicyView& view, const model::Variation& variation);
void append_line(std::string& out, std::size_t indent, std::string_view text);

}  // namespace proviso::output
