#include "input/untidy_numbers.hpp"

#include <algorithm>

#include "input/names.hpp"
#include "value/characters.hpp"

namespace proviso::input {
namespace {

void skip_blanks(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view front) {
  if (text.substr(0, front.size()) != front) return false;
  text.remove_prefix(front.size());
  skip_blanks(text);
  return true;
}

// The sign, brackets and pound sign; what is left is digits with commas and a point. False where they do not pair.
bool take_frame(std::string_view& text, bool pounds, bool& negative) {
  const bool bracketed = take(text, "(");
  if (bracketed) {
    if (text.empty() || text.back() != ')') return false;
    text.remove_suffix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  }
  negative = bracketed;
  if (!bracketed && take(text, "-")) negative = true;
  if (pounds && !take(text, "\xC2\xA3")) take(text, "\xC3\x82\xC2\xA3");
  return true;
}

// Commas stand before each three digits of the whole part, or nowhere.
bool well_grouped(std::string_view whole, std::string_view fraction) {
  if (fraction.find(',') != std::string_view::npos) return false;
  if (whole.find(',') == std::string_view::npos) return true;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool comma_place = (whole.size() - i) % 4 == 0;
    if ((whole[i] == ',') != comma_place || (i == 0 && comma_place)) return false;
  }
  return true;
}

}  // namespace

bool looks_untidy(std::string_view text) {
  return text.find_first_of(",( ") != std::string_view::npos || has_high_bytes(text);
}

Untidy plain_number(std::string_view text, bool pounds, std::string& plain) {
  bool negative = false;
  if (!take_frame(text, pounds, negative)) return Untidy::other;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
  const auto is_part = [](char c) { return value::is_digit(c) || c == ','; };
  if (!std::all_of(whole.begin(), whole.end(), is_part) || !std::all_of(fraction.begin(), fraction.end(), is_part) ||
      std::none_of(whole.begin(), whole.end(), value::is_digit) || (point < text.size() && fraction.empty())) {
    return Untidy::other;
  }
  if (!well_grouped(whole, fraction)) return Untidy::stray_comma;
  if (whole.front() == '0' && whole.find(',') != std::string_view::npos) return Untidy::leading_nought;
  plain.assign(negative ? "-" : "");
  std::copy_if(whole.begin(), whole.end(), std::back_inserter(plain), value::is_digit);
  if (!fraction.empty()) plain.append(1, '.').append(fraction);
  return Untidy::number;
}

std::string_view without_nought(std::string_view text) {
  if (text.size() < 3 || text.substr(text.size() - 2) != ".0") return text;
  const std::string_view digits = text.substr(0, text.size() - 2);
  return std::all_of(digits.begin(), digits.end(), value::is_digit) ? digits : text;
}

}  // namespace proviso::input
