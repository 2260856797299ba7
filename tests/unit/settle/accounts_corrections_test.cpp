#include "accounts_sample.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

namespace {

const std::string version_columns = "id,supplied,commissioner,provider,molecule,quantity,unit_price,version,sent";

Statement corrected_statement(const std::string& agreement, const std::vector<std::string>& lines) {
  return Ledger(agreement).file(version_columns, lines).settle();
}

}  // namespace

TEST_CASE("of the lines of one id only the last counts") {
  const Statement statement =
      corrected_statement(gain_share(), {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,",  // £10
                                         "A2,2019-01-05,01T,RXA,adalimumab,1,£95.00,,",
                                         "A1,2019-01-06,01T,RXA,adalimumab,1,£80.00,,",    // £20
                                         "A1,2019-01-06,01T,RXA,adalimumab,2,£80.00,,"});  // £40
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £45.00 = £22.50 + £22.50, 2 corrected"});
  CHECK(statement.settlements[0].lines == 2);
  CHECK(statement.records == 4);
}

TEST_CASE("what a corrected line deducts is not deducted") {
  CHECK(told(Ledger(gain_share("  deduct blueteq_cost from provider"))
                 .file("id,supplied,commissioner,provider,molecule,quantity,unit_price,blueteq_cost",
                       {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,£3.00",
                        "A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,£1.00"})
                 .settle()) == Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00 (net £4.00), 1 corrected"});
}

TEST_CASE("a later file corrects an earlier one") {
  Ledger ledger(gain_share());
  ledger.file(version_columns,
              {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,", "A2,2019-01-05,01T,RXA,adalimumab,1,£90.00,,"});
  ledger.file(version_columns, {"A1,2019-01-05,01T,RXA,adalimumab,1,£99.00,,"});
  CHECK(told(ledger.settle()) == Told{"2019-01 SouthSefton ods:RXA: £11.00 = £5.50 + £5.50, 1 corrected"});
}

TEST_CASE("a corrected line takes its saving from one month and pair to another") {
  CHECK(told(corrected_statement(
            gain_share(),
            {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,", "A1,2019-02-05,01T,RXA,adalimumab,1,£90.00,,",
             "A2,2019-01-05,01V,RXA,adalimumab,1,£90.00,,", "A2,2019-01-05,01T,RXB,adalimumab,1,£90.00,,"})) ==
        Told{"2019-02 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00",
             "2019-01 SouthSefton ods:RXB: £10.00 = £5.00 + £5.00"});
}

TEST_CASE("a line whose last word is not covered, left out or undecided does not count as it was before") {
  const std::string first = "A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,";
  SECTION("of another drug") {
    const Statement statement =
        corrected_statement(gain_share(), {first, "A1,2019-01-05,01T,RXA,infliximab,1,£90.00,,"});
    CHECK(told(statement) == Told{});
    CHECK(statement.not_covered == 1);
  }
  SECTION("before the period") {
    CHECK(told(corrected_statement(gain_share(), {first, "A1,2018-12-31,01T,RXA,adalimumab,1,£90.00,,"})) == Told{});
  }
  SECTION("without its price") {
    CHECK(told(corrected_statement(gain_share(), {first, "A1,2019-01-05,01T,RXA,adalimumab,1,,,"})) ==
          Told{"2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 1 left out, 1 corrected; "
               "1 line is left out: unit_price is missing"});
  }
  SECTION("without its drug") {
    const Statement statement = corrected_statement(gain_share(), {first, "A1,2019-01-05,01T,RXA,,1,£90.00,,"});
    CHECK(told(statement) == Told{});
    CHECK(statement.undecided == 1);
  }
}

TEST_CASE(
    "a line that was left out, not covered or undecided counts as it is corrected, and nothing is said of the first") {
  const std::string last = "A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,";
  SECTION("without its price") {
    CHECK(told(corrected_statement(gain_share(), {"A1,2019-01-05,01T,RXA,adalimumab,1,,,", last})) ==
          Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00, 1 corrected"});
  }
  SECTION("of another drug, of no drug, of no provider") {
    for (const char* first : {"A1,2019-01-05,01T,RXA,infliximab,1,£90.00,,", "A1,2019-01-05,01T,RXA,,1,£90.00,,",
                              "A1,2019-01-05,01T,,adalimumab,1,£90.00,,"}) {
      const Statement statement = corrected_statement(gain_share(), {first, last});
      CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00"});
      CHECK(statement.not_covered == 0);
      CHECK(statement.undecided == 0);
      CHECK(statement.notes.empty());
    }
  }
}

TEST_CASE("`corrected by` says which line of an id is the last, whatever the order of the input") {
  const std::string agreement = gain_share("  corrected by version");
  const std::string second = "A1,2019-01-05,01T,RXA,adalimumab,1,£80.00,2,";
  const std::string first = "A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,1,";
  const std::string without = "A1,2019-01-05,01T,RXA,adalimumab,1,£70.00,,";
  const Told of_second = {"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00, 2 corrected"};
  CHECK(told(corrected_statement(agreement, {first, second, without})) == of_second);
  CHECK(told(corrected_statement(agreement, {without, second, first})) == of_second);
  CHECK(told(corrected_statement(agreement, {second, without, first})) == of_second);
  SECTION("of two of one version the later in the input") {
    CHECK(told(corrected_statement(agreement, {second, "A1,2019-01-05,01T,RXA,adalimumab,1,£60.00,2.0,"})) ==
          Told{"2019-01 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00, 1 corrected"});
  }
  SECTION("by a date") {
    CHECK(told(corrected_statement(gain_share("  corrected by sent"),
                                   {"A1,2019-01-05,01T,RXA,adalimumab,1,£80.00,,2019-03-01",
                                    "A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,2019-02-01"})) ==
          Told{"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00, 1 corrected"});
  }
}

TEST_CASE("agreements that are corrected by different facts each have their own last line") {
  std::string second = gain_share("  corrected by sent");
  second.replace(second.find("adalimumab"), 10, "second");
  const Statement statement = corrected_statement(gain_share("  corrected by version") + second,
                                                  {"A1,2019-01-05,01T,RXA,adalimumab,1,£80.00,2,2019-01-01",
                                                   "A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,1,2019-02-01"});
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00, 1 corrected",
                                "2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00, 1 corrected"});
}

TEST_CASE("lines without an id are each their own, and ids differ in any character") {
  const std::string thirty = "123456789012345678901234567890";
  const std::string line = ",2019-01-05,01T,RXA,adalimumab,1,£99.00,,";
  const Statement statement = corrected_statement(
      gain_share(), {line, line, "a" + line, "A" + line, "A A" + line, "12345678901234" + line,
                     "123456789012345" + line, "1234567890123456" + line, thirty + "1" + line, thirty + "2" + line});
  CHECK(statement.settlements[0].lines == 10);
  CHECK(statement.settlements[0].corrected == 0);
  SECTION("and those that do not are one, short or long") {
    const Statement again = corrected_statement(gain_share(), {"A1" + line, "A1" + line, "123456789012345" + line,
                                                               "123456789012345" + line, thirty + line, thirty + line});
    CHECK(again.settlements[0].lines == 3);
    CHECK(again.settlements[0].corrected == 3);
  }
}

TEST_CASE("blanks round an id, and what does not show there, do not make it another") {
  const std::string line = ",2019-01-05,01T,RXA,adalimumab,1,£90.00,,";
  // A no-break space behind it, a zero-width space before it.
  CHECK(told(corrected_statement(gain_share(), {"A1" + line, " A1 " + line, "A1\u00a0" + line, "\u200bA1" + line})) ==
        Told{"2019-01 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00, 3 corrected"});
  SECTION("and nothing but blanks is no id") {
    CHECK(told(corrected_statement(gain_share(), {" " + line, "\u00a0" + line})) ==
          Told{"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00"});
  }
}

TEST_CASE("what was settled before and has no line left says where its lines went") {
  const std::string line = ",01T,RXA,adalimumab,1,£90.00,,";
  const Ledger first = Ledger(gain_share()).file(version_columns, {"A1,2019-01-05" + line, "A2,2019-01-06" + line});
  Ledger second = first;
  second.file(version_columns, {"A1,2019-02-05" + line, "A2,2019-02-06" + line});
  CHECK(told(second.settle()) == Told{"2019-02 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00"});
  CHECK(told(second.settle(settled(first.settle(), first.library()))) ==
        Told{"2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 2 corrected; "
             "2 lines of it have been set aside for a later one of the same id",
             "2019-02 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00"});
}

TEST_CASE("settling again after corrections gives what is still to be paid, and what is to be paid back") {
  const std::string agreement = gain_share();
  const Ledger first = Ledger(agreement).file(
      version_columns, {"A1,2019-01-05,01T,RXA,adalimumab,1,£90.00,,", "A2,2019-02-05,01T,RXA,adalimumab,1,£79.99,,",
                        "A3,2019-03-05,01T,RXA,adalimumab,1,£90.00,,"});
  const std::vector<Settled> before = settled(first.settle(), first.library());
  Ledger second = first;
  second.file(version_columns, {"A1,2019-01-05,01T,RXA,adalimumab,1,£89.99,,",  // a penny more
                                "A3,2019-03-05,01T,RXA,infliximab,1,£90.00,,",  // not covered any more
                                "A4,2019-04-05,01T,RXA,adalimumab,1,£90.00,,"});
  const Statement statement = second.settle(before);
  REQUIRE(statement.settlements.size() == 4);
  const auto differences = [&](std::size_t number) {
    std::vector<std::optional<std::int64_t>> found;
    for (const Share& share : statement.settlements[number].shares) found.push_back(share.difference);
    return found;
  };
  using Differences = std::vector<std::optional<std::int64_t>>;
  constexpr std::int64_t penny = 10'000;
  // £10.01 is £5.01 and £5.00, £10.00 was £5.00 and £5.00.
  CHECK(differences(0) == Differences{penny, 0});
  CHECK(statement.settlements[0].saving_before == 1000 * penny);
  CHECK(statement.settlements[0].shares[0].before == 500 * penny);
  CHECK(differences(1) == Differences{0, 0});
  CHECK(differences(2) == Differences{-500 * penny, -500 * penny});
  CHECK(differences(3) == Differences{{}, {}});
  CHECK_FALSE(statement.settlements[3].saving_before);
  SECTION("and once more, nothing") {
    for (const Settlement& settlement : second.settle(settled(statement, second.library())).settlements) {
      CHECK(settlement.saving == settlement.saving_before);
      for (const Share& share : settlement.shares) CHECK(share.difference == 0);
    }
  }
}

TEST_CASE("a settlement of which no line is left is paid back, even where its line was never read again") {
  const Ledger ledger = Ledger(gain_share()).file(version_columns, {"A1,2019-02-05,01T,RXA,adalimumab,1,£90.00,,"});
  constexpr std::int64_t pound = value::decimal_scale;
  const std::vector<std::string> parties = {"SouthSefton", "ods:RXA"};
  const std::vector<Settled> before = {
      {"sefton.adalimumab", parties, "2019-01", false, 20 * pound, {10 * pound, 8 * pound}},
      {"sefton.adalimumab", {"Luton", "ods:RXA"}, "2019-Q1", false, 6 * pound, {3 * pound, 3 * pound}},
      {"sefton.adalimumab", parties, "2018-12", false, 2 * pound, {pound, pound}},
      {"sefton.adalimumab", parties, "last year", false, 2 * pound, {pound, pound}},
      {"sefton.infliximab", parties, "2019-01", false, 2 * pound, {pound, pound}}};
  const Statement statement = ledger.settle(before);
  CHECK(told(statement) == Told{"2019-Q1 Luton ods:RXA: £0.00 = £0.00 + £0.00, no lines",
                                "2018-12 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines",
                                "2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines",
                                "2019-02 SouthSefton ods:RXA: £10.00 = £5.00 + £5.00"});
  CHECK(statement.settlements[0].days.last == value::parse_date("2019-03-31"));
  CHECK(statement.settlements[2].shares[1].difference == -8 * pound);
  CHECK_FALSE(statement.settlements[3].saving_before);
  CHECK(statement.notes == Told{"sefton.adalimumab: an earlier settlement is of `last year`, which is no period",
                                "sefton.infliximab: was settled before, and is not settled now"});
}
