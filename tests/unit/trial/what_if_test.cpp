#include "trial/coverage/what_if.hpp"

#include <array>
#include <random>

#include "decide/decider.hpp"
#include "goals_support.hpp"

using namespace proviso;
using namespace proviso::trial;
using value::Truth;

namespace {

/// Facts a to f, q and r, each read by the criterion of its name and by nothing else; `used` says whether the policy
/// applies.
const std::string facts = "abcdefqr";
const std::array<std::string, 3> policy_clauses{
    R"(
  applies when used
  exempt a when a "A"
  review b when b "B"
  approve when all {
    c "C": c
    some "Some": at least 2 of { d "D": d  e "E": e  neither "Neither": none of { f "F": f  q "Q": q } }
  }
  refuse r when r "R"
  otherwise review "Panel")",
    R"(
  exempt a when a "A"
  approve first_way when any { b "B": b  both "Both": all { c "C": c  d "D": d } }
  approve second_way when none of { e "E": e  pair "Pair": at least 1 of { f "F": f  q "Q": q } }
  otherwise refuse "No")",
    R"(
  applies when used
  review when at least 3 of { a "A": a  b "B": b  c "C": c  any_of_them "Any": any { d "D": d  e "E": e } }
  refuse when none of { f "F": f  all_of_them "All": all { q "Q": q  r "R": r } }
  otherwise refuse "No")"};

using Values = std::array<Truth, 9>;  ///< of the facts, then of `used`

std::string object(const Values& values) {
  std::string text = "{";
  const auto add = [&](const std::string& name, Truth value) {
    if (value == Truth::unknown) return;
    if (text.size() > 1) text += ',';
    text += '"' + name + "\":" + (value == Truth::yes ? "true" : "false");
  };
  for (std::size_t i = 0; i < facts.size(); ++i) add(facts.substr(i, 1), values[i]);
  add("used", values[8]);
  return text + "}";
}

/// A policy's outcome is its result.
PossibleOutcome result_of(model::Outcome outcome) { return static_cast<std::uint32_t>(outcome); }

/// What the engine makes of records.
class Decided {
 public:
  explicit Decided(const std::string& clauses)
      : written_(
            "library example\nrecord Referral { a yes/no b yes/no c yes/no d yes/no e yes/no f yes/no q yes/no "
            "r yes/no used yes/no }\npolicy p \"P\" on Referral { source \"Policy\"" +
            clauses + "}\n"),
        engine_(written_.library, "Referral", {{}, false, std::nullopt, decide::Explain::full}),
        decider_(engine_) {}

  const decide::Version& version() const { return engine_.versions().front(); }

  void decide(const std::vector<std::string>& objects) {
    decider_.decide(test::records(written_.library, objects), decisions_);
  }
  PossibleOutcome outcome(std::size_t record) const {
    const decide::Decision& decision = decisions_.decisions[decisions_.records[record].first];
    const bool open = decision.clause == model::none && decision.outcome != model::Outcome::not_applicable;
    return open ? std::nullopt : result_of(decision.outcome);
  }
  /// As the engine explains them.
  std::vector<Truth> truths(std::size_t record) const {
    std::vector<Truth> truths(version().items.size(), Truth::yes);
    const decide::Range reasons = decisions_.decisions[decisions_.records[record].first].reasons;
    for (std::uint32_t i = 0; i < reasons.count; ++i) {
      const decide::Reason& reason = decisions_.reasons[reasons.first + i];
      truths[reason.item] = reason.result;
    }
    return truths;
  }

 private:
  test::Written written_;
  decide::Engine engine_;
  decide::Decider decider_;
  decide::Decisions decisions_;
};

class Random {
 public:
  Random() : seed_(std::random_device()()), engine_(seed_) {}
  unsigned seed() const { return seed_; }
  Values values() {
    Values drawn{};
    for (Truth& value : drawn) value = static_cast<Truth>(std::uniform_int_distribution<int>(0, 2)(engine_));
    // Mostly the policy applies: else there is little to see.
    if (std::uniform_int_distribution<int>(0, 3)(engine_) != 0) drawn[8] = Truth::yes;
    return drawn;
  }

 private:
  unsigned seed_;
  std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("with nothing changed the outcome is that of the engine") {
  Random random;
  INFO("seed " << random.seed());
  for (const std::string& clauses : policy_clauses) {
    Decided decided(clauses);
    WhatIf what_if(decided.version());
    std::vector<std::string> objects;
    for (int i = 0; i < 1000; ++i) objects.push_back(object(random.values()));
    decided.decide(objects);
    for (std::size_t i = 0; i < objects.size(); ++i) {
      CAPTURE(clauses, objects[i]);
      what_if.take(decided.truths(i));
      REQUIRE(what_if.outcome() == decided.outcome(i));
    }
  }
}

TEST_CASE("with a criterion changed the outcome is that of a record in which its fact is changed") {
  Random random;
  INFO("seed " << random.seed());
  for (const std::string& clauses : policy_clauses) {
    Decided decided(clauses);
    WhatIf what_if(decided.version());
    for (int round = 0; round < 40; ++round) {
      const Values values = random.values();
      std::vector<std::string> objects{object(values)};
      for (std::size_t fact = 0; fact < facts.size(); ++fact) {
        for (const Truth truth : {Truth::no, Truth::yes, Truth::unknown}) {
          Values changed = values;
          changed[fact] = truth;
          objects.push_back(object(changed));
        }
      }
      decided.decide(objects);
      const std::vector<decide::Item>& items = decided.version().items;
      // Of a record that the policy does not apply to, the engine explains no criteria.
      if (decided.outcome(0) == result_of(model::Outcome::not_applicable)) continue;
      what_if.take(decided.truths(0));
      for (std::uint32_t item = 0; item < items.size(); ++item) {
        const std::size_t fact = items[item].name.size() == 1 ? facts.find(items[item].name) : std::string::npos;
        if (fact == std::string::npos) continue;
        for (std::size_t truth = 0; truth < 3; ++truth) {
          const Truth value = std::array{Truth::no, Truth::yes, Truth::unknown}[truth];
          const std::size_t record = 1 + fact * 3 + truth;
          CAPTURE(clauses, objects[0], objects[record]);
          REQUIRE(what_if.outcome_if(item, value) == decided.outcome(record));
        }
      }
    }
  }
}

TEST_CASE("a group is changed as a whole") {
  Decided decided(policy_clauses[1]);
  WhatIf what_if(decided.version());
  const auto item = [&](std::string_view name) {
    const auto& items = decided.version().items;
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      if (items[i].name == name) return i;
    }
    return model::none;
  };
  // `both` is no because of `d`; `pair` is yes because of `f`.
  decided.decide({R"({"a":false,"b":false,"c":true,"d":false,"e":false,"f":true,"q":false})"});
  what_if.take(decided.truths(0));
  CHECK(what_if.outcome() == result_of(model::Outcome::refuse));
  CHECK(what_if.outcome_if(item("both"), Truth::yes) == result_of(model::Outcome::approve));
  CHECK(what_if.outcome_if(item("pair"), Truth::no) == result_of(model::Outcome::approve));
  CHECK(what_if.outcome_if(item("both"), Truth::unknown) == std::nullopt);
  CHECK(what_if.outcome_if(item("c"), Truth::no) == result_of(model::Outcome::refuse));
  CHECK(what_if.clause_of(item("pair")) == 2);
  CHECK(what_if.tried() == 4);
  CHECK(what_if.clause_of(decide::Version::applies_item) == model::none);
}
