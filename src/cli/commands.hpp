#pragma once

#include <CLI/CLI.hpp>

/// The commands, a file each. Each adds itself to the program; what it is to do runs when the command line has been
/// read, and leaves its exit code in `exit_code`.
namespace proviso::cli {

/// 0 all well, 1 the answer is no, 2 the command line is wrong, 3 some records could not be read or evaluated.
inline constexpr int all_well = 0;
inline constexpr int answer_is_no = 1;
inline constexpr int wrong_command_line = 2;
inline constexpr int some_records_failed = 3;

void add_check(CLI::App& program, int& exit_code);
void add_decide(CLI::App& program, int& exit_code);
void add_settle(CLI::App& program, int& exit_code);
void add_test(CLI::App& program, int& exit_code);
void add_diff(CLI::App& program, int& exit_code);
void add_eval(CLI::App& program, int& exit_code);
void add_show(CLI::App& program, int& exit_code);
void add_schema(CLI::App& program, int& exit_code);
void add_explain(CLI::App& program, int& exit_code);
void add_serve(CLI::App& program, int& exit_code);
void add_replay(CLI::App& program, int& exit_code);
void add_verify(CLI::App& program, int& exit_code);
void add_authorisations(CLI::App& program, int& exit_code);

}  // namespace proviso::cli
