#include "accounts_sample.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

namespace {

const std::string deduction_columns = "id,supplied,commissioner,provider,molecule,quantity,unit_price,blueteq_cost";

}  // namespace

TEST_CASE("what is assumed of lines that do not say it is told of their settlement, and of each") {
  Ledger ledger(gain_share("  deduct sent_cost from provider"), {{}, false, true});
  ledger.file("id,supplied,commissioner,provider,molecule,quantity,unit_price,sent_cost,version",
              {"A1,2019-01-05,01T,RXA,adalimumab,1,£50.00,£1.00,1", "A2,2019-01-05,01T,RXA,adalimumab,1,£50.00,,1",
               "A3,2019-01-05,01T,RXA,adalimumab,1,£50.00,,1", "A3,2019-01-05,01T,RXA,adalimumab,1,£60.00,,2",
               "A4,2019-02-05,01T,RXA,adalimumab,1,£50.00,£1.00,1"});
  const Statement statement = ledger.settle();
  REQUIRE(statement.settlements.size() == 2);
  const Settlement& january = statement.settlements[0];
  REQUIRE(january.assumed.size() == 1);
  CHECK(january.assumed[0].fact.name == "sent_cost");
  CHECK(january.assumed[0].fact.value == "£2.00");
  // A3 counts once.
  CHECK(january.assumed[0].lines == 2);
  CHECK(january.shares[1].deducted == 5 * pound);
  REQUIRE(january.detail.size() == 3);
  CHECK(january.detail[0].assumed.empty());
  CHECK(january.detail[1].assumed.size() == 1);
  CHECK(statement.settlements[1].assumed.empty());
}

TEST_CASE("a ledger is settled by parties and month") {
  const Statement statement =
      Ledger(gain_share())
          .file(deduction_columns,
                {"A1,2019-01-05,01T,RXA,adalimumab,2,£62.33,", "A2,2019-01-31,01T,RXA,adalimumab,1,£65.33,",
                 "A3,2019-02-01,01T,RXA,adalimumab,1,£40.00,", "A4,2019-01-05,01V,RXA,adalimumab,1,£90.00,",
                 "A5,2019-01-05,01T,RXB,adalimumab,3,£99.99,", "A6,2019-01-05,01T,RXA,infliximab,5,£10.00,"})
          .settle();
  CHECK(told(statement) == Told{// 2 x £37.67 + £34.67 = £110.01. Half is £55.005: £55.00, and the rest.
                                "2019-01 SouthSefton ods:RXA: £110.01 = £55.01 + £55.00",
                                "2019-02 SouthSefton ods:RXA: £60.00 = £30.00 + £30.00",
                                // 3 x £0.01. Half is £0.015.
                                "2019-01 SouthSefton ods:RXB: £0.03 = £0.02 + £0.01",
                                "2019-01 SouthportFormby ods:RXA: £10.00 = £5.00 + £5.00"});
  CHECK(statement.records == 6);
  CHECK(statement.not_covered == 1);
  CHECK(statement.undecided == 0);
  CHECK(statement.notes.empty());
}

TEST_CASE("months at the start and at the end of the period have the days that are in it") {
  const Statement statement = Ledger(gain_share("", "2019-01-10 to 2019-02-20"))
                                  .file(deduction_columns, {"A1,2019-01-09,01T,RXA,adalimumab,1,£1.00,",  // before it
                                                            "A2,2019-01-10,01T,RXA,adalimumab,1,£98.00,",
                                                            "A3,2019-02-20,01T,RXA,adalimumab,1,£96.00,",
                                                            "A4,2019-02-21,01T,RXA,adalimumab,1,£1.00,"})  // after it
                                  .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £2.00 = £1.00 + £1.00",
                                "2019-02 SouthSefton ods:RXA: £4.00 = £2.00 + £2.00"});
  CHECK(statement.settlements[0].days.first == value::parse_date("2019-01-10"));
  CHECK(statement.settlements[1].days.last == value::parse_date("2019-02-20"));
  CHECK(statement.not_covered == 2);
}

