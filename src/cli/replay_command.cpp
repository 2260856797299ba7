#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/existing_register.hpp"
#include "service/submission/replay.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> libraries;
  std::string keeper;
};

int replay(const Arguments& arguments) {
  const auto book = service::Rulebook::load(arguments.libraries);
  if (!book) {
    fmt::print(stderr, "{}nothing is decided by a library with errors\n", book.error());
    return answer_is_no;
  }
  const auto keeper = open_existing(arguments.keeper);
  if (!keeper) return wrong_command_line;
  const auto replayed = service::replay(**book, *keeper);
  if (!replayed) {
    fmt::print(stderr, "proviso: {}\n", replayed.error());
    return wrong_command_line;
  }
  for (const std::string& difference : replayed->differences) fmt::print("{}\n", difference);
  const std::uint64_t left_out = replayed->different - replayed->differences.size();
  if (left_out > 0) fmt::print("and {} more\n", left_out);
  fmt::print("{} decided again, {} as before, {} not", replayed->same + replayed->different, replayed->same,
             replayed->different);
  if (replayed->others > 0) fmt::print("; {} were decided by another library", replayed->others);
  fmt::print("\n");
  return replayed->different == 0 ? all_well : answer_is_no;
}

}  // namespace

void add_replay(CLI::App& program, int& exit_code) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program.add_subcommand(
      "replay",
      "Decide what a register holds again, by the facts that were kept, and compare: 1 where anything differs");
  command->add_option("LIBRARY", arguments->libraries, "Folders or files of policies")->required();
  command->add_option("--register", arguments->keeper, "A file, or postgres://...")->required();
  command->callback([arguments, &exit_code] { exit_code = replay(*arguments); });
}

}  // namespace proviso::cli
