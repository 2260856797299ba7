#pragma once

#include <string>

#include "syntax/tree.hpp"

namespace proviso::syntax {

/// The expression as the language writes it, with only the brackets it needs and one space between words. It parses
/// to the same expression.
std::string print(const Tree& tree, ExpressionId id);
/// `number kg/m2`, `one of never, ex, current`.
std::string print(const TypeExpression& type);
/// The whole file in the one layout that `format` gives; comments stand before the declaration, field, criterion or
/// clause that they stood before. It parses to the same tree.
std::string print(const Tree& tree);

}  // namespace proviso::syntax
