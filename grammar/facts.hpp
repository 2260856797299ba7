#pragma once

#include "expressions.hpp"

/// What policies are about: records and their fields, types, code lists, definitions, tables, thresholds.
namespace proviso::grammar {

// clang-format off

// citation    = "source" TEXT [ "section" TEXT ]
// period      = DATE [ "to" DATE ]
// unverified  = "unverified" TEXT
struct citation         : peg::if_must<word_source, text, peg::opt<peg::if_must<word_section, text>>> {};
struct period           : peg::seq<date, peg::opt<peg::if_must<word_to, date>>> {};
struct from_period      : peg::if_must<word_from, period> {};
struct unverified       : peg::if_must<word_unverified, text> {};
struct label            : text {};
struct colon            : sign<":"> {};
struct equals           : sign<"="> {};

// type        = "yes" "/" "no" | "number" [ UNIT | "%" ] | "money" | "percent" | "date" | "duration" | "text" | "place"
//             | "code" NAME | "one" "of" value { "," value } | "scale" value { "<" value } | "list" "of" type | PATH
// value       = NAME | TEXT
struct type;
struct inner_type       : nested<type> {};
struct type_unit        : peg::seq<peg::not_at<scanned<past_raised_unit>>, plural_unit_word, peg::not_at<peg::one<'/'>>> {};
struct number_type      : token<peg::seq<letters<"number">, peg::opt<blanks, peg::sor<percent_sign, type_unit>>>> {};
struct yes_no_type      : peg::if_must<word_yes, sign<"/">, word_no> {};
struct plain_type       : peg::sor<word_money, word_percent, word_date, word_duration, word_text, word_place> {};
struct code_type        : peg::if_must<word_code, any_word> {};
struct value            : peg::sor<name, text> {};
struct one_of_type      : peg::if_must<word_one, word_of, peg::list_must<value, comma>> {};
struct scale_type       : peg::if_must<word_scale, value, sign<"<">, peg::list_must<value, sign<"<">>> {};
struct list_type        : peg::if_must<word_list, word_of, inner_type> {};
struct named_type       : path {};
struct type             : peg::sor<yes_no_type, number_type, plain_type, code_type, one_of_type, scale_type, list_type,
                                   named_type> {};

// record      = "record" NAME [ TEXT ] "{" { field } "}"
// field       = NAME type { attribute }
// attribute   = TEXT | "assume" unary | "ask" TEXT | "measured" [ "valid" unary ] | "check" NAME | "price"
// `price` is the name of the next field where a type follows it; a name that is followed by a type is a field itself.
struct assume           : peg::if_must<word_assume, unary> {};
struct ask              : peg::if_must<word_ask, text> {};
struct valid            : peg::if_must<word_valid, unary> {};
struct measured         : peg::seq<word_measured, peg::opt<valid>> {};
struct check            : peg::if_must<word_check, any_word> {};
struct attribute_word   : peg::sor<letters<"assume">, letters<"ask">, letters<"measured">, letters<"valid">, letters<"check">> {};
struct type_word        : peg::sor<letters<"yes">, letters<"number">, letters<"money">, letters<"percent">, letters<"date">,
                                   letters<"duration">, letters<"text">, letters<"place">, letters<"code">, letters<"one">,
                                   letters<"scale">, letters<"list">> {};
struct field_of_price   : peg::sor<peg::seq<letters<"price">, gap, type_word>,
                                   peg::seq<line_start, letters<"price">, some, peg::not_at<attribute_word>, identifier, peg::not_at<gap, type_word>>> {};
struct price            : peg::seq<peg::not_at<field_of_price>, word_price> {};
// A word behind `number` is a unit that there is none of where it cannot be the name of the next field: no type follows.
struct compound_unit    : peg::seq<identifier, peg::at<peg::sor<peg::one<'/', '^'>, peg::string<'\xC2', '\xB2'>, peg::string<'\xC2', '\xB3'>>>> {};
struct unit_like        : peg::seq<peg::at<compound_unit>, scanned<past_unit_like>> {};
struct field_goes_on    : peg::sor<letters<"measured">, peg::seq<letters<"ask">, some, quote>, peg::seq<letters<"assume">, some, peg::not_at<letters<"ask">>>> {};
struct next_field       : peg::seq<peg::not_at<type_word>, identifier, some, peg::not_at<attribute_word>, identifier> {};
struct next_on_line     : peg::seq<peg::not_at<type_word>, name_part, some, type_word> {};
struct fields_over      : peg::seq<leading_space, peg::sor<peg::one<'}'>, peg::eof>> {};
struct line_break       : peg::seq<blanks, peg::at<peg::one<'\n', '\r', '#'>>, leading_space> {};
struct no_type_follows  : peg::sor<peg::seq<blanks, quote>, fields_over, peg::seq<some, peg::sor<field_goes_on, next_on_line>>,
                                   after_a_mistake<peg::seq<line_break, next_field>>> {};
struct unit_of_field    : peg::sor<unit_like, peg::seq<peg::not_at<attribute_word>, peg::not_at<letters<"price">>, name_part, peg::at<no_type_follows>>> {};
struct unknown_of_field : misplaced<known_unit, peg::seq<peg::not_at<line_start>, token<unit_of_field>>> {};
struct field_type       : peg::sor<peg::seq<number_type, peg::opt<unknown_of_field>>, type> {};
struct field            : peg::seq<name, peg::must<field_type>, peg::star<peg::sor<label, assume, ask, measured, check, price>>> {};
struct field_line       : peg::seq<line_start, name_part, some, identifier> {};
struct record           : peg::if_must<word_record, name, peg::opt<label>,
                                       block<field, peg::failure, skip_to<field_line, Closing::any>>> {};

// type_declaration = "type" NAME "=" type
struct type_declaration : peg::if_must<word_type, name, equals, type> {};

// codes       = "codes" NAME NAME "{" ( items | { dated_codes } ) "}" [ citation ] [ unverified ]
// dated_codes = [ "in" NAME ] "from" period "{" items "}" [ citation ]
// items       = { item } [ "except" { item } ]
// item        = CODE_CHARACTERS [ ".." CODE_CHARACTERS ]
// Items are parted by white space alone; a comma is complained about once and read past.
struct code_word        : token<peg::seq<peg::not_at<peg::sor<letters<"from">, letters<"in">, letters<"except">>>, code_characters>> {};
struct range_sign       : sign<".."> {};
struct code_item        : peg::seq<code_word, peg::opt<peg::if_must<range_sign, code_word>>> {};
struct code_comma       : misplaced<code_comma, comma> {};
struct except           : word_except {};
struct code_items       : peg::star<peg::sor<except, code_item, code_comma>> {};
struct codes_place      : peg::seq<word_in, peg::must<name>, peg::at<peg::must<word_from>>> {};
struct dated_codes      : peg::seq<peg::opt<codes_place>, peg::if_must<word_from, period>, block_opened,
                                   code_items, block_closed, peg::opt<citation>> {};
struct dated_start      : peg::at<peg::sor<word_from, word_in>> {};
struct dated_blocks     : peg::seq<dated_start, peg::plus<dated_codes>> {};
struct undated_codes    : code_items {};
struct codes_body       : peg::sor<dated_blocks, undated_codes> {};
struct codes            : peg::if_must<word_codes, name, any_word, block_opened, codes_body,
                                       block_closed, peg::opt<citation>, peg::opt<unverified>> {};

// parameters  = "(" NAME type { ";" NAME type } ")"
// definition  = "define" NAME [ parameters ] "=" expression
struct parameter        : peg::seq<name, peg::must<type>> {};
struct parameters       : peg::if_must<open_bracket, peg::list_must<parameter, semicolon>, close_bracket> {};
struct definition       : peg::if_must<word_define, name, peg::opt<parameters>, equals, expression> {};

// table       = "table" NAME parameters "->" type ( "from" TEXT | "{" { row } "}" )
// row         = unary { "," unary } "->" unary
struct arrow            : sign<"->"> {};
struct row              : peg::seq<peg::list_must<unary, comma>, peg::must<arrow, unary>> {};
struct row_line         : peg::seq<line_start, peg::not_at<peg::one<'}'>>, peg::any> {};
struct inline_table     : block<row, peg::failure, skip_to<row_line, Closing::any>> {};
struct inline_rows      : peg::seq<peg::at<open_brace>, inline_table> {};
struct table_file       : peg::if_must<word_from, text> {};
struct table_source     : peg::sor<table_file, inline_rows> {};
struct table            : peg::if_must<word_table, name, parameters, arrow, type, table_source> {};

// threshold   = "threshold" NAME ":" type "{" [ "may" "vary" [ "from" unary "to" unary ] ] { limit } "}" [ unverified ]
// limit       = [ "in" NAME ] unary "from" period [ citation ]
struct range            : peg::if_must<word_from, unary, word_to, unary> {};
struct bounds           : peg::seq<word_may, word_vary, peg::opt<range>> {};
// Nothing but a unit can stand between `number` and the brace; one that is none is complained about and read past.
struct unknown_unit     : misplaced<known_unit, peg::seq<peg::not_at<line_start>, token<peg::sor<unit_like, name_part>>>> {};
struct threshold_type   : peg::sor<peg::seq<number_type, peg::opt<unknown_unit>>, type> {};
struct limit_place      : peg::if_must<word_in, name> {};
struct limit_tail       : peg::seq<peg::must<word_from, period>, peg::opt<citation>> {};
struct limit            : peg::sor<bounds, peg::seq<limit_place, peg::must<unary>, limit_tail>, peg::seq<unary, limit_tail>> {};
struct limit_line       : peg::seq<line_start, peg::sor<letters<"in">, letters<"may">>> {};
struct threshold        : peg::if_must<word_threshold, name, colon, threshold_type,
                                       block<limit, peg::failure, skip_to<limit_line, Closing::any>>,
                                       peg::opt<unverified>> {};
// clang-format on

}  // namespace proviso::grammar
