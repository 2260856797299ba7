#include <catch2/catch.hpp>
#include <exception>
#include <map>
#include <set>

#include "property/evaluators.hpp"
#include "property/library.hpp"
#include "property/relations.hpp"
#include "property/settings.hpp"
#include "property/shrink.hpp"

// Payments over ledgers whose lines have to do with each other: both evaluators against each other.
namespace proviso::property {
namespace {

Json to_json(const reference::Ledger& ledger) { return {{"lines", ledger.lines}, {"registers", ledger.registers}}; }

reference::Ledger from_json(const Json& json) {
  reference::Ledger ledger;
  if (json.contains("lines")) ledger.lines = json["lines"].get<std::vector<Json>>();
  if (json.contains("registers")) {
    for (const auto& [name, records] : json["registers"].items()) {
      ledger.registers[name] = records.get<std::vector<Json>>();
    }
  }
  return ledger;
}

/// What the two do not agree on, of the lines that they do not agree on.
std::string difference(const std::vector<LineAnswer>& expected, const std::vector<LineAnswer>& found) {
  if (expected.size() != found.size()) return "  another number of lines\n";
  std::string out;
  for (std::size_t line = 0; line < expected.size(); ++line) {
    const std::string differs = difference(expected[line], found[line]);
    if (!differs.empty()) out += "  line " + std::to_string(line) + ":\n" + differs;
  }
  return out;
}

/// Every line in a block of its own.
CutLedger line_by_line(const reference::Ledger& ledger) {
  const auto each = [](const std::vector<Json>& records) {
    Blocks blocks;
    for (const Json& record : records) blocks.push_back({record});
    return blocks;
  };
  CutLedger result{each(ledger.lines), {}};
  for (const auto& [name, records] : ledger.registers) result.registers[name] = each(records);
  return result;
}

/// Lines whose order in a group the language leaves open.
bool has_lines_alike(const reference::Ledger& ledger) {
  std::set<Json> ids;
  for (const Json& line : ledger.lines) ids.insert(value_at(line, "id"));
  return ids.size() < ledger.lines.size();
}

/// A throw is a disagreement too.
std::string disagreement(const Failure& failure) {
  if (has_lines_alike(from_json(failure.record))) return "";
  try {
    Evaluators evaluators(failure.library.render());
    if (!evaluators.good()) return "";
    const reference::Ledger ledger = from_json(failure.record);
    const std::vector<LineAnswer> expected = evaluators.by_reference(ledger);
    std::string in_one = difference(expected, evaluators.over(ledger));
    if (!in_one.empty()) return in_one;
    Random random(1);
    return difference(expected, evaluators.over(line_by_line(ledger), random));
  } catch (const std::exception& error) {
    return std::string("  threw: ") + error.what() + "\n";
  }
}

std::string report(const Failure& failure) {
  std::string out;
  for (const std::string& text : failure.library.render()) out += text + "\n";
  out += "ledger: " + failure.record.dump() + "\nexpected but found:\n" + disagreement(failure);
  try {
    Evaluators evaluators(failure.library.render());
    const reference::Ledger ledger = from_json(failure.record);
    for (const LineAnswer& answer : evaluators.by_reference(ledger)) out += "reference: " + show(answer);
    for (const LineAnswer& answer : evaluators.over(ledger)) out += "column program: " + show(answer);
  } catch (const std::exception&) {
    out += "(no answers)\n";
  }
  return out;
}

struct Totals {
  std::uint64_t lines = 0;
  int libraries = 0;
  int refused = 0;
  int failures = 0;
  std::map<std::string, int> outcomes;
  std::map<std::string, int> errors;
  std::uint64_t paid = 0;
};

/// So short that the reference, which works everything out again for every line of every list, is not at it for ever.
void shorten(const Evaluators& evaluators, reference::Ledger& ledger) {
  const auto is_full = [&] {
    for (const Json& line : reference::joined(evaluators.world(), "Case", ledger)) {
      for (const Json& value : line) {
        const Json& list = value.is_object() && value.contains("some") ? value["some"] : value;
        if (list.is_array() && list.size() > 16) return true;
      }
    }
    return false;
  };
  while (ledger.lines.size() > 16 && is_full()) {
    ledger.lines.resize(ledger.lines.size() / 2);
    for (auto& [name, records] : ledger.registers) records.resize(records.size() / 2);
  }
}

std::size_t some_length(Random& random) {
  const long which = random.between(0, 99);
  return static_cast<std::size_t>(which < 60   ? random.between(1, 20)
                                  : which < 93 ? random.between(20, 60)
                                               : random.between(60, 200));
}

/// Shows the failure as small as it can be made.
void fail(std::uint64_t seed, const Library& library, const reference::Ledger& ledger, const std::string& found) {
  Failure failure{library, to_json(ledger)};
  if (!disagreement(failure).empty()) {
    failure = shrink(std::move(failure), [](const Failure& smaller) { return !disagreement(smaller).empty(); });
  }
  FAIL_CHECK("library seed " << seed << "\n" << found << "made smaller:\n" << report(failure));
}

void try_library(std::uint64_t seed, Totals& totals) {
  Random random(seed);
  LibraryOptions options{static_cast<int>(random.between(1, 4))};
  options.ledger = true;
  const Library library = make_library(random, options);
  Evaluators evaluators(library.render());
  ++totals.libraries;
  if (!evaluators.good()) {
    ++totals.refused;
    for (const std::string& error : evaluators.errors()) ++totals.errors[error];
    if (number_from_environment("PROVISO_SHOW_REFUSED", 0) != 0) std::cout << evaluators.complaints();
    return;
  }
  for (std::size_t lines = 0; lines < 60;) {
    const LedgerOptions how{static_cast<int>(random.between(0, 25))};
    reference::Ledger ledger = make_ledger(random, library.vocabulary, library.pool, some_length(random), how);
    shorten(evaluators, ledger);
    lines += ledger.lines.size();
    totals.lines += ledger.lines.size();
    const std::vector<LineAnswer> expected = evaluators.by_reference(ledger);
    const std::string found = difference(expected, evaluators.over(cut(ledger, random), random));
    for (const LineAnswer& line : expected) {
      ++totals.outcomes[line.outcome];
      if (line.amount) ++totals.paid;
    }
    if (found.empty()) continue;
    ++totals.failures;
    fail(seed, library, ledger, found);
    return;
  }
}

TEST_CASE("the lines of a ledger are paid as the reference pays them", "[differential]") {
  Totals totals;
  Random random(seed());
  const std::uint64_t wanted = record_count(8'000);
  while (totals.lines < wanted && totals.failures < 5 && !is_hopeless(totals.refused, totals.libraries)) {
    const std::uint64_t library_seed = number_from_environment("PROVISO_LIBRARY_SEED", random.seed());
    // For a crash, which says nothing itself.
    if (number_from_environment("PROVISO_SHOW_SEEDS", 0) != 0)
      std::cout << "library seed " << library_seed << std::endl;
    try {
      try_library(library_seed, totals);
    } catch (const std::exception& error) {
      ++totals.failures;
      FAIL_CHECK("library seed " << library_seed << " threw: " << error.what());
    }
    if (std::getenv("PROVISO_LIBRARY_SEED") != nullptr) break;
  }
  std::cout << totals.lines << " lines, of which " << totals.paid << " have an amount, by " << totals.libraries
            << " libraries, of which " << totals.refused << " did not check\n";
  for (const auto& [outcome, count] : totals.outcomes) std::cout << "  " << outcome << ": " << count << "\n";
  for (const auto& [error, count] : totals.errors) std::cout << "  " << error << ": " << count << "\n";
  // The generator writes policies that make sense, or the test tests nothing.
  CHECK(totals.refused * 5 <= totals.libraries * 2);
}

}  // namespace
}  // namespace proviso::property
