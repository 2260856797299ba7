#pragma once

#include <string_view>

#include "text/diagnostic.hpp"

namespace proviso::text {

/// The page of a diagnostic, in Markdown: what it means, an example that gets it, and the mend. They are the files of
/// grammar/diagnostics/, kept inside the program.
std::string_view page_of(Code code);

}  // namespace proviso::text
