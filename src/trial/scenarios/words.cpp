#include "trial/scenarios/words.hpp"

#include <fmt/format.h>

namespace proviso::trial {
namespace {

/// How many of `all` the part comes to, rounded down; of nothing all.
std::size_t rounded_down(std::size_t part, std::size_t whole, std::size_t all) {
  return whole == 0 ? all : part * all / whole;
}

}  // namespace

std::string percentage(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "0%";
  // In tenths, rounded half up: no part of it is a binary fraction.
  const std::uint64_t tenths = (part * 2000 + whole) / (whole * 2);
  if (part != 0 && tenths == 0) return "under 0.1%";
  if (part != whole && tenths == 1000) return "over 99.9%";
  return fmt::format("{}.{}%", tenths / 10, tenths % 10);
}

double percent_of(std::size_t part, std::size_t whole) {
  return static_cast<double>(rounded_down(part, whole, 10000)) / 100;
}

std::string spell_percent(std::size_t part, std::size_t whole) { return fmt::format("{:g}%", percent_of(part, whole)); }

std::string score_of(std::size_t part, std::size_t whole) {
  const std::size_t tenths = rounded_down(part, whole, 1000);
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

}  // namespace proviso::trial
