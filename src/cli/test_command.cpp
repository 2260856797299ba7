#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <sstream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "cli/outputs.hpp"
#include "cli/test_watch.hpp"
#include "text/diagnostic.hpp"
#include "trial/coverage/coverage_reports.hpp"
#include "trial/mutation/mutation_report.hpp"
#include "trial/scenarios/scenario_reports.hpp"
#include "trial/scenarios/scenarios.hpp"
#include "trial/scenarios/words.hpp"
#include "trial/suggestion/suggest.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> libraries;
  std::string filter;
  std::string junit;
  std::string html;
  std::string format = "text";
  bool watch = false;
  bool list = false;
  bool coverage = false;
  bool suggest = false;
  bool mutate = false;
  std::optional<double> least;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;

  bool json() const { return format == "json"; }
  bool covers() const { return coverage || !html.empty() || least; }
};

/// Policies that `--filter` selects by their names or files; none without it.
std::set<std::string> policies_by_name(const SourcedLibrary& read, const std::string& filter) {
  std::set<std::string> names;
  for (const auto& policy : read.library.policies) {
    const auto& file = read.sources.file(policy.span.file).path();
    if (!filter.empty() && trial::selected(policy, file, filter)) names.insert(policy.full_name());
  }
  return names;
}

/// The scenarios that `--filter` selects, by themselves or by their policies; all without it.
std::vector<std::uint32_t> selected_scenarios(const SourcedLibrary& read, const std::set<std::string>& policies,
                                              const std::string& filter) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < read.library.scenarios.size(); ++i) {
    const auto& scenario = read.library.scenarios[i];
    const auto& file = read.sources.file(scenario.span.file).path();
    if (filter.empty() || policies.count(scenario.policy) != 0 || trial::selected(scenario, file, filter)) {
      numbers.push_back(i);
    }
  }
  return numbers;
}

/// What a filter that selects nothing may have been meant to be: a title, a policy, or a word of one.
std::optional<std::string> meant(const model::Library& library, const std::string& filter) {
  std::vector<std::string> whole;
  std::vector<std::string> words;
  for (const auto& policy : library.policies) {
    whole.push_back(policy.full_name());
    words.push_back(policy.name);
  }
  for (const auto& scenario : library.scenarios) {
    whole.push_back(scenario.title);
    std::istringstream title(scenario.title);
    for (std::string word; title >> word;) words.push_back(word);
  }
  const auto close = text::closest(filter, whole);
  return close ? close : text::closest(filter, words);
}

void say_nothing_selected(const model::Library& library, const std::string& filter) {
  const auto close = meant(library, filter);
  fmt::print(stderr, "proviso: no scenario has `{}` in its title, its policy or its file, and no policy{}\n", filter,
             close ? fmt::format("; did you mean `{}`?", *close) : "");
}

