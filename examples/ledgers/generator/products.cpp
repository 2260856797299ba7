#include "products.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

namespace ledgers {
namespace {

constexpr auto adalimumab = std::to_array<Product>({
    {"Humira® 40mg/0.4ml pre-filled pen", "adalimumab", "1000001106", true, 352'14, 3'10},
    {"Amgevita 40mg/0.8ml pre-filled pen", "adalimumab", "1000002103", false, 316'93, 9'45},
    {"Imraldi 40mg/0.8ml pre-filled pen", "adalimumab", "1000003109", false, 306'40, 11'20},
    {"Hyrimoz 40mg/0.8ml pre-filled pen", "adalimumab", "1000004102", false, 309'75, 12'05},
});
constexpr auto infliximab = std::to_array<Product>({
    {"Remicade 100mg powder for infusion", "infliximab", "1000005101", true, 419'62, 1'50},
    {"Remsima 100mg powder for infusion", "infliximab", "1000006100", false, 377'66, 6'80},
});
constexpr auto etanercept = std::to_array<Product>({
    {"Enbrel 50mg pre-filled syringe", "etanercept", "1000007105", true, 178'75, 60},
    {"Benepali 50mg pre-filled syringe", "etanercept", "1000008104", false, 164'00, 3'15},
});
constexpr auto rituximab = std::to_array<Product>({
    {"MabThera 500mg/50ml vial", "rituximab", "1000009108", true, 873'15, 4'25},
    {"Truxima 500mg/50ml vial", "rituximab", "1000010102", false, 785'84, 15'90},
});
constexpr auto trastuzumab = std::to_array<Product>({
    {"Herceptin 150mg powder for infusion", "trastuzumab", "1000011103", true, 407'40, 2'35},
    {"Ontruzant 150mg powder for infusion", "trastuzumab", "1000012106", false, 366'66, 8'70},
});

// Rheumatoid arthritis, Crohn's disease and psoriasis by their SNOMED CT codes; trastuzumab is given in oncology, where
// no authorisation is asked for.
constexpr auto all = std::to_array<Molecule>({
    {"adalimumab", "410", "69896004", true, adalimumab},
    {"infliximab", "301", "34000006", false, infliximab},
    {"etanercept", "330", "9014002", false, etanercept},
    {"rituximab", "410", "69896004", false, rituximab},
    {"trastuzumab", "370", "254837009", false, trastuzumab},
});

int months_since_launch(Day day) {
  const std::chrono::year_month_day date(day);
  return (static_cast<int>(date.year()) - 2018) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 12;
}

}  // namespace

std::span<const Molecule> molecules() { return all; }

Pence price_on(const Product& product, Day day) {
  return std::max(product.first_price - months_since_launch(day) * product.fall_a_month, product.first_price * 2 / 5);
}

Pence market_price_on(const Molecule& molecule, Day day) {
  Pence lowest = std::numeric_limits<Pence>::max();
  for (const Product& product : molecule.products) lowest = std::min(lowest, price_on(product, day));
  return lowest;
}

}  // namespace ledgers
