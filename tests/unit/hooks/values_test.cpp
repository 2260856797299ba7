#include "support.hpp"

using namespace proviso::hooks::sample;

TEST_CASE("decimals are exact, whatever way they are written") {
  CHECK(holds("decimal('0.1') + decimal('0.2') == decimal('0.3')"));
  CHECK(holds("decimal(0.1) + 0.2 == decimal('0.3')"));
  CHECK(holds("0.2 + decimal('0.1') == decimal('0.3')"));
  CHECK(holds("decimal(3) == decimal('3')"));
  CHECK(holds("decimal(1) / 3 == decimal('0.333333')"));
  CHECK(holds("2 / decimal(3) == decimal('0.666667')"));
  CHECK(holds("decimal('0.000001') * decimal('0.5') == decimal(0)"));
  CHECK(holds("decimal('0.000003') * decimal('0.5') == decimal('0.000002')"));
  CHECK(holds("-decimal('1.5') == decimal('-1.5')"));
  CHECK(holds("decimal('9223372036854.775807') > 9.2e12"));
}

TEST_CASE("a float counts as the shortest decimal that reads back as it") {
  CHECK(holds("decimal(1 / 8) == decimal('0.125')"));
  CHECK(failure_of("decimal(0.1 + 0.2)") == "a number is no decimal of at most six places");
  CHECK(failure_of("decimal(1) + 1e-7") == "a number is no decimal of at most six places");
  CHECK(failure_of("decimal(1) + 0/0") == "a number is no decimal of at most six places");
  CHECK(failure_of("decimal(1) < 1/0") == "a number is no decimal of at most six places");
  CHECK(failure_of("decimal(1) + 2^53") == "a number is no decimal of at most six places");
  CHECK(failure_of("decimal(9300000000000)") == "a whole number is beyond the range of decimals");
  CHECK(holds("decimal(4503599627.370497) == decimal('4503599627.370497')"));
  CHECK(holds("decimal(2.5e9) == decimal('2500000000')"));
  CHECK(holds("decimal(1e12) == decimal('1000000000000')"));
}

TEST_CASE("what leaves the range is an error") {
  CHECK(failure_of("decimal('9223372036854.775807') + decimal('0.000001')") == "number out of range");
  CHECK(failure_of("decimal('9223372036854') * 2") == "number out of range");
  CHECK(failure_of("decimal(1) / 0") == "division by zero");
  CHECK(failure_of("decimal(1) / decimal('0')") == "division by zero");
  CHECK(failure_of("date('9999-12-31') + days(1)") == "date out of range");
  CHECK(failure_of("months(1073741823) + months(1)") == "duration out of range");
  CHECK(failure_of("years(1e9)") == "duration out of range");
}

TEST_CASE("money adds to money, and is multiplied and compared by bare numbers") {
  CHECK(holds("money('352.14') + money('0.86') == money(353)"));
  CHECK(holds("money('10') * 1.5 == money('15')"));
  CHECK(holds("2 * money('10') == money(20)"));
  CHECK(holds("money('10') / 4 == money('2.5')"));
  CHECK(holds("money('10') / money('4') == decimal('2.5')"));
  CHECK(holds("money('10') > 9 and 9 < money('10') and money('10') <= 10"));
  CHECK(failure_of("money('10') + 1") == "money and a number: they cannot be added");
  CHECK(failure_of("money('10') * money('10')") == "money and money: they cannot be multiplied");
  CHECK(failure_of("money('10') - decimal(1)") == "money and a decimal: they cannot be subtracted");
  CHECK(failure_of("money('10') == quantity(1, 'kg')") == "money and a quantity in kg: they cannot be compared");
}

