#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "output/words.hpp"

/// Numbers and lists as the reports say them.
namespace proviso::trial {

using output::counted;
using output::with_commas;

/// `bmi, severe`.
template <class Words>
std::string listed(const Words& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// A share: `2.4%`, rounded half up; `under 0.1%` of what is there but rounds to nothing, `over 99.9%` likewise; of
/// nothing `0%`.
std::string percentage(std::uint64_t part, std::uint64_t whole);

/// A score, percent in hundredths: rounded down, so that only all is 100; of nothing 100.
double percent_of(std::size_t part, std::size_t whole);
/// The same with no more places than say something: `12%`, `99.95%`.
std::string spell_percent(std::size_t part, std::size_t whole);
/// The same in tenths, which are always there: `95.6`, `100.0`.
std::string score_of(std::size_t part, std::size_t whole);

}  // namespace proviso::trial
