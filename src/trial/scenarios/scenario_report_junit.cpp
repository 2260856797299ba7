#include <map>

#include <fmt/format.h>

#include "text/utf8.hpp"
#include "trial/scenarios/scenario_reports.hpp"

namespace proviso::trial {
namespace {

enum class Where : std::uint8_t { attribute, content };

/// XML 1.0 has no way to write most control characters: U+FFFD stands for them,
/// and for bytes that are not UTF-8.
std::string escaped(std::string_view text, Where where = Where::attribute) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const text::Character character = text::decode(text, at);
    const char32_t code = character.valid ? character.code_point : text::replacement_character;
    switch (code) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      // In an attribute these would become blanks if they stood there as they are.
      case U'\t':
      case U'\n':
      case U'\r':
        out += where == Where::content && code == U'\n' ? "\n" : fmt::format("&#{};", static_cast<unsigned>(code));
        break;
      default:
        out += text::encode(code < 0x20 || code == 0xFFFE || code == 0xFFFF ? text::replacement_character : code);
    }
    at += character.length;
  }
  return out;
}

struct JunitSuite {
  std::string policy;
  std::vector<std::pair<CaseNumber, const Failure*>> cases;
  std::size_t failures = 0;
};

/// By policy, in the order in which they first come; cases keep theirs.
std::vector<JunitSuite> junit_suites(const model::Library& library, const ScenarioRun& run) {
  std::vector<JunitSuite> suites;
  std::map<std::string_view, std::size_t> numbers;
  std::size_t next_failure = 0;
  for (const CaseNumber number : run.run) {
    const std::string& policy = library.scenarios[number.scenario].policy;
    const auto [found, fresh] = numbers.try_emplace(policy, suites.size());
    if (fresh) suites.push_back({policy, {}, 0});
    const Failure* failure = nullptr;
    if (next_failure < run.failures.size()) {
      const Failure& next = run.failures[next_failure];
      if (next.number.scenario == number.scenario && next.number.index == number.index) failure = &next;
    }
    if (failure != nullptr) {
      ++next_failure;
      ++suites[found->second].failures;
    }
    suites[found->second].cases.emplace_back(number, failure);
  }
  return suites;
}

/// The text of one failure, as it is printed.
std::string text_of(const Sourced& sourced, const Failure& failure) {
  std::string out;
  append_failure_text(out, sourced, failure, false);
  return out;
}

void append_case(std::string& out, const Sourced& sourced, CaseNumber number, const Failure* failure) {
  const model::Scenario& scenario = sourced.library.scenarios[number.scenario];
  const model::ScenarioCase& tried = scenario.cases[number.index];
  const std::string name = tried.label.empty() ? scenario.title : scenario.title + ": " + tried.label;
  out += fmt::format("    <testcase name=\"{}\" classname=\"{}\"", escaped(name), escaped(scenario.policy));
  if (sourced.sources.has(tried.span)) {
    out += fmt::format(" file=\"{}\" line=\"{}\"", escaped(sourced.sources.file(tried.span.file).path()),
                       sourced.sources.start(tried.span).line);
  }
  if (failure == nullptr) {
    out += "/>\n";
    return;
  }
  const std::string message =
      fmt::format("expected {}, came {}: {}", failure->expected, failure->came, failure->difference);
  out += fmt::format(">\n      <failure message=\"{}\" type=\"unexpected\">{}</failure>\n    </testcase>\n",
                     escaped(message), escaped(text_of(sourced, *failure), Where::content));
}

}  // namespace

void append_run_junit(std::string& out, const Sourced& sourced, const ScenarioRun& run) {
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"proviso test\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{:.6f}\">\n",
                     run.cases, run.failures.size(), run.seconds);
  for (const JunitSuite& suite : junit_suites(sourced.library, run)) {
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n", escaped(suite.policy),
                       suite.cases.size(), suite.failures);
    for (const auto& [number, failure] : suite.cases) append_case(out, sourced, number, failure);
    out += "  </testsuite>\n";
  }
  out += "</testsuites>\n";
}

void append_no_run_junit(std::string& out, std::string_view why) {
  out += fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"proviso test\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
      "  <testsuite name=\"library\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
      "    <testcase name=\"nothing was run\" classname=\"library\"><error message=\"{}\"/></testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n",
      escaped(why));
}

}  // namespace proviso::trial