TEST_CASE("a period of a month from 31 January ends on the day before the last of February") {
  const Statement statement = Ledger(gain_share("", "1 month from 2019-01-31"))
                                  .file(deduction_columns, {"A1,2019-01-31,01T,RXA,adalimumab,1,£98.00,",
                                                            "A2,2019-02-27,01T,RXA,adalimumab,1,£96.00,",
                                                            "A3,2019-02-28,01T,RXA,adalimumab,1,£1.00,"})
                                  .settle();
  // One month from 31 January is 28 February, the day after the last.
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £2.00 = £1.00 + £1.00",
                                "2019-02 SouthSefton ods:RXA: £4.00 = £2.00 + £2.00"});
  CHECK(statement.not_covered == 1);
}

TEST_CASE("quarters and years are settled as the calendar has them") {
  const std::vector<std::string> lines = {
      "A1,2018-12-31,01T,RXA,adalimumab,1,£99.00,", "A2,2019-01-01,01T,RXA,adalimumab,1,£98.00,",
      "A3,2019-03-31,01T,RXA,adalimumab,1,£96.00,", "A4,2019-04-01,01T,RXA,adalimumab,1,£92.00,"};
  CHECK(told(Ledger(gain_share("", "6 months from 2018-12-01", "quarterly rounded to 1p half even"))
                 .file(deduction_columns, lines)
                 .settle()) == Told{"2018-Q4 SouthSefton ods:RXA: £1.00 = £0.50 + £0.50",
                                    "2019-Q1 SouthSefton ods:RXA: £6.00 = £3.00 + £3.00",
                                    "2019-Q2 SouthSefton ods:RXA: £8.00 = £4.00 + £4.00"});
  CHECK(told(Ledger(gain_share("", "6 months from 2018-12-01", "yearly rounded to £1 down"))
                 .file(deduction_columns, lines)
                 .settle()) ==
        Told{"2018 SouthSefton ods:RXA: £1.00 = £0.50 + £0.50", "2019 SouthSefton ods:RXA: £14.00 = £7.00 + £7.00"});
}

TEST_CASE("a floor and a cap behind the saving hold for each line, those behind settle for the settlement") {
  const std::vector<std::string> lines = {"A1,2019-01-05,01T,RXA,adalimumab,1,£130.00,",   // -£30
                                          "A2,2019-01-06,01T,RXA,adalimumab,10,£95.00,",   // £50
                                          "A3,2019-02-06,01T,RXA,adalimumab,1,£150.00,"};  // -£50
  const auto of = [&](const std::string& saving, const std::string& settle) {
    return told(Ledger(gain_share("  saving (baseline - unit_price) * quantity " + saving, "6 months from 2019-01-01",
                                  "monthly rounded to 1p half even " + settle))
                    .file(deduction_columns, lines)
                    .settle());
  };
  CHECK(of("", "") == Told{"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00",
                           "2019-02 SouthSefton ods:RXA: -£50.00 = -£25.00 + -£25.00"});
  CHECK(of("floor £0", "") == Told{"2019-01 SouthSefton ods:RXA: £50.00 = £25.00 + £25.00",
                                   "2019-02 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00"});
  CHECK(of("floor £0 cap £40", "") == Told{"2019-01 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00",
                                           "2019-02 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00"});
  CHECK(of("", "floor -£10 cap £15") == Told{"2019-01 SouthSefton ods:RXA: £15.00 = £7.50 + £7.50",
                                             "2019-02 SouthSefton ods:RXA: -£10.00 = -£5.00 + -£5.00"});
}

TEST_CASE("what a party pays itself is taken from its share, which may not be enough") {
  const Statement statement = Ledger(gain_share("  deduct blueteq_cost from provider"))
                                  .file(deduction_columns, {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,£3.00",
                                                            "A2,2019-01-06,01T,RXA,adalimumab,1,£90.00,£4.505",
                                                            "A3,2019-02-06,01T,RXA,adalimumab,1,£98.00,£4.00"})
                                  .settle();
  // £7.505 is £7.50, half to even; £10.00 - £7.50. In February £1.00 - £4.00.
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00 (net £2.50)",
                                "2019-02 SouthSefton ods:RXA: £2.00 = £1.00 + £1.00 (net -£3.00)"});
}

