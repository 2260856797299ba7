#include "property/library.hpp"

#include "property/making.hpp"
#include "reference/calendar.hpp"

namespace proviso::property {
namespace {

bool is_measured(const Vocabulary& vocabulary, const std::string& path) {
  const std::vector<Field>* fields = &vocabulary.fields;
  std::string rest = path;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string head = rest.substr(0, dot);
    for (const Field& field : *fields) {
      if (field.name != head) continue;
      if (dot == std::string::npos) return field.measured;
      fields = &field.fields;
      break;
    }
    if (dot == std::string::npos) return false;
    rest = rest.substr(dot + 1);
  }
}

bool has_measured(const Field& field) {
  bool found = field.measured;
  for (const Field& inner : field.fields) found = found || has_measured(inner);
  return found;
}

class PolicyMaker {
 public:
  explicit PolicyMaker(Making& making) : making_(making), random_(making.random) {}

  void add(int number) {
    const std::string name = "policy_" + std::to_string(number);
    if (random_.chance(10) && !making_.options.not_looser) {
      add_version(name, {}, making_.undated);
    } else if (random_.chance(60) || making_.options.not_looser) {
      add_version(name, {"", day(2018, 1, 1)}, making_.dated);
    } else {
      add_version(name, {"", day(2018, 7, 1), random_.chance(50) ? day(2021, 3, 31) : 0}, making_.dated);
      const Held open{"", day(2021, 4, 1)};
      const Held closed{"", day(2021, 6, 1), day(2022, 12, 31)};
      Policy& first = making_.library.policies.back();
      const Held second = random_.chance(50) ? open : closed;
      // An open end lasts until something replaces it.
      if (first.held.last == 0) first.held.last = second.first - 1;
      add_version(name, second, making_.dated);
    }
  }

 private:
  Making& making_;
  Random& random_;

  static long day(int year, int month, int day_of_month) { return reference::number_of({year, month, day_of_month}); }

  std::vector<Clause> policy_clauses(const Names& names) {
    std::vector<Clause> result;
    static const std::vector<std::string> outcomes = {"approve", "approve", "refuse", "review"};
    for (long left = random_.between(0, 2); left > 0; --left) {
      result.push_back({"exempt", "", making_.criterion(names, 1)});
    }
    for (long left = random_.between(1, 3); left > 0; --left) {
      result.push_back({random_.pick(outcomes), "", making_.criterion(names, 2)});
    }
    for (Clause& clause : result) {
      if (random_.chance(40)) clause.name = making_.next("clause_");
    }
    static const std::vector<std::string> last = {"refuse", "refuse", "review", "approve", "exempt"};
    result.push_back({"otherwise " + random_.pick(last), "", {}});
    return result;
  }

  std::vector<Clause> payment_clauses(const Names& names) {
    std::vector<Clause> result;
    for (long left = random_.chance(30) ? 1 : 0; left > 0; --left) {
      result.push_back({"exempt", "", making_.criterion(names, 1)});
    }
    for (long left = random_.between(1, 4); left > 0; --left) {
      // Now and then the very same as another, which then need not be told apart.
      if (random_.chance(35) && !result.empty() && result.back().word != "exempt") {
        result.push_back(random_.pick(result));
        if (result.back().word == "exempt") result.back() = payment_clause(names);
        result.back().name.clear();
      } else {
        result.push_back(payment_clause(names));
      }
      result.back().condition = making_.criterion(names, 2);
    }
    for (Clause& clause : result) {
      if (random_.chance(40)) clause.name = making_.next("clause_");
    }
    Clause last = random_.chance(25) ? result.back() : payment_clause(names);
    last.word = "otherwise " + last.word;
    last.name.clear();
    last.condition = {};
    result.push_back(last);
    return result;
  }

  /// What a clause gives, without its condition.
  Clause payment_clause(const Names& names) {
    static const std::vector<std::string> words = {"pay in full", "pay in full", "pay",        "pay",
                                                   "adjust to",   "adjust to",   "recount as", "recount as",
                                                   "withhold",    "withhold",    "query"};
    static const std::vector<std::string> strengths = {" must", " may", " none", " risk"};
    Clause clause{random_.pick(words), "", {}};
    if (clause.word == "withhold") clause.word += random_.pick(strengths);
    if (clause.word == "pay" || clause.word == "adjust to") clause.gives = amount(names);
    if (clause.word == "recount as") {
      const Type code = making_.maker.code_type(names);
      clause.gives = Expression{code, std::string(1, Expression::hole), {making_.maker.make(code, names, 1)}};
      if (random_.chance(50)) {
        clause.gives.text += std::string(" pay ") + Expression::hole;
        clause.gives.children.push_back(amount(names));
      }
    }
    return clause;
  }

  /// Literals, facts, and what is worked out of them.
  Expression amount(const Names& names) {
    return making_.maker.make({Sort::money}, names, static_cast<int>(random_.between(0, 3)));
  }

