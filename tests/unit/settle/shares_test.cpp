#include <catch2/catch.hpp>

#include "reports_support.hpp"
#include "settle/shares.hpp"
#include "value/calendar.hpp"
#include "value/decimal.hpp"

using namespace proviso;
using namespace proviso::settle;
using example::day;
using example::pence;
using example::percent;

namespace {

constexpr std::int64_t pounds(std::int64_t count) { return count * value::decimal_scale; }

/// 18 months from 1 December 2018 between a commissioner, who has the first share, and a provider, half and half.
model::Agreement agreement(const char* first = "2018-12-01", const char* last = "2020-05-31") {
  model::Agreement made;
  made.parties = {{"commissioner", 0}, {"provider", 1}};
  made.period = {day(first), day(last)};
  made.tiers = {{0, {percent(50), percent(50)}}};
  made.caps = {{}, {}};
  made.unit = pence(1);
  return made;
}

Saved month(const model::Agreement& of, const char* first, std::int64_t saving,
            std::vector<std::int64_t> deducted = {}) {
  return {{{year_start(of, day(first)), saving}}, std::move(deducted)};
}

std::vector<std::int64_t> amounts(const Shared& shared) {
  std::vector<std::int64_t> found;
  for (const Share& share : shared.shares) found.push_back(share.amount);
  return found;
}
using Amounts = std::vector<std::int64_t>;

std::string days(const SettlementDays& span) {
  return span.label + ": " + value::format_date(span.days.first) + " to " + value::format_date(span.days.last);
}

}  // namespace

