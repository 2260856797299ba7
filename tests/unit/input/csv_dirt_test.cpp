#include "csv_dirt.hpp"

#include <catch2/catch.hpp>

#include "value/calendar.hpp"
#include "value/code.hpp"

// Values as spreadsheets and exports write them, each with what is read from it or with its message.

namespace proviso::input {
namespace {

using sample::Filled;
using sample::library;
using sample::read_mapped;
using sample::trouble;

Filled read_cell(std::string_view field, std::string_view cell, std::string_view options = {}) {
  const std::string mapping = std::string(field) + " = \"X\"" + std::string(options) + "\n";
  return read_mapped(library(), mapping, "X\n" + sample::csv_cell(cell) + "\n");
}

void check_cell(std::string_view field, std::string_view cell, std::int64_t bits, std::string_view options = {}) {
  CAPTURE(field, cell, options);
  const Filled filled = read_cell(field, cell, options);
  CHECK(trouble(filled) == "");
  REQUIRE(filled.known(field));
  CHECK(filled.bits(field) == bits);
}

void check_mistyped_cell(std::string_view field, std::string_view cell, std::string_view message,
                         std::string_view options = {}) {
  CAPTURE(field, cell, options);
  const Filled filled = read_cell(field, cell, options);
  CHECK(trouble(filled) == message);
  CHECK(filled.chunk.rows() == 0);
}

void check_date(std::string_view cell, std::string_view day, std::string_view options = {}) {
  check_cell("referred", cell, value::parse_date(day).value(), options);
}

void check_no_date(std::string_view cell, std::string_view message, std::string_view options = {}) {
  check_mistyped_cell("referred", cell, message, options);
}

TEST_CASE("money as spreadsheets show it") {
  check_cell("cost", "1,234.56", 1'234'560'000);
  check_cell("cost", "£1,234,567.8", 1'234'567'800'000);
  check_cell("cost", " £ 1,234.56 ", 1'234'560'000);
  check_cell("cost", "Â£1,234.56", 1'234'560'000);
  check_cell("cost", "(1,234.56)", -1'234'560'000);
  check_cell("cost", "( £5 )", -5'000'000);
  check_cell("cost", "-£5", -5'000'000);
  check_cell("cost", "- £5", -5'000'000);
  check_cell("cost", "\xC2\xA0\xE2\x80\x8B£5\xC2\xA0", 5'000'000);
  check_cell("cost", "(0.00)", 0);
}

TEST_CASE("money that is none stays so") {
  const std::string expected = ", expected an amount in pounds such as `352.14`";
  const std::string commas = ", with commas before three digits alone";
  check_mistyped_cell("cost", "1,5", "found `1,5`" + expected + commas);
  check_mistyped_cell("cost", "12,34", "found `12,34`" + expected + commas);
  check_mistyped_cell("cost", "1,234,5", "found `1,234,5`" + expected + commas);
  check_mistyped_cell("cost", "1234,567", "found `1234,567`" + expected + commas);
  check_mistyped_cell("cost", ",123", "found `,123`" + expected + commas);
  const std::string nought = ", which does not begin with 0 where it has commas";
  check_mistyped_cell("cost", "0,500", "found `0,500`" + expected + nought);
  check_mistyped_cell("cost", "£0,500.00", "found `£0,500.00`" + expected + nought);
  check_mistyped_cell("cost", "(012,345)", "found `(012,345)`" + expected + nought);
  check_mistyped_cell("cost", "1.234,56", "found `1.234,56`" + expected + commas);
  for (const char* bad : {"TBC", "-", "£", "()", "(5", "5)", "-(5)", "(-5)", "£-5", "5-", "1 234", "1e", "€5", "$5",
                          "+5", "5.", "£(5)", "5 CR"}) {
    check_mistyped_cell("cost", bad, "found `" + std::string(bad) + "`" + expected);
  }
  check_mistyped_cell("cost", "(1,234.1234567)", "`(1,234.1234567)` has more than six places after the point");
  check_mistyped_cell("cost", "99,999,999,999,999,999", "`99,999,999,999,999,999` is out of range");
}

TEST_CASE("numbers and quantities as spreadsheets show them") {
  check_cell("score", "1,234", 1'234'000'000);
  check_cell("score", "(2.5)", -2'500'000);
  check_cell("score", " 7\xC2\xA0", 7'000'000);
  check_cell("score", "1.25e1", 12'500'000);
  check_cell("patient.weight", "1,081.5", 1'081'500'000);
  check_cell("patient.weight", "81,500 g", 81'500'000);
  check_cell("patient.weight", "81\xC2\xA0kg", 81'000'000);
  check_mistyped_cell("score", "1,5", "found `1,5`, expected a number, with commas before three digits alone");
  check_mistyped_cell("score", "0,123",
                      "found `0,123`, expected a number, which does not begin with 0 where it has commas");
  check_mistyped_cell("patient.weight", "1 234", "found `1 234`, expected a number of kg");
  check_mistyped_cell("patient.weight",
                      "1\xC2\xA0"
                      "234",
                      "found `1 234`, expected a number of kg");
  check_mistyped_cell("score", "£5", "found `£5`, expected a number");
  check_mistyped_cell("score", "0.1234567", "`0.1234567` has more than six places after the point");
  check_mistyped_cell("patient.weight", "81,5 kg",
                      "found `81,5 kg`, expected a number of kg, with commas before three digits alone");
  check_mistyped_cell("patient.weight", "12 st 7", "found the unit `st 7`, expected `kg`");
  check_mistyped_cell("patient.weight", "1 234", "found `1 234`, expected a number of kg");
  check_mistyped_cell("patient.weight",
                      "1\xC2\xA0"
                      "234",
                      "found `1 234`, expected a number of kg");
}

TEST_CASE("dates that begin with their year") {
  for (const char* cell :
       {"2019-04-01", " 2019-04-01 ", "2019-04-01 13:45", "2019-04-01 13:45:07", "2019-04-01 00:00:00.000",
        "2019-04-01T13:45:07", "2019-04-01 00:00:00 00:00", "2019-04-01T00:00 00:00", "2019/04/01", "2019/04/01 13:45",
        "2019/04/01 00:00:00", "2019-04-01\xC2\xA0"}) {
    check_date(cell, "2019-04-01");
    check_date(cell, "2019-04-01", ", month first");
    check_date(cell, "2019-04-01", ", excel");
  }
}

TEST_CASE("a time with an offset is of the day in England then") {
  for (const char* cell : {"2019-06-30T23:30:00Z", "2019-07-01T00:30:00+01:00", "2019-06-30 23:30:00.000Z",
                           "2019-06-30 23:30:00 +00:00", "2019-06-30 23:30:00 00:00", "2019-06-30T18:30-05:00"}) {
    check_date(cell, "2019-07-01");
    check_date(cell, "2019-07-01", ", month first");
  }
  check_date("2019-06-30 23:30:00", "2019-06-30");
  check_date("2019-12-31 23:30:00Z", "2019-12-31");
  for (const char* junk : {"2019-06-30 23:30:00+1", "2019-06-30 23:30:00 +01:00 x", "2019/06/30 23:30Z"}) {
    check_no_date(junk, "found `" + std::string(junk) + "`, expected a date such as `2019-04-01`");
  }
}

TEST_CASE("dates with the day first") {
  for (const char* cell : {"01/04/2019", "01-04-2019", "1/4/2019", "01/04/2019 13:45", "01-04-2019 13:45:07"}) {
    check_date(cell, "2019-04-01");
    check_date(cell, "2019-04-01", ", day first");
    check_date(cell, "2019-01-04", ", month first");
  }
  check_date("13/02/2019", "2019-02-13");
  check_date("29/02/2020", "2020-02-29");
  check_no_date("29/02/2019", "found `29/02/2019`, expected a date such as `2019-04-01`");
  check_no_date("13/02/2019", "`13/02/2019` has its day first, and such dates are read month first", ", month first");
  check_no_date("02/13/2019",
                "`02/13/2019` has its month first, and dates are read day first: the mapping of its column can say "
                "`month first`");
  check_no_date("02/13/2019", "`02/13/2019` has its month first, and dates are read day first", ", day first");
}

TEST_CASE("dates with the American clock have their month first") {
  check_date("04/01/2019 01:45:00 PM", "2019-04-01");
  check_date("4/1/2019 12:00:00 AM", "2019-04-01");
  check_date("04/13/2019 12:00:00 AM", "2019-04-13");
  check_date("04/01/2019 01:45:00 PM", "2019-01-04", ", day first");
  check_no_date(
      "04/01/2019 01:45 PM",
      "`04/01/2019 01:45 PM` could be 2019-01-04 or 2019-04-01: the mapping of its column must say `day first` "
      "or `month first`");
  check_no_date("13/04/2019 01:45:00 PM",
                "`13/04/2019 01:45:00 PM` has its day first, and such dates are read month first: the mapping of its "
                "column can say `day first`");
  check_no_date("04/01/2019 13:45:00 PM", "found `04/01/2019 13:45:00 PM`, expected a date such as `2019-04-01`");
}

TEST_CASE("dates with the name of their month") {
  check_date("01-Apr-2019", "2019-04-01");
  check_date("1-APR-2019 00:00:00", "2019-04-01");
  check_no_date("01-Apr-19",
                "`01-Apr-19` does not say its century: the mapping of its column can say `years from 1930`");
  check_date("01-Apr-19", "2019-04-01", ", years from 1930");
  check_date("01-Apr-29", "2029-04-01", ", years from 1930");
  check_date("01-Apr-30", "1930-04-01", ", years from 1930");
  check_date("01-Apr-99", "1999-04-01", ", years from 1930");
  check_date("01-Apr-00", "2000-04-01", ", years from 2000");
  check_date("01-Apr-99", "2099-04-01", ", years from 2000");
  check_no_date("31-Apr-2019", "found `31-Apr-2019`, expected a date such as `2019-04-01`");
  check_no_date("01-Apl-2019", "found `01-Apl-2019`, expected a date such as `2019-04-01`");
}

TEST_CASE("days as Excel counts them, where the mapping says so") {
  check_no_date("43556",
                "found `43556`, expected a date such as `2019-04-01`: where it is a day as Excel counts them, "
                "the mapping of its column can say `excel`");
  check_date("43556", "2019-04-01", ", excel");
  check_date("43556.572917", "2019-04-01", ", excel");
  check_date("1", "1900-01-01", ", excel");
  check_date("59", "1900-02-28", ", excel");
  check_date("61", "1900-03-01", ", excel");
  check_date("2958465", "9999-12-31", ", excel");
  check_no_date("60", "`60` is 29 February 1900 as Excel counts days, which never was", ", excel");
  for (const char* bad : {"0", "2958466", "-1", "43,556", "43556."}) {
    check_no_date(bad, "found `" + std::string(bad) + "`, expected a date such as `2019-04-01`", ", excel");
  }
}

TEST_CASE("what is no date stays so") {
  for (const char* junk : {"2020-10 18:39",
                           "mm:ss.s",
                           "00:00.0",
                           "2019-4-1",
                           "2019-04-01Z",
                           "2019-04-01 00:00:00 01:00",
                           "2019-04-01 24:00",
                           "2019-04-01 12:60",
                           "2019-04-01 1",
                           "2019-04-01 00:00:00.",
                           "01/04/19",
                           "01.04.2019",
                           "01/04-2019",
                           "1/4/20190",
                           "2019/4/1",
                           "2019/04/01T13:45",
                           "20190401",
                           "2019",
                           "TBC",
                           "01/04/2019 x",
                           "001/04/2019",
                           "2019-04",
                           "1 April 2019",
                           "01-April-2019",
                           "2019-04-01x",
                           "2019-04-01 01:00 PM"}) {
    CAPTURE(junk);
    const std::string message = trouble(read_cell("referred", junk));
    CHECK(message.find("found `" + std::string(junk) + "`, expected a date such as `2019-04-01`") == 0);
  }
}

TEST_CASE("a column with the month first among its dates is not read day first") {
  // The third says how the first is meant, the second is the same either way, the fourth can only be day first.
  const Filled filled =
      read_mapped(library(), "", "id,referred\nA,03/04/2019\nB,04/04/2019\nC,03/25/2019\nD,25/03/2019\n");
  REQUIRE(filled.results.errors.size() == 2);
  CHECK(filled.results.errors[0].id == "\"A\"");
  CHECK(filled.results.errors[0].message ==
        "`03/04/2019` could be 2019-04-03 or 2019-03-04: the mapping of its column must say `day first` or `month "
        "first`");
  CHECK(filled.results.errors[1].id == "\"C\"");
  CHECK(filled.bits("referred", 0) == value::parse_date("2019-04-04"));
  CHECK(filled.bits("referred", 1) == value::parse_date("2019-03-25"));
}

TEST_CASE("the American clock in a column speaks for the month first, and a day first against it") {
  const Filled plain = read_mapped(library(), "", "referred\n03/04/2019\n03/04/2019 01:00:00 AM\n");
  REQUIRE(plain.results.errors.size() == 1);
  CHECK(plain.results.errors[0].line == 2);
  const Filled clock = read_mapped(library(), "", "referred\n03/04/2019 01:00:00 AM\n25/03/2019 01:00:00 AM\n");
  CHECK(clock.results.errors.size() == 2);
}

TEST_CASE("one column says nothing of another, and a mapping outweighs them all") {
  const char* const file = "referred,patient.born\n03/04/2019,03/04/1950\n03/25/2019,\n";
  const Filled filled = read_mapped(library(), "", file);
  CHECK(filled.results.errors.size() == 2);
  const Filled mapped = read_mapped(library(), "referred = \"referred\", month first", file);
  CHECK(trouble(mapped) == "");
  CHECK(mapped.bits("referred") == value::parse_date("2019-03-04"));
  CHECK(mapped.bits("patient.born") == value::parse_date("1950-04-03"));
}

TEST_CASE("what later records say of dates is told, since earlier ones have been read") {
  SourceLimits limits;
  limits.records = 1;
  const Filled filled = read_mapped(library(), "", "referred\n03/04/2019\n03/25/2019\n", false, limits);
  CHECK(filled.results.errors.size() == 1);
  CHECK(filled.read_day_first == std::set<std::string>{"referred"});
  CHECK(filled.found_month_first == std::set<std::string>{"referred"});
  const Filled plain = read_mapped(library(), "", "referred\n2019-04-03\n25/03/2019\n");
  CHECK(plain.read_day_first.empty());
  CHECK(plain.found_month_first.empty());
}

TEST_CASE("codes as spreadsheets write them") {
  const auto snomed = value::parse_code(value::CodeSystem::snomed, "60621009").value();
  const auto w371 = value::parse_code(value::CodeSystem::opcs4, "W37.1").value();
  check_cell("drug", "60621009.0", snomed);
  check_cell("drug", " 60621009.0\xC2\xA0", snomed);
  check_cell("drug",
             "\xE2\x80\x8B"
             "60621009",
             snomed);
  check_cell("procedure", " w371 ", w371);
  check_cell("procedure", "W37.1\xC2\xA0", w371);
  check_mistyped_cell("drug", "60621009.5", "found `60621009.5`, expected a code of snomed");
  check_mistyped_cell("drug", "60621009.00", "found `60621009.00`, expected a code of snomed");
  check_mistyped_cell("drug", "6.0621E+07", "found `6.0621E+07`, expected a code of snomed");
  check_mistyped_cell("procedure", "W37.1.0", "found `W37.1.0`, expected a code of opcs4");
}

TEST_CASE("one NHS number is one text, however it is spaced") {
  for (const char* cell : {"9990000018", "999 000 0018", "999-000-0018 ", " 9990000018 ", "9990000018.0",
                           "999\xC2\xA0"
                           "000\xC2\xA0"
                           "0018"}) {
    CAPTURE(cell);
    const Filled filled = read_cell("patient.nhs_number", cell);
    REQUIRE(filled.known("patient.nhs_number"));
    CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("patient.nhs_number"))) == "9990000018");
  }
  for (const char* cell : {"9990000019", "999 000 0019", "99 90000018", "99-90000018"}) {
    CAPTURE(cell);
    const Filled filled = read_cell("patient.nhs_number", cell);
    CHECK_FALSE(filled.known("patient.nhs_number"));
    REQUIRE(filled.chunk.problems().size() == 1);
  }
}

TEST_CASE("blanks that are none of ASCII's, and marks that show as nothing, stand round no value") {
  check_cell("patient.smoking",
             "\xC2\xA0"
             "ex\xE2\x80\x8B",
             1);
  check_cell("commissioner", "06P\xC2\xA0", 1);
  CHECK(read_cell("urgent", "yes\xC2\xA0").yes("urgent"));
  CHECK_FALSE(read_cell("score", "\xC2\xA0").known("score"));
  CHECK(trouble(read_cell("score", "\xC2\xA0")) == "");
  check_mistyped_cell("patient.smoking", "Ex", "found `Ex`, expected one of never, ex, current");
  const Filled place = read_cell("commissioner", "nowhere\xC2\xA0");
  REQUIRE(place.chunk.problems().size() == 1);
}

TEST_CASE("Windows-1252 is read where it is asked for") {
  const char* const file =
      "ward,cost\nCaf\xE9 \x93quiet\x94,\xA3"
      "5\nplain,1\nCafé,£6\n\x81,1\n";
  const Filled refused = read_mapped(library(), "", file);
  REQUIRE(refused.results.errors.size() == 2);
  CHECK(refused.results.errors[0].message ==
        "bytes that are not UTF-8 at column 4; a file of Windows-1252 is read with `--encoding windows-1252`");
  const Filled filled = read_mapped(library(), "encoding windows-1252\n", file);
  REQUIRE(filled.results.errors.size() == 1);
  CHECK(filled.results.errors[0].line == 5);
  CHECK(filled.results.errors[0].message == "bytes that are not UTF-8 at column 1");
  CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("ward"))) == "Café “quiet”");
  CHECK(filled.bits("cost", 0) == 5'000'000);
  CHECK(filled.chunk.text_of(static_cast<std::int32_t>(filled.bits("ward", 2))) == "Café");
  CHECK(filled.bits("cost", 2) == 6'000'000);
  CHECK(read_mapped(library(), "ward = \"CAFÉ\"", "CAF\xC9\nx\n", true).known("ward"));
  CHECK(parse_csv_header("CAF\xC9").error().message ==
        "the header is malformed: bytes that are not UTF-8 at column 4; a file of Windows-1252 is read with "
        "`--encoding windows-1252`");
}

}  // namespace
}  // namespace proviso::input