TEST_CASE("every share but the one written first is rounded down, and the first takes the rest") {
  const auto of = [](const std::string& between, const std::string& shares) {
    return told(Ledger(gain_share("  between " + between + "\n" + shares))
                    .file(deduction_columns, {"A1,2019-01-05,01T,RXA,adalimumab,1,£89.99,"})
                    .settle());
  };
  CHECK(of("commissioner and provider", "  share commissioner 50%, provider 50%") ==
        Told{"2019-01 SouthSefton ods:RXA: £10.01 = £5.01 + £5.00"});
  CHECK(of("commissioner and provider", "  share provider 50%, commissioner 50%") ==
        Told{"2019-01 SouthSefton ods:RXA: £10.01 = £5.00 + £5.01"});
  SECTION("in the share of the first pound on, whatever the tiers above it say first") {
    CHECK(of("commissioner and provider",
             "  share above £1 in a year commissioner 50%, provider 50%\n  share provider 50%, commissioner 50%") ==
          Told{"2019-01 SouthSefton ods:RXA: £10.01 = £5.00 + £5.01"});
  }
  SECTION("and a party whose share is nothing gets nothing, though it is written first") {
    CHECK(of("commissioner, molecule and provider", "  share commissioner 0%, provider 50%, molecule 50%") ==
          Told{"2019-01 SouthSefton \"adalimumab\" ods:RXA: £10.01 = £0.00 + £5.00 + £5.01"});
  }
}

TEST_CASE("tiers and caps run over the year of the pair of parties") {
  const std::string lines = R"(  share commissioner 50%, provider 50%
  share above £100 in a year commissioner 70%, provider 30%
  cap provider £60 per year)";
  const Statement statement =
      Ledger(gain_share(lines, "18 months from 2019-01-01"))
          .file(deduction_columns,
                {"A1,2019-01-05,01T,RXA,adalimumab,1,£20.00,", "A2,2019-02-05,01T,RXA,adalimumab,1,£20.00,",
                 "A3,2019-02-05,01V,RXA,adalimumab,1,£20.00,", "A4,2020-01-05,01T,RXA,adalimumab,1,£20.00,"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £80.00 = £40.00 + £40.00",
                                // £20 at 50% and £60 at 30%: £10 + £18 = £28, of which £20 are within the cap.
                                "2019-02 SouthSefton ods:RXA: £80.00 = £60.00 + £20.00",
                                // Another year.
                                "2020-01 SouthSefton ods:RXA: £80.00 = £40.00 + £40.00",
                                // Another pair.
                                "2019-02 SouthportFormby ods:RXA: £80.00 = £40.00 + £40.00"});
  CHECK(statement.settlements[1].saving_of_year == 160 * value::decimal_scale);
  CHECK(statement.settlements[1].shares[1].capped == 8 * value::decimal_scale);
}

