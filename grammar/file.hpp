#pragma once

#include "scenarios.hpp"
#include "variations.hpp"

/// A whole file, and where reading goes on after a mistake.
namespace proviso::grammar {

// clang-format off

// file        = "library" PATH { declaration }
// declaration = use | record | type_declaration | codes | definition | table | threshold | policy | places | hook
//             | variation | scenario
// A file without its library line is complained about and read nevertheless.
struct library_name     : path {};
struct library          : peg::if_must<word_library, library_name> {};
struct library_line     : supposed<library> {};
struct use              : peg::if_must<word_use, library_name> {};

// Words that begin declarations which this version does not know; behind them must stand what makes them such.
struct unsupported_word : peg::sor<letters<"payment">, letters<"agreement">, letters<"relate">, letters<"group">> {};
struct supported        : peg::failure {};
struct unsupported      : peg::if_must<peg::at<unsupported_word>, supported> {};

struct declaration      : peg::sor<use, record, type_declaration, codes, definition, table, threshold, policy,
                                   places, hook, variation, scenario, unsupported> {};
struct file_end         : peg::eof {};
struct file             : peg::seq<leading_space, library_line,
                                   peg::star<peg::not_at<file_end>, recover<declaration, skip_to<likely_start, Closing::none>>>> {};
// clang-format on

}  // namespace proviso::grammar
