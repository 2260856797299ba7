#include <catch2/catch.hpp>

#include <algorithm>

#include "reports_support.hpp"
#include "settle/report_words.hpp"
#include "settle/reports.hpp"

using namespace proviso;
using namespace proviso::settle;
using example::day;
using example::has;
using example::pence;
using example::percent;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("values are written plainly for other programs") {
  CHECK(plain_value("\"Royal \\\"R\\\"\"") == "Royal \"R\"");
  CHECK(plain_value("ods:RXA01") == "RXA01");
  CHECK(plain_value("SouthSefton") == "SouthSefton");
  CHECK(plain_value("£51.995") == "51.995");
  CHECK(plain_value("-£2.00") == "-2.00");
  CHECK(plain_value("a: b") == "a: b");
  CHECK(plain_value("") == "");
  CHECK(plain_pounds(pence(123456)) == "1234.56");
  CHECK(plain_pounds(-5'000) == "-0.005");
}

TEST_CASE("days are said as people say them, and a part of a month as a part") {
  using Interval = model::Agreement::Interval;
  Settlement settlement;
  settlement.days = {day("2018-12-01"), day("2018-12-31")};
  CHECK(spell_days(settlement, Interval::month) == "December 2018");
  settlement.days = {day("2018-12-15"), day("2018-12-31")};
  CHECK(spell_days(settlement, Interval::month) == "December 2018, from 15 December");
  settlement.days = {day("2020-04-01"), day("2020-05-31")};
  CHECK(spell_days(settlement, Interval::quarter) == "April to June 2020, to 31 May");
  settlement.days = {day("2019-01-01"), day("2019-12-31")};
  CHECK(spell_days(settlement, Interval::year) == "2019");
}

TEST_CASE("how a saving is worked out is said of tiers, caps, limits and rounding") {
  model::Library library = example::library();
  model::Agreement& agreement = library.agreements[0];
  agreement.tiers.push_back({pence(10'000'000), {percent(70), percent(30)}});
  agreement.caps = {{}, pence(25'000'000)};
  agreement.cap = pence(5'000'000);
  agreement.lines.places = {1};
  agreement.rounding = value::Rounding::down;
  agreement.unit = pence(100);
  const auto text_of = [&](const std::string& heading) {
    for (const Explained& each : explained(library, agreement)) {
      if (each.heading == heading) return each.text;
    }
    return std::string();
  };
  CHECK(text_of("Lines") == "`DrugLine` with `drug in adalimumab_products` in SouthSefton, by the date `supplied`");
  CHECK(text_of("Saving of a line") == "`(baseline - unit_price) * quantity`, no less than £0.00");
  CHECK(text_of("Saving of a month") ==
        "the savings of its lines added up, rounded to the pound, toward zero, no more than £50,000.00");
  CHECK(has(text_of("Shares"),
            "commissioner 50%, provider 50%; of what is above £100,000.00 in a year from 1 December: "
            "commissioner 70%, provider 30%; every share but the commissioner's is rounded down"));
  agreement.takes_rest = 1;
  CHECK(has(text_of("Shares"), "every share but the provider's is rounded down to the penny, and the provider takes"));
  CHECK(text_of("Caps") ==
        "provider no more than £250,000.00 in a year from 1 December; what is over goes to the commissioner");
  // The period begins on the first of a month: no month is of two years.
  CHECK(text_of("Years").empty());
  CHECK(text_of("Deductions") == "`blueteq_cost` of every line, from the provider's share");
}

TEST_CASE("the text has every amount of the statement, and totals of its settlements alone") {
  const model::Library library = example::library();
  const std::string text = statement_text(library, example::statement(), true);
  CHECK(has(text, "Between             commissioner South Sefton (01T) and provider RXA01\n"));
  // 1,234.57 - 20.00; 617.29 - 10.00; 617.28 - 10.00; 607.28 - 10.00. What was charged too much is no saving.
  CHECK(has(text, "December 2018      2         1          1  £1,234.57       £617.29  £617.28    £10.00  £607.28\n"));
  CHECK(has(text, "Total              4         1          1  £1,214.57       £607.29  £607.28    £10.00  £597.28\n"));
  CHECK(has(text, "June 2020      2   £5.25\n"));
  CHECK(has(text,
            "A<3>  2018-12-21         1                                      line 4     left out: unit_price is not "
            "known\n"));
  CHECK(has(text, "90.9091%  at least 90%         0  reached\n"));
  CHECK(has(text, "\nof 1 line a missing fact leaves open whether an agreement covers it\n"));
  const auto lines = lines_of(text);
  CHECK(std::none_of(lines.begin(), lines.end(),
                     [](const std::string& line) { return !line.empty() && line.back() == ' '; }));
  CHECK_FALSE(has(statement_text(library, example::statement(), false), "A<3>"));
}

TEST_CASE("columns that say nothing are left out") {
  model::Library library = example::library();
  library.agreements[0].deductions.clear();
  Statement statement = example::statement();
  statement.settlements.resize(1);
  statement.settlements[0].left_out = statement.settlements[0].corrected = 0;
  const std::string text = statement_text(library, statement, false);
  CHECK_FALSE(has(text, "Left out  Corrected"));
  CHECK_FALSE(has(text, "Deducted"));
  CHECK_FALSE(has(text, "Sum of lines"));
  statement.settlements[0].saving_of_lines += 1;  // less than a penny was rounded away
  CHECK(has(statement_text(library, statement, false), "Sum of lines"));
}

TEST_CASE("nothing covered is said, not left blank") {
  Statement statement;
  statement.records = statement.not_covered = 3;
  const model::Library library = example::library();
  CHECK(has(statement_text(library, statement, false), "No line of the ledger is covered by an agreement."));
  CHECK(has(statement_html(library, statement, false, "Nothing"), "No line of the ledger is covered by an agreement."));
  CHECK(statement_json(library, statement, false) == "{\"settlements\": [], \"library\": \"sha256:0123\"}\n");
  statement.part = {"--from 2030-01-01"};
  CHECK(statement_json(library, statement, false) ==
        "{\"settlements\": [], \"part\": [\"--from 2030-01-01\"], \"library\": \"sha256:0123\"}\n");
  CHECK(lines_of(statement_csv(library, statement, false)).size() == 1);
}

TEST_CASE("JSON has the keys that are fixed, one object a line, targets last") {
  const auto lines = lines_of(statement_json(example::library(), example::statement(), false));
  REQUIRE(lines.size() == 4);
  CHECK(
      lines[0] ==
      R"({"agreement": "sefton.adalimumab", "period": "2018-12", "from": "2018-12-01", "to": "2018-12-31", )"
      R"("parties": {"commissioner": "SouthSefton", "provider": "RXA01"}, "lines": 2, "left_out": 1, "corrected": 1, )"
      R"("saving": "1234.57", "saving_of_lines": "1234.57", "saving_of_year": "1234.57", "shares": [)"
      R"({"party": "commissioner", "share": "50%", "amount": "617.29", "deducted": "0.00", "net": "617.29"}, )"
      R"({"party": "provider", "share": "50%", "amount": "617.28", "deducted": "10.00", "net": "607.28"}], )"
      R"("assumed": [], "notes": ["1 line left out: `unit_price` is not known"], "library": "sha256:0123"})");
  CHECK(has(lines[2], R"("excess": "5.25", "assumed": [], "notes": [])"));
  CHECK_FALSE(has(lines[2], "saving"));
  CHECK_FALSE(has(lines[2], "shares"));
  CHECK(has(lines[3], R"("target": "new_patients", "label": "90% of new patients on best value")"));
  CHECK(has(lines[3],
            R"("counted": 11, "met": 10, "left_out": 0, "share": "90.9091%", "at_least": "90%", "reached": true)"));
}

TEST_CASE("JSON says what an earlier statement paid, and the tiers and caps of a share") {
  Statement statement = example::statement();
  example::settle_earlier(statement.settlements[0]);
  statement.settlements[0].shares[0].parts = {{pence(100000), percent(50)}, {pence(23457), percent(70)}};
  statement.settlements[0].shares[0].capped = pence(-250);
  const std::string json = lines_of(statement_json(example::library(), statement, false))[0];
  CHECK(has(json, R"("before": "1000.00", "difference": "234.57", "shares")"));
  CHECK(has(json, R"("share": "50%, 70%")"));
  CHECK(has(json, R"("net": "617.29", "before": "500.00", "difference": "117.29", "tiers": [{"saving": "1000.00", )"
                  R"("share": "50%"}, {"saving": "234.57", "share": "70%"}], "capped": "-2.50"})"));
}

TEST_CASE("the lines of a settlement are in JSON and CSV on request") {
  const model::Library library = example::library();
  const std::string json = lines_of(statement_json(library, example::statement(), true))[0];
  CHECK(has(json,
            R"({"id": "A1", "line": 2, "on": "2018-12-03", "values": [{"name": "quantity", "value": "2"}, )"
            R"({"name": "unit_price", "value": "£35.00"}], "saving": "634.28", "deducted": [{"party": "provider", )"
            R"("of": "blueteq_cost", "amount": "5.00"}]})"));
  CHECK(has(json, R"("left_out": "`unit_price` is not known"})"));
  const auto rows = lines_of(statement_csv(library, example::statement(), true));
  REQUIRE(rows.size() == 4);
  CHECK(rows[0] ==
        "agreement,period,from,to,between,id,input,line,on,saving,excess,blueteq_cost from provider,corrected,left_out,"
        "assumed,quantity,unit_price");
  CHECK(rows[2] ==
        "sefton.adalimumab,2018-12,2018-12-01,2018-12-31,SouthSefton and RXA01,A2,,3,2018-12-20,600.29,,5.00,yes,,,2,"
        "51.995");
  CHECK(rows[3] ==
        "sefton.adalimumab,2018-12,2018-12-01,2018-12-31,SouthSefton and RXA01,A<3>,,4,2018-12-21,,,,no,"
        "`unit_price` is not known,,1,");
}

TEST_CASE("CSV has one row a party and settlement, as many cells in each") {
  Statement statement = example::statement();
  example::settle_earlier(statement.settlements[0]);
  const auto rows = lines_of(statement_csv(example::library(), statement, false));
  REQUIRE(rows.size() == 6);
  CHECK(
      rows[2] ==
      "sefton.adalimumab,2018-12,2018-12-01,2018-12-31,SouthSefton and RXA01,2,1,1,1234.57,,provider,RXA01,50%,617.28,"
      "10.00,607.28,490.00,117.28,1 line left out: `unit_price` is not known");
  CHECK(rows[5] == "sefton.adalimumab,2020-06,2020-06-01,2020-06-30,SouthSefton and RXA01,2,0,0,,5.25,,,,,,,,,");
  for (const std::string& row : rows) CHECK(count(row, ",") == count(rows[0], ","));
}

TEST_CASE("the page stands alone, and says all that the text says") {
  const model::Library library = example::library();
  const std::string page = statement_html(library, example::statement(), true, "Savings <2018>");
  CHECK(has(page, "<html lang=\"en-GB\">"));
  CHECK(has(page, "<h1>Savings &lt;2018&gt;</h1>"));
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "<link"));
  CHECK_FALSE(has(page, "src="));
  CHECK(has(page, "A&lt;3&gt;"));
  CHECK_FALSE(has(page, "A<3>"));
  for (const char* amount : {"£1,234.57", "£617.29", "£607.28", "-£20.00", "£1,214.57", "£597.28", "£5.25"}) {
    INFO(amount);
    CHECK(has(page, amount));
  }
  CHECK(has(page, "<code>(baseline - unit_price) * quantity</code>"));
  CHECK(has(page, "Commissioning Intentions 2018/19, Biosimilar Drugs"));
  CHECK(has(page, "sha256:0123"));
}