TEST_CASE("lines are of the year of the period that they lie in, though their settlement has lines of two") {
  const std::string lines = R"(  share commissioner 50%, provider 50%
  cap provider £60 per year)";
  SECTION("a quarter") {
    const Statement statement =
        Ledger(gain_share(lines, "36 months from 2018-12-01", "quarterly rounded to 1p half even"))
            .file(deduction_columns,
                  {"A1,2018-12-02,01T,RXA,adalimumab,2,£0.00,", "A2,2019-11-30,01T,RXA,adalimumab,1,£90.00,",
                   "A3,2019-12-01,01T,RXA,adalimumab,1,£0.00,", "A4,2020-01-01,01T,RXA,adalimumab,1,£80.00,"})
            .settle();
    CHECK(
        told(statement) ==
        Told{"2018-Q4 SouthSefton ods:RXA: £200.00 = £140.00 + £60.00",
             // £10 of the first year, of which the cap leaves nothing, and half of £100 of the second.
             "2019-Q4 SouthSefton ods:RXA: £110.00 = £60.00 + £50.00; its saving is of two years of the period: £10.00 "
             "of the year from 2018-12-01, £100.00 of the year from 2019-12-01",
             // £10 are left.
             "2020-Q1 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00"});
    CHECK(statement.settlements[1].saving_of_year == 100 * value::decimal_scale);
    CHECK(statement.settlements[2].saving_of_year == 120 * value::decimal_scale);
  }
  SECTION("a month of a period that begins within one") {
    const Statement statement =
        Ledger(gain_share(lines, "36 months from 2018-12-15"))
            .file(deduction_columns,
                  {"A1,2018-12-20,01T,RXA,adalimumab,2,£0.00,", "A2,2019-12-20,01T,RXA,adalimumab,1,£0.00,",
                   "A3,2020-12-14,01T,RXA,adalimumab,1,£0.00,", "A4,2020-12-15,01T,RXA,adalimumab,1,£0.00,"})
            .settle();
    CHECK(statement.settlements[0].shares[1].amount == 60 * value::decimal_scale);
    CHECK(statement.settlements[1].shares[1].amount == 50 * value::decimal_scale);
    // £10 that were left of the second year, and £50 of the third.
    CHECK(statement.settlements[2].shares[1].amount == 60 * value::decimal_scale);
    CHECK(statement.settlements[2].of_years.size() == 2);
  }
  SECTION("a quarter that ends in a year of which it has no lines") {
    const Statement statement =
        Ledger(gain_share(lines, "36 months from 2018-12-01", "quarterly rounded to 1p half even"))
            .file(deduction_columns,
                  {"A1,2019-11-30,01T,RXA,adalimumab,1,£0.00,", "A2,2020-01-01,01T,RXA,adalimumab,1,£0.00,"})
            .settle();
    CHECK(statement.settlements[0].of_years[0].saving_of_year == 100 * value::decimal_scale);
    CHECK(statement.settlements[0].saving_of_year == 0);
    CHECK(statement.settlements[1].saving_of_year == 100 * value::decimal_scale);
  }
}

TEST_CASE("a place that is not declared is not said to be missing") {
  const Statement statement =
      Ledger(gain_share()).file(deduction_columns, {"A1,2019-01-05,Nowhere,RXA,adalimumab,1,£90.00,"}).settle();
  CHECK(statement.notes ==
        Told{"sefton.adalimumab: 1 line is left out: commissioner: `Nowhere` is not a declared place"});
}

TEST_CASE("a party whose name is blank is missing, and blanks round it do not make it another") {
  const std::string lines = "  between commissioner and patient\n  share commissioner 50%, patient 50%";
  const Statement statement =
      Ledger(gain_share(lines))
          .file(
              "id,supplied,commissioner,patient,molecule,quantity,unit_price",
              {"A1,2019-01-05,01T,P,adalimumab,1,£90.00", "A2,2019-01-05,01T,P ,adalimumab,1,£90.00",
               "A3,2019-01-05,01T,\u00a0P,adalimumab,1,£90.00", "A4,2019-01-05,01T,\u200b \u00a0,adalimumab,1,£90.00"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton \"P\": £30.00 = £15.00 + £15.00; "
                                "1 line may be of it, and is left out: patient is missing"});
  CHECK(statement.notes == Told{"sefton.adalimumab: 1 line is left out: patient is missing"});
}

TEST_CASE("thresholds hold by place and by date") {
  const std::string threshold = R"(threshold original_price: money {
  may vary from £50 to £200
  £100 from 2018-01-01
  £90 from 2019-02-01
  in SouthportFormby £80 from 2018-01-01
}
)";
  const std::string lines = "  baseline original_price\n  placed by commissioner\n  in SouthSefton, SouthportFormby";
  const Statement statement =
      Ledger(threshold + gain_share(lines))
          .file(deduction_columns,
                {"A1,2019-01-31,01T,RXA,adalimumab,1,£60.00,", "A2,2019-02-01,01T,RXA,adalimumab,1,£60.00,",
                 "A3,2019-01-31,01V,RXA,adalimumab,1,£60.00,", "A4,2019-02-01,01V,RXA,adalimumab,1,£60.00,",
                 "A5,2019-02-01,06P,RXA,adalimumab,1,£60.00,"})  // outside
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00",
                                "2019-02 SouthSefton ods:RXA: £30.00 = £15.00 + £15.00",
                                "2019-01 SouthportFormby ods:RXA: £20.00 = £10.00 + £10.00",
                                "2019-02 SouthportFormby ods:RXA: £20.00 = £10.00 + £10.00"});
  CHECK(statement.not_covered == 1);
}

