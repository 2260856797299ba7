#include "accounts_sample.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

namespace {

const std::string market_price_columns = "id,supplied,commissioner,provider,molecule,quantity,unit_price,market_price";
const std::string after = "  after pay lowest market_price";
const std::string period = "2019-01-01 to 2019-06-20";

Statement statement_after_period(const std::vector<std::string>& lines, const std::string& further = after,
                                 AccountOptions options = {}) {
  return Ledger(gain_share(further, period), std::move(options)).file(market_price_columns, lines).settle();
}

}  // namespace

TEST_CASE("after the period what a line costs over the lowest price of its month is reported, and nothing shared") {
  const Statement statement = statement_after_period(
      {"A1,2019-07-05,01T,RXA,adalimumab,2,£60.00,£55.00", "A2,2019-07-06,01V,RXB,adalimumab,1,£52.00,£50.00",
       "A3,2019-07-31,01T,RXA,adalimumab,3,£49.00,£51.00", "A4,2019-08-01,01T,RXA,adalimumab,1,£60.00,£58.00"});
  CHECK(told(statement) ==
        Told{// The lowest of July is £50.00, whoever was charged: 2 x £60 - 2 x £50 = £20; £49 is less than £50.
             "2019-07 SouthSefton ods:RXA: excess £20.00",
             // The lowest of August is £58.00.
             "2019-08 SouthSefton ods:RXA: excess £2.00", "2019-07 SouthportFormby ods:RXB: excess £2.00"});
  CHECK(statement.settlements[0].lines == 2);
  CHECK(statement.settlements[0].saving == 0);
}

TEST_CASE("a credit takes back what its charge was over the lowest price") {
  // 2 x (£100 - £70) twice, and once back.
  const std::vector<std::string> lines = {
      "A1,2019-07-05,01T,RXA,adalimumab,2,£100.00,£70.00", "A2,2019-07-06,01T,RXA,adalimumab,-2,£100.00,£70.00",
      "A3,2019-07-31,01T,RXA,adalimumab,2,£100.00,£70.00", "A4,2019-08-01,01T,RXA,adalimumab,-1,£60.00,£50.00",
      // What was charged less than the lowest price is no excess, and neither is its credit.
      "A5,2019-09-01,01T,RXA,adalimumab,-2,£40.00,£50.00"};
  const Statement statement = statement_after_period(lines, after, {{}, false, true});
  CHECK(told(statement) == Told{"2019-07 SouthSefton ods:RXA: excess £60.00",
                                "2019-08 SouthSefton ods:RXA: excess -£10.00",
                                "2019-09 SouthSefton ods:RXA: excess £0.00"});
  REQUIRE(statement.settlements[0].detail.size() == 3);
  CHECK(statement.settlements[0].detail[1].saving == -60 * value::decimal_scale);
}

TEST_CASE("a credit of money alone, with no quantity, is taken off the excess") {
  const std::string by_charge = "  saving baseline * quantity - unit_price\n" + after;
  CHECK(told(statement_after_period(
            {"A1,2019-07-05,01T,RXA,adalimumab,2,£200.00,£70.00", "A2,2019-07-06,01T,RXA,adalimumab,0,-£25.00,£70.00"},
            by_charge)) == Told{"2019-07 SouthSefton ods:RXA: excess £35.00"});
}

TEST_CASE("without that line nothing after the period is covered") {
  const Statement statement = statement_after_period({"A1,2019-06-21,01T,RXA,adalimumab,2,£60.00,£55.00"}, "");
  CHECK(statement.settlements.empty());
  CHECK(statement.not_covered == 1);
}

TEST_CASE("the month in which the period ends is a settlement and an excess, with one lowest price") {
  const Statement statement = statement_after_period(
      {"A1,2019-06-20,01T,RXA,adalimumab,1,£60.00,£50.00", "A2,2019-06-21,01T,RXA,adalimumab,1,£60.00,£55.00",
       "A3,2019-06-01,01T,RXA,adalimumab,1,,£45.00",          // left out: no price
       "A4,2019-05-31,01T,RXA,adalimumab,1,£60.00,£40.00"});  // of May
  CHECK(told(statement) == Told{"2019-05 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00",
                                "2019-06 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00, 1 left out; "
                                "1 line is left out: unit_price is missing",
                                // £60 - £50, the lowest of the lines that count in June.
                                "2019-06 SouthSefton ods:RXA: excess £10.00"});
  CHECK(statement.settlements[1].days.last == value::parse_date("2019-06-20"));
  CHECK(statement.settlements[2].days.first == value::parse_date("2019-06-21"));
}