  /// The fact that gives a record's place. With two places the policy must say which.
  std::string placed_by() {
    const std::vector<std::string>& places = making_.place_facts;
    if (places.size() == 1 && random_.chance(60)) return "";
    const bool by_home = making_.options.place_unread || random_.chance(80);
    return "  placed by " + (by_home ? "home" : random_.pick(places)) + "\n";
  }

  void add_version(const std::string& name, const Held& held, const Names& names) {
    Policy policy;
    policy.name = name;
    policy.held = held;
    policy.dated = held.first != 0;
    static const std::vector<std::string> statuses = {"adopted", "adopted", "superseded"};
    const std::string status = !making_.options.not_looser && random_.chance(5) ? "draft" : random_.pick(statuses);
    policy.payment = making_.options.ledger && random_.chance(75);
    for (const Policy& other : making_.library.policies) {
      if (other.name == name) policy.payment = other.payment;
    }
    policy.head = (policy.payment ? "payment " : "policy ") + name + " \"A policy\" on Case {\n" +
                  (policy.payment ? "" : "  category threshold\n") + "  status " + status +
                  "\n  source \"Paper\" section \"1\"\n";
    if (policy.dated) {
      policy.head += "  effective " + period(held).substr(6) + "\n  dated by referred\n";
    }
    if (making_.has_places()) {
      policy.head += placed_by();
      // Where it does not hold, nothing is compared.
      const bool everywhere = making_.options.not_looser || random_.chance(60);
      for (long left = !everywhere ? random_.between(1, 2) : 0; left > 0; --left) {
        const std::string place = making_.some_place();
        if (policy.places.empty() || policy.places.front() != place) policy.places.push_back(place);
      }
    }
    if (random_.chance(60)) policy.applies.push_back(making_.maker.make({Sort::truth}, names, 2));
    policy.clauses = policy.payment ? payment_clauses(names) : policy_clauses(names);
    making_.library.policies.push_back(policy);
  }
};

}  // namespace

/// A fact against a literal or a threshold, as one place may tighten what another asks.
Expression Making::limit(const Names& names) {
  const auto is_threshold = [](const Named& named) { return named.path.find("limit_") == 0; };
  std::vector<Named> facts;
  std::vector<Named> thresholds;
  for (const Named& named : names.values) {
    const Sort sort = named.type.sort;
    if (sort != Sort::number && sort != Sort::quantity && sort != Sort::money && sort != Sort::date) continue;
    (is_threshold(named) ? thresholds : facts).push_back(named);
  }
  if (facts.empty()) return {};
  const Named fact = random.pick(facts);
  std::erase_if(thresholds, [&](const Named& named) { return !(named.type == fact.type); });
  static const std::vector<std::string> orders = {" <= ", " < ", " >= ", " > "};
  Expression limit{fact.type, literal(fact.type), {}};
  if (!thresholds.empty() && random.chance(60)) limit.text = random.pick(thresholds).path;
  return {{Sort::truth},
          "(" + std::string(1, Expression::hole) + random.pick(orders) + Expression::hole + ")",
          {{fact.type, fact.path, {}}, limit}};
}

Criterion Making::criterion(const Names& names, int depth) {
  Criterion result;
  result.name = next("c");
  if (options.not_looser && (depth == 0 || random.chance(30)) && random.chance(60)) {
    result.expression = limit(names);
    if (!result.expression.text.empty()) return result;
  }
  if (depth > 0 && random.chance(depth == 2 ? 70 : 25)) {
    const long count = random.between(1, 4);
    static const std::vector<std::string> heads = {"all", "any", "all", "none of"};
    result.head =
        random.chance(25) ? "at least " + std::to_string(random.between(1, count)) + " of" : random.pick(heads);
    for (long i = 0; i < count; ++i) result.children.push_back(criterion(names, depth - 1));
  } else {
    result.expression = maker.make({Sort::truth}, names, static_cast<int>(random.between(1, 4)));
  }
  return result;
}

void add_policies(Making& making) {
  PolicyMaker maker(making);
  for (int i = 0; i < making.options.policies; ++i) maker.add(i);
}

Library make_library(Random& random, LibraryOptions options) {
  Making making(random, options);
  const bool placed = options.placed && (options.place_unread || random.chance(85));
  making.library.vocabulary = make_vocabulary(random, Vocabularies{options.monotone, placed, options.ledger});
  const Vocabulary& vocabulary = making.library.vocabulary;
  making.dated.add(vocabulary.fields, "");
  making.dated.add(vocabulary.relations);
  for (const Named& named : making.dated.values) {
    if (named.type.sort == Sort::place) making.place_facts.push_back(named.path);
  }
  if (options.place_unread) std::erase_if(making.dated.values, [](const Named& named) { return named.path == "home"; });
  making.undated = making.dated;
  std::erase_if(making.undated.values, [&](const Named& named) { return is_measured(vocabulary, named.path); });
  std::erase_if(making.undated.lists, [&](const NamedList& list) { return has_measured(*list.field); });
  add_declarations(making);
  add_policies(making);
  if (making.has_places()) add_variations(making);
  making.library.two_files = random.chance(40);
  making.library.variations_apart = random.chance(30);
  return making.library;
}

}  // namespace proviso::property
