#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "text/diagnostic.hpp"
#include "text/explain.hpp"

namespace proviso::cli {

namespace {

int run(const std::string& name) {
  if (name.empty()) {
    for (const auto code : text::all_codes()) fmt::print("{}  {}\n", text::code_name(code), text::title_of(code));
    return all_well;
  }
  const auto code = text::code_by_name(name);
  if (!code) {
    fmt::print(stderr, "proviso: there is no diagnostic `{}`; `proviso explain` lists them all\n", name);
    return answer_is_no;
  }
  fmt::print("{}", text::page_of(*code));
  return all_well;
}

}  // namespace

void add_explain(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand("explain", "What a diagnostic means, with an example and its mend");
  auto code = std::make_shared<std::string>();
  command->add_option("CODE", *code, "As P0107; without it, all are listed");
  command->callback([code, &exit_code] { exit_code = run(*code); });
}

}  // namespace proviso::cli