TEST_CASE("a line with a missing fact is left out, counted, and the settlement says so") {
  const Statement statement = Ledger(gain_share("  deduct blueteq_cost from provider"))
                                  .file(deduction_columns, {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,£1.00",
                                                            "A2,2019-01-05,01T,RXA,adalimumab,1,,£1.00",   // no price
                                                            "A3,2019-01-06,01T,RXA,adalimumab,1,,£1.00",   // nor here
                                                            "A4,2019-01-07,01T,RXA,adalimumab,,,",         // nothing
                                                            "A5,2019-02-07,01T,RXA,adalimumab,1,£90.00,",  // no cost
                                                            "A6,2019-01-07,01T,RXA,,1,£90.00,£1.00",  // which drug?
                                                            "A7,,01T,RXA,adalimumab,1,£90.00,£1.00",  // when?
                                                            "A8,,01T,RXA,infliximab,1,£90.00,£1.00",
                                                            "A9,2019-01-07,01T,,adalimumab,1,£90.00,£1.00"})  // who?
                                  .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00 (net £4.00), 3 left out; "
                                "1 line is left out: quantity, unit_price and blueteq_cost are missing; "
                                "2 lines are left out: unit_price is missing; "
                                "1 line may be of it, and is left out: molecule is missing; "
                                "1 line may be of it, and is left out: provider is missing; "
                                "1 line may be of it, and is left out: supplied is missing",
                                "2019-02 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 1 left out; "
                                "1 line is left out: blueteq_cost is missing; "
                                "1 line may be of it, and is left out: supplied is missing"});
  CHECK(statement.records == 9);
  CHECK(statement.undecided == 1);
  CHECK(statement.not_covered == 1);
  CHECK(statement.notes == Told{"sefton.adalimumab: 1 line is left out: provider is missing",
                                "sefton.adalimumab: 1 line is left out: supplied is missing",
                                "sefton.adalimumab: whether it covers 1 line is not known: molecule is missing"});
}

TEST_CASE("a line that may be of a settlement is told there, and nowhere that its day or a party of it rules out") {
  const Statement statement =
      Ledger(gain_share())
          .file(deduction_columns,
                {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,", "A2,2019-01-05,01T,RXB,adalimumab,1,£90.00,",
                 "A3,2019-02-05,01T,RXA,adalimumab,1,£90.00,", "A4,2019-02-06,01T,,adalimumab,1,£90.00,",
                 "A5,2019-02-07,01T,RXC,,1,£90.00,", "A6,,01T,RXB,adalimumab,1,£90.00,"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00",
                                "2019-02 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00; "
                                "1 line may be of it, and is left out: provider is missing",
                                "2019-01 SouthSefton ods:RXB: £10.00 = £5.00 + £5.00; "
                                "1 line may be of it, and is left out: supplied is missing"});
}

TEST_CASE("a settlement without a line that counts saves nothing, whatever its floor, and its year goes on") {
  const Statement statement =
      Ledger(gain_share("", "6 months from 2019-01-01", "monthly rounded to 1p half even floor £50"))
          .file(deduction_columns,
                {"A1,2019-01-05,01T,RXA,adalimumab,1,£40.00,", "A2,2019-02-05,01T,RXA,adalimumab,1,,",
                 "A3,2019-03-05,01T,RXA,adalimumab,1,£60.00,"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £60.00 = £30.00 + £30.00",
                                "2019-02 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 1 left out; "
                                "1 line is left out: unit_price is missing",
                                "2019-03 SouthSefton ods:RXA: £50.00 = £25.00 + £25.00"});
  CHECK(statement.settlements[1].saving_of_year == 60 * value::decimal_scale);
  CHECK(statement.settlements[2].saving_of_year == 110 * value::decimal_scale);
}

TEST_CASE("a value that cannot be worked out leaves the line out, and says why") {
  const Statement statement = Ledger(gain_share("  saving baseline / quantity - unit_price"))
                                  .file(deduction_columns, {"A1,2019-01-05,01T,RXA,adalimumab,0,£90.00,",
                                                            "A2,2019-01-05,01T,RXA,adalimumab,1,£90.00,"})
                                  .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00, 1 left out; "
                                "1 line is left out: division by zero in `saving`"});
}

