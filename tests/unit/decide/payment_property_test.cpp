#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <random>

#include "payment_support.hpp"

using namespace proviso;
using namespace proviso::decide::test;
using decide::Explain;
using model::Strength;

// Random payments against the text of the language, read off one clause at a time.
namespace {

constexpr std::array<const char*, 6> truths = {"a", "b", "c", "d", "e", "f"};

int below(std::mt19937_64& random, int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); }

struct Line {
  std::map<std::string, bool> truths;
  std::optional<std::int64_t> charge;
  std::optional<std::int64_t> tariff;
};

/// `a and not b`: each a fact and what it must be.
using Condition = std::vector<std::pair<std::string, bool>>;

/// The amount is the constant, or with `of_tariff` the tariff and the constant.
struct Rule {
  Condition condition;
  int gives = 0;  ///< exempt, in full, at most, adjust, recount, recount and price, withhold, query
  int strength = 0;
  int constant = 0;
  bool of_tariff = false;

  bool has_amount() const { return gives == 2 || gives == 3 || gives == 5; }
  std::vector<int> result() const {
    std::vector<int> said = {gives};
    if (gives == 6) said.push_back(strength);
    if (has_amount()) said.insert(said.end(), {constant, int{of_tariff}});
    return said;
  }
};

struct Payment {
  Condition applies;
  std::vector<Rule> rules;
};

Condition random_condition(std::mt19937_64& random, int most) {
  Condition condition;
  for (int i = 1 + below(random, most); i > 0; --i) {
    condition.emplace_back(truths[static_cast<std::size_t>(below(random, 6))], below(random, 3) != 0);
  }
  return condition;
}

Payment random_payment(std::mt19937_64& random) {
  Payment payment;
  if (below(random, 2) == 0) payment.applies = random_condition(random, 1);
  for (int i = 1 + below(random, 4); i > 0; --i) {
    Rule rule;
    if (i > 1) rule.condition = random_condition(random, 2);
    rule.gives = below(random, 8);
    rule.strength = below(random, 2);
    rule.constant = 10 * below(random, 3);
    rule.of_tariff = below(random, 2) == 0;
    payment.rules.push_back(std::move(rule));
  }
  return payment;
}

Line random_line(std::mt19937_64& random) {
  Line line;
  for (const char* name : truths) {
    if (below(random, 4) != 0) line.truths[name] = below(random, 2) == 0;
  }
  if (below(random, 6) != 0) line.charge = 10 * below(random, 6);
  if (below(random, 3) != 0) line.tariff = 10 * below(random, 4);
  return line;
}

// As the language has it.

struct PaymentAnswer {
  std::string given = "nothing";
  std::string needed;
  std::optional<std::int64_t> amount;
};

Truth truth_of(const Condition& condition, const Line& line) {
  Truth truth = Truth::yes;
  for (const auto& [fact, wanted] : condition) {
    const auto found = line.truths.find(fact);
    if (found == line.truths.end()) {
      truth = Truth::unknown;
    } else if (found->second != wanted) {
      return Truth::no;
    }
  }
  return truth;
}

void ask(const std::string& fact, std::string& needed) {
  if ((" " + needed + " ").find(" " + fact + " ") != std::string::npos) return;
  needed += (needed.empty() ? "" : " ") + fact;
}

void ask(const Condition& condition, const Line& line, std::string& needed) {
  if (truth_of(condition, line) != Truth::unknown) return;
  for (const auto& [fact, wanted] : condition) {
    if (line.truths.count(fact) == 0) ask(fact, needed);
  }
}

