#pragma once

#include "facts.hpp"

/// Where rules hold, and what a place decides in a script of its own.
namespace proviso::grammar {

// clang-format off

// places      = "places" "{" { place } "}"
// place       = NAME [ TEXT ] { CODE } [ "{" { place } "}" ]
// Codes of systems other than `ods` are read too, and complained about when the tree is built.
struct place;
struct place_line       : peg::seq<line_start, name_part> {};
struct place_block      : block<place, peg::failure, skip_to<place_line, Closing::any>> {};
struct inner_places     : nested<place_block> {};
struct places_inside    : peg::seq<peg::at<open_brace>, inner_places> {};
struct place            : peg::seq<name, peg::opt<label>, peg::star<code>, peg::opt<places_inside>> {};
struct places           : peg::if_must<word_places, place_block> {};

// hook        = "hook" PATH hook_parameters "->" type [ "may" "only" ( "tighten" | "loosen" ) ] "from" TEXT
// hook_parameters = "(" [ NAME type { ";" NAME type } ] ")"
struct some_parameters  : peg::must<peg::list_must<parameter, semicolon>, close_bracket> {};
struct hook_parameters  : peg::seq<open_bracket, peg::sor<close_bracket, some_parameters>> {};
struct tendency         : peg::sor<word_tighten, word_loosen> {};
struct may_only         : peg::if_must<word_may, word_only, tendency> {};
struct hook_file        : peg::if_must<word_from, text> {};
struct hook             : peg::if_must<word_hook, hook_name, hook_parameters, arrow, type, peg::opt<may_only>, hook_file> {};
// clang-format on

}  // namespace proviso::grammar