TEST_CASE("the lowest price is that of the same drug") {
  const std::string both = "  covers molecule = \"adalimumab\" or molecule = \"etanercept\"\n" + after;
  CHECK(told(statement_after_period(
            {"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00", "A2,2019-07-05,01T,RXA,etanercept,1,£60.00,£30.00",
             "A3,2019-07-05,01T,RXA,etanercept,1,£40.00,£35.00"},
            both)) == Told{"2019-07 SouthSefton ods:RXA: excess £45.00"});  // £5 + £30 + £10
  CHECK(told(statement_after_period(
            {"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00", "A2,2019-07-05,01T,RXA,etanercept,1,£60.00,£30.00",
             "A3,2019-07-05,01T,RXA,etanercept,1,£40.00,£35.00"},
            both + " by provider")) == Told{"2019-07 SouthSefton ods:RXA: excess £70.00"});  // £30 + £30 + £10
}

TEST_CASE("the drugs that several threads come upon in different orders are the same drugs") {
  const std::string both = "  covers molecule = \"adalimumab\" or molecule = \"etanercept\"\n" + after;
  const Statement statement = Ledger(gain_share(both, period))
                                  .file(market_price_columns, {"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00",
                                                               "A2,2019-07-05,01T,RXA,etanercept,1,£60.00,£30.00",
                                                               "A3,2019-07-05,01T,RXA,etanercept,1,£60.00,£60.00",
                                                               "A4,2019-07-05,01T,RXA,adalimumab,1,£60.00,£60.00"})
                                  .lines_in_block(1)
                                  .clerks(2)
                                  .settle();
  CHECK(told(statement) == Told{"2019-07 SouthSefton ods:RXA: excess £70.00"});  // £5 + £30 + £30 + £5
}

TEST_CASE("a line without its lowest price is left out, and a corrected one gives none") {
  const Statement statement = statement_after_period(
      {"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00", "A2,2019-07-05,01T,RXA,adalimumab,1,£60.00,",
       "A3,2019-07-05,01T,RXA,adalimumab,1,£60.00,£10.00", "A3,2019-07-05,01T,RXA,adalimumab,1,£60.00,£52.00"});
  CHECK(told(statement) == Told{"2019-07 SouthSefton ods:RXA: excess £16.00, 1 left out, 1 corrected; "
                                "1 line is left out: market_price is missing"});  // £60 - £52, twice
}

TEST_CASE("a line of which it is not known what drug it is of is left out after the period") {
  const std::string by_molecule = "  covers quantity > 0\n" + after + " by molecule";
  CHECK(
      told(statement_after_period({"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00",
                                   "A2,2019-07-05,01T,RXA,,1,£60.00,£10.00", "A3,2019-06-05,01T,RXA,,1,£60.00,£10.00"},
                                  by_molecule)) == Told{"2019-06 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00",
                                                        "2019-07 SouthSefton ods:RXA: excess £5.00, 1 left out; "
                                                        "1 line is left out: molecule is missing"});
}

TEST_CASE("a line after the last value of a threshold that it depends on is left out, and says of which") {
  const std::string threshold = "threshold tax: number { 1.2 from 2018-01-01 to 2019-06-30 }\n";
  const std::string saving = "  saving (baseline - unit_price * tax) * quantity\n";
  CHECK(told(Ledger(threshold + gain_share(saving + after, period))
                 .file(market_price_columns, {"A1,2019-06-30,01T,RXA,adalimumab,1,£50.00,£55.00",
                                              "A2,2019-07-01,01T,RXA,adalimumab,1,£50.00,£55.00"})
                 .settle()) ==
        Told{"2019-06 SouthSefton ods:RXA: excess £5.00",  // £50 x 1.2 - £55
             "2019-07 SouthSefton ods:RXA: excess £0.00, no lines, 1 left out; 1 line is left out: tax has no value"});
}

TEST_CASE("the excess of a month is told in pence, half to even, and its lines say what they cost too much") {
  const Statement statement = statement_after_period(
      {"A1,2019-07-05,01T,RXA,adalimumab,0.5,£60.01,£55.00", "A2,2019-07-06,01T,RXA,adalimumab,1,£55.00,£55.00"}, after,
      {{}, false, true});
  // 0.5 x £60.01 - 0.5 x £55.00 = £2.505, to the penny, half to even.
  CHECK(told(statement) == Told{"2019-07 SouthSefton ods:RXA: excess £2.50"});
  CHECK(statement.settlements[0].saving_of_lines == 2'505'000);
  const std::vector<StatementLine>& detail = statement.settlements[0].detail;
  REQUIRE(detail.size() == 2);
  CHECK(detail[0].saving == 2'505'000);
  CHECK(detail[1].saving == 0);
  std::string values;
  for (const NamedValue& value : detail[0].values) values += value.name + '=' + value.value + ' ';
  CHECK(values == "unit_price=£60.01 quantity=0.5 market_price=£55.00 lowest price=£55.00 ");
}