TEST_CASE("quantities of one dimension convert, add, compare and divide") {
  CHECK(holds("quantity('1', 'kg') == quantity(1000, 'g')"));
  CHECK(holds("quantity(1, 'kg') + quantity(500, 'g') == quantity('1.5', 'kg')"));
  CHECK(holds("quantity(1, 'kg') > quantity('999.999999', 'g')"));
  // Converted, the two would be alike: 0.5 ug is no kilogram of six places.
  CHECK(holds("quantity('0.5', 'ug') > quantity(0, 'kg')"));
  CHECK(holds("quantity(3, 'kg') / quantity(1500, 'g') == decimal(2)"));
  // A third of an hour is no number of hours of six places: the sum is in minutes, in whichever order it stands.
  CHECK(holds("quantity(1, 'hours') + quantity(20, 'minutes') == quantity(80, 'minutes')"));
  CHECK(holds("quantity(20, 'minutes') + quantity(1, 'hours') == quantity(80, 'minutes')"));
  CHECK(holds("quantity(1, 'hours') - quantity(20, 'minutes') == quantity(40, 'minutes')"));
  CHECK(holds("quantity(1, 'weeks') + days(3) == quantity(10, 'days')"));
  CHECK(holds("days(3) + quantity(1, 'weeks') == quantity(10, 'days')"));
  CHECK(holds("quantity(35, 'kg/m2') >= 35 and quantity(35, 'kg/m2') < 35.5"));
  CHECK(holds("quantity(35, 'kg/m2') * 2 == quantity(70, 'kg/m2')"));
  CHECK(holds("quantity(2, 'weeks') == days(14) and days(14) <= quantity(2, 'weeks')"));
  CHECK(failure_of("quantity(1, 'kg') + quantity(1, 'cm')") ==
        "a quantity in kg and a quantity in cm: they cannot be added");
  CHECK(failure_of("quantity(1, 'kg') < quantity(1, 'cm')") ==
        "a quantity in kg and a quantity in cm: they cannot be compared");
  CHECK(failure_of("quantity(1, 'kg') + 1") == "a quantity in kg and a number: they cannot be added");
  CHECK(failure_of("quantity(1, 'stone')") == "`quantity` takes a unit second, as \"kg/m2\"");
}

TEST_CASE("dates move by durations, and do not subtract") {
  CHECK(holds("date('2019-01-31') + months(1) == date('2019-02-28')"));
  CHECK(holds("date('2020-02-29') + years(1) == date('2021-02-28')"));
  CHECK(holds("date('2019-04-01') - weeks(3) == date('2019-03-11')"));
  CHECK(holds("date('2019-04-01') + days(1) > date('2019-04-01')"));
  CHECK(
      holds("date('2019-04-07'):year() == 2019 and date('2019-04-07'):month() == 4 and date('2019-04-07'):day() == 7"));
  CHECK(failure_of("date('2019-04-01') - date('2018-04-01')") ==
        "dates do not subtract: say what is counted, as days_from(a, b)");
  CHECK(failure_of("date('2019-04-01') + 1") == "a date and a number: they cannot be added");
  CHECK(failure_of("months(1) + date('2019-04-01')") == "a duration of months and a date: they cannot be added");
  CHECK(failure_of("-date('2019-04-01')") == "a date cannot be negated");
  CHECK(failure_of("date('2019-02-29')") == "`date` is given a text that is no date as 2019-04-01");
  CHECK(failure_of("money(1):year()") == "money where a date was expected");
}

TEST_CASE("durations are of months or of days, and the two do not mix") {
  CHECK(holds("years(1) == months(12) and weeks(1) == days(7)"));
  CHECK(holds("months(6) + months(6) == years(1) and years(1) - months(18) == -months(6)"));
  CHECK(holds("months(6) * 2 == years(1) and decimal(2) * weeks(1) == days(14)"));
  CHECK(failure_of("months(1) < days(31)") == "a duration of months and a duration of days: they cannot be compared");
  CHECK(failure_of("months(1) == days(31)") == "a duration of months and a duration of days: they cannot be compared");
  CHECK(failure_of("months(1) + days(1)") == "a duration of months and a duration of days: they cannot be added");
  CHECK(failure_of("months(3) * 0.5") == "a duration is multiplied by whole numbers alone");
  CHECK(failure_of("months(3) < 4") == "a duration of months and a number: they cannot be compared");
  CHECK(failure_of("months(1.5)") == "`months` takes a whole number, and is given a number");
}