bool in_colour() { return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

/// A build server is not to read the results of an earlier run.
int nothing_run(const Arguments& arguments, std::string_view why) {
  if (arguments.junit.empty()) return answer_is_no;
  std::string junit;
  trial::append_no_run_junit(junit, why);
  return write_output(arguments.junit, junit) ? answer_is_no : wrong_command_line;
}

/// What is run, and what for.
struct Request {
  trial::Sourced sourced;
  std::vector<std::uint32_t> scenarios;
  std::vector<std::string> policies;  ///< that the filter names, or whose scenarios it selects; empty: all
  const Arguments& arguments;
};

/// What a run says: the text of standard output, or the members of its JSON object.
struct Said {
  std::string text;
  std::vector<trial::JsonMember> members;
  int exit_code = all_well;
};

int list(const Request& request) {
  std::string out;
  if (request.arguments.json()) {
    trial::append_list_json(out, request.sourced, request.scenarios);
    out += '\n';
  } else {
    trial::append_list_text(out, request.sourced, request.scenarios);
    if (out.empty()) out += "no scenarios\n";
  }
  fmt::print("{}", out);
  return all_well;
}

/// Fails where less than `--min` was reached.
void hold_to_least(const Arguments& arguments, std::string_view what, double percent, Said& said) {
  if (!arguments.least || percent >= *arguments.least) return;
  fmt::print(stderr, "proviso: {} is {:.2f}%, and at least {:g}% is asked for\n", what, percent, *arguments.least);
  said.exit_code = answer_is_no;
}

void cover(const Request& request, Said& said) {
  const Arguments& arguments = request.arguments;
  const auto coverage = trial::cover(request.sourced.library, request.scenarios, request.policies);
  if (arguments.json()) {
    trial::append_coverage_json(said.members.emplace_back(trial::JsonMember{"coverage", {}}).value, request.sourced,
                                coverage);
  } else {
    said.text += '\n';
    trial::append_coverage_text(said.text, request.sourced, coverage);
  }
  hold_to_least(arguments, "coverage", coverage.percent(), said);
  if (arguments.html.empty()) return;
  std::string page;
  trial::append_coverage_html(page, request.sourced, coverage);
  if (!write_output(arguments.html, page)) said.exit_code = wrong_command_line;
}

void mutate(const Request& request, Said& said) {
  const Arguments& arguments = request.arguments;
  const auto run = trial::mutate(request.sourced.library, request.policies, arguments.threads, arguments.seed);
  if (arguments.json()) {
    trial::append_mutation_json(said.members.emplace_back(trial::JsonMember{"mutation", {}}).value, request.sourced,
                                run);
  } else {
    said.text += '\n';
    trial::append_mutation_text(said.text, request.sourced, run, in_colour());
  }
  // Without scenarios there are no mutants, and nothing would be noticed.
  const double caught = run.mutants.empty() && !request.sourced.library.policies.empty()
                            ? 0
                            : trial::percent_of(run.caught, run.mutants.size());
  hold_to_least(arguments, "the part of mutants that were caught", caught, said);
}

/// Where more is asked for than whether all is as expected, failures are said briefly.
void append_text(const Request& request, const trial::ScenarioRun& run, std::string& out) {
  const Arguments& arguments = request.arguments;
  const bool brief = arguments.covers() || arguments.mutate;
  trial::append_run_text(out, request.sourced, run, in_colour(),
                         brief ? trial::FailureForm::brief : trial::FailureForm::whole);
  if (!brief || run.failures.empty()) return;
  out += fmt::format("the whole of each: proviso test {}{} without {}{}{}\n", fmt::join(arguments.libraries, " "),
                     arguments.filter.empty() ? "" : fmt::format(" --filter '{}'", arguments.filter),
                     arguments.coverage   ? "--coverage"
                     : arguments.covers() ? "--html or --min"
                                          : "",
                     arguments.covers() && arguments.mutate ? " and " : "", arguments.mutate ? "--mutate" : "");
}

int run_selected(const Request& request) {
  const Arguments& arguments = request.arguments;
  const auto run = trial::run_scenarios(request.sourced.library, request.scenarios);
  Said said;
  if (!run.failures.empty()) said.exit_code = answer_is_no;
  if (!arguments.json()) append_text(request, run, said.text);
  if (arguments.covers()) cover(request, said);
  if (arguments.mutate) mutate(request, said);
  if (arguments.json()) {
    trial::append_run_json(said.text, request.sourced, run, said.members);
    said.text += '\n';
  }
  fmt::print("{}", said.text);
  if (!arguments.junit.empty()) {
    std::string junit;
    trial::append_run_junit(junit, request.sourced, run);
    if (!write_output(arguments.junit, junit)) said.exit_code = wrong_command_line;
  }
  return said.exit_code;
}

/// The missing scenarios on standard output, to be kept in a file; how much they add on standard error.
int suggest(const Request& request) {
  const auto suggested = trial::suggest(request.sourced.library, request.policies, request.arguments.seed);
  fmt::print("{}", suggested.text);
  for (const auto& policy : suggested.policies) {
    fmt::print(stderr, "{}: {} of {} goals shown, {} with these {} scenarios ({} cases); {} records tried\n",
               policy.policy, policy.shown_before, policy.goals, policy.shown_after, policy.scenarios, policy.cases,
               policy.records_tried);
  }
  return all_well;
}

/// Nothing can be tried where the policies that the filter selects have no scenario.
int without_scenarios(const std::vector<std::string>& policies) {
  for (const auto& policy : policies) fmt::print(stderr, "proviso: {} has no scenario\n", policy);
  return answer_is_no;
}

int run(const Arguments& arguments) {
  const SourcedLibrary read = read_sourced_library(arguments.libraries);
  for (const std::string& report : {arguments.junit, arguments.html}) {
    if (!report.empty() && !may_write(report, read.library.files)) return wrong_command_line;
  }
  if (!is_without_errors(read)) return nothing_run(arguments, "the library has errors");
  auto names = policies_by_name(read, arguments.filter);
  auto scenarios = selected_scenarios(read, names, arguments.filter);
  if (!arguments.filter.empty()) {
    for (const auto number : scenarios) names.insert(read.library.scenarios[number].policy);
  }
  std::vector<std::string> policies(names.begin(), names.end());
  if (!arguments.filter.empty() && policies.empty()) {
    say_nothing_selected(read.library, arguments.filter);
    return nothing_run(arguments, "the filter selects nothing");
  }
  const bool shows_all = arguments.suggest || (arguments.covers() && !arguments.mutate);
  if (!policies.empty() && scenarios.empty() && !shows_all) return without_scenarios(policies);
  const Request request{{read.library, read.sources}, std::move(scenarios), std::move(policies), arguments};
  if (arguments.suggest) return suggest(request);
  return arguments.list ? list(request) : run_selected(request);
}

constexpr const char* footer = R"(
Examples:
  proviso test policies                              all scenarios; one line when all is as expected
  proviso test policies --filter hip_replacement     those of a policy, a file, or with a word in their title
  proviso test policies --junit results.xml          also as JUnit's XML, for a build server
  proviso test policies --coverage --html report.html  what the scenarios show of each policy, and what not
  proviso test policies --suggest --filter hip > hip_scenarios.policy   those that are missing, to be confirmed
  proviso test policies --mutate                     would they notice a mistake? each small change that none notices
  proviso test policies --watch                      again whenever a file changes; Ctrl-C ends

Exit codes: 0 all as expected, 1 a scenario is not, the library has errors, --filter selects nothing or --min is not
reached, 2 the command line is wrong. A library without scenarios is no error.)";

}  // namespace

