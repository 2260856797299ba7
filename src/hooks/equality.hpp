#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hooks/session.hpp"

namespace proviso::hooks {

/// What `==` of Lua compares a parameter as: it finds no two of them equal, and asks no exact value about it. Of exact
/// values those that are numbers, with or without a unit, have plain numbers that `:is` finds equal to them.
enum class Plain : std::uint8_t { number, exact, boolean, text };

struct Parameter {
  std::string name;
  Plain plain;
};

/// Comparisons by `==` and `~=` of a parameter with a number or a text written out that can have one answer alone, in a
/// function that stands on those lines of the script, from 1. Parameters that are assigned to are left out, and those
/// whose name is declared again.
std::vector<Mistake> idle_equalities(std::string_view script, int first_line, int last_line,
                                     const std::vector<Parameter>& parameters);

}  // namespace proviso::hooks