TEST_CASE("time from date to date is whole units completed, and unknown where a date is") {
  CHECK(holds("years_from(date('2000-02-29'), date('2019-02-28')) == 18"));
  CHECK(holds("years_from(date('2000-02-29'), date('2019-03-01')) == 19"));
  CHECK(holds("months_from(date('2019-03-31'), date('2019-01-31')) == -2"));
  CHECK(holds("weeks_from(date('2019-01-01'), date('2019-01-15')) == 2"));
  CHECK(holds("days_from(date('2019-01-01'), date('2018-12-31')) == -1"));
  CHECK(holds("years_from(nil, date('2019-01-01')) == nil and days_from(date('2019-01-01'), nil) == nil"));
  CHECK(failure_of("days_from(1, date('2019-01-01'))") == "two dates were expected, and one is a number");
}

TEST_CASE("Lua's == is never true of an exact value and a bare number, and `is` is there for that") {
  CHECK_FALSE(holds("decimal(1) == 1"));
  CHECK(holds("decimal(1):is(1) and decimal('0.1'):is(0.1) and not decimal(1):is(2)"));
  CHECK(holds("quantity(35, 'kg/m2'):is(35) and money('3'):is(3) and money(3):is(money('3.00'))"));
  CHECK(holds("date('2019-04-01'):is(date('2019-04-01')) and decimal(1):is(nil) == nil"));
  CHECK(failure_of("date('2019-04-01'):is(1)") == "a date and a number: they cannot be compared");
}

TEST_CASE("nil is unknown: nothing is computed with it") {
  CHECK(failure_of("decimal(1) + nil") == "nil is unknown and cannot be added");
  CHECK(failure_of("nil < date('2019-01-01')") == "nil is unknown and cannot be compared");
  CHECK(failure_of("'a' .. money(1) .. nil").find("nil") != std::string::npos);
}

TEST_CASE("exact values read as policies write them") {
  CHECK(holds("tostring(decimal('12.50')) == '12.5'"));
  CHECK(holds("tostring(money('3.2')) == '£3.20' and 'for ' .. money(1) == 'for £1.00'"));
  CHECK(holds("quantity(35, 'kg/m2') .. '' == '35 kg/m2' and date('2019-04-01') .. '!' == '2019-04-01!'"));
  CHECK(holds("tostring(years(1)) == '12 months' and tostring(days(1)) == '1 day'"));
  CHECK(holds("type(decimal(1)) == 'decimal' and type(money(1)) == 'money' and type(days(1)) == 'duration'"));
  CHECK(holds("type(date('2019-04-01')) == 'date' and type(quantity(1, 'kg')) == 'quantity'"));
}

TEST_CASE("a bare decimal becomes a Lua number where one is asked for") {
  CHECK(holds("tonumber(decimal('12')) == 12 and math.type(tonumber(decimal(12))) == 'integer'"));
  CHECK(holds("tonumber(decimal('0.5')) == 0.5 and tonumber(money(1)) == nil"));
  CHECK(holds(
      "math.floor(decimal('-1.5')) == -2 and math.ceil(decimal('-1.5')) == -1 and math.ceil(decimal('1.2')) == 2"));
  CHECK(holds("math.max(money(1), money(3), 2):is(3) and math.min(2, decimal('1.5')):is(1.5)"));
  CHECK(holds("math.abs(-money(3)) == money(3) and math.abs(math.mininteger) == math.mininteger"));
  CHECK(holds("math.floor(decimal('-9223372036854.775807')) == -9223372036855"));
}

TEST_CASE("exact values cannot be changed or taken apart") {
  CHECK(failure_of("(function() local d = decimal(1); d.x = 1 end)()").find("decimal value") != std::string::npos);
  CHECK(failure_of("decimal(1)()").find("call a decimal value") != std::string::npos);
  CHECK(failure_of("#decimal(1)").find("length of a decimal value") != std::string::npos);
  CHECK(holds("decimal(1).__index == nil and decimal(1).__add == nil and decimal(1).__metatable == nil"));
}
