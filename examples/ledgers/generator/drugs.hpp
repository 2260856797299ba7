#pragma once

#include <cstddef>
#include <vector>

#include "ledger.hpp"
#include "products.hpp"
#include "register.hpp"

namespace ledgers {

/// The columns of the drug ledger.
enum class Drug : std::size_t {
#define DRUG_COLUMN(name, heading, form) name,
#include "drug_columns.def"
#undef DRUG_COLUMN
};

const std::vector<Column>& drug_columns();

using DrugLine = Line<Drug>;

/// All that is supplied to one patient, from December 2018 to December 2020: every four weeks, on the original drug, on
/// a biosimilar, or first on the one and then on the other. Most lines are such as are paid in full; each says what the
/// payments are to make of it.
std::vector<DrugLine> draw_course(Random& random, People& people, Register& authorisations);

}  // namespace ledgers
