#pragma once

#include <cstdint>
#include <vector>

#include "model/library.hpp"
#include "trial/drawing/drawn_dice.hpp"
#include "trial/drawing/pool.hpp"

/// Records in the making: which value of its pool each fact has. Dates are still open, so that a draft serves for any
/// deciding date.
namespace proviso::trial {

/// When a measurement was taken.
enum class Taken : std::uint8_t { unsaid, on_the_day, at_the_edge, too_early, too_late };

inline constexpr std::int32_t left_out = -1;

struct Drawn;
/// Equal elements of a list.
struct ElementGroup {
  std::uint32_t count = 0;
  std::vector<Drawn> facts;  ///< by pool of the list's elements
};
struct Drawn {
  std::int32_t value = left_out;  ///< number in Pool::values; of a list 0
  Taken taken = Taken::unsaid;
  std::vector<ElementGroup> groups;
};

struct Draft {
  std::vector<Drawn> facts;  ///< by pool
  std::int32_t deciding = 0;
  model::PlaceId place = model::none;
  bool dated = true;
  bool placed = true;
};

/// Draws single facts and lists.
class FactDrawer {
 public:
  explicit FactDrawer(const model::Record& record) : record_(record) {}

  /// `steady`: never left out.
  Drawn draw(const Pool& pool, Dice& dice, bool steady = false) const;
  /// The same list with one thing about it changed; anything else is drawn anew.
  Drawn changed(const Pool& pool, const Drawn& drawn, Dice& dice) const;
  /// The fact as a record has it; not known where it is left out.
  model::GivenFact given(const Pool& pool, const Drawn& drawn, std::int32_t deciding) const;
  /// The same for one value.
  model::GivenFact given(const Pool& pool, const PoolValue& value, Taken taken, std::int32_t deciding) const;
  std::optional<std::int32_t> taken_on(const model::Fact& fact, Taken taken, std::int32_t deciding) const;

 private:
  const model::Record& record_;

  ElementGroup draw_group(const Pool& list, Dice& dice) const;
};

}  // namespace proviso::trial
