#include "property/agreements.hpp"

#include <catch2/catch.hpp>
#include <exception>
#include <map>

#include "property/settings.hpp"
#include "property/settlements.hpp"
#include "property/shrink.hpp"

// Random agreements over random ledgers: settle::Accounts against the reference, and what is true of all settlements.
namespace proviso::property {
namespace {

using reference::Integer;
using reference::PartyShare;
using reference::Settled;
using reference::Settlements;

constexpr Integer penny = reference::one / 100;

/// What the two do not agree on, of all lines after some of them have been settled before; a throw is a disagreement.
std::string disagreement(const Failure& failure) {
  try {
    const Evaluators evaluators(failure.library.render());
    if (!evaluators.good()) return "";
    std::vector<Json> lines;
    std::vector<Json> earlier;
    if (failure.record.contains("lines")) lines = failure.record["lines"].get<std::vector<Json>>();
    if (failure.record.contains("earlier")) earlier = failure.record["earlier"].get<std::vector<Json>>();
    const std::vector<Settled> before = reference::settle(evaluators.world(), "Case", earlier).settled;
    Random random(1);
    return difference(reference::settle(evaluators.world(), "Case", lines, before),
                      settle_in_blocks(evaluators, lines, before, random));
  } catch (const std::exception& error) {
    return std::string("  threw: ") + error.what() + "\n";
  }
}

/// Shows the failure as small as it can be made.
void fail(std::uint64_t seed, const Library& library, const Json& ledger, const std::string& found) {
  Failure failure{library, ledger};
  if (!disagreement(failure).empty()) {
    failure = shrink(std::move(failure), [](const Failure& smaller) { return !disagreement(smaller).empty(); });
  }
  std::string text;
  for (const std::string& file : failure.library.render()) text += file + "\n";
  FAIL_CHECK("library seed " << seed << "\n"
                             << found << "made smaller:\n"
                             << text << failure.record.dump() << "\n"
                             << disagreement(failure));
}

struct Totals {
  std::uint64_t lines = 0;
  int libraries = 0;
  int refused = 0;
  int failures = 0;
  std::uint64_t settlements = 0;
  std::uint64_t with_lines = 0;
  std::uint64_t excesses = 0;
  std::uint64_t capped = 0;
  std::uint64_t targets = 0;
  std::map<std::string, int> errors;
};

void count(const Settlements& settlements, Totals& totals) {
  totals.settlements += settlements.settled.size();
  totals.targets += settlements.targets.size();
  for (const Settled& settled : settlements.settled) {
    totals.with_lines += settled.lines > 0 ? 1 : 0;
    totals.excesses += settled.after ? 1 : 0;
    for (const PartyShare& share : settled.shares) totals.capped += share.capped != 0 ? 1 : 0;
  }
}

using TryAgreements = std::function<void(std::uint64_t, Random&, const Library&, const Evaluators&, Totals&)>;

/// Calls `test` with agreements until so many lines were tried.
void for_each_agreement(std::uint64_t wanted, const TryAgreements& test) {
  Totals totals;
  Random seeds(seed());
  while (totals.lines < wanted && totals.failures < 5 && !is_hopeless(totals.refused, totals.libraries)) {
    const std::uint64_t library_seed = number_from_environment("PROVISO_LIBRARY_SEED", seeds.seed());
    if (number_from_environment("PROVISO_SHOW_SEEDS", 0) != 0)
      std::cout << "library seed " << library_seed << std::endl;
    Random random(library_seed);
    const Library library = make_agreements(random);
    const Evaluators evaluators(library.render());
    ++totals.libraries;
    if (evaluators.good()) {
      INFO("library seed " << library_seed);
      test(library_seed, random, library, evaluators, totals);
    } else {
      ++totals.refused;
      for (const std::string& error : evaluators.errors()) ++totals.errors[error];
      if (number_from_environment("PROVISO_SHOW_REFUSED", 0) != 0) std::cout << evaluators.complaints();
    }
    if (std::getenv("PROVISO_LIBRARY_SEED") != nullptr) break;
  }
  std::cout << totals.lines << " lines, " << totals.libraries << " libraries, of which " << totals.refused
            << " did not check; " << totals.settlements << " settlements, " << totals.with_lines << " with lines, "
            << totals.excesses << " after the period; " << totals.capped << " capped shares, " << totals.targets
            << " targets\n";
  for (const auto& [error, count] : totals.errors) std::cout << "  " << error << ": " << count << "\n";
  // The generator writes agreements that make sense, or the test tests nothing.
  CHECK(totals.refused * 5 <= totals.libraries * 2);
}

std::vector<Json> some_of(Random& random, const std::vector<Json>& lines) {
  const int kept = static_cast<int>(random.between(0, 100));
  std::vector<Json> some;
  for (const Json& line : lines) {
    if (random.chance(kept)) some.push_back(line);
  }
  return some;
}

TEST_CASE("agreements are settled as the reference settles them", "[differential]") {
  for_each_agreement(record_count(40'000), [](std::uint64_t library_seed, Random& random, const Library& library,
                                              const Evaluators& evaluators, Totals& totals) {
    for (int ledger = 0; ledger < 2; ++ledger) {
      const DrugLines how{static_cast<int>(random.between(0, 15)), static_cast<int>(random.between(0, 25)),
                          random.chance(40)};
      const auto length = static_cast<std::size_t>(random.chance(80) ? random.between(1, 60) : random.between(60, 200));
      const std::vector<Json> lines = make_drug_lines(random, library, length, how);
      const std::vector<Json> earlier = random.chance(60) ? std::vector<Json>{} : some_of(random, lines);
      totals.lines += lines.size();
      const std::vector<Settled> before = reference::settle(evaluators.world(), "Case", earlier).settled;
      const Settlements expected = reference::settle(evaluators.world(), "Case", lines, before);
      count(expected, totals);
      const std::string found = difference(expected, settle_in_blocks(evaluators, lines, before, random));
      if (found.empty()) continue;
      ++totals.failures;
      fail(library_seed, library, {{"lines", lines}, {"earlier", earlier}}, found);
    }
  });
}

/// What cannot be seen in one settlement.
struct Nets {
  Integer saving = 0;
  std::map<std::pair<std::string, std::size_t>, Integer> by_party;  ///< agreement and number
};

Nets nets_of(const Settlements& settlements) {
  Nets nets;
  for (const Settled& settled : settlements.settled) {
    nets.saving += settled.saving;
    for (std::size_t party = 0; party < settled.shares.size(); ++party) {
      nets.by_party[{settled.agreement, party}] += settled.shares[party].net;
    }
  }
  return nets;
}

/// What comes to nothing may be there or not.
std::map<std::pair<std::string, std::size_t>, Integer> without_nothing(const Nets& nets) {
  auto result = nets.by_party;
  std::erase_if(result, [](const auto& party) { return party.second == 0; });
  return result;
}

TEST_CASE("shares and what is deducted from them add up to the saving, in whole pence", "[property]") {
  for_each_agreement(record_count(8'000), [](std::uint64_t, Random& random, const Library& library,
                                             const Evaluators& evaluators, Totals& totals) {
    const std::vector<Json> lines = make_drug_lines(random, library, 60, {5, 15, random.chance(50)});
    totals.lines += lines.size();
    const Settlements found = settle_in_blocks(evaluators, lines, {}, random);
    count(found, totals);
    for (const Settled& settled : found.settled) {
      INFO(show(settled));
      CHECK(settled.saving % penny == 0);
      Integer total = 0;
      for (const PartyShare& share : settled.shares) {
        total += share.net + share.deducted;
        CHECK(share.amount % penny == 0);
        CHECK(share.deducted % penny == 0);
        CHECK(share.net == share.amount - share.deducted);
      }
      CHECK((settled.after || total == settled.saving));
    }
  });
}

TEST_CASE("neither the order of lines nor their files change a settlement", "[property]") {
  for_each_agreement(record_count(8'000), [](std::uint64_t, Random& random, const Library& library,
                                             const Evaluators& evaluators, Totals& totals) {
    bool versioned = true;
    for (const model::Agreement& agreement : evaluators.library().agreements) {
      versioned = versioned && agreement.corrected_by != model::none;
    }
    // Without a version the last of the input is the last.
    std::vector<Json> lines = make_drug_lines(random, library, 60, {5, versioned ? 25 : 0, true});
    totals.lines += lines.size();
    const Settlements straight = settle_in_blocks(evaluators, lines, {}, random);
    count(straight, totals);
    random.shuffle(lines);
    const Settlements other = settle_in_blocks(evaluators, lines, {}, random);
    if (difference(straight, other).empty()) return;
    std::string text;
    for (const std::string& file : library.render()) text += file;
    FAIL_CHECK(difference(straight, other) << text << Json(lines).dump());
  });
}

TEST_CASE("what has been settled once is settled, and late lines settle the difference", "[property]") {
  for_each_agreement(record_count(8'000), [](std::uint64_t, Random& random, const Library& library,
                                             const Evaluators& evaluators, Totals& totals) {
    const std::vector<Json> lines = make_drug_lines(random, library, 60, {5, 15, random.chance(50)});
    totals.lines += lines.size();
    const Settlements once = settle_in_blocks(evaluators, lines, {}, random);
    count(once, totals);
    const Settlements again = settle_in_blocks(evaluators, lines, once.settled, random);
    CHECK(again.settled.size() == once.settled.size());
    for (const Settled& settled : again.settled) {
      INFO(show(settled));
      CHECK(settled.saving_before == settled.saving);
      for (const PartyShare& share : settled.shares) CHECK(share.difference == Integer{0});
    }
    const Settlements flex = settle_in_blocks(evaluators, some_of(random, lines), {}, random);
    const Settlements freeze = settle_in_blocks(evaluators, lines, flex.settled, random);
    Nets paid = nets_of(flex);
    for (const Settled& settled : freeze.settled) {
      paid.saving += settled.saving - settled.saving_before.value_or(0);
      for (std::size_t party = 0; party < settled.shares.size(); ++party) {
        const PartyShare& share = settled.shares[party];
        CHECK(share.difference.has_value() == settled.saving_before.has_value());
        paid.by_party[{settled.agreement, party}] += share.difference.value_or(share.net);
      }
    }
    const Nets wanted = nets_of(once);
    CHECK(paid.saving == wanted.saving);
    CHECK((without_nothing(paid) == without_nothing(wanted)));
  });
}

}  // namespace
}  // namespace proviso::property
