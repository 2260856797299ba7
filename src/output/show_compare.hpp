#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/policy_view.hpp"

/// Where policies differ between two places.
namespace proviso::output {

inline constexpr std::string_view as_written = "as written";
inline constexpr std::string_view everywhere = "everywhere";

/// What one of the two places has.
struct ComparedCell {
  std::vector<std::string> lines;
  std::string whose;   ///< a place, `everywhere` or `as written`; empty: nobody's
  model::Period days;  ///< since when it has that, and until when
  std::string source;
};

struct Difference {
  std::string what;  ///< `policy` (whether it holds), `category`, `clause`, `criterion`, `threshold`, `codes`
  std::string name;
  std::string group;  ///< that a criterion stands in, where that is a criterion itself
  std::array<ComparedCell, 2> cells;
};

struct PolicyComparison {
  std::string policy;
  std::string label;
  model::Period effective;  ///< of the version
  bool in_both = false;     ///< else the only difference is that it holds in one of the two
  std::vector<Difference> differences;
};

struct Comparison {
  const model::Library* library = nullptr;
  std::array<model::PlaceId, 2> places{};
  std::optional<std::int32_t> on;          ///< none: as each policy last stands in each of the places
  std::size_t compared = 0;                ///< how many policies hold in either
  std::vector<PolicyComparison> policies;  ///< those that differ

  bool differs() const { return !policies.empty(); }
};

/// Compares the policies that decide (a full name: that one alone, a draft too).
Comparison compare_places(const model::Library& library, std::array<model::PlaceId, 2> places,
                          std::optional<std::int32_t> on, std::string_view full_name = {});
/// What differs in one policy seen from two places.
PolicyComparison compare(const PolicyView& first, const PolicyView& second);

/// As tables no wider than that.
void append_comparison(std::string& out, const Comparison& comparison, std::size_t width);
void append_comparison_json(std::string& out, const Comparison& comparison);

/// Adds what differs in category, clauses and criteria; the policy holds in both.
void compare_forms(const PolicyView& first, const PolicyView& second, std::vector<Difference>& differences);

}  // namespace proviso::output
