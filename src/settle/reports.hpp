#pragma once

#include <string>

#include "model/library.hpp"
#include "settle/statement.hpp"

/// Statements written down: for people, for programs, for a spreadsheet, and as a page fit to send.
namespace proviso::settle {

std::string statement_text(const model::Library& library, const Statement& statement, bool with_lines);
/// One object a line: the settlements, then the targets, as the interface has them. Never empty: where there is neither
/// one line says so, `{"settlements": [], "library": "sha256:..."}`.
std::string statement_json(const model::Library& library, const Statement& statement, bool with_lines);
/// One row a party and settlement; with lines, one row a line of the ledger.
std::string statement_csv(const model::Library& library, const Statement& statement, bool with_lines);
std::string statement_html(const model::Library& library, const Statement& statement, bool with_lines,
                           const std::string& title);

}  // namespace proviso::settle
