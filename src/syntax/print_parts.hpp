#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.hpp"

/// What the printers of expressions and of files share.
namespace proviso::syntax {

/// In quotes, with its escapes.
std::string quote(std::string_view text);

/// An expression where the grammar takes no more than a signed value: the keys of a table, the value of a threshold.
std::string print_operand(const Tree& tree, ExpressionId id);

/// An expression before a name, which might be read as its unit.
std::string print_before(const Tree& tree, ExpressionId id, std::string_view name);

/// `(day date; limit number)`.
std::string parameter_list(const std::vector<Parameter>& parameters);

/// `a, b, c`.
std::string listed(const std::vector<Name>& names);

/// With blanks behind it, as many characters wide as asked.
std::string padded(std::string text, std::size_t width);

}  // namespace proviso::syntax
