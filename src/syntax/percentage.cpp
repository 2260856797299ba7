#include "syntax/percentage.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace proviso::syntax {

std::string percentage(std::string_view number) {
  constexpr std::string_view part = "0.";
  if (number.substr(0, part.size()) != part) return fmt::format("{}%", number);
  std::string digits(number.substr(part.size()));
  digits.resize(std::max<std::size_t>(digits.size(), 2), '0');
  const std::string rest = digits.size() > 2 ? "." + digits.substr(2) : "";
  const auto whole = digits.substr(digits.front() == '0' ? 1 : 0, digits.front() == '0' ? 1 : 2);
  return fmt::format("{}{}%", whole, rest);
}

}  // namespace proviso::syntax
