#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "check/load.hpp"
#include "cli/commands.hpp"
#include "cli/library.hpp"
#include "text/render.hpp"

namespace proviso::cli {

namespace {

struct Arguments {
  std::vector<std::string> libraries;
  std::string format = "text";
};

/// `2 files, 1 policy, 3 payments, 12 scenarios`: what there is none of is left out, but for policies where there is
/// nothing else.
std::string counted(std::size_t files, const model::Library& library) {
  const auto payments = static_cast<std::size_t>(std::count_if(library.policies.begin(), library.policies.end(),
                                                               [](const auto& policy) { return policy.payment; }));
  const std::size_t policies = library.policies.size() - payments;
  std::string out = fmt::format("{} file{}", files, files == 1 ? "" : "s");
  if (policies > 0 || payments + library.agreements.size() == 0) {
    out += fmt::format(", {} polic{}", policies, policies == 1 ? "y" : "ies");
  }
  const auto add = [&](std::size_t count, std::string_view noun) {
    if (count > 0) out += fmt::format(", {} {}{}", count, noun, count == 1 ? "" : "s");
  };
  add(payments, "payment");
  add(library.agreements.size(), "agreement");
  add(library.scenarios.size(), "scenario");
  return out;
}

int run(const Arguments& arguments) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  const model::Library library = check::load_library(arguments.libraries, sources, diagnostics);
  const auto format = text::format_by_name(arguments.format).value_or(text::Format::text);
  if (format == text::Format::text) {
    show(diagnostics, sources);
  } else {
    const std::string rendered = text::render(diagnostics, sources, format);
    // What a program reads goes to standard output, what a person reads to standard error.
    fmt::print(format == text::Format::plain ? stderr : stdout, "{}", rendered);
  }
  const bool person = format == text::Format::text || format == text::Format::plain;
  if (person) {
    const std::string found = text::summary(diagnostics);
    fmt::print(stderr, "{}: {}\n", counted(sources.size(), library), found.empty() ? "all well" : found);
  }
  return diagnostics.has_errors() ? answer_is_no : all_well;
}

}  // namespace

void add_check(CLI::App& program, int& exit_code) {
  auto* command = program.add_subcommand("check", "Read libraries and say what is wrong with them");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("LIBRARY", arguments->libraries, "Folders of .policy files, or files")->required();
  command->add_option("--format", arguments->format, "How to say it: text, plain, json or sarif")
      ->check(CLI::IsMember({"text", "plain", "json", "sarif"}));
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace proviso::cli