TEST_CASE("every header of the page's tables says what it heads, and every table has a caption") {
  const std::string page = statement_html(example::library(), example::statement(), true, "Savings");
  CHECK(count(page, "<th ") == count(page, "<th scope="));
  CHECK(count(page, "<th>") == 0);
  CHECK(count(page, "<table") == count(page, "<caption>"));
  CHECK(count(page, "<table") == 4);
}

TEST_CASE("two statements on one page have a summary, and share no name") {
  Statement statement = example::statement();
  for (std::size_t i = 0; i < 3; ++i) {
    statement.settlements.push_back(statement.settlements[i]);
    statement.settlements.back().parties = {"Luton", "ods:RC971"};
  }
  const std::string page = statement_html(example::library(), statement, false, "Savings");
  CHECK(
      has(page,
          "<a href=\"#account-2\">Adalimumab biosimilar gain share</a></th><td>commissioner Luton and provider RC971"));
  for (const char* name : {"id=\"account-1\"", "id=\"account-2\"", "id=\"chart-1-title\"", "id=\"chart-2-title\"",
                           "id=\"chart-1-desc\"", "id=\"loss-1\"", "id=\"loss-2\""}) {
    INFO(name);
    CHECK(count(page, name) == 1);
  }
}

TEST_CASE("a party is found again from what other programs write of it") {
  model::Library library = example::library();
  const model::Agreement& agreement = library.agreements[0];
  CHECK(written_party(library, agreement, 0, "SouthSefton") == "SouthSefton");
  CHECK(written_party(library, agreement, 0, "01T") == "SouthSefton");
  CHECK_FALSE(written_party(library, agreement, 0, "Sefton"));
  CHECK(written_party(library, agreement, 1, "RXA01") == "ods:RXA01");
  SECTION("also where it is one of several values, of which some stand in quotes") {
    library.enumerations.push_back({"", {"icb", "acute trust"}, false});
    value::Type& type = library.records[0].facts[3].type;
    type.kind = value::Kind::enumeration;
    type.id = 0;
    CHECK(written_party(library, agreement, 1, "icb") == "icb");
    CHECK(written_party(library, agreement, 1, "acute trust") == "\"acute trust\"");
    CHECK_FALSE(written_party(library, agreement, 1, "ICB"));
  }
  CHECK_FALSE(written_party(library, agreement, 1, "?"));
}

