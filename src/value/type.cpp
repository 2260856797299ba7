#include "value/type.hpp"

#include <array>

namespace proviso::value {
namespace {

struct UnitEntry {
  std::string_view spelling;
  Dimension dimension;
  std::int64_t size;
};

constexpr std::array unit_table = {
#define PROVISO_UNIT(name, spelling, dimension, size) UnitEntry{spelling, Dimension::dimension, size},
#include "value/units.def"
#undef PROVISO_UNIT
};

struct Singular {
  std::string_view spelling;
  Unit unit;
};

constexpr std::array singular_table = {
    Singular{"year", Unit::years}, Singular{"month", Unit::months}, Singular{"week", Unit::weeks},
    Singular{"day", Unit::days},   Singular{"hour", Unit::hours},   Singular{"minute", Unit::minutes},
};

// In the order of CodeSystem.
constexpr std::array<std::string_view, 7> system_table = {"opcs4", "icd10", "snomed", "dmd", "hrg", "tfc", "ods"};

const UnitEntry& entry(Unit unit) { return unit_table[static_cast<std::size_t>(unit)]; }

Lane lane_of(CodeSystem system) {
  switch (system) {
    case CodeSystem::opcs4:
    case CodeSystem::icd10:
    case CodeSystem::hrg:
    case CodeSystem::tfc:
      return Lane::narrow;
    case CodeSystem::snomed:
    case CodeSystem::dmd:
    case CodeSystem::ods:
      return Lane::wide;
  }
  return Lane::none;
}

}  // namespace

std::string_view spelling(Unit unit) { return entry(unit).spelling; }

std::string_view singular_spelling(Unit unit) {
  for (const Singular& singular : singular_table) {
    if (singular.unit == unit) return singular.spelling;
  }
  return spelling(unit);
}

Dimension dimension(Unit unit) { return entry(unit).dimension; }

std::int64_t size(Unit unit) { return entry(unit).size; }

std::optional<Unit> unit_by_spelling(std::string_view text) {
  for (std::size_t i = 0; i < unit_table.size(); ++i) {
    if (unit_table[i].spelling == text) return static_cast<Unit>(i);
  }
  for (const Singular& singular : singular_table) {
    if (singular.spelling == text) return singular.unit;
  }
  return std::nullopt;
}

std::string_view spelling(CodeSystem system) { return system_table[static_cast<std::size_t>(system)]; }

std::optional<CodeSystem> code_system_by_spelling(std::string_view text) {
  for (std::size_t i = 0; i < system_table.size(); ++i) {
    if (system_table[i] == text) return static_cast<CodeSystem>(i);
  }
  return std::nullopt;
}

Lane lane_of(const Type& type) {
  switch (type.kind) {
    case Kind::date:
    case Kind::duration:
    case Kind::text:
    case Kind::enumeration:
    case Kind::scale:
    case Kind::place:
      return Lane::narrow;
    case Kind::number:
    case Kind::money:
    case Kind::percent:
    case Kind::quantity:
      return Lane::wide;
    case Kind::code:
      return lane_of(type.system);
    case Kind::error:
    case Kind::any:
    case Kind::truth:
    case Kind::list:
    case Kind::record:
      return Lane::none;
  }
  return Lane::none;
}

}  // namespace proviso::value
