#include "accounts_sample.hpp"

using namespace proviso;
using namespace proviso::settle;
using namespace proviso::settle::sample;

namespace {

const std::string unread_columns = "id,supplied,commissioner,provider,molecule,quantity,unit_price,version";

Ledger ledger_with_unread(const std::vector<std::string>& lines, const std::string& further = "",
                          AccountOptions options = {}) {
  Ledger ledger(gain_share(further), std::move(options));
  ledger.file(unread_columns, lines).with_unread_lines();
  return ledger;
}

}  // namespace

TEST_CASE("a line with a value that could not be read is left out of its settlement, which says so") {
  const Statement statement = ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,1,£50.00,1",
                                                  "A2,2019-01-06,01T,RXA,adalimumab,TBC,£50.00,1",
                                                  "A3,2019-01-07,01T,RXA,adalimumab,ten,£50.00,1"},
                                                 "", {{}, false, true})
                                  .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £50.00 = £25.00 + £25.00, 2 left out; "
                                "2 lines are left out: quantity could not be read"});
  // They are counted where the file is told of.
  CHECK(statement.records == 1);
  REQUIRE(statement.settlements[0].detail.size() == 3);
  CHECK(statement.settlements[0].detail[1].left_out == "quantity could not be read");
}

TEST_CASE("a line is left out though nothing that the agreement asks for is what could not be read") {
  const Statement statement = ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,1,£50.00,first"}).settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 1 left out; "
                                "1 line is left out: version could not be read"});
}

TEST_CASE("a line that is not covered is nobody's, also where some of it could not be read") {
  const Statement statement = ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,1,£50.00,1",
                                                  "A2,2019-01-06,01T,RXA,etanercept,TBC,£50.00,1"})
                                  .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £50.00 = £25.00 + £25.00"});
  CHECK(statement.not_covered == 0);
  CHECK(statement.notes.empty());
}

TEST_CASE("what was settled of a line that cannot be read any more is not paid back without a word") {
  const Ledger good = ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,1,£50.01,1"});
  const std::vector<Settled> before = settled(good.settle(), good.library());
  SECTION("its quantity") {
    const Statement statement = ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,TBC,£50.01,1"}).settle(before);
    CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 1 left out; "
                                  "1 line is left out: quantity could not be read"});
  }
  SECTION("its day, so that it may be of any settlement") {
    const Statement statement = ledger_with_unread({"A1,in January,01T,RXA,adalimumab,1,£50.01,1"}).settle(before);
    CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines; "
                                  "1 line may be of it, and is left out: supplied could not be read"});
    CHECK(statement.undecided == 0);
  }
  SECTION("the day of another, which may be of a settlement that is as it was") {
    const Statement statement = ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,1,£50.01,1",
                                                    "A2,in January,01T,RXA,adalimumab,1,£50.01,1"})
                                    .settle(before);
    CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £49.99 = £25.00 + £24.99; "
                                  "1 line may be of it, and is left out: supplied could not be read"});
  }
}

TEST_CASE("a correction that could not be read takes the place of the earlier line, and is left out") {
  const Statement statement =
      ledger_with_unread({"A1,2019-01-05,01T,RXA,adalimumab,1,£50.00,1", "A2,2019-01-05,01T,RXA,adalimumab,1,£90.00,1",
                          "A1,2019-01-05,01T,RXA,adalimumab,TBC,£50.00,2",
                          "A2,2019-01-05,01T,RXA,adalimumab,TBC,£90.00,1",
                          "A2,2019-01-05,01T,RXA,adalimumab,2,£90.00,1"})
          .settle();
  CHECK(told(statement) == Told{"2019-01 SouthSefton ods:RXA: £20.00 = £10.00 + £10.00, 1 left out, 3 corrected; "
                                "1 line is left out: quantity could not be read"});
}

TEST_CASE("where it could not be read which line is the last, it is not the one that could be read") {
  const std::string corrected = "  corrected by version";
  CHECK(told(ledger_with_unread(
                 {"A1,2019-01-05,01T,RXA,adalimumab,1,£60.00,latest", "A1,2019-01-05,01T,RXA,adalimumab,1,£50.00,2"},
                 corrected)
                 .settle()) == Told{"2019-01 SouthSefton ods:RXA: £0.00 = £0.00 + £0.00, no lines, 1 left out, "
                                    "1 corrected; 1 line is left out: version could not be read"});
}

TEST_CASE("a line that could not be read and does not say which line is the last comes before those that do") {
  const std::string corrected = "  corrected by version";
  CHECK(told(ledger_with_unread(
                 {"A1,2019-01-05,01T,RXA,adalimumab,1,£60.00,5", "A1,2019-01-05,01T,RXA,adalimumab,TBC,£50.00,"},
                 corrected)
                 .settle()) == Told{"2019-01 SouthSefton ods:RXA: £40.00 = £20.00 + £20.00, 1 corrected"});
}

TEST_CASE("after the period a line that could not be read is left out, and gives no lowest price") {
  Ledger ledger(gain_share("  after pay lowest market_price", "2019-01-01 to 2019-06-20"));
  ledger.with_unread_lines().file(
      "id,supplied,commissioner,provider,molecule,quantity,unit_price,market_price",
      {"A1,2019-07-05,01T,RXA,adalimumab,1,£60.00,£55.00", "A2,2019-07-05,01T,RXA,adalimumab,TBC,£60.00,£10.00"});
  CHECK(told(ledger.settle()) == Told{"2019-07 SouthSefton ods:RXA: excess £5.00, 1 left out; "
                                      "1 line is left out: quantity could not be read"});
}

TEST_CASE("a target leaves out lines that could not be read") {
  Ledger ledger(
      gain_share("  target new_patients \"New patients\" among patient where new_patient met best_value at least 90% "
                 "by 3 months from 2019-01-01"));
  ledger.with_unread_lines().file(
      "id,supplied,commissioner,provider,molecule,patient,new_patient,best_value,quantity",
      {"A1,2019-01-05,01T,RXA,adalimumab,P1,yes,yes,TBC", "A2,2019-01-05,01T,RXA,adalimumab,P2,no,yes,TBC"});
  const Statement statement = ledger.settle();
  REQUIRE(statement.targets.size() == 1);
  CHECK(statement.targets[0].counted == 0);
  CHECK(statement.targets[0].left_out == 1);
}