TEST_CASE(
    "without its place a line is left out where that matters to what it is worth, and undecided where to whether") {
  const std::string threshold = R"(threshold original_price: money {
  may vary from £50 to £200
  £100 from 2018-01-01
  in Luton £80 from 2018-01-01
}
)";
  const std::string between =
      "  between provider and patient\n  share provider 50%, patient 50%\n  placed by commissioner\n";
  const auto statement_with = [&](const std::string& lines) {
    return Ledger(threshold + gain_share(between + lines))
        .file(deduction_columns + ",patient", {"A1,2019-01-05,,RXA,adalimumab,1,£90.00,,P1"})
        .settle();
  };
  const Statement anywhere = statement_with("  baseline original_price");
  CHECK(told(anywhere) == Told{"2019-01 ods:RXA \"P1\": £0.00 = £0.00 + £0.00, no lines, 1 left out; "
                               "1 line is left out: commissioner is missing"});
  const Statement in_places = statement_with("  baseline £100\n  in SouthSefton");
  CHECK(told(in_places).empty());
  CHECK(in_places.undecided == 1);
  CHECK(in_places.notes == Told{"sefton.adalimumab: whether it covers 1 line is not known: commissioner is missing"});
}

TEST_CASE("a line that is covered in some of the places that it may have is undecided") {
  const std::string threshold = R"(threshold fewest: number {
  may vary from 1 to 10
  3 from 2018-01-01
  in SouthSefton 1 from 2018-01-01
  in Luton 5 from 2018-01-01
}
)";
  const std::string lines =
      "  covers quantity >= fewest\n  between provider and patient\n  share provider 50%, patient 50%\n  placed by "
      "commissioner\n";
  const Statement statement =
      Ledger(threshold + gain_share(lines))
          .file(deduction_columns + ",patient",
                {"A1,2019-01-05,,RXA,adalimumab,5,£90.00,,P1", "A2,2019-01-05,,RXA,adalimumab,4,£90.00,,P1",
                 "A3,2019-01-05,,RXA,adalimumab,1,£90.00,,P1", "A4,2019-01-05,,RXA,adalimumab,0,£90.00,,P1"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 ods:RXA \"P1\": £0.00 = £0.00 + £0.00, no lines, 1 left out; "
                                "1 line is left out: commissioner is missing; "
                                "2 lines may be of it, and are left out: commissioner is missing"});
  CHECK(statement.undecided == 2);
  CHECK(statement.not_covered == 1);
}

TEST_CASE("parties that are texts are told apart whatever block they are in") {
  const Statement statement =
      Ledger(gain_share("  between patient and molecule\n  share patient 50%, molecule 50%\n  covers quantity > 0"))
          .file("id,supplied,patient,molecule,quantity,unit_price",
                {"A1,2019-01-05,P1,x,1,£90.00", "A2,2019-01-05,P2,y,1,£90.00", "A3,2019-01-05,P1,y,1,£90.00",
                 "A4,2019-01-05,P1,x,1,£90.00"})
          .lines_in_block(1)
          .settle();
  CHECK(told(statement) == Told{"2019-01 \"P1\" \"x\": £20.00 = £10.00 + £10.00",
                                "2019-01 \"P1\" \"y\": £10.00 = £5.00 + £5.00",
                                "2019-01 \"P2\" \"y\": £10.00 = £5.00 + £5.00"});
}

TEST_CASE("a line is booked in each agreement that covers it") {
  std::string second = gain_share("  covers quantity > 1\n  share commissioner 10%, provider 90%");
  second.replace(second.find("adalimumab"), 10, "bulk");
  const Statement statement =
      Ledger(gain_share() + second)
          .file(deduction_columns,
                {"A1,2019-01-05,01T,RXA,adalimumab,2,£95.00,", "A2,2019-01-05,01T,RXA,infliximab,3,£99.00,",
                 "A3,2019-01-05,01T,RXA,infliximab,1,£99.00,", "A4,2019-01-05,01T,RXA,,1,£99.00,",
                 "A5,2019-01-05,01T,RXA,,,£99.00,"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00; "
                                "2 lines may be of it, and are left out: molecule is missing",
                                "2019-01 SouthSefton ods:RXA: £13.00 = £1.30 + £11.70; "
                                "1 line may be of it, and is left out: quantity is missing"});
  CHECK(statement.settlements[0].agreement == 0);
  CHECK(statement.settlements[1].agreement == 1);
  CHECK(statement.not_covered == 1);
  CHECK(statement.undecided == 2);  // lines, not agreements
}