PaymentAnswer apply(const Rule& rule, const Line& line) {
  PaymentAnswer answer;
  const std::optional<std::int64_t> price = line.charge;
  std::optional<std::int64_t> allowed = price;
  if (rule.has_amount()) {
    if (rule.of_tariff && !line.tariff) return {"information needed no amount", "tariff", {}};
    const std::int64_t value = rule.constant + (rule.of_tariff ? *line.tariff : 0);
    if (price) allowed = std::min(value, *price);
  }
  constexpr std::array<const char*, 8> words = {"exempt", "pay",    "pay",       "adjust",
                                                "adjust", "adjust", "withhold ", "query"};
  answer.given = words[static_cast<std::size_t>(rule.gives)];
  if (rule.gives == 6) {
    answer.given += rule.strength == 0 ? "must" : "may";
    answer.amount = 0;
  } else if (rule.gives != 0 && rule.gives != 7) {
    answer.amount = allowed;
  }
  answer.given += answer.amount ? " £" + std::to_string(*answer.amount) + ".00" : " no amount";
  if (rule.gives == 4 || rule.gives == 5) answer.given += " as WF01B";
  return answer;
}

/// The sum where it is known, else what the rule says.
std::string comes_to(const Rule& rule, const Line& line) {
  const bool lacks = rule.has_amount() && rule.of_tariff && !line.tariff;
  if (rule.gives == 0 || rule.gives == 7 || lacks) {
    std::string said = "rule";
    for (const int each : rule.result()) said += ' ' + std::to_string(each);
    return said;
  }
  std::string sum = apply(rule, line).given;
  if (!line.charge && rule.has_amount())
    sum += " of " + std::to_string(rule.constant + (rule.of_tariff ? *line.tariff : 0));
  return sum;
}

PaymentAnswer decide(const Payment& payment, const Line& line) {
  const Truth applies = truth_of(payment.applies, line);
  if (applies == Truth::no) return {};
  std::vector<const Rule*> remaining;
  for (const Rule& rule : payment.rules) {
    const Truth truth = truth_of(rule.condition, line);
    if (truth == Truth::no) continue;
    remaining.push_back(&rule);
    if (truth == Truth::yes) break;
  }
  const auto all_give = [&](std::size_t from) {
    return std::all_of(remaining.begin() + static_cast<std::ptrdiff_t>(from), remaining.end(),
                       [&](const Rule* each) { return comes_to(*each, line) == comes_to(*remaining[from], line); });
  };
  if (applies == Truth::yes && all_give(0)) return apply(*remaining.back(), line);
  PaymentAnswer open{"information needed no amount", {}, {}};
  ask(payment.applies, line, open.needed);
  for (std::size_t i = 0; i + 1 < remaining.size(); ++i) {
    if (!all_give(i)) ask(remaining[i]->condition, line, open.needed);
  }
  for (const Rule* rule : remaining) {
    if (rule->has_amount() && rule->of_tariff && !line.tariff) ask("tariff", open.needed);
  }
  return open;
}

/// What the line is paid: nothing yet while an answer is open or a query.
std::string paid_for(const std::vector<PaymentAnswer>& answers, const Line& line) {
  std::optional<std::int64_t> amount = line.charge;
  for (const PaymentAnswer& answer : answers) {
    if (answer.given.rfind("information", 0) == 0 || answer.given.rfind("query", 0) == 0) return "no amount";
    if (answer.amount && (!amount || *answer.amount < *amount)) amount = answer.amount;
  }
  return amount ? "£" + std::to_string(*amount) + ".00" : "no amount";
}

// As the engine has it.

class PaymentAuthor {
 public:
  Ledger ledger;

  PaymentAuthor() : code_(ledger.code("WF01B")) {}

  void write(const Payment& payment, const std::string& name) {
    std::vector<model::Clause> clauses;
    for (const Rule& rule : payment.rules) {
      const bool last = &rule == &payment.rules.back();
      const NodeId condition = last ? model::none : node(rule.condition);
      if (rule.gives == 0) {
        clauses.push_back(last ? Ledger::otherwise(Outcome::exempt) : Ledger::when(Outcome::exempt, condition));
      } else {
        clauses.push_back(last ? Ledger::otherwise(gives(rule)) : Ledger::when(gives(rule), condition));
      }
    }
    model::Policy& made = ledger.payment(std::move(clauses), name);
    if (!payment.applies.empty()) made.applies = node(payment.applies);
  }

 private:
  NodeId code_;
  std::map<std::pair<int, bool>, NodeId> amounts_;  ///< equal expressions are one node

