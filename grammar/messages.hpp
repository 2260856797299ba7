#pragma once

#include <type_traits>

#include "expectations.hpp"
#include "file.hpp"

/// What each rule is called in a message, "expected ..., found ...". A rule that may be demanded and is not here does
/// not compile.
namespace proviso::grammar {

template <typename R, typename = void>
struct expected;

template <typename R>
struct expected<R, std::void_t<decltype(R::spelling)>> {
  static constexpr Expectation value{Expects::spelled, R::spelling};
};

/// Rules that always match, if only nothing: nobody misses them.
struct never_missing {
  static constexpr Expectation value{Expects::words, ""};
};
template <typename... Rs>
struct expected<peg::opt<Rs...>> : never_missing {};
template <typename Item, typename Stop, typename Skip>
struct expected<block<Item, Stop, Skip>> : never_missing {};
template <>
struct expected<block_opened> : never_missing {};
template <>
struct expected<block_closed> : never_missing {};
template <>
struct expected<criteria> : never_missing {};
template <>
struct expected<place_block> : never_missing {};
template <>
struct expected<given_facts> : never_missing {};
template <>
struct expected<varied_rows> : never_missing {};
template <>
struct expected<agreement_block> : never_missing {};
template <>
struct expected<bounds_of_amount> : never_missing {};
template <>
struct expected<codes_body> : never_missing {};
template <>
struct expected<more_measures> : never_missing {};

/// A list lacks its first part; the others are demanded one by one.
template <typename R, typename Separator>
struct expected<peg::list_must<R, Separator>> : expected<R> {};

#define PROVISO_EXPECTS(rule, kind, words)                    \
  template <>                                                 \
  struct expected<rule> {                                     \
    static constexpr Expectation value{Expects::kind, words}; \
  };

// clang-format off
// Lexical
PROVISO_EXPECTS(name,             name,             "a name")
PROVISO_EXPECTS(name_part,        name,             "a name behind the `.`")
PROVISO_EXPECTS(path,             name,             "a name")
PROVISO_EXPECTS(any_word,         words,            "a word")
PROVISO_EXPECTS(text,             words,            "a text in quotes")
PROVISO_EXPECTS(date,             words,            "a date such as `2019-04-01`")
PROVISO_EXPECTS(well_formed_date, well_formed_date, "a date such as `2019-04-01`")
PROVISO_EXPECTS(known_unit,       known_unit,       "a unit")
PROVISO_EXPECTS(whole_code,       words,            "a code in one word")
PROVISO_EXPECTS(unit_beside,      unit_beside,      "a unit on the line of its number")

// Structure
PROVISO_EXPECTS(shallow_enough,   shallow,          "")
PROVISO_EXPECTS(open_brace,       open_brace,       "`{`")
PROVISO_EXPECTS(close_brace,      close_brace,      "`}`")
PROVISO_EXPECTS(close_bracket,    close_bracket,    "`)`")
PROVISO_EXPECTS(close_set,        words,            "`,` or `}`")

// Expressions
PROVISO_EXPECTS(expression,       value,            "a value or a condition")
PROVISO_EXPECTS(inner_expression, value,            "a value or a condition")
PROVISO_EXPECTS(test,             value,            "a condition")
PROVISO_EXPECTS(inner_test,       value,            "a condition")
PROVISO_EXPECTS(measure,          value,            "a value")
PROVISO_EXPECTS(inner_measure,    value,            "a value")
PROVISO_EXPECTS(sum,              value,            "a value")
PROVISO_EXPECTS(product,          value,            "a value")
PROVISO_EXPECTS(addend,           value,            "a value")
PROVISO_EXPECTS(unary,            value,            "a value")
PROVISO_EXPECTS(inner_unary,      value,            "a value")
PROVISO_EXPECTS(rank_of,          spelled,          "in")
PROVISO_EXPECTS(rank_word,        spelled,          "in")
PROVISO_EXPECTS(element,          name,             "a name for the list's element")
PROVISO_EXPECTS(for_element,      words,            "`for` and a name for the list's element")
PROVISO_EXPECTS(list_or_set,      words,            "the name of a list, or `{`")
PROVISO_EXPECTS(knownness,        words,            "`known` or `unknown`")
PROVISO_EXPECTS(not_in,           words,            "`in`")
PROVISO_EXPECTS(one_elapsed,      words,            "`years`, `months`, `weeks` or `days`")
PROVISO_EXPECTS(within_side,      words,            "`before` or `after`")
PROVISO_EXPECTS(rounding_mode,    words,            "a way of rounding: `half even`, `half up`, `half down`, `up`, `down`, `floor` or `ceiling`")
PROVISO_EXPECTS(half_direction,   words,            "`even`, `up` or `down`")
PROVISO_EXPECTS(expression_end,   end,              "the end of the expression")

// Facts
PROVISO_EXPECTS(period,           words,            "a date such as `2019-04-01`")
PROVISO_EXPECTS(type,             words,            "a type")
PROVISO_EXPECTS(field_type,       words,            "a type")
PROVISO_EXPECTS(threshold_type,   words,            "a type")
PROVISO_EXPECTS(inner_type,       words,            "a type")
PROVISO_EXPECTS(value,            name,             "a value of the enumeration")
PROVISO_EXPECTS(field,            field,            "a field")
PROVISO_EXPECTS(code_comma,       code_comma,       "")
PROVISO_EXPECTS(code_word,        words,            "the last code of the range")
PROVISO_EXPECTS(parameters,       words,            "`(` and the table's keys")
PROVISO_EXPECTS(parameter,        name,             "a parameter: a name and its type")
PROVISO_EXPECTS(row,              item,             "a row: keys, `->` and a value")
PROVISO_EXPECTS(table_source,     words,            "`from` and a file, or `{` and rows")
PROVISO_EXPECTS(limit,            item,             "a value with its period, as `40 from 2019-04-01`")

// Policies
PROVISO_EXPECTS(criterion,        criterion_item,   "a criterion: its name, a label and `:`")
PROVISO_EXPECTS(criterion_colon,  criterion_colon,  "`:`")
PROVISO_EXPECTS(criterion_equals, criterion_equals, "`:`")
PROVISO_EXPECTS(stray_of,         words,            "`{`")
PROVISO_EXPECTS(condition,        value,            "a condition")
PROVISO_EXPECTS(inner_condition,  value,            "a condition")
PROVISO_EXPECTS(least_count,      words,            "a number of criteria")
PROVISO_EXPECTS(number_of_criteria, words,          "a number of criteria")
PROVISO_EXPECTS(group_word,       group,            "`all`, `any`, `at least N of` or `none of`")
PROVISO_EXPECTS(outcome_word,     words,            "`approve`, `refuse`, `review` or `exempt`")
PROVISO_EXPECTS(policy_outcome,   words,            "`approve`, `refuse`, `review` or `exempt`")
PROVISO_EXPECTS(policy_line,      policy_line,      "a line of the policy")

// Payments
PROVISO_EXPECTS(paid_outcome,     paid_outcome,     "an outcome of the payment")
PROVISO_EXPECTS(strength,         strength,         "how strongly")
PROVISO_EXPECTS(payment_line,     payment_line,     "a line of the payment")
PROVISO_EXPECTS(related_element,  name,             "a name for the other line")
PROVISO_EXPECTS(key_formula,      words,            "a fact alone")
PROVISO_EXPECTS(key_path,         name,             "a fact")
PROVISO_EXPECTS(paths,            name,             "a fact")

// Agreements
PROVISO_EXPECTS(fact_path,        name,             "a name")
PROVISO_EXPECTS(fact_paths,       name,             "a fact")
PROVISO_EXPECTS(baseline_word,    words,            "a word, as `unit`")
PROVISO_EXPECTS(amount,           words,            "an amount such as `£100`")
PROVISO_EXPECTS(percentage,       words,            "a percentage such as `50%`")
PROVISO_EXPECTS(parties,          name,             "a party: a fact that names it")
PROVISO_EXPECTS(share_and,        spelled,          ",")
PROVISO_EXPECTS(party_share,      name,             "a party and its percentage, as `provider 50%`")
PROVISO_EXPECTS(party_shares,     name,             "a party and its percentage, as `provider 50%`")
PROVISO_EXPECTS(capped_party,     name,             "a party and its amount, as `provider £250000 per year`")
PROVISO_EXPECTS(lasting_period,   words,            "a period: `18 months from 2018-12-01`, or its first and last day")
PROVISO_EXPECTS(interval,         words,            "`monthly`, `quarterly` or `yearly`")
PROVISO_EXPECTS(target_met,       words,            "`met` and what must hold")
PROVISO_EXPECTS(target_day,       words,            "a day: `2019-02-28`, or `3 months from 2018-12-01`")
PROVISO_EXPECTS(agreement_item,   agreement_line,   "a line of the agreement")

// Places, hooks, variations
PROVISO_EXPECTS(place,            name,             "a place")
PROVISO_EXPECTS(hook_name,        name,             "the name of a hook")
PROVISO_EXPECTS(arguments,        words,            "`(`")
PROVISO_EXPECTS(hook_parameters,  words,            "`(` and the hook's parameters")
PROVISO_EXPECTS(tendency,         words,            "`tighten` or `loosen`")
PROVISO_EXPECTS(hook_file,        words,            "`from` and the hook's file")
PROVISO_EXPECTS(not_yet_when,     words,            "the name of a clause")
PROVISO_EXPECTS(clause_name,      name,             "the name of a clause")
PROVISO_EXPECTS(replacement,      name,             "the name of a criterion")
PROVISO_EXPECTS(addition,         name,             "the name of a criterion")
PROVISO_EXPECTS(removed,          name,             "the name of a criterion or a clause")
PROVISO_EXPECTS(variation_line,   variation_line,   "a line of the variation")

// Scenarios
PROVISO_EXPECTS(fact_name,        name,             "a name")
PROVISO_EXPECTS(fact_names,       name,             "a name")
PROVISO_EXPECTS(given_equals,     words,            "`=`")
PROVISO_EXPECTS(given_value,      value,            "a value")
PROVISO_EXPECTS(varied_value,     value,            "a value")
PROVISO_EXPECTS(given_end,        given_end,        "`,` or `}`")
PROVISO_EXPECTS(given_fact,       name,             "a fact: its name, `=` and a value")
PROVISO_EXPECTS(given_element,    value,            "a value")
PROVISO_EXPECTS(varied_row,       item,             "a row: values, and `->` with what is expected")
PROVISO_EXPECTS(varied_row_end,   given_end,        "`,`, `->` or a row on a line of its own")
PROVISO_EXPECTS(expected_row_end, expected_end,     "a row on a line of its own")
PROVISO_EXPECTS(reason,           name,             "a name")
PROVISO_EXPECTS(because_otherwise, reason,          "a criterion or a clause")
PROVISO_EXPECTS(expectation,      outcome,          "an outcome")
PROVISO_EXPECTS(scenario_line,    scenario_line,    "a line of the scenario")

// Files
PROVISO_EXPECTS(library,          library_line,     "`library` and the library's name")
PROVISO_EXPECTS(library_name,     name,             "the name of a library")
PROVISO_EXPECTS(declaration,      declaration,      "a declaration")
// clang-format on

#undef PROVISO_EXPECTS

}  // namespace proviso::grammar
