#include "unreadable.hpp"

#include <array>

namespace ledgers {
namespace {

enum class Where { date, money, code, word };

struct Way {
  std::string_view name;
  Where where;
  std::string_view text;
};

constexpr auto ways = std::to_array<Way>({{"no_such_day", Where::date, "31/06/2018"},
                                          {"month_first", Where::date, "03/25/2019"},
                                          {"junk_date", Where::date, "2020-10 18:39"},
                                          {"clock_for_date", Where::date, "mm:ss.s"},
                                          {"stray_comma", Where::money, "1,5"},
                                          {"too_many_places", Where::money, "352.1234567"},
                                          {"letters_for_money", Where::money, "see notes"},
                                          {"no_code", Where::code, "?W3"},
                                          {"word_of_no_list", Where::word, "#N/A!"}});

std::size_t column(const Spoilable& spoilable, Where where) {
  switch (where) {
    case Where::date:
      return spoilable.date;
    case Where::money:
      return spoilable.money;
    case Where::code:
      return spoilable.code;
    case Where::word:
      return spoilable.word;
  }
  return 0;
}

}  // namespace

std::string unreadable(Cells cells, const Cells& heading, const Spoilable& spoilable, Dirt& dirt) {
  const auto count = [&](std::string_view way) { dirt.count(std::string("unreadable.").append(way)); };
  const auto choice = static_cast<std::size_t>(dirt.random().between(0, static_cast<int>(ways.size()) + 2));
  if (choice < ways.size()) {
    const Way& way = ways[choice];
    count(way.name);
    cells[column(spoilable, way.where)] = way.text;
    return csv_line(cells);
  }
  if (choice == ways.size()) {
    count("too_few_cells");
    return csv_line({"Total", "", cells[spoilable.money]});
  }
  if (choice == ways.size() + 1) {
    count("heading_again");
    return csv_line(heading);
  }
  // 0x81 is no character of Windows-1252, nor a beginning of one in UTF-8.
  count("no_encoding");
  cells.front() += '\x81';
  return csv_line(cells);
}

}  // namespace ledgers
