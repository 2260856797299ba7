#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Decimals and units of the reference evaluator, as plain as they can be: whole numbers of millionths in 128 bits.
namespace proviso::reference {

__extension__ typedef __int128 Integer;

inline constexpr Integer one = 1'000'000;

/// The number itself where it can be held: up to 9,223,372,036,854.775807 either way.
std::optional<Integer> in_range(Integer millionths);
/// numerator / denominator, to the nearest whole number, the even one of two as near. The denominator is not 0.
Integer nearest(Integer numerator, Integer denominator);
/// The largest whole number that is not above numerator / denominator.
Integer whole_below(Integer numerator, Integer denominator);

/// `12`, `-0.5`, in millionths; nothing for anything else, or for more places than `most_places`. With four of them: a
/// hundredth of what is written, as of percentages and pence.
std::optional<Integer> parse_number(std::string_view text, int most_places = 6);
/// The multiple of `step` (above 0) that the mode (`half even`, `up`, ...) chooses.
std::optional<Integer> round_to(Integer value, Integer step, std::string_view mode);

/// What a unit measures, in a word; empty for no unit.
std::string dimension_of(std::string_view unit);
/// How many of the smallest unit of its dimension one is.
Integer size_of(std::string_view unit);
/// The same quantity in another unit of its dimension; nothing where that is no whole number of millionths.
std::optional<Integer> convert(Integer value, std::string_view from, std::string_view to);

}  // namespace proviso::reference
