#pragma once

#include "facts.hpp"

/// Policies: the lines of their head, their clauses, and the groups of criteria in those.
namespace proviso::grammar {

// clang-format off

// group       = ( "all" | "any" | "at" "least" NUMBER "of" | "none" "of" ) "{" { criterion } "}"
// criterion   = NAME [ TEXT ] ":" condition
// condition   = group | expression
// `any` begins a list form too: the brace tells.
struct condition;
struct inner_condition  : nested<condition> {};
struct criterion_colon  : sign<":"> {};
struct criterion_equals : misplaced<criterion_equals, peg::seq<peg::not_at<foreign_sign>, sign<"=">>> {};
struct criterion        : peg::seq<name, peg::opt<label>, peg::sor<criterion_equals, peg::must<criterion_colon>>,
                                   peg::must<inner_condition>> {};
// So are the lines of a variation that change something.
struct line_over        : peg::seq<blanks, peg::sor<peg::one<'\n', '\r', '#', '}'>, peg::eof>> {};
struct change_line      : peg::seq<line_start, peg::sor<peg::seq<peg::sor<letters<"replace">, letters<"add">>, some, name_part, blanks, peg::one<'"', ':'>>,
                                                        peg::seq<peg::sor<letters<"replace">, letters<"add">>, some, name_part, some, name_part, some, letters<"when">>,
                                                        peg::seq<peg::sor<letters<"remove">, letters<"category">>, some, name_part, line_over>,
                                                        peg::seq<letters<"omit">, some, letters<"policy">, line_over>,
                                                        peg::seq<letters<"must">, some, letters<"not">>>> {};
struct criteria         : block<criterion, peg::sor<clause_line, change_line>, skip_to<peg::sor<criterion_line, clause_line, change_line>, Closing::any>> {};
// `of` belongs to the groups that count alone.
struct stray_of         : misplaced<stray_of, word_of> {};
struct without_of       : peg::opt<peg::at<word_of, peg::one<'{'>>, stray_of> {};
struct all_group        : peg::seq<word_all, without_of, peg::must<criteria>> {};
struct any_group        : peg::seq<word_any, without_of, peg::at<peg::one<'{'>>, criteria> {};
struct least_count      : token<peg::plus<peg::digit>> {};
struct no_count         : misplaced<least_count, peg::seq<peg::not_at<word_of>, token<identifier>>> {};
struct number_of_criteria: peg::sor<least_count, no_count> {};
struct at_least_group   : peg::if_must<peg::seq<word_at, word_least>, number_of_criteria, word_of, criteria> {};
struct none_group       : peg::if_must<word_none, word_of, criteria> {};
// A word before a brace is that of a group, however it is spelt.
struct group_word       : misplaced<group_word, peg::seq<token<name_part>, peg::at<peg::one<'{'>>>> {};
struct strange_group    : peg::seq<group_word, criteria> {};
struct group            : peg::sor<all_group, any_group, at_least_group, none_group, strange_group> {};
struct condition        : peg::sor<group, expression> {};

// clause      = ( "exempt" | "approve" | "refuse" | "review" ) [ NAME ] "when" condition [ TEXT ]
struct outcome_word     : peg::sor<word_exempt, word_approve, word_refuse, word_review> {};
struct sentence         : text {};
struct if_for_when      : misplaced<word_when, word_if> {};
struct when_word        : peg::sor<word_when, if_for_when> {
  static constexpr std::string_view spelling = word_when::spelling;
};
struct clause_tail      : peg::seq<peg::opt<peg::not_at<outcome_line>, name>, peg::must<when_word, condition>, peg::opt<sentence>> {};
struct clause           : peg::seq<outcome_word, clause_tail> {};

// payment     = "pay" "in" "full" | "pay" expression | "adjust" "to" expression
//             | "recount" "as" expression [ "pay" expression ]
//             | "withhold" ( "must" | "may" | "none" | "risk" ) | "query"
struct pay_in_full      : peg::seq<word_pay, word_in, peg::must<word_full>> {};
struct pay_amount       : peg::if_must<word_pay, expression> {};
struct adjust_to        : peg::if_must<word_adjust, word_to, expression> {};
struct recount_price    : peg::seq<peg::not_at<after_a_mistake<outcome_line>>, peg::if_must<word_pay, expression>> {};
struct recount_as       : peg::if_must<word_recount, word_as, expression, peg::opt<recount_price>> {};
struct strength         : peg::sor<word_must, word_may, word_none, word_risk> {};
struct withhold         : peg::if_must<word_withhold, strength> {};
struct query            : word_query {};
struct payment_outcome  : peg::sor<pay_in_full, pay_amount, adjust_to, recount_as, withhold, query> {};

// payment_clause = payment [ NAME ] "when" condition [ TEXT ]
// otherwise   = "otherwise" ( "approve" | "refuse" | "review" | "exempt" | payment ) [ TEXT ]
// Policies and payments read the clauses of both; those that do not belong are complained about by the checker.
struct payment_clause   : peg::seq<payment_outcome, clause_tail> {};
struct any_outcome      : peg::sor<outcome_word, payment_outcome> {};
struct policy_outcome   : any_outcome {};
struct otherwise        : peg::if_must<word_otherwise, policy_outcome, peg::opt<sentence>> {};

// head        = "category" WORD | "status" WORD | citation | "effective" period | "dated" "by" PATH | "placed" "by" PATH
//             | "in" NAME { "," NAME } | "applies" "when" expression | "note" TEXT | unverified
struct category         : peg::if_must<word_category, any_word> {};
struct status           : peg::if_must<word_status, any_word> {};
struct effective        : peg::if_must<word_effective, period> {};
struct fact_path        : peg::seq<peg::not_at<agreement_line>, path> {};
struct dated_by         : peg::if_must<word_dated, word_by, fact_path> {};
struct placed_by        : peg::if_must<word_placed, word_by, fact_path> {};
struct in_places        : peg::if_must<word_in, peg::list_must<name, comma>> {};
struct applies          : peg::if_must<word_applies, word_when, expression> {};
struct note             : peg::if_must<word_note, text> {};
struct head             : peg::sor<category, status, citation, effective, dated_by, placed_by, in_places, applies, note,
                                   unverified> {};
struct head_line        : peg::seq<line_start, peg::sor<peg::seq<peg::sor<letters<"category">, letters<"status">>, some, identifier>,
                                                        peg::seq<peg::sor<letters<"source">, letters<"note">, letters<"unverified">>, some, quote>,
                                                        peg::seq<letters<"effective">, some, peg::digit>,
                                                        peg::seq<peg::sor<letters<"dated">, letters<"placed">>, some, letters<"by">>,
                                                        peg::seq<letters<"in">, some, name_part>>> {};

// policy      = "policy" NAME [ TEXT ] "on" NAME "{" { head | clause | otherwise } "}"
struct policy_line      : peg::sor<head, clause, payment_clause, otherwise> {};
struct policy           : peg::if_must<word_policy, name, peg::opt<label>, word_on, name,
                                       block<policy_line, peg::failure, skip_to<peg::sor<clause_line, head_line>, Closing::last>>> {};
// clang-format on

}  // namespace proviso::grammar
