#pragma once

#include "structure.hpp"

/// Expressions, a rule a level, loosest first. Every alternative commits on its first word or sign, so that reading an
/// expression takes time in proportion to its length, however its brackets nest.
namespace proviso::grammar {

// clang-format off

struct expression;
struct test;
struct measure;
struct unary;
struct inner_expression : nested<expression> {};
struct inner_test       : nested<test> {};
struct inner_measure    : nested<measure> {};
struct inner_unary      : nested<unary> {};

struct open_bracket     : sign<"("> {};
struct close_bracket    : sign<")"> {};
struct comma            : sign<","> {};
struct semicolon        : sign<";"> {};

// where       = "where" expression                          takes all that follows
// element     = NAME "in" PATH [ where ]
// list_form   = ( "any" | "every" ) element
//             | "count" "of" element
//             | "sum" "of" measure "for" element
//             | ( "minimum" | "maximum" ) "of" measure "for" element
//             | ( "latest" | "earliest" ) measure "for" element
// first_known = "first" "known" "of" measure { "," measure }
// extreme     = ( "minimum" | "maximum" ) "of" measure { "," measure }
// The two forms of `minimum of` are told apart by what stands behind the first measure.
struct where            : peg::if_must<word_where, inner_expression> {};
struct element          : peg::seq<name, peg::must<word_in, path>, peg::opt<where>> {};
struct for_element      : peg::if_must<word_for, element> {};
struct any_form         : peg::if_must<word_any, element> {};
struct every_form       : peg::if_must<word_every, element> {};
struct count_form       : peg::if_must<word_count, word_of, element> {};
struct sum_form         : peg::if_must<word_sum, word_of, inner_measure, for_element> {};
struct latest_form      : peg::if_must<word_latest, inner_measure, for_element> {};
struct earliest_form    : peg::if_must<word_earliest, inner_measure, for_element> {};
struct more_measures    : peg::star<comma, peg::must<inner_measure>> {};
struct first_known      : peg::if_must<word_first, word_known, word_of, inner_measure, more_measures> {};
struct extreme_of       : peg::seq<peg::must<word_of, inner_measure>, peg::sor<for_element, more_measures>> {};
struct minimum_form     : peg::seq<word_minimum, extreme_of> {};
struct maximum_form     : peg::seq<word_maximum, extreme_of> {};

// rank        = "rank" "in" PATH
// reference   = PATH [ "(" [ expression { ( "," | ";" ) expression } ] ")" ]
// hook_call   = "hook" PATH "(" [ expression { ( "," | ";" ) expression } ] ")"
// bracketed   = "(" expression ")"
// primary     = literal | TEXT | CODE | "yes" | "no" | "unknown" | bracketed | list_form | first_known | extreme
//             | reference
//             | hook_call | rank
// Where there was a mistake, a declaration, a criterion or a clause that begins where a value is missing is no value.
struct separator        : peg::sor<comma, semicolon> {};
struct arguments        : peg::seq<open_bracket, peg::opt<peg::list_must<inner_expression, separator>>, peg::must<close_bracket>> {};
struct agreement_line   : only_in_agreement<agreement_start> {};
struct begins_otherwise : after_a_mistake<peg::sor<declaration_start, criterion_line, clause_line, agreement_line>> {};
struct reference        : peg::seq<peg::not_at<begins_otherwise>, path, peg::opt<arguments>> {};
// `hook` may be a name: the dot or the bracket behind the name that follows it tells. After a mistake one at the start of a
// line is a declaration; none begins a file, so that a lone expression may begin with a hook.
struct hook_ahead       : peg::seq<word_hook, name_part, peg::sor<peg::one<'.'>, peg::seq<leading_space, peg::one<'('>>>> {};
struct hook_name        : path {};
struct no_declaration   : peg::sor<peg::bof, peg::not_at<after_a_mistake<declaration_start>>> {};
struct hook_call        : peg::if_must<peg::seq<no_declaration, peg::at<hook_ahead>, word_hook>, hook_name, arguments> {};
// `rank` may be a name: `rank in { 1, 2 }` asks about a fact of that name, and in an agreement an `in` on the next line
// begins a line of its own. `working day rank of month of d` is no rank.
struct of_a_group       : peg::seq<letters<"of">, some, peg::not_at<letters<"month">>> {};
struct tail_elsewhere   : only_in_agreement<peg::seq<line_start, peg::sor<letters<"in">, letters<"between">>>> {};
struct rank_ahead       : peg::seq<letters<"rank">, gap, peg::sor<peg::seq<peg::not_at<tail_elsewhere>, letters<"in">, gap>, of_a_group>, name_part> {};
struct rank_of          : misplaced<rank_of, word_of> {};
struct rank_word        : peg::sor<word_in, rank_of> {};
struct rank_in          : peg::if_must<peg::seq<peg::at<rank_ahead>, word_rank, rank_word>, path> {};
struct bracketed        : peg::if_must<open_bracket, inner_expression, close_bracket> {};
struct yes_literal      : word_yes {};
struct no_literal       : word_no {};
struct unknown_literal  : word_unknown {};
// A blank behind the colon of a code is complained about; outside a value a name and a colon begin a criterion.
struct spaced_code      : peg::if_must<peg::seq<peg::not_at<begins_otherwise>, peg::at<system_word, blanks, peg::one<':'>, blanks, code_start>>, whole_code> {};
struct literal          : peg::sor<date, false_date, numeric, pounds, text> {};
struct primary          : peg::sor<literal, bracketed,
                                   any_form, every_form, count_form, sum_form, minimum_form, maximum_form,
                                   latest_form, earliest_form, first_known,
                                   yes_literal, no_literal, unknown_literal,
                                   code, spaced_code, hook_call, rank_in, reference> {};

// unary       = "-" unary | "absolute" unary
//             | [ "financial" ] "year" "of" unary | "month" "of" unary
//             | ( "start" | "end" ) "of" "month" "of" unary
//             | "working" "day" unary "of" "month" "of" unary
//             | primary
// `year`, `month` and the others may be names: it is `of`, which may not, that tells. The arrow of a table's row is no
// minus.
struct minus            : peg::seq<peg::not_at<peg::string<'-', '>'>>, sign<"-">> {};
struct negate           : peg::if_must<minus, inner_unary> {};
struct absolute         : peg::if_must<word_absolute, inner_unary> {};
struct month_of         : peg::if_must<peg::seq<word_month, word_of>, inner_unary> {};
struct year_of          : peg::if_must<peg::seq<word_year, word_of>, inner_unary> {};
struct financial_year   : peg::if_must<peg::seq<word_financial, word_year, word_of>, inner_unary> {};
struct start_of_month   : peg::if_must<peg::seq<word_start, word_of>, word_month, word_of, inner_unary> {};
struct end_of_month     : peg::if_must<peg::seq<word_end, word_of>, word_month, word_of, inner_unary> {};
struct working_day      : peg::if_must<peg::seq<word_working, word_day>, inner_unary, word_of, word_month, word_of, inner_unary> {};
struct unary            : peg::sor<negate, absolute, month_of, year_of, financial_year, start_of_month, end_of_month,
                                   working_day, primary> {};

// sum         = product { ( "+" | "-" ) product [ "working" ( "days" | "day" ) ] }
// product     = unary { ( "*" | "/" | "mod" ) unary }
struct product_sign     : peg::sor<sign<"*">, sign<"/">, word_mod> {};
struct product          : peg::list_must<unary, product_sign> {};
struct working_days     : peg::seq<word_working, peg::sor<word_days, word_day>> {};
struct addend           : peg::seq<product, peg::opt<working_days>> {};
struct sum_sign         : peg::sor<sign<"+">, minus> {};
struct sum              : peg::seq<product, peg::star<sum_sign, peg::must<addend>>> {};

// measure     = ( elapsed | sum ) [ "rounded" "to" unary mode ]
// elapsed     = ( "years" | "months" | "weeks" | "days" | "working" "days" ) "from" sum "to" sum
// mode        = "half" ( "even" | "up" | "down" ) | "up" | "down" | "floor" | "ceiling"
struct one_unit         : peg::seq<peg::opt<word_working>, peg::sor<word_year, word_month, word<"week">, word_day>, peg::not_at<line_start>, peg::at<word_from>> {};
struct one_elapsed      : misplaced<one_elapsed, after_a_mistake<one_unit>> {};
struct elapsed_unit     : peg::sor<word_years, word_months, word_weeks, word_days, peg::seq<word_working, word_days>, one_elapsed> {};
struct elapsed          : peg::seq<elapsed_unit, peg::must<word_from, sum, word_to, sum>> {};
struct half_direction   : peg::sor<word_even, word_up, word_down> {};
struct half_mode        : peg::if_must<word_half, half_direction> {};
struct rounding_mode    : peg::sor<half_mode, word_up, word_down, word_floor, word_ceiling> {};
struct rounding         : peg::if_must<word_rounded, word_to, inner_unary, rounding_mode> {};
struct measure          : peg::seq<peg::sor<elapsed, sum>, peg::opt<rounding>> {};

// comparison  = measure [ "=" measure | "!=" measure | "<" measure | ... | "between" measure "and" measure
//             | "in" ( set | PATH ) | "is" ( "known" | "unknown" ) | "within" measure ( "before" | "after" ) measure ]
// set         = "{" measure { "," measure } "}"
// A second comparison is read too, and complained about when the tree is built - but an `in` at the start of a line is
// the line of the policy that says where it holds. In an agreement, whose lines have no order, so is the first one, and
// a `between` there names the parties.
struct foreign_sign     : peg::sor<peg::string<'=', '='>, peg::string<'=', '>'>, peg::string<'<', '>'>, peg::string<'=', '<'>> {};
// Signs of other languages are read as what they mean here, and complained about when the tree is built.
struct comparison_sign  : peg::sor<sign<"==">, sign<"=>">, sign<"=<">, sign<"<>">, sign<"≤">, sign<"≥">, sign<"≠">,
                                   sign<"<=">, sign<">=">, sign<"!=">, sign<"=">, sign<"<">, sign<">">> {};
struct compare_tail     : peg::if_must<comparison_sign, measure> {};
struct between_tail     : peg::if_must<word_between, measure, word_and, measure> {};
struct open_set         : sign<"{"> {};
struct close_set        : sign<"}"> {};
struct set              : peg::if_must<open_set, peg::list_must<inner_measure, comma>, close_set> {};
struct list_or_set      : peg::sor<set, path> {};
struct not_in           : misplaced<not_in, peg::seq<word_not, word_in>> {};
struct in_tail          : peg::if_must<peg::sor<word_in, not_in>, list_or_set> {};
struct is_known         : word_known {};
struct is_unknown       : word_unknown {};
struct knownness        : peg::sor<is_known, is_unknown> {};
struct is_tail          : peg::if_must<word_is, knownness> {};
struct within_side      : peg::sor<word_before, word_after> {};
struct within_tail      : peg::if_must<word_within, measure, within_side, measure> {};
struct comparison_tail  : peg::sor<compare_tail, between_tail, in_tail, is_tail, within_tail> {};
struct in_line          : peg::seq<line_start, letters<"in">> {};
struct further_tail     : peg::seq<peg::not_at<peg::sor<in_line, tail_elsewhere>>, comparison_tail> {};
struct comparison       : peg::seq<measure, peg::opt<peg::not_at<tail_elsewhere>, comparison_tail, peg::star<further_tail>>> {};

// expression  = "if" expression "then" expression "else" expression | logic
// logic       = test { ( "and" | "or" ) test }
// test        = "not" test | comparison
// `and` and `or` stand on one level; a mixture is complained about when the tree is built, with both readings.
struct negation         : peg::if_must<word_not, inner_test> {};
struct test             : peg::sor<negation, comparison> {};
struct logic_word       : peg::sor<word_and, word_or> {};
struct logic            : peg::list_must<test, logic_word> {};
struct conditional      : peg::if_must<word_if, inner_expression, word_then, inner_expression, word_else, inner_expression> {};
struct expression       : peg::sor<conditional, logic> {};

// A lone expression, as the command line reads it.
struct expression_end   : peg::eof {};
struct lone_expression  : peg::seq<leading_space, peg::must<expression, expression_end>> {};
// clang-format on

}  // namespace proviso::grammar
