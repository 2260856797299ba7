#pragma once

#include "places.hpp"
#include "policies.hpp"

/// Variations: what a place does otherwise than the policy says, from a day, on whose authority.
namespace proviso::grammar {

// clang-format off

// variation   = "variation" "of" PATH "in" NAME "{" { line } "}"
// line        = "from" period | citation | replace | add | "remove" NAME | "category" WORD | "omit" "policy"
//             | "must" "not" "be" "looser" "than" NAME | "note" TEXT | unverified
// replace     = "replace" ( changed | clause )
// add         = "add" ( changed [ "to" NAME ] | clause )
// changed     = NAME [ TEXT ] ":" condition
// clause      = ( "exempt" | "approve" | "refuse" | "review" ) NAME "when" condition [ TEXT ]
// A criterion may be called `exempt`: its label or colon tells. A payment's own clauses are read too, and complained
// about when the tree is built.
struct holds            : peg::if_must<word_from, period> {};
struct no_criterion     : peg::not_at<peg::one<'"', ':', '='>> {};
struct not_yet_when     : peg::not_at<letters<"when">> {};
struct clause_name      : name {};
struct changed_clause   : peg::seq<outcome_word, no_criterion, peg::must<not_yet_when, clause_name, word_when, condition>, peg::opt<sentence>> {};
struct is_criterion     : peg::seq<name_part, blanks, peg::one<'"', ':', '='>> {};
struct changed_payment  : peg::seq<peg::not_at<is_criterion>, peg::at<payment_start>, payment_outcome,
                                   peg::must<clause_name, word_when, condition>, peg::opt<sentence>> {};
struct changed          : criterion {};
struct to_group         : peg::if_must<word_to, name> {};
struct added            : peg::seq<changed, peg::opt<to_group>> {};
struct replacement      : peg::sor<changed_clause, changed_payment, changed> {};
struct addition         : peg::sor<changed_clause, changed_payment, added> {};
struct replace          : peg::if_must<word_replace, replacement> {};
struct add              : peg::if_must<word_add, addition> {};
struct removed          : name {};
struct remove           : peg::if_must<word_remove, removed> {};
struct omit             : peg::if_must<word_omit, word_policy> {};
struct not_looser       : peg::if_must<word_must, word_not, word_be, word_looser, word_than, name> {};
struct variation_line   : peg::sor<holds, citation, replace, add, remove, category, omit, not_looser, note, unverified> {};
struct variation_start  : peg::sor<change_line,
                                   peg::seq<line_start, peg::sor<peg::seq<letters<"from">, some, peg::digit>,
                                                                 peg::seq<peg::sor<letters<"replace">, letters<"add">, letters<"remove">, letters<"category">,
                                                                                    letters<"omit">, letters<"must">>, some, identifier>,
                                                                 peg::seq<peg::sor<letters<"source">, letters<"note">, letters<"unverified">>, some, quote>>>> {};
struct variation        : peg::if_must<word_variation, word_of, path, word_in, name,
                                       block<variation_line, peg::failure, skip_to<variation_start, Closing::last>>> {};
// clang-format on

}  // namespace proviso::grammar
