#include "dirt.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>

namespace ledgers {
namespace {

constexpr auto months = std::to_array<std::string_view>(
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});

struct Written {
  int year;
  unsigned month;
  unsigned day;
};

Written written(Day day) {
  const std::chrono::year_month_day date(day);
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

template <typename... Values>
std::string print(const char* format, Values... values) {
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), format, values...);
  return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string with_commas(Pence pence) {
  std::string text = plain_money(pence);
  for (std::size_t at = text.size() - 3; at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& letter : small) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return small;
}

}  // namespace

std::string plain_money(Pence pence) {
  const char* sign = pence < 0 ? "-" : "";
  const auto size = static_cast<long long>(pence < 0 ? -pence : pence);
  return print("%s%lld.%02lld", sign, size / 100, size % 100);
}

std::string iso(Day day) { return referrals::date(day).text; }

void Dirt::count(std::string_view name, std::int64_t more) {
  manifest_.count(std::string(file_).append(1, '.').append(name), more);
}

std::string Dirt::form(std::string_view name, std::string text) {
  count(std::string("dirt.").append(name));
  return text;
}

std::string Dirt::money(Pence pence) {
  const int way = random_.between(1, 100);
  if (pence < 0) {
    if (way <= 50) return form("money_in_brackets", '(' + with_commas(-pence) + ')');
    return way <= 80 ? form("money_minus_pound_sign", "-£" + with_commas(-pence)) : plain_money(pence);
  }
  if (way <= 15) return form("money_pound_sign", "£" + with_commas(pence));
  if (way <= 20) return form("money_pound_sign_misread", "Â£" + with_commas(pence));
  if (way <= 25) return form("money_blanks", ' ' + plain_money(pence) + ' ');
  if (way <= 45 && pence >= 100'000) return form("money_commas", with_commas(pence));
  return plain_money(pence);
}

std::string Dirt::date(Day day) {
  const auto [year, month, date] = written(day);
  const int hour = random_.between(0, 23);
  switch (random_.between(1, 14)) {
    case 1:
      return form("date_broken_zone", iso(day) + " 00:00:00 00:00");
    case 2:
      return form("date_slashes_year_first", print("%04d/%02u/%02u %02d:45", year, month, date, hour));
    case 3:
    case 4:
      return form("date_slashes", print("%02u/%02u/%04d", date, month, year));
    case 5:
      return form("date_dashes", print("%02u-%02u-%04d %02d:30", date, month, year, hour));
    case 6:
      return form("date_month_in_letters", print("%02u-%s-%04d", date, months[month - 1].data(), year));
    case 7:
      return form("date_short_year", print("%02u-%s-%02d", date, months[month - 1].data(), year % 100));
    case 8:
      return form("date_excel", print("%d.%02d", static_cast<int>((day - day_of(1899, 12, 30)).count()), hour * 4));
    default:
      return iso(day);
  }
}

std::string Dirt::american_time(Day day) {
  const auto [year, month, date] = written(day);
  const int hour = random_.between(1, 12);
  const bool morning = random_.chance(50);
  return form("date_american",
              print("%02u/%02u/%04d %02d:%02d:00 %s", month, date, year, hour, 15, morning ? "AM" : "PM"));
}

std::string Dirt::dotted_code(std::string_view code) {
  std::string undotted(code);
  if (const auto dot = undotted.find('.'); dot != std::string::npos) undotted.erase(dot, 1);
  const int way = random_.between(1, 100);
  if (way <= 30) return std::string(code);
  if (way <= 40) return form("code_small_letters", ' ' + in_small_letters(code));
  return form("code_undotted", undotted);
}

std::string Dirt::number_code(std::string_view code) {
  std::string text(code);
  return random_.chance(10) ? form("code_point_nought", text + ".0") : text;
}

std::string Dirt::organisation(std::string_view code) {
  const int way = random_.between(1, 100);
  // Names of places stand as they are: 06F is a code, Bexley is none.
  const bool is_name = std::any_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (way <= 80 || is_name) return std::string(code);
  if (way <= 90) return form("organisation_small_letters", in_small_letters(code));
  return form("organisation_blanks", ' ' + std::string(code) + ' ');
}

std::string Dirt::nhs_number(const std::string& number) {
  if (!random_.chance(15)) return number;
  return form("nhs_number_blanks", number.substr(0, 3) + ' ' + number.substr(3, 3) + ' ' + number.substr(6));
}

}  // namespace ledgers