void add_test(CLI::App& program, int& exit_code) {
  auto* command =
      program.add_subcommand("test", "Run the scenarios of a library: what must come of the records in them");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("LIBRARY", arguments->libraries, "Folders of .policy files, or files")->required();
  command->add_option("--filter", arguments->filter,
                      "Only scenarios with this text in their title or file's name, and policies with it in theirs");
  auto* junit = command->add_option("--junit", arguments->junit, "A file to write the results to, as JUnit's XML");
  command->add_option("--format", arguments->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  auto* coverage = command->add_flag(
      "--coverage", arguments->coverage,
      "What the scenarios show: criteria that decide, limits tried at their edges, clauses, variations");
  auto* html = command->add_option("--html", arguments->html, "A file to write the coverage to, as a page");
  auto* mutate = command->add_flag("--mutate", arguments->mutate,
                                   "Change the policies one small thing at a time, and say what no scenario notices");
  command
      ->add_option("--min", arguments->least,
                   "Fail below so many percent: of coverage, and with --mutate of the changes that are noticed")
      ->check(CLI::Range(0.0, 100.0));
  command->add_option("--threads", arguments->threads, "How many threads --mutate takes")
      ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
  command->add_option("--seed", arguments->seed, "Of the records that --suggest and --mutate make up: 1 unless given");
  auto* suggest = command->add_flag("--suggest", arguments->suggest,
                                    "Print the scenarios that are missing, with the outcomes that there are now");
  auto* list = command->add_flag("--list", arguments->list, "Say which scenarios there are, and run none");
  command->add_flag("--watch", arguments->watch, "Run again whenever a file of the library changes")->excludes(list);
  suggest->excludes(list)->excludes(mutate)->excludes(coverage)->excludes(junit)->excludes(html);
  command->footer(footer);
  command->callback([arguments, &exit_code] {
    if (!arguments->watch) {
      exit_code = run(*arguments);
      return;
    }
    watch(arguments->libraries, !arguments->json(), [&] { run(*arguments); });
  });
}

}  // namespace proviso::cli
