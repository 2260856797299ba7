#include <catch2/catch.hpp>

#include "reports_support.hpp"
#include "settle/report_values.hpp"
#include "settle/reports.hpp"
#include "value/code.hpp"

// Every figure of a statement can be worked out from the page.

using namespace proviso;
using namespace proviso::settle;
using example::day;
using example::has;
using example::pence;
using example::percent;

namespace {

model::Constant money(std::int64_t amount) {
  model::Constant made;
  made.type.kind = value::Kind::money;
  made.bits = amount;
  return made;
}

std::uint32_t add_node(model::Library& library, model::NodeKind kind, std::uint32_t index) {
  model::Node node{};
  node.kind = kind;
  node.index = index;
  library.nodes.push_back(node);
  return static_cast<std::uint32_t>(library.nodes.size() - 1);
}

/// A baseline that is a threshold: £1,000.00 everywhere, in South Sefton £900.00 from 15 January 2019. Lines by a list
/// of as many codes as are asked for.
model::Library library_with_values(std::int64_t codes) {
  model::Library library = example::library();
  model::Threshold base;
  base.name = "base";
  base.type.kind = value::Kind::money;
  base.unverified = "who agreed it";
  base.values.push_back({money(pence(100'000)), {day("2018-04-01"), INT32_MAX}, model::none, {{"Tariff", "4"}}, {}});
  base.values.push_back({money(pence(90'000)), {day("2019-01-15"), INT32_MAX}, 1, {}, {}});
  library.thresholds.push_back(base);
  model::CodeList list;
  list.name = "adalimumab_products";
  list.system = value::CodeSystem::dmd;
  list.source = model::Citation{"Product list", ""};
  list.blocks.emplace_back();
  for (std::int64_t i = 0; i < codes; ++i) {
    // Codes that do not follow one another, each an interval of its own.
    const auto code = *value::parse_code(value::CodeSystem::dmd, "1000001106") + i * 1000;
    list.blocks[0].firsts.push_back(code);
    list.blocks[0].lasts.push_back(code);
  }
  library.code_lists.push_back(list);
  library.records[0].facts[1].label = "Day of supply";
  library.records[0].facts[4].label = "Market price";
  model::Agreement& agreement = library.agreements[0];
  agreement.lines.applies = add_node(library, model::NodeKind::in_codes, 0);
  agreement.baseline = add_node(library, model::NodeKind::threshold, 0);
  agreement.lines.placed_by = 2;
  return library;
}

std::string text_of(const std::vector<Explained>& points, const std::string& heading) {
  for (const Explained& each : points) {
    if (each.heading == heading) return each.text;
  }
  return "";
}

}  // namespace

TEST_CASE("a threshold is there with its value, whose it is, since when, and on what authority") {
  const model::Library library = library_with_values(1);
  const Statement statement = example::statement();
  const ValuesRead values(library, accounts_of(library, statement)[0]);
  CHECK(text_of(values.explained(), "Value of `base`") ==
        "£1,000.00 from 1 April 2018 (Tariff, 4); £900.00 in South Sefton from 15 January 2019; unverified: who agreed "
        "it");
  // No name is said twice: `market_price` is its label already.
  CHECK(text_of(values.explained(), "Fields") == "`supplied`: Day of supply");
}

TEST_CASE("a settlement says which value has changed since the one before") {
  const model::Library library = library_with_values(1);
  const Statement statement = example::statement();
  const ValuesRead values(library, accounts_of(library, statement)[0]);
  CHECK(values.changes_in(statement.settlements[0]).empty());
  // There was none in January: February is the first with the new value.
  CHECK(values.changes_in(statement.settlements[1]) ==
        std::vector<std::string>{"`base` is £900.00 from 15 January 2019"});
  CHECK(values.changes_in(statement.settlements[2]).empty());
}

TEST_CASE("a value of another place does not matter") {
  const model::Library library = library_with_values(1);
  Statement statement = example::statement();
  for (Settlement& each : statement.settlements) each.parties[0] = "Luton";
  statement.targets.clear();
  const ValuesRead values(library, accounts_of(library, statement)[0]);
  CHECK(text_of(values.explained(), "Value of `base`") ==
        "£1,000.00 from 1 April 2018 (Tariff, 4); unverified: who agreed it");
  CHECK(values.changes_in(statement.settlements[1]).empty());
}

TEST_CASE("codes are listed, of a long list the first and how many more") {
  const Statement statement = example::statement();
  const auto codes = [&](std::int64_t count) {
    const model::Library library = library_with_values(count);
    return text_of(ValuesRead(library, accounts_of(library, statement)[0]).explained(),
                   "Codes of `adalimumab_products`");
  };
  CHECK(codes(1) == "dmd 1000001106 (Product list)");
  CHECK(has(codes(20), "dmd 1000001106, "));
  CHECK_FALSE(has(codes(20), "more"));
  CHECK(has(codes(23), ", and 3 more (Product list)"));
}

TEST_CASE("where tiers or caps run over a year, its saving so far stands beside each settlement") {
  model::Library library = example::library();
  Statement statement = example::statement();
  CHECK_FALSE(has(statement_text(library, statement, false), "Year so far"));
  library.agreements[0].caps = {{}, pence(60'000)};
  // 1,234.57 - 20.00.
  statement.settlements[1].saving_of_year = pence(121'457);
  const std::string text = statement_text(library, statement, false);
  CHECK(has(text, "Saving  Year so far"));
  CHECK(has(text, "-£20.00    £1,214.57"));
}

TEST_CASE("a month that saves nothing is of the tier that its year has come to") {
  model::Agreement agreement = example::library().agreements[0];
  agreement.tiers.push_back({pence(100'000), {percent(70), percent(30)}});
  Settlement settlement = example::statement().settlements[0];
  settlement.saving = 0;
  for (Share& share : settlement.shares) {
    share.parts = {{0, agreement.tiers[0].percents[share.party]}, {0, agreement.tiers[1].percents[share.party]}};
  }
  settlement.saving_of_year = pence(123'457);
  CHECK(spell_share(agreement, settlement, settlement.shares[0]) == "70%");
  settlement.saving_of_year = pence(100'000);
  CHECK(spell_share(agreement, settlement, settlement.shares[0]) == "50%");
  settlement.saving_of_year = pence(-1);
  CHECK(spell_share(agreement, settlement, settlement.shares[1]) == "50%");
}

TEST_CASE("JSON has the years of a saving that is of two of them") {
  Statement statement = example::statement();
  statement.settlements[0].of_years = {{day("2017-12-15"), pence(23'457), pence(50'000)},
                                       {day("2018-12-15"), pence(100'000), pence(100'000)}};
  CHECK(has(statement_json(example::library(), statement, false),
            R"("years": [{"from": "2017-12-15", "saving": "234.57", "saving_of_year": "500.00"}, )"
            R"({"from": "2018-12-15", "saving": "1000.00", "saving_of_year": "1000.00"}])"));
}

TEST_CASE("a month of two years of the period is explained") {
  model::Library library = example::library();
  library.agreements[0].caps = {{}, pence(60'000)};
  library.agreements[0].period = {day("2018-12-15"), day("2020-12-14")};
  CHECK(has(text_of(explained(library, library.agreements[0]), "Years"), "of a month that is of two years each line"));
}

TEST_CASE("what the statement comes to is said plainly, party by party") {
  const std::string text = statement_text(example::library(), example::statement(), false);
  // 617.29 - 10.00; 617.28 - 10.00; 607.28 - 10.00.
  CHECK(has(text, "\n  Share of the commissioner    £607.29\n"));
  CHECK(has(text, "\n  Share of the provider        £607.28\n"));
  CHECK(has(text, "\n  Net to the provider          £597.28\n"));
  CHECK(has(text, "\n  Excess                         £5.25\n"));
}

TEST_CASE("what the record calls its fields and parties is what people read") {
  model::Library library = example::library();
  library.records[0].label = "A line of drugs";
  library.records[0].facts[2].label = "The board";
  library.records[0].facts[3].label = "Provider";
  library.records[0].facts.push_back(example::fact("unit_price", value::Kind::money));
  library.records[0].facts.back().label = "Price of a unit";
  const std::string text = statement_text(library, example::statement(), true);
  CHECK(has(text, "Between             The board South Sefton (01T) and provider RXA01\n"));
  CHECK(has(text, "DrugLine (A line of drugs) with"));
  CHECK(has(text, "quantity  Price of a unit"));
  // Programs read the names.
  CHECK(has(statement_json(library, example::statement(), true), R"("name": "unit_price")"));
}

TEST_CASE("the files of the ledger are named, with what could not be read") {
  Statement statement = example::statement();
  statement.files = {{"january.csv", 1'234, 0}, {"-", 7, 2}};
  const std::string text = statement_text(example::library(), statement, false);
  CHECK(has(text, "january.csv: 1,234 lines\n"));
  CHECK(has(text, "2 of 7 lines of standard input could not be read, and are in no settlement\n"));
  CHECK(has(statement_html(example::library(), statement, false, "Savings"), "<code>january.csv</code>: 1,234 lines"));
}

TEST_CASE("money has one form in what people read, and none of it in what programs read") {
  CHECK(shown_value("£1000.00") == "£1,000.00");
  CHECK(shown_value("-£1234567.891") == "-£1,234,567.891");
  CHECK(shown_value("\"£1000.00\"") == "\"£1000.00\"");
  CHECK(shown_value("£ from 1000") == "£ from 1000");
  CHECK(shown_value("1000") == "1000");
  CHECK(shown_value("") == "");
  Statement statement = example::statement();
  statement.settlements[0].detail[0].values[1].value = "£1000.00";
  CHECK(has(statement_html(example::library(), statement, true, "Savings"), "<td class=\"number\">£1,000.00</td>"));
  CHECK(has(statement_json(example::library(), statement, true), R"("value": "£1000.00")"));
}

TEST_CASE("a long id goes on below, and does not widen the table") {
  Statement statement = example::statement();
  statement.settlements[0].detail[0].id = std::string(365, 'x');
  const std::string text = statement_text(example::library(), statement, true);
  CHECK(has(text, "\n  " + std::string(60, 'x') + "  2018-12-03"));
  CHECK(has(text, "\n  " + std::string(60, 'x') + "\n  " + std::string(5, 'x') + "\n  A2 "));
  CHECK_FALSE(has(text, std::string(61, 'x')));
}

TEST_CASE("a page has room for signatures, that of a draft has not") {
  model::Library library = example::library();
  CHECK(has(statement_html(library, example::statement(), false, "Savings"),
            "<p>For commissioner South Sefton (01T)</p>"));
  library.agreements[0].lines.status = model::Status::draft;
  CHECK_FALSE(has(statement_html(library, example::statement(), false, "Savings"), "<p>For commissioner"));
}
