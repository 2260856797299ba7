#include "value/ucum.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "value/type.hpp"

namespace proviso::value {
namespace {

TEST_CASE("units are known by their UCUM codes, and by what stands in their place") {
  CHECK(unit_of_ucum("mm[Hg]") == "mmHg");
  CHECK(unit_of_ucum("L") == "l");
  CHECK(unit_of_ucum("kg/m²") == "kg/m2");
  CHECK(unit_of_ucum("%") == "%");
  CHECK_FALSE(unit_of_ucum("[lb_av]"));
  CHECK_FALSE(unit_of_ucum(""));
}

TEST_CASE("every unit has a UCUM code, which is of that unit") {
  for (const Unit unit : {
#define PROVISO_UNIT(name, spelling, dimension, size) Unit::name,
#include "value/units.def"
#undef PROVISO_UNIT
       }) {
    CAPTURE(spelling(unit));
    const auto back = unit_of_ucum(ucum_of_unit(spelling(unit)));
    REQUIRE(back);
    CHECK(unit_by_spelling(*back) == unit);
  }
  CHECK(ucum_of_unit("degrees") == "deg");
  CHECK(ucum_of_unit("mmHg") == "mm[Hg]");
}

}  // namespace
}  // namespace proviso::value
