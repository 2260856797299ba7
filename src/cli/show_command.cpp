#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "cli/places.hpp"
#include "output/show.hpp"
#include "output/show_compare.hpp"
#include "output/show_history.hpp"
#include "text/diagnostic.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> words;  // libraries, then the policy
  std::string on;
  std::string in;
  bool history = false;
  std::vector<std::string> compare;
  std::string format = "text";

  bool json() const { return format == "json"; }
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

/// The full name; nothing, with the reason on standard error, where there is none or several.
std::optional<std::string> policy_argument(const model::Library& library, const std::string& name) {
  const auto found = full_names(library, name);
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    fmt::print(stderr, "proviso: several libraries have a policy `{}`: say {}\n", name, fmt::join(found, " or "));
    return {};
  }
  std::vector<std::string> names;
  for (const auto& policy : library.policies) names.push_back(policy.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  auto close = text::closest(name, names);
  if (const auto dot = name.rfind('.'); !close && dot != std::string::npos) {
    // A full name with the wrong library: the policy by its name alone.
    const auto others = full_names(library, name.substr(dot + 1));
    if (!others.empty()) close = others.front();
  }
  fmt::print(stderr, "proviso: there is no policy `{}`{}\n", name,
             close ? fmt::format("; did you mean `{}`?", *close) : "");
  fmt::print(stderr, "there are: {}\n", fmt::join(names, ", "));
  return {};
}

/// Columns of the terminal; a file or a pipe is given as many as one usually has.
std::size_t output_width() {
  constexpr std::size_t usual = 100;
  constexpr std::size_t narrowest = 60;
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return std::max<std::size_t>(size.ws_col, narrowest);
}

int show_comparison(const model::Library& library, const Arguments& arguments, std::optional<std::int32_t> on,
                    const std::string& policy) {
  std::array<model::PlaceId, 2> places{};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto place = place_argument(library, arguments.compare[i]);
    if (!place) return wrong_command_line;
    places[i] = *place;
  }
  const auto comparison = output::compare_places(library, places, on, policy);
  std::string out;
  if (arguments.json()) {
    output::append_comparison_json(out, comparison);
    out += '\n';
  } else {
    output::append_comparison(out, comparison, output_width());
  }
  fmt::print("{}", out);
  return comparison.differs() ? answer_is_no : all_well;
}

void show_policy(const model::Library& library, const Arguments& arguments, std::optional<std::int32_t> on,
                 model::PlaceId place, const std::string& policy) {
  std::string out;
  if (arguments.history) {
    const auto history = output::history_of(library, policy, place);
    arguments.json() ? output::append_history_json(out, history) : output::append_history(out, history);
    if (arguments.json()) out += '\n';
  } else {
    for (const auto& view : output::view_policy(library, policy, on, place)) {
      // Another policy's name may be this one's full name.
      if (view.versions.front()->full_name() != policy) continue;
      arguments.json() ? output::append_shown_json(out, view) : output::append_shown(out, view);
      if (arguments.json()) out += '\n';
    }
  }
  fmt::print("{}", out);
}

/// Takes the policy off the end of the words. A comparison may do without: then what is there is libraries.
std::string take_policy(Arguments& arguments) {
  const bool optional = !arguments.compare.empty();
  const bool all_libraries =
      optional && (arguments.words.size() == 1 || std::filesystem::exists(arguments.words.back()));
  if (all_libraries) return {};
  if (arguments.words.size() < 2) throw CLI::RequiredError("LIBRARY and POLICY");
  std::string name = arguments.words.back();
  arguments.words.pop_back();
  return name;
}

int run(Arguments& arguments) {
  const std::string name = take_policy(arguments);
  const auto on = date_argument("--on", arguments.on);
  const auto library = read_library(arguments.words);
  if (!library) return answer_is_no;
  std::optional<std::string> policy = name;
  if (!name.empty()) policy = policy_argument(*library, name);
  if (!policy) return wrong_command_line;
  if (!arguments.compare.empty()) return show_comparison(*library, arguments, on, *policy);
  const auto place = arguments.in.empty() ? std::optional(model::none) : place_argument(*library, arguments.in);
  if (!place) return wrong_command_line;
  show_policy(*library, arguments, on, *place, *policy);
  return all_well;
}

constexpr const char* footer = R"(
Examples:
  proviso show policies hip_replacement                         as written, with what every place makes of it
  proviso show policies hip_replacement --in Luton --on 2019-11-01
  proviso show policies hip_replacement --history --in 06P      every dated change that reaches Luton
  proviso show policies --compare Luton Bedfordshire --on 2019-11-01

--compare exits with 0 where the two places do not differ, with 1 where they do.)";

}  // namespace

void add_show(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand(
      "show", "A policy as it holds in a place on a day: every value, whose it is, since when, on whose authority");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("WORDS", arguments->words,
                   "LIBRARY... POLICY: folders of .policy files, then the policy's name (--compare: every policy, "
                   "where none is named)")
      ->required();
  auto* on = command->add_option("--on", arguments->on, "The day, as 2019-11-01; without it, the latest of each");
  auto* in = command->add_option("--in", arguments->in, "The place, by its name or ODS code");
  auto* history = command->add_flag("--history", arguments->history, "The policy's dated changes, in order");
  command->add_option("--compare", arguments->compare, "PLACE1 PLACE2: where the two differ")
      ->expected(2)
      ->excludes(in)
      ->excludes(history);
  history->excludes(on);
  command->add_option("--format", arguments->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  command->footer(footer);
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
