#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/version.hpp"
#include "text/diagnostic.hpp"

namespace {

/// What is wrong with the word behind `proviso`, which is a command or an option that says what there is; empty where
/// nothing is. The library that reads the rest does not look at it when it misses a command, or shows its help.
std::string mistake_in_command(const CLI::App& program, const char* word) {
  std::vector<std::string> commands;
  for (const CLI::App* command : program.get_subcommands({})) commands.push_back(command->get_name());
  if (word == nullptr) return fmt::format("say which command: {}", fmt::join(commands, ", "));
  const std::string name = word;
  if (name.rfind('-', 0) == 0) {
    const bool there = program.get_option_no_throw(name) != nullptr;
    return there ? "" : fmt::format("there is no option `{}` without a command", name);
  }
  if (std::find(commands.begin(), commands.end(), name) != commands.end()) return {};
  const auto close = proviso::text::closest(name, commands);
  return fmt::format("there is no command `{}`{}", name, close ? fmt::format("; did you mean `{}`?", *close) : "");
}

int refuse(const std::string& message) {
  proviso::cli::complain(message);
  fmt::print(stderr, "`proviso --help` and `proviso COMMAND --help` say what there is\n");
  return proviso::cli::wrong_command_line;
}

}  // namespace

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
  if (const std::string mistake = mistake_in_command(program, argc > 1 ? argv[1] : nullptr); !mistake.empty()) {
    return refuse(mistake);
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    return refuse(error.what());
  } catch (const std::exception& error) {
    return complain(error.what());
  }
  // A full disk is not to look like an answer.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "proviso: standard output cannot be written\n");
    return wrong_command_line;
  }
  return exit_code;
}
