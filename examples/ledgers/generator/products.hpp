#pragma once

#include <span>
#include <string_view>

#include "dirt.hpp"

/// What drugs cost. Every price here is made up but the first of adalimumab, from which its agreement counts.
namespace ledgers {

struct Product {
  std::string_view name;
  std::string_view molecule;
  std::string_view code;  ///< made up, with a right check digit
  bool original;
  Pence first_price;   ///< in December 2018
  Pence fall_a_month;  ///< until it costs two fifths
};

struct Molecule {
  std::string_view name;
  std::string_view treatment_function;
  std::string_view indication;
  bool gain_share;
  std::span<const Product> products;  ///< the original first
};

std::span<const Molecule> molecules();

/// Of one unit, on a day from December 2018 on.
Pence price_on(const Product& product, Day day);
/// The lowest of the molecule's products in the month of the day.
Pence market_price_on(const Molecule& molecule, Day day);

}  // namespace ledgers
