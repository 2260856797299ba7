#pragma once

#include <string>

#include "trial/coverage/coverage.hpp"
#include "trial/scenarios/scenario_reports.hpp"

/// What is said of the coverage of policies by their scenarios.
namespace proviso::trial {

/// For a terminal of 100 columns: what is missing, by criterion with its place in the file, then a line for each policy
/// with its score, and all of them together at the end.
void append_coverage_text(std::string& out, const Sourced& sourced, const Coverage& coverage);

/// One JSON object on one line, without its end: each goal with the case that first shows it, or null.
void append_coverage_json(std::string& out, const Sourced& sourced, const Coverage& coverage);

/// One self-contained page: the policies as they read, with what their scenarios show beside each criterion.
void append_coverage_html(std::string& out, const Sourced& sourced, const Coverage& coverage);

}  // namespace proviso::trial
