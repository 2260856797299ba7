#include <catch2/catch.hpp>

#include "trial/drawing/step.hpp"
#include "value/decimal.hpp"

using namespace proviso;
using value::Kind;

namespace {

std::int64_t step(Kind kind, std::string_view bits, value::DurationKind duration = value::DurationKind::months) {
  value::Type type;
  type.kind = kind;
  type.duration = duration;
  return trial::step_of(model::Library(), type, value::parse_decimal(bits).value.value());
}

std::int64_t decimal(std::string_view text) { return value::parse_decimal(text).value.value(); }

}  // namespace

TEST_CASE("a step of a number is one unit of its last written place") {
  for (const Kind kind : {Kind::number, Kind::quantity}) {
    CHECK(step(kind, "35") == decimal("1"));
    CHECK(step(kind, "400") == decimal("1"));
    CHECK(step(kind, "0") == decimal("1"));
    CHECK(step(kind, "-7") == decimal("1"));
    CHECK(step(kind, "7.5") == decimal("0.1"));
    CHECK(step(kind, "-7.25") == decimal("0.01"));
    CHECK(step(kind, "0.000001") == 1);
  }
}

TEST_CASE("a step of a percentage is one unit of its last place in percent") {
  CHECK(step(Kind::percent, "0.5") == decimal("0.01"));     // 50%
  CHECK(step(Kind::percent, "1") == decimal("0.01"));       // 100%
  CHECK(step(Kind::percent, "0.085") == decimal("0.001"));  // 8.5%
  CHECK(step(Kind::percent, "0.0825") == decimal("0.0001"));
}

TEST_CASE("a step of money is a pound, or a penny where there are pence") {
  CHECK(step(Kind::money, "100") == decimal("1"));
  CHECK(step(Kind::money, "352.14") == decimal("0.01"));
  CHECK(step(Kind::money, "352.1") == decimal("0.01"));
  CHECK(step(Kind::money, "0.333333") == 1);
}

TEST_CASE("a step of what is counted is one") {
  CHECK(step(Kind::date, "0.000007") == 1);
  CHECK(step(Kind::scale, "0.000003") == 1);
  CHECK(step(Kind::duration, "0.000018") == 1);
  CHECK(step(Kind::duration, "0.000018", value::DurationKind::days) == 1);
  // A lane of either kind holds twice the count.
  CHECK(step(Kind::duration, "0.000018", value::DurationKind::either) == 2);
}
