#include "reference/decision.hpp"

#include <algorithm>
#include <set>

namespace proviso::reference {

std::optional<bool> Decision::truth(const Test& test) const {
  if (test.joined_by == "and") return both(truth(test.joined[0]), truth(test.joined[1]));
  if (test.joined_by == "or") return either(truth(test.joined[0]), truth(test.joined[1]));
  if (test.kind == syntax::GroupKind::expression) return evaluator_.truth(test.expression);
  std::size_t yes = 0;
  std::size_t no = 0;
  for (const Rule& rule : test.criteria) {
    const std::optional<bool> result = truth(rule.test);
    if (result == true) ++yes;
    if (result == false) ++no;
  }
  const std::size_t all = test.criteria.size();
  switch (test.kind) {
    case syntax::GroupKind::all:
      if (no > 0) return false;
      if (yes == all) return true;
      return std::nullopt;
    case syntax::GroupKind::any:
      if (yes > 0) return true;
      if (no == all) return false;
      return std::nullopt;
    case syntax::GroupKind::at_least:
      if (yes >= test.count) return true;
      if (all - no < test.count) return false;
      return std::nullopt;
    case syntax::GroupKind::none_of:
      if (yes > 0) return false;
      if (no == all) return true;
      return std::nullopt;
    case syntax::GroupKind::expression:
      break;
  }
  return std::nullopt;
}

void Decision::needs_of(const Written& expression) {
  evaluator_.needs(expression, [&](const Fact& fact, bool out_of_date) {
    if (!evaluator_.can_be_given(fact)) return;
    // A list is out of date where all is that is asked for in its name.
    for (Need& need : answer_.needs) {
      if (need.fact != fact.asked_as) continue;
      need.out_of_date = need.out_of_date && out_of_date;
      return;
    }
    answer_.needs.push_back({fact.asked_as, out_of_date});
  });
}

void Decision::needs_of(const Test& test) {
  if (truth(test)) return;
  for (const Test& part : test.joined) needs_of(part);
  if (test.joined.empty() && test.kind == syntax::GroupKind::expression) needs_of(test.expression);
  for (const Rule& rule : test.criteria) needs_of(rule.test);
}

void Decision::list_criteria(const Test& test) {
  for (const Rule& rule : test.criteria) {
    answer_.criteria.push_back({rule.name, truth(rule.test)});
    list_criteria(rule.test);
  }
}

/// Which value of its criteria made a group yes or no.
void Decision::because_of(const Test& test, bool result) {
  const bool wanted = test.kind == syntax::GroupKind::none_of ? !result : result;
  for (const Rule& rule : test.criteria) {
    if (truth(rule.test) != wanted) continue;
    answer_.because.push_back(rule.name);
    because_of(rule.test, wanted);
  }
}

void Decision::explain(std::size_t deciding) {
  answer_.has_because = true;
  const auto add = [&](const Line& line, bool result) {
    if (line.word == "otherwise") return;
    // A clause that is an expression is a criterion of its own.
    if (line.test.kind == syntax::GroupKind::expression) answer_.because.push_back(line.called());
    because_of(line.test, result);
  };
  if (lines()[deciding].word != "otherwise") {
    add(lines()[deciding], true);
    return;
  }
  for (std::size_t i = 0; i < deciding; ++i) {
    if (lines()[i].word != "exempt") add(lines()[i], false);
  }
}

void Decision::collect_facts(const Test& test, const Evaluator::Visit& visit) const {
  for (const Test& part : test.joined) collect_facts(part, visit);
  if (test.joined.empty() && test.kind == syntax::GroupKind::expression &&
      test.expression.id != syntax::no_expression) {
    evaluator_.facts(test.expression, visit);
  }
  for (const Rule& rule : test.criteria) collect_facts(rule.test, visit);
}

void Decision::find_assumed(std::size_t tried, const Line* deciding) {
  std::set<std::string> names;
  const Evaluator::Visit visit = [&](const Fact& fact) {
    if (is_assumed(fact) && fact.related == nullptr) names.insert(fact.name);
  };
  if (version_.has_gate()) evaluator_.facts(version_.gate(), visit);
  for (std::size_t i = 0; i < tried; ++i) collect_facts(lines()[i].test, visit);
  if (deciding != nullptr && deciding->payment != nullptr) {
    for (const syntax::ExpressionId id : {deciding->payment->amount, deciding->payment->code}) {
      if (id != syntax::no_expression) evaluator_.facts({deciding->file, id, nullptr}, visit);
    }
  }
  answer_.assumed.assign(names.begin(), names.end());
}

bool Decision::divides_by_nought(const Test& test) const {
  for (const Test& part : test.joined) {
    if (divides_by_nought(part)) return true;
  }
  for (const Rule& rule : test.criteria) {
    if (divides_by_nought(rule.test)) return true;
  }
  return test.joined.empty() && test.kind == syntax::GroupKind::expression &&
         evaluator_.divides_by_nought(test.expression);
}

/// Of a group each of its criteria; a group that a hook has joined is one criterion.
void Decision::list_divided(const std::string& name, const Test& test) {
  if (!test.joined.empty() || test.kind == syntax::GroupKind::expression) {
    if (divides_by_nought(test)) answer_.divided.push_back(name);
    return;
  }
  for (const Rule& rule : test.criteria) list_divided(rule.name, rule.test);
}

void Decision::find_divided(std::size_t tried) {
  if (version_.policy->payment) return;
  if (version_.has_gate() && evaluator_.divides_by_nought(version_.gate())) answer_.divided.push_back("applies when");
  for (std::size_t i = 0; i < tried; ++i) {
    if (lines()[i].word != "otherwise") list_divided(lines()[i].called(), lines()[i].test);
  }
  std::sort(answer_.divided.begin(), answer_.divided.end());
  answer_.divided.erase(std::unique(answer_.divided.begin(), answer_.divided.end()), answer_.divided.end());
}

Answer Decision::decide() {
  answer_.policy = version_.full_name();
  const std::optional<bool> applied = applies();
  if (applied == false) {
    answer_.outcome = "not applicable";
    return answer_;
  }
  answer_.version = version_.first == 0 ? "" : format_day(version_.first);
  // The clauses that may decide: all that are not no, up to the first that is yes.
  std::vector<std::size_t> possible;
  for (std::size_t i = 0; i < lines().size(); ++i) {
    const std::optional<bool> result = truth(lines()[i]);
    if (result != false) possible.push_back(i);
    if (result == true) break;
  }
  std::set<std::string> results;
  if (!applied) results.insert("not applicable");
  for (const std::size_t clause : possible) results.insert(comes_to(lines()[clause]));
  for (const Line& line : lines()) {
    if (line.word == "otherwise") continue;
    answer_.criteria.push_back({line.called(), truth(line)});
    list_criteria(line.test);
  }
  const Line& last = lines()[possible.back()];
  find_divided(possible.back() + 1);
  find_assumed(possible.back() + 1, results.size() == 1 ? &last : nullptr);

  if (results.size() == 1) {
    answer_.outcome = last.outcome == "recount" ? "adjust" : last.outcome;
    answer_.clause = last.called();
    if (possible.size() == 1) explain(possible.front());
    if (last.payment != nullptr) pay_by(last);
    return answer_;
  }
  if (!applied) needs_of(version_.gate());
  for (auto clause = possible.begin(); clause != possible.end(); ++clause) {
    std::set<std::string> after;
    for (auto later = clause + 1; later != possible.end(); ++later) after.insert(comes_to(lines()[*later]));
    const bool changes_nothing = after == std::set<std::string>{comes_to(lines()[*clause])};
    if (!changes_nothing && !truth(lines()[*clause])) needs_of(lines()[*clause].test);
  }
  // What the clauses that may decide would pay.
  for (const std::size_t clause : possible) {
    if (lines()[clause].payment != nullptr) needs_of_payment(lines()[clause]);
  }
  const std::string for_a_person = version_.policy->payment ? "query" : "review";
  answer_.outcome = answer_.needs.empty() ? for_a_person : "information needed";
  return answer_;
}

Value Decision::value_of(const Line& line, syntax::ExpressionId id) const {
  return evaluator_.value({line.file, id, nullptr});
}

/// What the clause gives for this record: what it says, or the sum where that is known.
std::string Decision::comes_to(const Line& line) const {
  if (line.payment == nullptr || line.payment->word == "query") return given_by(line);
  const syntax::PaymentOutcome& payment = *line.payment;
  const Value price = price_ ? evaluator_.read_fact(*price_) : Value{};
  std::optional<Integer> sum;
  std::string code;
  if (payment.word == "withhold") sum = 0;
  if (payment.amount != syntax::no_expression) {
    const Value amount = value_of(line, payment.amount);
    if (!amount.known) return given_by(line);
    sum = amount.number;
  }
  if (payment.code != syntax::no_expression) {
    const Value recounted = value_of(line, payment.code);
    if (!recounted.known) return given_by(line);
    code = recounted.text;
  }
  if (price.known) sum = sum ? std::min(*sum, price.number) : price.number;
  const bool adjusts = payment.word == "adjust to" || payment.word == "recount as";
  const std::string word = payment.word == "withhold" ? "withhold" : adjusts ? "adjust" : "pay";
  const std::string amount = sum ? std::to_string(static_cast<long long>(*sum)) : "in full";
  return word + ' ' + payment.strength.text + ' ' + amount + ' ' + code;
}

bool Decision::needs_of_payment(const Line& line) {
  bool lacks = false;
  for (const syntax::ExpressionId id : {line.payment->amount, line.payment->code}) {
    if (id == syntax::no_expression || value_of(line, id).known) continue;
    lacks = true;
    needs_of(Written{line.file, id, nullptr});
  }
  return lacks;
}

void Decision::pay_by(const Line& line) {
  const syntax::PaymentOutcome& payment = *line.payment;
  if (needs_of_payment(line)) {
    answer_.outcome = answer_.needs.empty() ? "query" : "information needed";
    answer_.clause.clear();
    return;
  }
  if (payment.word == "query") return;
  const Value price = price_ ? evaluator_.read_fact(*price_) : Value{};
  if (payment.word == "withhold") answer_.allowed = 0;
  if (payment.amount != syntax::no_expression) answer_.allowed = value_of(line, payment.amount).number;
  if (payment.code != syntax::no_expression) answer_.recount = value_of(line, payment.code).text;
  answer_.strength = payment.strength.text;
  if (price.known) {
    answer_.amount = answer_.allowed ? std::min(*answer_.allowed, price.number) : price.number;
  } else if (payment.word == "withhold") {
    answer_.amount = 0;
  }
}

}  // namespace proviso::reference
