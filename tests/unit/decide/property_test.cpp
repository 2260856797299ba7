#include <catch2/catch.hpp>

#include <map>
#include <random>

#include "support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using model::GroupKind;

namespace {

/// Random policies over conditions that only grow with what is known: no `is known`, no `first known`.
class PolicyAuthor {
 public:
  PolicyAuthor(World& world, std::mt19937_64& random) : world_(world), random_(random) {}

  void write() {
    std::vector<model::Clause> clauses;
    constexpr Outcome outcomes[] = {Outcome::exempt, Outcome::approve, Outcome::review, Outcome::refuse};
    const std::size_t count = 1 + pick(3);
    for (std::size_t i = 0; i < count; ++i) {
      const Outcome outcome = outcomes[pick(4)];
      clauses.push_back(pick(2) == 0 ? World::when(outcome, truth(3)) : World::when(outcome, group(2)));
    }
    clauses.push_back(World::otherwise(outcomes[1 + pick(3)]));
    model::Policy& policy = world_.policy(std::move(clauses));
    if (pick(2) == 0) policy.applies = truth(2);
  }

 private:
  World& world_;
  std::mt19937_64& random_;
  int criteria_ = 0;

  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

  model::Condition group(int depth) {
    std::vector<model::Criterion> criteria;
    const std::size_t count = 1 + pick(3);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = "criterion_" + std::to_string(++criteria_);
      if (depth > 0 && pick(3) == 0) {
        criteria.push_back(World::criterion(name, group(depth - 1)));
      } else {
        criteria.push_back(World::criterion(name, truth(2)));
      }
    }
    constexpr GroupKind kinds[] = {GroupKind::all, GroupKind::any, GroupKind::at_least, GroupKind::none_of};
    return world_.group(kinds[pick(4)], std::move(criteria), static_cast<std::uint32_t>(1 + pick(count)));
  }

  std::vector<NodeId> some(int depth) {
    std::vector<NodeId> operands{truth(depth - 1), truth(depth - 1)};
    if (pick(2) == 0) operands.push_back(truth(depth - 1));
    return operands;
  }

  NodeId truth(int depth, model::LoopId loop = model::none) {
    if (loop != model::none && pick(3) != 0) return world_.read(world_.visit_severe, loop);
    const char* facts[] = {"a", "b", "c", "d", "e", "f"};
    if (depth <= 0) return pick(3) == 0 ? comparison(loop) : world_.read(facts[pick(6)]);
    switch (pick(9)) {
      case 0:
        return world_.all(some(depth));
      case 1:
        return world_.any(some(depth));
      case 2:
        return world_.not_(truth(depth - 1));
      case 3:
        return world_.at_least(static_cast<std::int64_t>(1 + pick(2)), some(depth));
      case 4:
        return world_.node(NodeKind::none_of, Kind::truth, some(depth));
      case 5: {
        const NodeId condition = truth(depth - 1);
        const NodeId yes = truth(depth - 1);
        return world_.node(NodeKind::conditional, Kind::truth, {condition, yes, truth(depth - 1)});
      }
      case 6:
        return loop == model::none ? list(depth) : comparison(loop);
      case 7:
        return world_.defined(truth(depth - 1));
      default:
        return comparison(loop);
    }
  }

  NodeId list(int depth) {
    const model::LoopId loop = world_.loop_over_visits();
    const NodeId condition = truth(depth - 1, loop);
    switch (pick(4)) {
      case 0:
        return world_.over(NodeKind::any, loop, {condition});
      case 1:
        return world_.over(NodeKind::every, loop, {condition});
      case 2: {
        const NodeId count = world_.over(NodeKind::count, loop, {condition});
        return world_.compare(count, model::Comparison::greater_or_equal, number(1));
      }
      default: {
        const NodeId days = world_.read(world_.visit_days, loop);
        return world_.less(world_.over(NodeKind::sum, loop, {days, condition}), number(1));
      }
    }
  }

  NodeId comparison(model::LoopId loop) {
    const NodeId left = loop != model::none && pick(2) == 0 ? world_.read(world_.visit_days, loop) : number(2);
    return world_.compare(left, static_cast<model::Comparison>(pick(6)), number(1));
  }

  NodeId number(int depth) {
    const char* facts[] = {"x", "y", "z", "bmi"};
    if (depth <= 0 || pick(2) == 0)
      return pick(3) == 0 ? world_.number(static_cast<std::int64_t>(pick(4))) : world_.read(facts[pick(4)]);
    const NodeId left = number(depth - 1);
    const NodeId right = number(depth - 1);
    switch (pick(4)) {
      case 0:
        return world_.divide(left, right);
      case 1:
        return world_.node(NodeKind::subtract, Kind::number, {left, right});
      case 2:
        return world_.node(NodeKind::conditional, Kind::number, {truth(0), left, right});
      default:
        return world_.node(NodeKind::add, Kind::number, {left, right});
    }
  }
};

