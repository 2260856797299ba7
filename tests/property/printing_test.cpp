#include <catch2/catch.hpp>

#include "property/library.hpp"
#include "property/settings.hpp"
#include "property/tree_dump.hpp"
#include "syntax/parse.hpp"
#include "syntax/print.hpp"
#include "text/render.hpp"

namespace proviso::syntax {
namespace {

struct Parsed {
  Tree tree;
  std::string complaints;
};
Parsed parse_text(const std::string& text) {
  text::Sources sources;
  text::Diagnostics diagnostics;
  Parsed parsed;
  parsed.tree = parse(sources, sources.add("policy", text), diagnostics);
  parsed.complaints = text::render_plain(diagnostics, sources);
  return parsed;
}

/// A scenario with as much of everything as chance has it, in no layout, with comments between its parts.
class ScenarioText {
 public:
  explicit ScenarioText(property::Random& random) : random_(random) {}

  std::string run() {
    std::string text =
        "scenario \"" + random_.pick<std::string>({"", "A limit", "\\\"£\\\" \\\\"}) + "\" of " + path() + gap() + "{";
    std::vector<std::string> lines;
    if (random_.chance(50)) lines.push_back("like \"A\"" + (random_.chance(50) ? " but " + facts() : ""));
    for (long i = random_.between(0, 2); i > 0; --i) lines.push_back("given " + facts());
    if (random_.chance(50)) lines.push_back(vary());
    if (random_.chance(70)) lines.push_back("expect " + expectation());
    if (random_.chance(30)) lines.push_back("with drafts");
    if (random_.chance(30)) lines.push_back("note \"n\"");
    if (random_.chance(30)) lines.push_back("unverified \"u\"");
    for (const std::string& line : lines) text += gap() + line;
    return text + gap() + "}\n";
  }

 private:
  property::Random& random_;

  std::string gap() { return random_.pick<std::string>({" ", "  ", "\n", "\n  ", " # a comment\n", "\n# another\n"}); }
  std::string path() {
    return random_.pick<std::string>(
        {"a", "patient.bmi", "on", "vary", "like", "expect", "a.given.but", "suspected_cancer"});
  }
  std::string literal() {
    return random_.pick<std::string>({"1", "-2.50", "36 kg/m2", "£3", "20p", "5%", "2019-11-01", "yes", "unknown",
                                      "never", "icd10:I83.9", "\"text\"", "18 months", "(1 + 2)", "absolute -1",
                                      "(a or b)"});
  }
  std::string single() { return literal() + (random_.chance(20) ? " on 2019-10-20" : ""); }
  std::string listed(const std::vector<std::string>& parts) {
    std::string text = "{" + gap();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      text += parts[i] + (i + 1 == parts.size() && random_.chance(70) ? "" : ",") + gap();
    }
    return text + "}";
  }
  std::string facts(int depth = 0, long least = 0) {
    std::vector<std::string> parts;
    for (long i = random_.between(least, 4); i > 0; --i) parts.push_back(path() + " = " + value(depth + 1));
    return listed(parts);
  }
  std::string value(int depth) {
    if (depth > 4 || random_.chance(70)) return single();
    if (random_.chance(50)) return facts(depth, 1);
    std::vector<std::string> parts;
    for (long i = random_.between(0, 4); i > 0; --i) parts.push_back(value(depth + 1));
    return listed(parts);
  }
  std::string expectation() {
    std::string text = random_.pick<std::string>(
        {"approve", "refuse", "review", "exempt", "information  needed", "not applicable", "pay £0", "pay -£2.50"});
    if (random_.chance(30)) text += " because bmi, about";
    if (random_.chance(30)) text += " about " + path() + ", " + path();
    return text;
  }
  std::string vary() {
    std::string text = "vary " + path() + ", " + path() + " {\n";
    for (long i = random_.between(0, 4); i > 0; --i) {
      text += value(3);
      for (long more = random_.between(0, 2); more > 0; --more) text += ", " + value(3);
      if (random_.chance(60)) text += " -> " + expectation();
      text += random_.pick<std::string>({"\n", "  # a row\n", "\n# rows\n"});
    }
    return text + "}";
  }
};

TEST_CASE("what is printed of scenarios parses to the same tree, and prints the same again", "[property]") {
  property::Random seeds(property::seed());
  const std::uint64_t wanted = property::record_count(30'000) / 10;
  for (std::uint64_t tried = 0; tried < wanted; ++tried) {
    const std::uint64_t scenario_seed = property::number_from_environment("PROVISO_SCENARIO_SEED", seeds.seed());
    property::Random random(scenario_seed);
    const std::string text = "library x\n" + ScenarioText(random).run() + ScenarioText(random).run();
    INFO("scenario seed " << scenario_seed << "\n" << text);
    const Parsed first = parse_text(text);
    REQUIRE(first.complaints == "");
    const std::string printed = print(first.tree);
    INFO(printed);
    const Parsed again = parse_text(printed);
    REQUIRE(again.complaints == "");
    REQUIRE(Dump(first.tree).text() == Dump(again.tree).text());
    REQUIRE(print(again.tree) == printed);
  }
}

TEST_CASE("what is printed parses to the same tree, and prints the same again", "[property]") {
  property::Random seeds(property::seed());
  const std::uint64_t wanted = property::record_count(30'000) / 100;
  for (std::uint64_t tried = 0; tried < wanted; ++tried) {
    const std::uint64_t library_seed = property::number_from_environment("PROVISO_LIBRARY_SEED", seeds.seed());
    property::Random random(library_seed);
    for (const std::string& text : property::make_library(random, {2, false}).render()) {
      INFO("library seed " << library_seed << "\n" << text);
      const Parsed first = parse_text(text);
      REQUIRE(first.complaints == "");
      const std::string printed = print(first.tree);
      INFO(printed);
      const Parsed again = parse_text(printed);
      REQUIRE(again.complaints == "");
      REQUIRE(Dump(first.tree).text() == Dump(again.tree).text());
      REQUIRE(print(again.tree) == printed);
    }
  }
}

}  // namespace
}  // namespace proviso::syntax
