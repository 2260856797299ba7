#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "syntax/mistakes.hpp"

/// What was probably meant, where what stands around a mistake tells.
namespace proviso::syntax {

/// Of money such as `£1,000`, of which the comma or what follows it could not be read.
std::optional<text::Diagnostic> money_with_commas(const Page& page, const Mistake& mistake);

/// The help for a mistake at which `found` was found; empty where there is none to give.
std::string hint(const Page& page, const Mistake& mistake, std::string_view found);

/// The lines that there are where one is expected; empty where no line is, or where they are too many to say.
std::string lines_there_are(grammar::Expects expects);

/// The unit that a word was probably meant as: `kg/m2` of `kg/m^2` and of `kg/M2`. Empty where none is near.
std::string nearest_unit(std::string_view word);

/// The word of the language that a word is but for its capitals, as `and` of `AND`; empty where there is none.
std::string in_small_letters(std::string_view word);

}  // namespace proviso::syntax