TEST_CASE("drafts are settled only where they are asked for, and agreements by their name") {
  std::string draft = gain_share("  status draft\n  share commissioner 10%, provider 90%");
  draft.replace(draft.find("adalimumab"), 10, "draft_one");
  const auto statement_with = [&](AccountOptions options) {
    return told(Ledger(gain_share() + draft, std::move(options))
                    .file(deduction_columns, {"A1,2019-01-05,01T,RXA,adalimumab,2,£95.00,"})
                    .settle());
  };
  const std::string adopted = "2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00";
  const std::string drafted = "2019-01 SouthSefton ods:RXA: £10.00 = £1.00 + £9.00";
  CHECK(statement_with({}) == Told{adopted});
  CHECK(statement_with({{}, true, false}) == Told{adopted, drafted});
  CHECK(statement_with({{"sefton.draft_one"}, true, false}) == Told{drafted});
  CHECK(statement_with({{"adalimumab"}, true, false}) == Told{adopted});
  const auto checked = library_of(gain_share() + draft);
  const Accounts accounts(checked->library, 0, {{"draft_one", "nothing"}, false, false});
  CHECK(accounts.unknown_agreements() == Told{"nothing"});
  CHECK(accounts.empty());
}

TEST_CASE("a statement lists the lines that a settlement is made of") {
  Ledger ledger(gain_share("  deduct blueteq_cost from provider"), {{}, false, true});
  ledger.file(deduction_columns,
              {"B2,2019-01-06,01T,RXA,adalimumab,2,£90.00,£1.00", "A1,2019-01-06,01T,RXA,adalimumab,1,£90.00,£2.00",
               "A3,2019-01-05,01T,RXA,adalimumab,,£90.00,£1.00"});
  ledger.file(deduction_columns, {"B2,2019-01-06,01T,RXA,adalimumab,3,£90.00,£1.50"});
  const Statement statement = ledger.settle();
  REQUIRE(statement.settlements.size() == 1);
  const std::vector<StatementLine>& detail = statement.settlements[0].detail;
  REQUIRE(detail.size() == 3);
  CHECK(detail[0].id == "A3");
  CHECK(detail[0].line == 4);
  CHECK(detail[0].input == "file1.csv");
  CHECK(detail[0].left_out == "quantity is missing");
  CHECK(detail[1].id == "A1");
  CHECK(detail[1].saving == 10 * value::decimal_scale);
  CHECK(detail[1].deducted == std::vector<std::int64_t>{2 * value::decimal_scale});
  CHECK_FALSE(detail[1].corrected);
  CHECK(detail[2].id == "B2");
  CHECK(detail[2].input == "file2.csv");
  CHECK(detail[2].line == 2);
  CHECK(detail[2].corrected);
  CHECK(detail[2].saving == 30 * value::decimal_scale);
  std::string values;
  for (const NamedValue& value : detail[2].values) values += value.name + '=' + value.value + ' ';
  CHECK(values == "baseline=£100.00 unit_price=£90.00 quantity=3 blueteq_cost=£1.50 ");
}

TEST_CASE("a sum that money cannot hold is not settled") {
  // Twice £9,000,000,000,000 is more than the £9,223,372,036,854 that a sum of money can be.
  const std::vector<std::string> lines = {"A1,2019-01-05,01T,RXA,adalimumab,-1,£9000000000000,",
                                          "A2,2019-01-05,01T,RXA,adalimumab,-1,£9000000000000,",
                                          "A3,2019-02-05,01T,RXA,adalimumab,1,£90.00,"};
  const Statement statement = Ledger(gain_share()).file(deduction_columns, lines).settle();
  REQUIRE(statement.settlements.size() == 2);
  for (const Settlement& settlement : statement.settlements) {
    CHECK(settlement.shares.empty());
    CHECK(settlement.notes == Told{"it cannot be settled: a total of its year is out of range"});
  }
}
