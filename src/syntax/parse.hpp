#pragma once

#include <cstdint>
#include <string_view>

#include "syntax/tree.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace proviso::syntax {

/// Brackets, groups and blocks inside each other; more is an error (too_deep), never a crash.
inline constexpr std::size_t nesting_limit = 128;
/// Errors shown for one file before the rest is left unread.
inline constexpr std::size_t error_limit = 20;

/// Reads one file. Whatever it holds, this returns a tree of what could be read and says the rest in `diagnostics`:
/// after a mistake it goes on at the next criterion or clause line of the policy, the next line of the variation or the
/// agreement, or at the next declaration.
Tree parse(const text::Sources& sources, std::uint32_t file, text::Diagnostics& diagnostics);

/// A lone expression, as `eval` and the tests read it; no_expression in `root` where it is not one.
struct ParsedExpression {
  Tree tree;
  ExpressionId root = no_expression;
};
ParsedExpression parse_expression(const text::Sources& sources, std::uint32_t file, text::Diagnostics& diagnostics);

/// Words that no value, record or library may be called.
bool is_reserved(std::string_view word);

}  // namespace proviso::syntax
