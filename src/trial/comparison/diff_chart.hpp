#pragma once

#include <string>

#include "trial/comparison/comparison.hpp"

namespace proviso::trial {

/// The pattern by which the charts of a page tell changed cases, once before the first of them.
void append_chart_patterns(std::string& out);
/// A table as a drawing: the outcomes before as a bar on the left, those after on the right, and between them a band
/// for each cell, as high as its cases are many; hatched where they changed. Every bar and band says in text what it
/// is, so that it reads in print and without colour.
void append_chart(std::string& out, const Table& table, const std::string& title);

}  // namespace proviso::trial