TEST_CASE("what tiers and caps did to a settlement is remarked on") {
  model::Library library = example::library();
  model::Agreement& agreement = library.agreements[0];
  agreement.caps = {{}, pence(60'000)};
  agreement.tiers.push_back({pence(100'000), {percent(70), percent(30)}});
  Settlement settlement = example::statement().settlements[0];
  settlement.notes.clear();
  settlement.shares[0].parts = {{pence(100'000), percent(50)}, {pence(23'457), percent(70)}};
  settlement.shares[1].parts = {{pence(100'000), percent(50)}, {pence(23'457), percent(30)}};
  settlement.shares[1].capped = pence(250);
  using Remarks = std::vector<std::string>;
  CHECK(remarks_on(library, agreement, settlement) ==
        Remarks{"£1,000.00 of the saving is shared commissioner 50%, provider 50%",
                "£234.57 of the saving is above £1,000.00 in its year, and shared commissioner 70%, provider 30%",
                "£2.50 is over the cap of the provider, and goes to the commissioner"});
  settlement.shares[1].capped = pence(-250);
  CHECK(remarks_on(library, agreement, settlement).back() ==
        "£2.50 that was over the cap of the provider comes back to it from the commissioner");
  // All of it in the first tier is not remarked on; in another it is.
  settlement.shares[0].parts = {{0, percent(50)}, {settlement.saving, percent(70)}};
  settlement.shares[1].parts = {{0, percent(50)}, {settlement.saving, percent(30)}};
  settlement.shares[1].capped = 0;
  CHECK(remarks_on(library, agreement, settlement) ==
        Remarks{"the whole saving is above £1,000.00 in its year, and shared commissioner 70%, provider 30%"});
  CHECK(spell_share(agreement, settlement, settlement.shares[1]) == "30%");
  std::swap(settlement.shares[0].parts[0].saving, settlement.shares[0].parts[1].saving);
  std::swap(settlement.shares[1].parts[0].saving, settlement.shares[1].parts[1].saving);
  CHECK(remarks_on(library, agreement, settlement).empty());
}

TEST_CASE("what an earlier statement did not have is all still to be settled") {
  Statement statement = example::statement();
  example::settle_earlier(statement.settlements[0]);
  const std::string text = statement_text(example::library(), statement, false);
  // 617.29 - 500.00 and 607.28 - 490.00; February's shares of -10.00 were in no earlier statement.
  CHECK(has(text, "December 2018  £1,000.00  £1,234.57  £500.00    £117.29  £490.00    £117.28\n"));
  CHECK(has(text, "February 2019               -£20.00             -£10.00             -£10.00\n"));
  CHECK(has(text, "Total          £1,000.00  £1,214.57  £500.00    £107.29  £490.00    £107.28\n"));
  const std::string page = statement_html(example::library(), statement, false, "Savings");
  CHECK(has(page, "<dt>Still to settle, provider</dt><dd>£107.28</dd>"));
  CHECK_FALSE(has(statement_text(example::library(), example::statement(), false), "To settle"));
}

TEST_CASE("a settlement beyond all bounds has no amounts, in any form") {
  const model::Library library = example::library();
  Statement statement = example::statement();
  statement.settlements[1].shares.clear();
  statement.settlements[1].saving = 0;
  statement.settlements[1].notes = {"it cannot be settled"};
  CHECK(has(statement_text(library, statement, true), "February 2019      2         0          0\n"));
  CHECK(has(lines_of(statement_json(library, statement, true))[1], R"("saving": null)"));
  CHECK(has(statement_csv(library, statement, false), "SouthSefton and RXA01,2,0,0,,,,,,,,,,,it cannot be settled\n"));
  const std::string page = statement_html(library, statement, true, "Savings");
  CHECK(has(page, "<th scope=\"row\">February 2019</th><td class=\"number\">2</td>"));
  CHECK(count(page, "<rect ") == 1);
}

TEST_CASE("totals beyond all bounds are left out, not wrong") {
  const model::Library library = example::library();
  Statement statement = example::statement();
  CHECK(has(statement_text(library, statement, false), "Total"));
  statement.settlements[0].saving = statement.settlements[1].saving = value::decimal_limit;
  CHECK_FALSE(has(statement_text(library, statement, false), "Total"));
}

TEST_CASE("what a ledger calls its lines does not act on a terminal") {
  Statement statement = example::statement();
  statement.settlements[0].detail[0].id = "\x1b[2JA1\nA1";
  const std::string text = statement_text(example::library(), statement, true);
  CHECK(has(text,
            "\xef\xbf\xbd[2JA1\xef\xbf\xbd"
            "A1"));
}
