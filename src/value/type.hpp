#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace proviso::value {

enum class Unit : std::uint8_t {
#define PROVISO_UNIT(name, spelling, dimension, size) name,
#include "value/units.def"
#undef PROVISO_UNIT
};

enum class Dimension : std::uint8_t {
  mass,
  length,
  volume,
  body_mass_index,
  molar_ratio,
  molar_concentration,
  mass_concentration_g,
  mass_concentration_mg,
  pressure,
  sound,
  angle,
  flow,
  calendar_months,
  time,
};

std::string_view spelling(Unit unit);
/// `month` for months, and so on for the units of time; the other units are spelled alike.
std::string_view singular_spelling(Unit unit);
Dimension dimension(Unit unit);
/// How many of the dimension's smallest unit one `unit` is.
std::int64_t size(Unit unit);
/// The unit spelled so (also `month`, `day`, ... in the singular); nothing where there is none.
std::optional<Unit> unit_by_spelling(std::string_view text);

/// A duration is a whole number of months or of days; `either` is a fact that may be of both kinds, known only when
/// it is read.
enum class DurationKind : std::uint8_t { months, days, either };
/// The most months or days, either way, that every form of a duration can hold.
inline constexpr std::int64_t duration_limit = (std::int64_t{1} << 30) - 1;

enum class CodeSystem : std::uint8_t { opcs4, icd10, snomed, dmd, hrg, tfc, ods };
std::string_view spelling(CodeSystem system);
std::optional<CodeSystem> code_system_by_spelling(std::string_view text);

enum class Kind : std::uint8_t {
  error,        ///< something that did not check; never complained about twice
  any,          ///< the literal `unknown`, or a fact whose type nothing tells
  truth,        ///< yes/no
  number,       ///< decimal scaled by 10^6
  money,        ///< pounds, as a decimal
  percent,      ///< 50% is the decimal 0.5
  quantity,     ///< decimal in `unit`
  date,         ///< days since 1970-01-01
  duration,     ///< whole months or days; `either`: twice the count, plus one where it is of days
  text,         ///< number in a dictionary of texts
  code,         ///< packed, ordered as its characters are: see value/code.hpp
  enumeration,  ///< index of the value in its declaration; `id` names the enumeration in the model
  scale,        ///< as enumeration, and ordered
  place,        ///< number of the place in the model
  list,         ///< `id` is the model's list type
  record,       ///< `id` is the model's record
};

/// The type of a value. Which of the members after `kind` mean anything depends on it; the others stay as they are
/// by default, so that types compare member by member.
struct Type {
  Kind kind = Kind::error;
  Unit unit = Unit::kg;
  DurationKind duration = DurationKind::months;
  CodeSystem system = CodeSystem::opcs4;
  std::uint32_t id = 0;

  friend bool operator==(const Type&, const Type&) = default;
};

/// How a value of the type is held in a column. Truth has no lane: it is two bit planes.
enum class Lane : std::uint8_t { none, narrow /* 32 bits */, wide /* 64 bits */ };
Lane lane_of(const Type& type);

}  // namespace proviso::value
