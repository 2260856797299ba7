#include "trial/drawing/step.hpp"
#include "value/decimal.hpp"

namespace proviso::trial {
namespace {

using value::decimal_scale;
using value::Kind;

constexpr std::int64_t penny = decimal_scale / 100;

/// One unit of the last place that is not nought; `most` for what is a multiple of it.
std::int64_t last_place(std::int64_t bits, std::int64_t most) {
  std::int64_t place = most;
  while (bits % place != 0) place /= 10;
  return place;
}

}  // namespace

std::int64_t step_of(const model::Library&, const value::Type& type, std::int64_t bits) {
  switch (type.kind) {
    case Kind::number:
    case Kind::quantity:
      return last_place(bits, decimal_scale);
    case Kind::percent:
      return last_place(bits, decimal_scale / 100);
    case Kind::money:
      // Pence are written as two places: £352.10 is a sum of pence.
      return bits % decimal_scale == 0 ? decimal_scale : last_place(bits, penny);
    case Kind::duration:
      // Of either kind, a lane holds twice the count.
      return type.duration == value::DurationKind::either ? 2 : 1;
    default:
      return 1;
  }
}

}  // namespace proviso::trial