TEST_CASE("an excess that was reported before is compared with what it is now") {
  const std::vector<Settled> before = {
      {"sefton.adalimumab", {"SouthSefton", "ods:RXA"}, "2019-07", true, 3 * value::decimal_scale, {}},
      {"sefton.adalimumab", {"SouthSefton", "ods:RXA"}, "2019-06", true, 4 * value::decimal_scale, {}},
      {"sefton.adalimumab", {"SouthSefton", "ods:RXA"}, "2019-06", false, 0, {0, 0}}};
  const Statement statement = Ledger(gain_share(after, period))
                                  .file(market_price_columns, {"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00",
                                                               "A2,2019-07-05,01T,RXA,adalimumab,1,£54.00,£54.00"})
                                  .settle(before);
  CHECK(told(statement) == Told{"2019-06 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines",
                                "2019-06 SouthSefton ods:RXA: excess £0.00, no lines",
                                "2019-07 SouthSefton ods:RXA: excess £6.00"});
  CHECK(statement.settlements[0].days.last == value::parse_date("2019-06-20"));
  CHECK(statement.settlements[1].saving_before == 4 * value::decimal_scale);
  CHECK(statement.settlements[1].days.first == value::parse_date("2019-06-21"));
  CHECK(statement.settlements[2].saving_before == 3 * value::decimal_scale);
}

TEST_CASE("the excess is not rounded as savings are") {
  const Statement statement = Ledger(gain_share(after, period, "monthly rounded to £10 half even"))
                                  .file(market_price_columns, {"A1,2019-06-05,01T,RXA,adalimumab,1,£94.00,£94.00",
                                                               "A2,2019-07-05,01T,RXA,adalimumab,1,£16.30,£10.00"})
                                  .settle();
  // £6.00 saved is £10; £6.30 charged too much is that.
  CHECK(told(statement) ==
        Told{"2019-06 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00", "2019-07 SouthSefton ods:RXA: excess £6.30"});
}

TEST_CASE(
    "where the last day moves within a month, a saving is compared with the saving and an excess with the excess") {
  const std::vector<std::string> lines = {"A1,2019-06-10,01T,RXA,adalimumab,1,£60.00,£60.00",
                                          "A2,2019-06-15,01T,RXA,adalimumab,1,£80.00,£60.00"};
  const auto settle_to = [&](const char* last, const std::vector<Settled>& before) {
    return Ledger(gain_share(after, std::string("2019-01-01 to ") + last))
        .file(market_price_columns, lines)
        .settle(before);
  };
  const auto again = [&](const char* first, const char* second) {
    const Ledger ledger(gain_share(after, period));
    return settle_to(second, settled(settle_to(first, {}), ledger.library()));
  };
  const auto differences = [](const Settlement& settlement) {
    std::vector<std::optional<std::int64_t>> found;
    for (const Share& share : settlement.shares) found.push_back(share.difference);
    return found;
  };
  using Differences = std::vector<std::optional<std::int64_t>>;
  constexpr std::int64_t pound = value::decimal_scale;
  SECTION("later: what was an excess is a saving now") {
    // £40 were shared, and £80 - £60 = £20 reported. Now £40 + £20 are shared, and nothing is too much.
    const Statement statement = again("2019-06-12", "2019-06-20");
    CHECK(told(statement) == Told{"2019-06 SouthSefton ods:RXA: £60.00 = £30.00 + £30.00",
                                  "2019-06 SouthSefton ods:RXA: excess £0.00, no lines"});
    CHECK(statement.settlements[0].saving_before == 40 * pound);
    CHECK(differences(statement.settlements[0]) == Differences{10 * pound, 10 * pound});
    CHECK(statement.settlements[1].saving_before == 20 * pound);
  }
  SECTION("earlier: what was shared is not any more") {
    // £60 were shared. Now nothing is, and £20 are too much.
    const Statement statement = again("2019-06-20", "2019-05-31");
    CHECK(told(statement) == Told{"2019-06 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines",
                                  "2019-06 SouthSefton ods:RXA: excess £20.00"});
    CHECK(statement.settlements[0].saving_before == 60 * pound);
    CHECK(differences(statement.settlements[0]) == Differences{-30 * pound, -30 * pound});
    CHECK_FALSE(statement.settlements[1].saving_before);
  }
}
