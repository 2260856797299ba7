#include "output/words.hpp"

#include "value/decimal.hpp"

namespace proviso::output {
namespace {

/// Puts commas between the digits [begin, end) of the text.
void put_commas(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = end; at > begin + 3; at -= 3) text.insert(at - 3, ",");
}

}  // namespace

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  put_commas(digits, 0, digits.size());
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return with_commas(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string pounds_with_commas(std::int64_t money) {
  std::string text = value::format_money(money);
  put_commas(text, text.find_first_of("0123456789"), text.find('.'));
  return text;
}

}  // namespace proviso::output
