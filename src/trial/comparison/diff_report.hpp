#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trial/comparison/changes.hpp"
#include "trial/comparison/comparison.hpp"

/// What a change of policies changes, for people and for programs.
namespace proviso::trial {

struct DiffReport {
  std::array<std::string, 2> names;    ///< as the command line gives them: `policies`, `main:policies`
  std::array<std::string, 2> digests;  ///< of the libraries
  LibraryChanges changes;
  std::vector<std::string> limits;  ///< what was asked for alone: `in Luton`, `on 2019-11-01`; empty: all
  std::optional<CaseComparison> cases;
  std::string cases_from;             ///< `examples/referrals.ndjson`, `standard input`; empty where they are drawn
  std::string drawn_around;           ///< `what changed`, `all policies`
  std::optional<std::uint64_t> seed;  ///< of records that are drawn

  bool differs() const { return changes.differs() || (cases && cases->differs()); }
};

/// What changed, then the tables, with the first cases of each changed cell and what caused it; no line wider than
/// that, as far as words allow.
void append_diff_text(std::string& out, const DiffReport& report, std::size_t width);
/// One JSON object on one line, without its end.
void append_diff_json(std::string& out, const DiffReport& report);
/// A page of its own, with a chart for each policy that changed.
void append_diff_html(std::string& out, const DiffReport& report);

}  // namespace proviso::trial
