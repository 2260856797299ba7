#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "cli/commands.hpp"
#include "cli/version.hpp"

int main(int argc, char** argv) {
  using namespace proviso::cli;
  CLI::App program("Proviso: commissioning policies that are read, checked and decided.", "proviso");
  program.set_version_flag("--version", version);
  program.require_subcommand(1);
  program.footer("`proviso COMMAND --help` says more of each.");
  int exit_code = all_well;
  add_check(program, exit_code);
  add_decide(program, exit_code);
  add_settle(program, exit_code);
  add_test(program, exit_code);
  add_diff(program, exit_code);
  add_eval(program, exit_code);
  add_show(program, exit_code);
  add_schema(program, exit_code);
  add_explain(program, exit_code);
  add_serve(program, exit_code);
  add_replay(program, exit_code);
  add_verify(program, exit_code);
  add_authorisations(program, exit_code);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    fmt::print(stderr, "proviso: {}\n", error.what());
    fmt::print(stderr, "`proviso --help` and `proviso COMMAND --help` say what there is\n");
    return wrong_command_line;
  } catch (const std::exception& error) {
    fmt::print(stderr, "proviso: {}\n", error.what());
    return wrong_command_line;
  }
  // A full disk is not to look like an answer.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "proviso: standard output cannot be written\n");
    return wrong_command_line;
  }
  return exit_code;
}
