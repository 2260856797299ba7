#pragma once

#include <string>

#include "settle/report_tables.hpp"

namespace proviso::settle {

/// The savings of an account as bars, one a month (quarter, year) from the first settlement to the last: upwards what
/// was saved, downwards and hatched what was lost, on an axis in pounds. Every bar says what it is in words, and the
/// drawing what it shows, so that it can be read aloud and in print without colour. `number` tells the drawings of a
/// page apart. Nothing where nothing was settled.
void append_savings_chart(std::string& out, const Account& account, std::size_t number);

}  // namespace proviso::settle
