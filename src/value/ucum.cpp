#include "value/ucum.hpp"

namespace proviso::value {
namespace {

struct UcumUnit {
  std::string_view code;
  std::string_view spelling;
};
constexpr UcumUnit units[] = {
#define PROVISO_UCUM(code, spelling) {code, spelling},
#include "value/ucum_units.def"
#undef PROVISO_UCUM
};

}  // namespace

std::optional<std::string_view> unit_of_ucum(std::string_view code) {
  for (const UcumUnit& unit : units) {
    if (unit.code == code) return unit.spelling;
  }
  return std::nullopt;
}

std::string_view ucum_of_unit(std::string_view spelling) {
  for (const UcumUnit& unit : units) {
    if (unit.spelling == spelling) return unit.code;
  }
  return spelling;
}

}  // namespace proviso::value
