#pragma once

#include "policies.hpp"

/// Payments, which are policies of other outcomes, and what looks across lines: relations and groups.
namespace proviso::grammar {

// clang-format off

// payment     = "payment" NAME [ TEXT ] "on" NAME "{" { head | payment_clause | clause | otherwise } "}"
struct paid_outcome     : any_outcome {};
struct otherwise_paid   : peg::if_must<word_otherwise, paid_outcome, peg::opt<sentence>> {};
struct payment_line     : peg::sor<head, payment_clause, clause, otherwise_paid> {};
struct payment          : peg::if_must<word_payment, name, peg::opt<label>, word_on, name,
                                       block<payment_line, peg::failure, skip_to<peg::sor<clause_line, head_line>, Closing::last>>> {};

// relate      = "relate" NAME "on" NAME ":" NAME [ "in" NAME ] "where" expression
// grouping    = "group" NAME "on" NAME "by" PATH { "," PATH } [ "ordered" "by" PATH { "," PATH } ]
struct related_record   : peg::if_must<word_in, name> {};
struct related_element  : peg::seq<name, peg::opt<related_record>> {};
struct relation         : peg::if_must<word_relate, name, word_on, name, colon, related_element, word_where, expression> {};
struct formula_words    : peg::sor<peg::seq<letters<"month">, some, letters<"of">>, peg::seq<letters<"year">, some, letters<"of">>,
                                   peg::seq<letters<"financial">, some, letters<"year">>, peg::seq<letters<"start">, some, letters<"of">>,
                                   peg::seq<letters<"end">, some, letters<"of">>> {};
struct key_formula      : misplaced<key_formula, peg::seq<peg::at<formula_words>, unary>> {};
struct key_path         : peg::seq<peg::not_at<after_a_mistake<declaration_start>>, peg::sor<key_formula, path>> {};
struct paths            : peg::list_must<key_path, comma> {};
struct ordered_by       : peg::if_must<word_ordered, word_by, paths> {};
struct grouping         : peg::if_must<word_group, name, word_on, name, word_by, paths, peg::opt<ordered_by>> {};
// clang-format on

}  // namespace proviso::grammar
