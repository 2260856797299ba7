#include "value/type.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "value/truth.hpp"

using namespace proviso::value;

namespace {

constexpr Unit all_units[] = {
#define PROVISO_UNIT(name, spelling, dimension, size) Unit::name,
#include "value/units.def"
#undef PROVISO_UNIT
};

Type of(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

Type code_of(CodeSystem system) {
  Type type;
  type.kind = Kind::code;
  type.system = system;
  return type;
}

}  // namespace

TEST_CASE("units are found by their spelling") {
  std::set<std::string_view> spellings;
  for (const Unit unit : all_units) {
    INFO(spelling(unit));
    CHECK(unit_by_spelling(spelling(unit)) == unit);
    CHECK(unit_by_spelling(singular_spelling(unit)) == unit);
    CHECK(size(unit) > 0);
    spellings.insert(spelling(unit));
  }
  CHECK(spellings.size() == std::size(all_units));
  CHECK(unit_by_spelling("kg/m2") == Unit::kg_per_m2);
  CHECK(unit_by_spelling("year") == Unit::years);
  CHECK(unit_by_spelling("month") == Unit::months);
  CHECK(unit_by_spelling("week") == Unit::weeks);
  CHECK(unit_by_spelling("day") == Unit::days);
  CHECK(unit_by_spelling("hour") == Unit::hours);
  CHECK(unit_by_spelling("minute") == Unit::minutes);
  for (const char* text : {"", "KG", "db", "kgs", "degree", "second", "%", "kg ", "m2"}) {
    INFO(text);
    CHECK_FALSE(unit_by_spelling(text).has_value());
  }
}

TEST_CASE("every dimension has a smallest unit that the others are multiples of") {
  for (const Unit unit : all_units) {
    bool smallest = false;
    for (const Unit other : all_units) smallest |= dimension(other) == dimension(unit) && size(other) == 1;
    INFO(spelling(unit));
    CHECK(smallest);
  }
  CHECK(size(Unit::kg) == 1000 * size(Unit::g));
  CHECK(size(Unit::m) == 100 * size(Unit::cm));
  CHECK(size(Unit::years) == 12);
  CHECK(size(Unit::weeks) == 7 * size(Unit::days));
  CHECK(size(Unit::kg) == 1'000'000'000 * size(Unit::ug));
  CHECK(size(Unit::km) == 1'000'000 * size(Unit::mm));
  CHECK(size(Unit::l) == 1000 * size(Unit::ml));
  CHECK(size(Unit::hours) == 60 * size(Unit::minutes));
  CHECK(size(Unit::days) == 24 * size(Unit::hours));
  CHECK(dimension(Unit::months) != dimension(Unit::days));
  CHECK(dimension(Unit::g_per_l) != dimension(Unit::mg_per_l));
}

TEST_CASE("code systems are found by their spelling") {
  for (const char* text : {"opcs4", "icd10", "snomed", "dmd", "hrg", "tfc", "ods"}) {
    const auto system = code_system_by_spelling(text);
    INFO(text);
    REQUIRE(system.has_value());
    CHECK(spelling(*system) == text);
  }
  CHECK_FALSE(code_system_by_spelling("OPCS4").has_value());
  CHECK_FALSE(code_system_by_spelling("").has_value());
}

TEST_CASE("each type has the lane that holds its values") {
  for (const Kind kind : {Kind::date, Kind::duration, Kind::text, Kind::enumeration, Kind::scale, Kind::place}) {
    CHECK(lane_of(of(kind)) == Lane::narrow);
  }
  for (const Kind kind : {Kind::number, Kind::money, Kind::percent, Kind::quantity}) {
    CHECK(lane_of(of(kind)) == Lane::wide);
  }
  for (const Kind kind : {Kind::error, Kind::any, Kind::truth, Kind::list, Kind::record}) {
    CHECK(lane_of(of(kind)) == Lane::none);
  }
  for (const CodeSystem system : {CodeSystem::opcs4, CodeSystem::icd10, CodeSystem::hrg, CodeSystem::tfc}) {
    CHECK(lane_of(code_of(system)) == Lane::narrow);
  }
  for (const CodeSystem system : {CodeSystem::snomed, CodeSystem::dmd, CodeSystem::ods}) {
    CHECK(lane_of(code_of(system)) == Lane::wide);
  }
}

TEST_CASE("truth follows Kleene's tables") {
  constexpr Truth no = Truth::no;
  constexpr Truth yes = Truth::yes;
  constexpr Truth unknown = Truth::unknown;
  struct Row {
    Truth a, b, both, either;
  };
  const Row rows[] = {
      {no, no, no, no},           {no, yes, no, yes},           {no, unknown, no, unknown},
      {yes, no, no, yes},         {yes, yes, yes, yes},         {yes, unknown, unknown, yes},
      {unknown, no, no, unknown}, {unknown, yes, unknown, yes}, {unknown, unknown, unknown, unknown},
  };
  for (const Row& row : rows) {
    CHECK(both(row.a, row.b) == row.both);
    CHECK(either(row.a, row.b) == row.either);
    CHECK(negated(both(row.a, row.b)) == either(negated(row.a), negated(row.b)));
  }
  CHECK(negated(yes) == no);
  CHECK(negated(no) == yes);
  CHECK(negated(unknown) == unknown);
}