  NodeId node(const Condition& condition) {
    std::vector<NodeId> terms;
    for (const auto& [fact, wanted] : condition) {
      terms.push_back(wanted ? ledger.read(fact) : ledger.not_(ledger.read(fact)));
    }
    return ledger.all(std::move(terms));
  }

  NodeId amount(const Rule& rule) {
    const auto [known, fresh] = amounts_.try_emplace({rule.constant, rule.of_tariff}, model::none);
    if (fresh) {
      const NodeId constant = ledger.pounds(rule.constant);
      known->second = rule.of_tariff ? ledger.sum(ledger.read("tariff"), constant) : constant;
    }
    return known->second;
  }

  Ledger::Gives gives(const Rule& rule) {
    switch (rule.gives) {
      case 1:
        return Ledger::in_full();
      case 2:
        return Ledger::at_most(amount(rule));
      case 3:
        return Ledger::adjust(amount(rule));
      case 4:
        return Ledger::recount(code_);
      case 5:
        return Ledger::recount(code_, amount(rule));
      case 6:
        return Ledger::withhold(rule.strength == 0 ? Strength::must : Strength::may);
      default:
        return Ledger::query();
    }
  }
};

void add(const Line& line, Trial& trial) {
  trial.record();
  for (const auto& [fact, yes] : line.truths) trial.truth(fact, yes);
  if (line.charge) trial.value("charge", *line.charge);
  if (line.tariff) trial.value("tariff", *line.tariff);
}

/// In full those that do not apply are listed too.
std::string shown(const Trial& trial, std::size_t record, std::size_t& number) {
  std::string found = given(trial, record, number++);
  return found == "not applicable no amount" ? "nothing" : found;
}

void check(const Trial& trial, std::size_t record, const std::vector<Payment>& payments, const Line& line) {
  std::vector<PaymentAnswer> answers;
  std::size_t number = 0;
  const bool in_full = trial.engine.options().explain == Explain::full;
  for (const Payment& payment : payments) {
    answers.push_back(decide(payment, line));
    if (!in_full && answers.back().given == "nothing") continue;
    CHECK(shown(trial, record, number) == answers.back().given);
  }
  CHECK(paid(trial, record) == paid_for(answers, line));
  // The needs of one decision at a time are known to the support of tests.
  const auto first =
      std::find_if(answers.begin(), answers.end(), [](const PaymentAnswer& each) { return each.given != "nothing"; });
  if (!in_full && first != answers.end()) CHECK(trial.needed(record) == first->needed);
}

}  // namespace

TEST_CASE("payments decide as the language says, alone, together and however they are explained") {
  std::mt19937_64 random(20180401);
  std::size_t open = 0;
  std::size_t reduced = 0;
  for (int round = 0; round < 150; ++round) {
    PaymentAuthor author;
    std::vector<Payment> payments;
    for (int i = 1 + below(random, 3); i > 0; --i) {
      payments.push_back(random_payment(random));
      author.write(payments.back(), "payment_" + std::to_string(i));
    }
    std::vector<Line> lines;
    for (int i = 0; i < 70; ++i) lines.push_back(random_line(random));
    for (const Explain explain : {Explain::none, Explain::reasons, Explain::full}) {
      Trial together(author.ledger, {{}, false, {}, explain});
      for (const Line& line : lines) add(line, together);
      together.decide();
      for (std::size_t record = 0; record < lines.size(); ++record) {
        INFO("round " << round << ", record " << record);
        check(together, record, payments, lines[record]);
        open += paid(together, record) == "no amount" ? 1U : 0U;
        reduced += lines[record].charge && together.decisions.records[record].amount != decimal(*lines[record].charge);
      }
    }
    for (std::size_t record = 0; record < 5; ++record) {
      INFO("round " << round << ", record " << record << " alone");
      Trial alone(author.ledger);
      add(lines[record], alone);
      check(alone.decide(), 0, payments, lines[record]);
    }
  }
  // Of 31,500 lines, neither few nor nearly all.
  CHECK(open > 3000);
  CHECK(reduced > 3000);
}
