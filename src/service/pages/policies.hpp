#pragma once

#include "output/policy_view.hpp"
#include "service/api/service.hpp"
#include "service/pages/html.hpp"

/// The policies of the library, to be read.
namespace proviso::service::pages {

/// `GET /policies`: all of them, or those that a name or a code finds.
void list_policies(Call&& call);
/// `GET /policies/{policy}`: one of them as it holds in a place on a day.
void show_policy(Call&& call);

/// The clauses with their criteria, those of a place marked as its own.
void append_clauses(Html& html, const output::PolicyView& view);
/// What each place changes, and what was there before.
void append_variations(Html& html, const output::PolicyView& view);
/// Limits and code lists: each value, whose it is, since when, on what authority.
void append_values(Html& html, const output::PolicyView& view);
void append_history(Html& html, const output::PolicyView& view);

/// `from 1 April 2019 to 31 March 2020`; nothing for all days.
std::string period_words(const model::Period& period);

}  // namespace proviso::service::pages