/// A record as its facts: those of the record by name, and the visits.
struct Facts {
  struct Visit {
    std::optional<bool> severe;
    std::optional<std::int64_t> days;
  };
  std::map<std::string, std::int64_t> values;
  std::optional<std::vector<Visit>> visits;

  static Facts random(std::mt19937_64& random) {
    const auto pick = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
    Facts facts;
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
      if (pick(3) != 0) facts.values[name] = pick(2);
    }
    for (const char* name : {"x", "y", "z", "bmi"}) {
      if (pick(3) != 0) facts.values[name] = pick(4);
    }
    if (pick(3) != 0) {
      facts.visits.emplace();
      for (int i = pick(4); i > 0; --i) {
        Visit& visit = facts.visits->emplace_back();
        if (pick(3) != 0) visit.severe = pick(2) == 0;
        if (pick(3) != 0) visit.days = pick(4);
      }
    }
    return facts;
  }

  void add_to(Trial& trial) const {
    trial.record();
    for (const auto& [name, value] : values) {
      if (name.size() == 1 && name[0] <= 'f') {
        trial.truth(name, value != 0);
      } else {
        trial.value(name, value);
      }
    }
    if (!visits) return;
    trial.visits();
    for (const Visit& visit : *visits) trial.visit(visit.severe, visit.days);
  }
};

struct PolicyAnswer {
  Outcome outcome;
  std::string needed;
  bool decided;  ///< a clause did, or nothing applies
};

std::vector<PolicyAnswer> answers(const World& world, const std::vector<Facts>& records) {
  Trial trial(world);
  for (const Facts& facts : records) facts.add_to(trial);
  trial.decide();
  std::vector<PolicyAnswer> found;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto* decision = trial.decision(i);
    found.push_back({trial.outcome(i), trial.needed(i), decision == nullptr || decision->clause != model::none});
  }
  return found;
}

bool asks_for(const PolicyAnswer& answer, const std::string& fact) {
  return (" " + answer.needed + " ").find(" " + fact + " ") != std::string::npos;
}

constexpr const char* every_fact[] = {"a", "b", "c", "d", "e", "f", "x", "y", "z", "bmi"};

}  // namespace

TEST_CASE("removing a fact leaves a decision as it is or opens it: it never makes one") {
  const auto seed = Catch::rngSeed();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300; ++round) {
    INFO("round " << round);
    World world;
    PolicyAuthor(world, random).write();
    std::vector<Facts> records;
    for (int i = 0; i < 40; ++i) {
      const Facts whole = Facts::random(random);
      records.push_back(whole);
      for (const char* name : every_fact) {
        records.push_back(whole);
        records.back().values.erase(name);
      }
      records.push_back(whole);
      records.back().visits.reset();
    }
    const std::vector<PolicyAnswer> found = answers(world, records);
    constexpr std::size_t variants = 1 + std::size(every_fact) + 1;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const PolicyAnswer& whole = found[i / variants * variants];
      if (!found[i].decided) continue;
      INFO("record " << i);
      REQUIRE(whole.decided);
      REQUIRE(found[i].outcome == whole.outcome);
    }
  }
}

TEST_CASE("supplying facts that were not needed changes nothing") {
  const auto seed = Catch::rngSeed();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  std::size_t open = 0;
  for (int round = 0; round < 300; ++round) {
    INFO("round " << round);
    World world;
    PolicyAuthor(world, random).write();
    std::vector<Facts> records;
    for (int i = 0; i < 100; ++i) records.push_back(Facts::random(random));
    const std::vector<PolicyAnswer> before = answers(world, records);
    for (std::size_t i = 0; i < records.size(); ++i) {
      const Facts further = Facts::random(random);
      for (const char* name : every_fact) {
        const auto value = further.values.find(name);
        if (value != further.values.end() && !asks_for(before[i], name)) records[i].values.insert(*value);
      }
      if (!records[i].visits && !asks_for(before[i], "visits")) records[i].visits = further.visits;
    }
    const std::vector<PolicyAnswer> after = answers(world, records);
    for (std::size_t i = 0; i < records.size(); ++i) {
      INFO("record " << i);
      REQUIRE(after[i].outcome == before[i].outcome);
      REQUIRE(after[i].needed == before[i].needed);
      open += !before[i].decided;
    }
  }
  CHECK(open > 1000);  // else there was little to see
}
