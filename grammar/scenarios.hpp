#pragma once

#include "places.hpp"
#include "policies.hpp"

/// Scenarios: a record as a person would tell it, and what must come of it.
namespace proviso::grammar {

// clang-format off

// Where a line of a scenario begins, for going on after a mistake and for braces left open. A fact may bear the same
// name, so more than the word is looked at.
struct scenario_start   : peg::seq<line_start, peg::sor<peg::seq<peg::sor<letters<"expect">, letters<"vary">, letters<"with">>, some, identifier>,
                                                        peg::seq<peg::sor<letters<"given">, letters<"but">>, blanks, peg::one<'{'>>,
                                                        peg::seq<letters<"like">, some, peg::sor<quote, identifier>>,
                                                        peg::seq<peg::sor<letters<"note">, letters<"unverified">>, some, quote>>> {};
struct dotted           : peg::seq<identifier, peg::star<peg::one<'.'>, identifier>> {};
struct fact_ahead       : peg::sor<peg::seq<letters<"rank">, gap, letters<"in">, gap, dotted>, dotted> {};
struct given_line       : peg::seq<line_start, fact_ahead, blanks, peg::one<'='>> {};
struct given_over       : peg::sor<peg::one<'}'>, peg::eof, declaration_start, scenario_start> {};

// facts       = "{" [ fact { "," fact } [ "," ] ] "}"
// fact        = fact_name "=" value
// fact_name   = PATH | "rank" "in" PATH
// value       = record | list | measure [ "on" DATE ]
// record      = "{" fact { "," fact } [ "," ] "}"
// list        = "{" [ value { "," value } [ "," ] ] "}"
// What stands behind the first name tells a record from a list. A comma that is missing before a fact is
// complained about, and reading goes on as though it were there.
struct given_fact;
struct given_element;
struct facts_ahead      : peg::seq<open_brace, fact_ahead, leading_space, peg::one<'='>> {};
struct given_facts      : block<given_fact, scenario_start, skip_to<peg::sor<given_line, scenario_start>, Closing::any>> {};
struct given_elements   : block<given_element, scenario_start, skip_to<peg::sor<row_line, scenario_start>, Closing::any>> {};
struct given_record     : peg::seq<peg::at<facts_ahead>, given_facts> {};
struct given_list       : given_elements {};
struct braces           : peg::sor<given_record, given_list> {};
struct inner_braces     : nested<braces> {};
struct given_braces     : peg::seq<peg::at<open_brace>, inner_braces> {};
struct measured_on      : peg::if_must<word_on, date> {};
struct single_value     : peg::seq<peg::not_at<after_a_mistake<peg::sor<scenario_start, given_line>>>, measure, peg::opt<measured_on>> {};
struct given_value      : peg::sor<given_braces, single_value> {};
struct given_end        : peg::sor<comma, peg::at<given_over>> {};
struct given_equals     : peg::seq<peg::not_at<foreign_sign>, sign<"=">> {};
struct given_next       : peg::seq<fact_ahead, leading_space, peg::one<'='>> {};
struct given_comma      : peg::seq<peg::at<given_next>, supposed<given_end>> {};
struct fact_name        : peg::sor<rank_in, path> {};
struct given_fact       : peg::seq<fact_name, peg::must<given_equals, given_value>, peg::sor<given_comma, peg::must<given_end>>> {};
struct given_element    : peg::seq<given_value, peg::must<given_end>> {};

// expectation = outcome [ "because" NAME { "," NAME } ] [ "about" fact_name { "," fact_name } ]
// outcome     = "approve" | "refuse" | "review" | "exempt" | "information" "needed" | "not" "applicable"
//             | "pay" [ unary ] | "adjust" [ "to" unary ] | "recount" "as" unary [ "pay" unary ] | "withhold" [ strength ]
//             | "query"
// What is not said of the amount or the strength may be any. The next row begins on a line of its own: an amount and a
// strength stand on the line of their word.
struct amount_follows   : peg::seq<peg::not_at<line_start>, peg::at<money_start>> {};
struct expected_amount  : peg::seq<amount_follows, unary> {};
struct expected_words   : peg::sor<letters<"because">, letters<"about">> {};
struct strength_follows : peg::seq<peg::not_at<peg::sor<line_start, expected_words>>, peg::at<identifier>> {};
struct expected_strength: peg::if_must<strength_follows, strength> {};
struct outcome          : peg::sor<outcome_word,
                                   peg::if_must<word_information, word_needed>,
                                   peg::if_must<word_not, word_applicable>,
                                   peg::seq<word_pay, peg::opt<expected_amount>>,
                                   peg::seq<word_adjust, peg::opt<peg::if_must<word_to, unary>>>,
                                   peg::if_must<word_recount, word_as, unary, peg::opt<peg::if_must<word_pay, unary>>>,
                                   peg::seq<word_withhold, peg::opt<expected_strength>>,
                                   word_query> {};
struct because_otherwise: misplaced<because_otherwise, word_otherwise> {};
struct reason           : peg::sor<name, because_otherwise> {};
struct because          : peg::if_must<word_because, peg::list_must<reason, comma>> {};
struct fact_names       : peg::list_must<fact_name, comma> {};
struct about            : peg::if_must<word_about, fact_names> {};
struct expectation      : peg::seq<outcome, peg::opt<because>, peg::opt<about>> {};

// vary        = "vary" fact_name { "," fact_name } "{" { row } "}"
// row         = varied { "," varied } [ "->" expectation ]         on a line of its own
// varied      = record | list | unary [ "on" DATE ]
// The next row may begin with a minus: so a value without brackets is no sum.
struct varied_single    : peg::seq<peg::not_at<after_a_mistake<scenario_start>>, unary, peg::opt<measured_on>> {};
struct varied_value     : peg::sor<given_braces, varied_single> {};
struct row_over         : peg::sor<peg::at<peg::one<'}'>>, peg::eof, line_start> {};
struct expected_row_end : row_over {};
struct varied_row_end   : row_over {};
struct expected_row     : peg::if_must<arrow, expectation, expected_row_end> {};
struct varied_row       : peg::seq<peg::list_must<varied_value, comma>, peg::sor<expected_row, peg::must<varied_row_end>>> {};
struct varied_rows      : block<varied_row, scenario_start, skip_to<row_line, Closing::any>> {};
struct vary             : peg::if_must<word_vary, fact_names, varied_rows> {};

// scenario    = "scenario" TEXT "of" PATH "{" { line } "}"
// line        = "given" facts | "like" TEXT [ "but" facts ] | vary | "expect" expectation | "with" "drafts"
//             | "note" TEXT | unverified
struct given            : peg::if_must<word_given, given_facts> {};
struct but              : peg::if_must<word_but, given_facts> {};
struct like             : peg::if_must<word_like, text, peg::opt<but>> {};
struct expect           : peg::if_must<word_expect, expectation> {};
struct with_drafts      : peg::if_must<word_with, word_drafts> {};
struct scenario_line    : peg::sor<given, like, vary, expect, with_drafts, note, unverified> {};
struct scenario         : peg::if_must<word_scenario, text, word_of, path,
                                       block<scenario_line, peg::failure, skip_to<scenario_start, Closing::last>>> {};
// clang-format on

}  // namespace proviso::grammar
