#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "output/show.hpp"
#include "text/diagnostic.hpp"
#include "value/calendar.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> words;  // libraries, then the policy
  std::string on;
  std::string in;
  std::string format = "text";
};

/// The policies of that name, or of that full name: all versions of one, or of several with one name in different
/// libraries.
std::vector<std::string> full_names(const model::Library& library, const std::string& name) {
  std::vector<std::string> found;
  for (const auto& policy : library.policies) {
    if (policy.name != name && policy.full_name() != name) continue;
    if (found.empty() || found.back() != policy.full_name()) found.push_back(policy.full_name());
  }
  return found;
}

int unknown_policy(const model::Library& library, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& policy : library.policies) names.push_back(policy.name);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  const auto close = text::closest(name, names);
  fmt::print(stderr, "proviso: there is no policy `{}`{}\n", name,
             close ? fmt::format("; did you mean `{}`?", *close) : "");
  fmt::print(stderr, "there are: {}\n", fmt::join(names, ", "));
  return wrong_command_line;
}

int run(Arguments& arguments) {
  if (arguments.words.size() < 2) throw CLI::RequiredError("LIBRARY and POLICY");
  const std::string name = arguments.words.back();
  arguments.words.pop_back();
  if (!arguments.in.empty()) {
    fmt::print(stderr, "proviso: --in: places are not supported by this version\n");
    return wrong_command_line;
  }
  const auto on = date_argument("--on", arguments.on);
  const auto library = read_library(arguments.words);
  if (!library) return answer_is_no;
  const auto found = full_names(*library, name);
  if (found.empty()) return unknown_policy(*library, name);
  if (found.size() > 1) {
    fmt::print(stderr, "proviso: several libraries have a policy `{}`: say {}\n", name, fmt::join(found, " or "));
    return wrong_command_line;
  }
  std::string out;
  for (const auto& view : output::view_policy(*library, found.front(), on)) {
    if (arguments.format == "json") {
      output::append_shown_json(out, view);
      out += '\n';
    } else {
      output::append_shown(out, view);
    }
  }
  fmt::print("{}", out);
  return all_well;
}

}  // namespace

void add_show(CLI::App& program, int& exit_code) {
  auto* command =
      program.add_subcommand("show", "A policy as it holds on a day: every value, since when, on whose authority");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("WORDS", arguments->words, "LIBRARY... POLICY: folders of .policy files, then the policy's name")
      ->required();
  command->add_option("--on", arguments->on, "The day, as 2019-11-01; without it, the latest version");
  command->add_option("--in", arguments->in, "The place");
  command->add_option("--format", arguments->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
