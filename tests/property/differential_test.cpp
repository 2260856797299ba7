#include <catch2/catch.hpp>
#include <exception>
#include <map>

#include "property/evaluators.hpp"
#include "property/library.hpp"
#include "property/settings.hpp"
#include "property/shrink.hpp"

namespace proviso::property {
namespace {

/// What the two evaluators do not agree on for one record; a throw is a disagreement too.
std::string disagreement(const Failure& failure) {
  try {
    Evaluators evaluators(failure.library.render());
    if (!evaluators.good()) return "";
    return difference(evaluators.by_reference(failure.record), evaluators.alone(failure.record));
  } catch (const std::exception& error) {
    return std::string("  threw: ") + error.what() + "\n";
  }
}

std::string report(const Failure& failure) {
  std::string out;
  for (const std::string& text : failure.library.render()) out += text + "\n";
  out += "record: " + failure.record.dump() + "\nexpected but found:\n" + disagreement(failure);
  try {
    Evaluators evaluators(failure.library.render());
    out += "reference:\n" + show(evaluators.by_reference(failure.record)) + "column program:\n" +
           show(evaluators.alone(failure.record));
  } catch (const std::exception&) {
    out += "(no answers)\n";
  }
  return out;
}

struct Totals {
  std::uint64_t records = 0;
  int libraries = 0;
  int refused = 0;
  int failures = 0;
  std::map<std::string, int> outcomes;
  std::map<std::string, int> errors;
};

/// One library and its records: together, alone, and in the other order.
void try_library(std::uint64_t seed, std::size_t records_each, Totals& totals) {
  Random random(seed);
  const Library library = make_library(random, LibraryOptions{static_cast<int>(random.between(1, 3)), false});
  Evaluators evaluators(library.render());
  ++totals.libraries;
  if (!evaluators.good()) {
    ++totals.refused;
    for (const std::string& error : evaluators.errors()) ++totals.errors[error];
    if (number_from_environment("PROVISO_SHOW_REFUSED", 0) != 0) std::cout << evaluators.complaints();
    return;
  }
  std::vector<Json> records;
  const int missing = static_cast<int>(random.between(5, 40));
  for (std::size_t i = 0; i < records_each; ++i) {
    records.push_back(make_record(random, library.vocabulary, library.pool, missing));
  }
  const std::vector<Answers> together = evaluators.together(records);
  const std::vector<std::string> outcomes = evaluators.outcomes(records);
  totals.records += records.size();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Answers expected = evaluators.by_reference(records[i]);
    std::string found = difference(expected, together[i]);
    if (outcomes[i] != reference::strictest(expected))
      found += "  the record's outcome without reasons is " + outcomes[i] + "\n";
    if (i % 16 == 0) {
      const std::string differs = difference(together[i], evaluators.alone(records[i]));
      if (!differs.empty()) found += "  alone, not together:\n" + differs;
    }
    for (const reference::Answer& answer : expected) {
      ++totals.outcomes[answer.outcome];
      if (!answer.divided.empty()) ++totals.outcomes["something divided by nought"];
    }
    if (found.empty()) continue;
    ++totals.failures;
    Failure failure{library, records[i]};
    if (!disagreement(failure).empty()) {
      failure = shrink(std::move(failure), [](const Failure& smaller) { return !disagreement(smaller).empty(); });
    }
    FAIL_CHECK("library seed " << seed << ", record " << i << "\n" << found << "made smaller:\n" << report(failure));
    return;
  }
}

TEST_CASE("the column programs decide as the reference does", "[differential]") {
  Totals totals;
  Random random(seed());
  const std::uint64_t wanted = record_count(110'000);
  while (totals.records < wanted && totals.failures < 5 && !is_hopeless(totals.refused, totals.libraries)) {
    const std::uint64_t library_seed = number_from_environment("PROVISO_LIBRARY_SEED", random.seed());
    // For a crash, which says nothing itself.
    if (number_from_environment("PROVISO_SHOW_SEEDS", 0) != 0)
      std::cout << "library seed " << library_seed << std::endl;
    try {
      try_library(library_seed, 200, totals);
    } catch (const std::exception& error) {
      ++totals.failures;
      FAIL_CHECK("library seed " << library_seed << " threw: " << error.what());
    }
    if (std::getenv("PROVISO_LIBRARY_SEED") != nullptr) break;
  }
  std::cout << totals.records << " records, " << totals.libraries << " libraries, of which " << totals.refused
            << " did not check\n";
  for (const auto& [outcome, count] : totals.outcomes) std::cout << "  " << outcome << ": " << count << "\n";
  for (const auto& [error, count] : totals.errors) std::cout << "  " << error << ": " << count << "\n";
  // The generator writes policies that make sense, or the test tests nothing.
  CHECK(totals.refused * 5 <= totals.libraries * 2);
}

}  // namespace
}  // namespace proviso::property
