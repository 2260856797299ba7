#pragma once

#include <string>
#include <string_view>

#include "syntax/tree.hpp"

/// What the printers of expressions and of files share.
namespace proviso::syntax {

/// In quotes, with its escapes.
std::string quote(std::string_view text);

/// An expression where the grammar takes no more than a signed value: the keys of a table, the value of a threshold.
std::string print_operand(const Tree& tree, ExpressionId id);

}  // namespace proviso::syntax
