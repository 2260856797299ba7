#pragma once

#include <string>

#include "syntax/tree.hpp"
#include "value/type.hpp"

/// Help for what people write that know how others write it.
namespace proviso::check {

/// What a name that stands for nothing was meant as: `true`, or a code without its system. Empty where it is neither.
std::string meant_by(std::string name);

/// How a value is written that is to go with one of the type: a date as people write it, a number in quotes. Empty
/// where nothing is to be said.
std::string written_as(const syntax::Expression& written, const value::Type& type);

/// Whether it is a number written out, with a minus or without, where a percentage is wanted: `50` is no `50%`.
bool lacks_percent_sign(const syntax::Tree& tree, syntax::ExpressionId written, const value::Type& wanted);

/// The help where a number lacks its sign; empty where it does not.
std::string with_percent_sign(const syntax::Tree& tree, syntax::ExpressionId written, const value::Type& wanted);

}  // namespace proviso::check