TEST_CASE("a penny that does not divide goes to the first share") {
  const model::Agreement of = agreement();
  SECTION("half of £0.01 is £0.005, of which the second gets £0.00") {
    CHECK(amounts(share(of, {month(of, "2018-12-01", pence(1))})[0]) == Amounts{pence(1), 0});
  }
  SECTION("half of £10.01 is £5.005: £5.00, and the rest is £5.01") {
    CHECK(amounts(share(of, {month(of, "2018-12-01", pence(1001))})[0]) == Amounts{pence(501), pence(500)});
  }
  SECTION("a loss is rounded toward nothing too: half of -£10.01 is -£5.00, and the rest is -£5.01") {
    CHECK(amounts(share(of, {month(of, "2018-12-01", pence(-1001))})[0]) == Amounts{pence(-501), pence(-500)});
  }
  SECTION("a third each of £1.00 for three parties: £0.33 for the second and the third, £0.34 for the first") {
    model::Agreement three = agreement();
    three.parties.push_back({"host", 2});
    three.tiers = {{0, {333'334, 333'333, 333'333}}};
    CHECK(amounts(share(three, {month(three, "2018-12-01", pounds(1))})[0]) ==
          Amounts{pence(34), pence(33), pence(33)});
    SECTION("or for whichever has the first share") {
      three.takes_rest = 2;
      CHECK(amounts(share(three, {month(three, "2018-12-01", pounds(1))})[0]) ==
            Amounts{pence(33), pence(33), pence(34)});
    }
  }
}

TEST_CASE("the saving of a settlement is rounded as the agreement says, and then held to its floor and its cap") {
  model::Agreement of = agreement();
  const auto saving = [&of](std::int64_t of_lines) { return share(of, {month(of, "2018-12-01", of_lines)})[0].saving; };
  SECTION("half even, to the penny") {
    CHECK(saving(pence(100) + 5'000) == pence(100));
    CHECK(saving(pence(101) + 5'000) == pence(102));
  }
  SECTION("up, to the pound: £2.01 is £3, and of £3 each gets £1.50, in whole pence") {
    of.unit = pounds(1);
    of.rounding = value::Rounding::up;
    const Shared shared = share(of, {month(of, "2018-12-01", pence(201))})[0];
    CHECK(shared.saving == pounds(3));
    CHECK(amounts(shared) == Amounts{pence(150), pence(150)});
  }
  SECTION("a floor of £0 and a cap of £100: a month counts for no less, and no more") {
    of.floor = 0;
    of.cap = pounds(100);
    CHECK(saving(pounds(-5)) == 0);
    CHECK(saving(pounds(99)) == pounds(99));
    CHECK(saving(pounds(1'000)) == pounds(100));
  }
}

TEST_CASE("tiers run over what was saved since the start of the year") {
  model::Agreement of = agreement();
  of.tiers = {{0, {percent(50), percent(50)}},
              {pounds(1'000), {percent(70), percent(30)}},
              {pounds(3'000), {percent(90), percent(10)}}};
  const std::vector<Shared> shared =
      share(of, {month(of, "2018-12-01", pounds(800)), month(of, "2019-01-01", pounds(2'700)),
                 month(of, "2019-02-01", pounds(100)), month(of, "2019-03-01", pounds(-2'900)),
                 month(of, "2019-11-01", pounds(400)), month(of, "2019-12-01", pounds(800))});
  // December: £800 of £800 below £1,000, half of it £400.
  CHECK(amounts(shared[0]) == Amounts{pounds(400), pounds(400)});
  // January takes the year from £800 to £3,500: £200 below £1,000, £2,000 below £3,000, £500 above. The provider gets
  // 50% of £200, 30% of £2,000 and 10% of £500: £100 + £600 + £50.
  CHECK(amounts(shared[1]) == Amounts{pounds(1'950), pounds(750)});
  REQUIRE(shared[1].shares[1].parts.size() == 3);
  CHECK(shared[1].shares[1].parts[0].saving == pounds(200));
  CHECK(shared[1].shares[1].parts[1].saving == pounds(2'000));
  CHECK(shared[1].shares[1].parts[2].saving == pounds(500));
  CHECK(shared[1].shares[1].parts[2].percent == percent(10));
  // February lies above £3,000: 10% of £100.
  CHECK(amounts(shared[2]) == Amounts{pounds(90), pounds(10)});
  // March loses £2,900 and takes the year back from £3,600 to £700: £600 out of the third tier, £2,000 out of the
  // second and £300 out of the first. The provider gives back £60 + £600 + £150.
  CHECK(amounts(shared[3]) == Amounts{pounds(-2'090), pounds(-810)});
  CHECK(shared[3].of_years[0].saving_of_year == pounds(700));
  // November: from £700 to £1,100. 50% of £300 and 30% of £100.
  CHECK(amounts(shared[4]) == Amounts{pounds(220), pounds(180)});
  // In December 2019 the second year of the period begins at nothing.
  CHECK(amounts(shared[5]) == Amounts{pounds(400), pounds(400)});
  CHECK(shared[5].of_years[0].saving_of_year == pounds(800));
}

TEST_CASE("a settlement with lines of two years of the period is shared in each of them") {
  model::Agreement of = agreement();
  of.interval = model::Agreement::Interval::quarter;
  const std::int32_t first = day("2018-12-01");
  const std::int32_t second = day("2019-12-01");
  const auto yearly = [&](const Shared& shared, std::size_t part) {
    return Amounts{shared.of_years[part].saving, shared.of_years[part].saving_of_year};
  };
  SECTION("by the caps of both: what is over the one is not over the other") {
    of.caps = {{}, pounds(600)};
    const std::vector<Shared> shared =
        share(of, {{{{first, pounds(2'000)}}, {}}, {{{first, pounds(100)}, {second, pounds(1'000)}}, {}}});
    // Half of £2,000 is £1,000, of which £400 are cut.
    CHECK(amounts(shared[0]) == Amounts{pounds(1'400), pounds(600)});
    // Of the first year nothing is left: its £100 are the commissioner's. Of the second year £500 are under the cap.
    CHECK(amounts(shared[1]) == Amounts{pounds(600), pounds(500)});
    CHECK(shared[1].shares[1].capped == pounds(50));
    CHECK(yearly(shared[1], 0) == Amounts{pounds(100), pounds(2'100)});
    CHECK(yearly(shared[1], 1) == Amounts{pounds(1'000), pounds(1'000)});
  }
  SECTION("by the tiers of both, and what was in one tier in either year is told as one") {
    of.tiers = {{0, {percent(50), percent(50)}}, {pounds(1'000), {percent(70), percent(30)}}};
    const Shared shared = share(of, {{{{first, pounds(1'400)}, {second, pounds(1'200)}}, {}}})[0];
    // £1,000 and £400, £1,000 and £200: the provider gets £500 + £120 + £500 + £60.
    CHECK(amounts(shared) == Amounts{pounds(1'420), pounds(1'180)});
    CHECK(shared.shares[1].parts[0].saving == pounds(2'000));
    CHECK(shared.shares[1].parts[1].saving == pounds(600));
  }
  SECTION("the saving is rounded once: the earlier part by the same rule, and the later one is the rest") {
    of.unit = pounds(10);
    // £14 + £14 = £28 is £30; £14 is £10, and £20 are left.
    const Shared shared = share(of, {{{{first, pounds(14)}, {second, pounds(14)}}, {}}})[0];
    CHECK(shared.saving == pounds(30));
    CHECK(yearly(shared, 0) == Amounts{pounds(10), pounds(10)});
    CHECK(yearly(shared, 1) == Amounts{pounds(20), pounds(20)});
  }
  SECTION("its shares are rounded once: half of £1.01 + £1.01 is £1.01, not £0.50 twice") {
    const Shared shared = share(of, {{{{first, pence(101)}, {second, pence(101)}}, {}}})[0];
    CHECK(amounts(shared) == Amounts{pence(101), pence(101)});
    SECTION("also for the one that is held to a cap, of which each year has whole pence") {
      of.caps = {{}, pence(50)};
      CHECK(amounts(share(of, {{{{first, pence(101)}, {second, pence(101)}}, {}}})[0]) ==
            Amounts{pence(102), pence(100)});
    }
    SECTION("and where one year saves and the other loses") {
      CHECK(amounts(share(of, {{{{first, pence(300)}, {second, pence(-101)}}, {}}})[0]) ==
            Amounts{pence(100), pence(99)});
    }
  }
  SECTION("the settlement's floor and cap are of the whole, and the later part bears them") {
    const auto parts = [&](std::int64_t of_first, std::int64_t of_second) {
      const Shared shared = share(of, {{{{first, of_first}, {second, of_second}}, {}}})[0];
      return Amounts{shared.of_years[0].saving, shared.of_years[1].saving};
    };
    of.floor = 0;
    of.cap = pounds(100);
    // £70 + £80 are held to £100: £30 are left for the second year.
    CHECK(parts(pounds(70), pounds(80)) == Amounts{pounds(70), pounds(30)});
    // £70 - £80 are no less than £0: of the loss of the second year £70 are left.
    CHECK(parts(pounds(70), pounds(-80)) == Amounts{pounds(70), pounds(-70)});
    SECTION("as far as it goes: what is left of a cut is the earlier part's, and neither becomes a loss") {
      CHECK(parts(pounds(800), pounds(200)) == Amounts{pounds(100), 0});
      CHECK(parts(pounds(800), pounds(-200)) == Amounts{pounds(300), pounds(-200)});
      CHECK(parts(pounds(-200), pounds(800)) == Amounts{pounds(-200), pounds(300)});
    }
    SECTION("nor does a floor make a gain, or add to one, while there is a loss") {
      CHECK(parts(pounds(-80), pounds(70)) == Amounts{pounds(-70), pounds(70)});
      CHECK(parts(pounds(-300), pounds(-100)) == Amounts{0, 0});
    }
    SECTION(
        "nothing but a floor above nothing, or a cap below it, is more than what was saved: the later part has it") {
      of.floor = pounds(50);
      CHECK(parts(pounds(-80), pounds(20)) == Amounts{0, pounds(50)});
      of.floor.reset();
      of.cap = pounds(-10);
      CHECK(parts(pounds(80), pounds(20)) == Amounts{0, pounds(-10)});
    }
    SECTION("so that the next settlement begins where its year is") {
      of.tiers = {{0, {percent(50), percent(50)}}, {pounds(500), {percent(100), 0}}};
      of.floor.reset();
      of.cap = pounds(500);
      const std::vector<Shared> shared =
          share(of, {{{{first, pounds(800)}, {second, pounds(200)}}, {}}, {{{second, pounds(600)}}, {}}});
      CHECK(amounts(shared[0]) == Amounts{pounds(250), pounds(250)});
      CHECK(yearly(shared[1], 0) == Amounts{pounds(500), pounds(500)});
      CHECK(amounts(shared[1]) == Amounts{pounds(250), pounds(250)});
    }
  }
  SECTION("and is lost where either year is") {
    const std::vector<Shared> shared = share(
        of, {{{{first, INT64_MAX}}, {}}, {{{first, pounds(1)}, {second, pounds(1)}}, {}}, {{{second, pounds(1)}}, {}}});
    CHECK(shared[1].out_of_range);
    CHECK(shared[2].out_of_range);
  }
}

TEST_CASE("a year that loses more than it saves is in the first tier") {
  model::Agreement of = agreement();
  of.tiers = {{0, {percent(50), percent(50)}}, {pounds(1'000), {percent(70), percent(30)}}};
  const std::vector<Shared> shared =
      share(of, {month(of, "2018-12-01", pounds(-400)), month(of, "2019-01-01", pounds(1'600))});
  CHECK(amounts(shared[0]) == Amounts{pounds(-200), pounds(-200)});
  // From -£400 to £1,200: £1,400 in the first tier and £200 in the second. £700 + £60.
  CHECK(amounts(shared[1]) == Amounts{pounds(840), pounds(760)});
}

TEST_CASE("the parts of a share are added before they are rounded") {
  model::Agreement of = agreement();
  of.tiers = {{0, {percent(50), percent(50)}}, {pounds(1), {percent(50), percent(50)}}};
  // £0.01 + £0.01, each half of which is £0.005: together £0.01, not nothing.
  CHECK(amounts(share(of, {month(of, "2018-12-01", pence(99)), month(of, "2019-01-01", pence(2))})[1]) ==
        Amounts{pence(1), pence(1)});
}

TEST_CASE("a yearly cap cuts a party's share, and what is cut is the first party's without a cap") {
  model::Agreement of = agreement();
  of.caps = {{}, pounds(1'000)};
  const std::vector<Shared> shared =
      share(of, {month(of, "2018-12-01", pounds(1'600)), month(of, "2019-01-01", pounds(1'000)),
                 month(of, "2019-02-01", pounds(300)), month(of, "2019-03-01", pounds(-800)),
                 month(of, "2019-04-01", pounds(600)), month(of, "2019-12-01", pounds(600))});
  // £800 of £1,000.
  CHECK(amounts(shared[0]) == Amounts{pounds(800), pounds(800)});
  CHECK(shared[0].shares[1].capped == 0);
  // £1,300 in the year: £200 is left, £300 is cut.
  CHECK(amounts(shared[1]) == Amounts{pounds(800), pounds(200)});
  CHECK(shared[1].shares[1].capped == pounds(300));
  // Nothing is left.
  CHECK(amounts(shared[2]) == Amounts{pounds(300), 0});
  CHECK(shared[2].shares[1].capped == pounds(150));
  // A loss of £800 takes the provider's £1,450 to £1,050, which is still over the cap: it gives nothing back, and the
  // £400 are the commissioner's loss as they were its gain.
  CHECK(amounts(shared[3]) == Amounts{pounds(-800), 0});
  CHECK(shared[3].shares[1].capped == pounds(-400));
  CHECK(amounts(shared[4]) == Amounts{pounds(600), 0});
  // The cap is of a year.
  CHECK(amounts(shared[5]) == Amounts{pounds(300), pounds(300)});
}

TEST_CASE("a loss that brings the year back under the cap gives back what it takes below it") {
  model::Agreement of = agreement();
  of.caps = {{}, pounds(1'000)};
  const std::vector<Shared> shared =
      share(of, {month(of, "2018-12-01", pounds(2'400)), month(of, "2019-01-01", pounds(-1'000))});
  CHECK(amounts(shared[0]) == Amounts{pounds(1'400), pounds(1'000)});
  // £1,200 - £500 = £700 in the year, £300 below the cap.
  CHECK(amounts(shared[1]) == Amounts{pounds(-700), pounds(-300)});
  CHECK(shared[1].shares[1].capped == pounds(-200));
}

TEST_CASE("a cap of the first party gives to the second what is over it") {
  model::Agreement of = agreement();
  of.caps = {pence(10'000), {}};
  // Half of £300.01 is £150.00 for the provider and £150.01 for the commissioner, of which £50.01 are cut.
  CHECK(amounts(share(of, {month(of, "2018-12-01", pence(30'001))})[0]) == Amounts{pence(10'000), pence(20'001)});
}

TEST_CASE("of several parties without a cap the first of the agreement gets what is cut, whoever has the first share") {
  model::Agreement of = agreement();
  of.takes_rest = 2;
  of.parties.push_back({"host", 2});
  of.tiers = {{0, {percent(50), percent(30), percent(20)}}};
  of.caps = {pounds(10), {}, {}};
  CHECK(amounts(share(of, {month(of, "2018-12-01", pounds(100))})[0]) == Amounts{pounds(10), pounds(70), pounds(20)});
}

TEST_CASE("deductions come out of a party's share, each rounded to the penny") {
  model::Agreement of = agreement();
  of.deductions = {{model::none, 1, "blueteq_cost"}, {model::none, 1, "homecare"}, {model::none, 0, "audit"}};
  const Shared shared = share(of, {month(of, "2018-12-01", pounds(100), {pence(6'000) + 5'000, 5'001, pence(101)})})[0];
  CHECK(amounts(shared) == Amounts{pounds(50), pounds(50)});
  // £1.01 from the commissioner.
  CHECK(shared.shares[0].deducted == pence(101));
  CHECK(shared.shares[0].net == pence(4'899));
  // £60.005 is £60.00, half to even, and £0.005001 is £0.01: £60.01 out of £50.00.
  CHECK(shared.shares[1].deducted == pence(6'001));
  CHECK(shared.shares[1].net == pence(-1'001));
}

TEST_CASE("what is beyond all money is not shared, and neither is what comes after it in its year") {
  model::Agreement of = agreement();
  const std::vector<Shared> shared =
      share(of, {month(of, "2018-12-01", INT64_MAX), month(of, "2019-01-01", pounds(1)),
                 month(of, "2019-02-01", pounds(1)), month(of, "2019-12-01", pounds(1))});
  // £9,223,372,036,854.775807 rounds to £9,223,372,036,854.78, which is not held.
  CHECK(shared[0].out_of_range);
  CHECK(shared[1].out_of_range);
  CHECK(shared[2].shares.empty());
  CHECK_FALSE(shared[3].out_of_range);
  of.rounding = value::Rounding::down;
  const std::vector<Shared> down = share(of, {month(of, "2018-12-01", INT64_MAX), month(of, "2019-01-01", pounds(1))});
  CHECK(down[0].saving == INT64_MAX / pence(1) * pence(1));
  CHECK(down[0].shares[0].amount + down[0].shares[1].amount == down[0].saving);
  CHECK(down[1].out_of_range);  // the year's saving
}

TEST_CASE("a settlement has the days of its month as far as the period goes") {
  const model::Agreement of = agreement("2018-12-10", "2020-05-20");
  CHECK(days(settlement_of(of, day("2018-12-10"))) == "2018-12: 2018-12-10 to 2018-12-31");
  CHECK(days(settlement_of(of, day("2018-12-31"))) == "2018-12: 2018-12-10 to 2018-12-31");
  CHECK(days(settlement_of(of, day("2020-02-29"))) == "2020-02: 2020-02-01 to 2020-02-29");
  CHECK(days(settlement_of(of, day("2020-05-20"))) == "2020-05: 2020-05-01 to 2020-05-20");
  CHECK(days(month_after(of, day("2020-05-21"))) == "2020-05: 2020-05-21 to 2020-05-31");
  CHECK(days(month_after(of, day("2020-06-30"))) == "2020-06: 2020-06-01 to 2020-06-30");
}

TEST_CASE("quarters and years are the calendar's") {
  model::Agreement of = agreement("2018-11-15", "2020-05-14");
  of.interval = model::Agreement::Interval::quarter;
  CHECK(days(settlement_of(of, day("2018-11-15"))) == "2018-Q4: 2018-11-15 to 2018-12-31");
  CHECK(days(settlement_of(of, day("2019-03-31"))) == "2019-Q1: 2019-01-01 to 2019-03-31");
  CHECK(days(settlement_of(of, day("2019-09-30"))) == "2019-Q3: 2019-07-01 to 2019-09-30");
  CHECK(days(settlement_of(of, day("2020-04-01"))) == "2020-Q2: 2020-04-01 to 2020-05-14");
  of.interval = model::Agreement::Interval::year;
  CHECK(days(settlement_of(of, day("2018-12-31"))) == "2018: 2018-11-15 to 2018-12-31");
  CHECK(days(settlement_of(of, day("2019-06-01"))) == "2019: 2019-01-01 to 2019-12-31");
  CHECK(days(settlement_of(of, day("2020-01-01"))) == "2020: 2020-01-01 to 2020-05-14");
}

TEST_CASE("a year of the period begins on the day on which the period began") {
  const auto start = [](const char* first, const char* on) {
    return value::format_date(year_start(agreement(first, "2030-01-01"), day(on)));
  };
  CHECK(start("2018-12-10", "2018-12-10") == "2018-12-10");
  CHECK(start("2018-12-10", "2019-12-09") == "2018-12-10");
  CHECK(start("2018-12-10", "2019-12-10") == "2019-12-10");
  CHECK(start("2018-12-10", "2021-03-01") == "2020-12-10");
  SECTION("which may be 29 February, and in other years is the 28th") {
    CHECK(start("2020-02-29", "2021-02-27") == "2020-02-29");
    CHECK(start("2020-02-29", "2021-02-28") == "2021-02-28");
    CHECK(start("2020-02-29", "2024-02-28") == "2023-02-28");
    CHECK(start("2020-02-29", "2024-02-29") == "2024-02-29");
  }
}
