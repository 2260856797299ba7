#pragma once

#include <string>

#include "output/policy_view.hpp"

namespace proviso::output {

/// A policy as a person reads it: what it is, its clauses with their criteria, what variations make of it, each limit
/// and code list with its value, whose it is, since when and on whose authority, what is unverified, and its versions.
void append_shown(std::string& out, const PolicyView& view);
/// The same as one JSON object, without a line feed.
void append_shown_json(std::string& out, const PolicyView& view);

/// `as it holds in Luton on 2019-11-01`; nothing for a policy as written.
std::string spell_when(const PolicyView& view);

}  // namespace proviso::output
