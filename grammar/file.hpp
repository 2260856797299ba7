#pragma once

#include "agreements.hpp"
#include "payments.hpp"
#include "scenarios.hpp"
#include "variations.hpp"

/// A whole file, and where reading goes on after a mistake.
namespace proviso::grammar {

// clang-format off

// file        = "library" PATH { declaration }
// declaration = use | record | type_declaration | codes | definition | table | threshold | policy | places | hook
//             | variation | scenario | payment | relation | grouping | agreement
// A file without its library line is complained about and read nevertheless.
struct library_name     : path {};
struct library          : peg::if_must<word_library, library_name> {};
struct library_line     : supposed<library> {};
struct use              : peg::if_must<word_use, library_name> {};

struct declaration      : peg::sor<use, record, type_declaration, codes, definition, table, threshold, policy,
                                   places, hook, variation, scenario, payment, relation, grouping, agreement> {};
struct file_end         : peg::eof {};
struct file             : peg::seq<leading_space, library_line,
                                   peg::star<peg::not_at<file_end>, recover<declaration, skip_to<likely_start, Closing::none>>>> {};
// clang-format on

}  // namespace proviso::grammar
