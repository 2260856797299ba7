#pragma once

#include <cstdint>
#include <string_view>

namespace proviso::grammar {

/// What kind of thing was expected where reading failed; some kinds have messages and codes of their own.
enum class Expects : std::uint8_t {
  words,           ///< nothing special: the text says what
  spelled,         ///< a word or a sign: the text is its spelling
  name,            ///< the name of something
  value,           ///< an expression
  item,            ///< one of a list, a line each: what begins its line is what is wrong
  criterion_item,  ///< the same, which begins with a name
  declaration,
  library_line,
  policy_line,
  payment_line,
  agreement_line,
  variation_line,
  scenario_line,
  outcome,       ///< what a scenario expects
  paid_outcome,  ///< what the `otherwise` of a payment gives
  strength,      ///< of `withhold`
  given_end,     ///< what follows a value of a scenario
  reason,        ///< a criterion or clause, not `otherwise`
  expected_end,  ///< the end of a row that says what it expects
  field,
  group,  ///< the word of a group of criteria
  criterion_colon,
  criterion_equals,  ///< `=` where the colon of a criterion belongs
  open_brace,
  close_brace,
  close_bracket,
  unit_beside,  ///< a unit on its number's line
  known_unit,   ///< a unit, not whatever is written right behind a number
  well_formed_date,
  code_comma,  ///< no comma between codes
  shallow,     ///< nothing nested deeper
  end,         ///< the end of a lone expression
};

struct Expectation {
  Expects kind;
  std::string_view text;
};

}  // namespace proviso::grammar
