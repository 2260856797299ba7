#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "check/check.hpp"

namespace proviso::cli {

/// `--facts`: a JSON object of named values as literals of the language. The error says what is wrong with it.
tl::expected<std::vector<check::NamedValue>, std::string> read_values(std::string_view json);

/// A line of `--batch`.
struct EvalLine {
  std::string id = "null";  ///< as JSON
  std::string expression;
  std::vector<check::NamedValue> values;
  std::string problem;  ///< why the line cannot be read; empty: it can
};
/// The id is there as soon as the line is a JSON object that has one, whatever else is wrong with it.
EvalLine read_line(std::string_view json);

}  // namespace proviso::cli
