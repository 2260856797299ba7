#include "reference/forms.hpp"

#include <algorithm>
#include <stdexcept>

namespace proviso::reference {
namespace {

using syntax::Change;
using syntax::GroupKind;

Test test_of(const File* file, const syntax::Condition& condition) {
  Test test;
  test.kind = condition.kind;
  test.expression = {file, condition.expression, nullptr};
  test.count = condition.count;
  for (const syntax::Criterion& criterion : condition.criteria) {
    test.criteria.push_back({criterion.name.text, test_of(file, criterion.condition)});
  }
  return test;
}

Test* find_criterion(Test& test, const std::string& name) {
  for (Rule& rule : test.criteria) {
    if (rule.name == name) return &rule.test;
    if (Test* found = find_criterion(rule.test, name)) return found;
  }
  for (Test& part : test.joined) {
    if (Test* found = find_criterion(part, name)) return found;
  }
  return nullptr;
}

bool remove_criterion(Test& test, const std::string& name) {
  const auto removed = std::erase_if(test.criteria, [&](const Rule& rule) { return rule.name == name; });
  bool found = removed > 0;
  for (Rule& rule : test.criteria) found = found || remove_criterion(rule.test, name);
  for (Test& part : test.joined) found = found || remove_criterion(part, name);
  return found;
}

/// Changes what a version says by one variation after another.
class Varying {
 public:
  Varying(const World& world, const Version& version) : world_(world) {
    for (const syntax::Clause& clause : version.policy->clauses) {
      form_.lines.push_back({clause.word, clause.outcome, clause.name.text, test_of(version.file, clause.condition),
                             version.file, clause.payment ? &*clause.payment : nullptr, count_++});
    }
  }

  /// Before the variations of a place: what they say of the policy's only group is of the one that there is now, so
  /// that their order does not matter.
  void enter_place() {
    grouped_.clear();
    for (const Line& line : form_.lines) {
      const bool lets_through = line.word == "approve" || line.word == "pay";
      if (lets_through && line.test.kind != GroupKind::expression) grouped_.push_back(line.number);
    }
  }
  void apply(const Variation& variation) {
    for (const Change& change : variation.declaration->changes) apply(variation.file, change);
  }
  Form take() { return std::move(form_); }

 private:
  const World& world_;
  Form form_;
  std::size_t count_ = 0;
  std::vector<std::size_t> grouped_;  ///< the clauses that `add` may add to

  void apply(const File* file, const Change& change) {
    if (change.word == "replace") replace(file, change);
    if (change.word == "add" && change.clause.empty()) add_criterion(file, change);
    if (change.word == "add" && !change.clause.empty()) add_clause(file, change);
    if (change.word == "remove") remove(change);
    if (change.word == "omit") form_.omitted = true;
  }

  static Test changed(const File* file, const Change& change) { return test_of(file, *change.condition); }

  Line& line(const std::string& name) {
    for (Line& line : form_.lines) {
      if (line.name == name) return line;
    }
    throw std::logic_error("nothing is called `" + name + "`");
  }
  Test* criterion(const std::string& name) {
    for (Line& line : form_.lines) {
      if (Test* found = find_criterion(line.test, name)) return found;
    }
    return nullptr;
  }

  /// The test of the criterion or clause of that name.
  Test& test(const std::string& name) {
    if (Test* const found = criterion(name)) return *found;
    return line(name).test;
  }

  /// The group to add to: the one named, or that of the only grouped `approve`, or `pay` of a payment.
  Test& group(const Change& change) {
    if (!change.to.text.empty()) return test(change.to.text);
    for (Line& line : form_.lines) {
      if (grouped_.size() == 1 && line.number == grouped_.front()) return line.test;
    }
    throw std::logic_error("no group to add `" + change.name.text + "` to");
  }

  void add_criterion(const File* file, const Change& change) {
    group(change).criteria.push_back({change.name.text, changed(file, change)});
  }

  void replace(const File* file, const Change& change) {
    Test& old = test(change.name.text);
    Test with = changed(file, change);
    const std::string word = joining_word(with);
    if (!word.empty()) {
      Test joint;
      joint.joined_by = word;
      joint.joined = {old, with};
      with = joint;
    }
    old = with;
    if (!change.clause.empty()) {
      line(change.name.text).word = change.clause;
      line(change.name.text).outcome = change.clause;
    }
  }

  /// `and` where it is the bare call of a hook that may only tighten, `or` of one that may only loosen.
  std::string joining_word(const Test& with) const {
    if (with.kind != GroupKind::expression || with.expression->kind != syntax::ExpressionKind::hook) return "";
    const File* file = with.expression.file;
    const auto* hook = world_.find<syntax::HookDeclaration>(file, with.expression->text);
    if (hook == nullptr || hook->tendency.text.empty()) return "";
    return hook->tendency.text == "tighten" ? "and" : "or";
  }

  /// An exemption after those there are, any other just before `otherwise`.
  void add_clause(const File* file, const Change& change) {
    const auto behind = std::find_if(form_.lines.begin(), form_.lines.end(), [&](const Line& line) {
      return line.word == "otherwise" || (change.clause == "exempt" && line.word != "exempt");
    });
    form_.lines.insert(
        behind, {change.clause, change.clause, change.name.text, changed(file, change), nullptr, nullptr, count_++});
  }

  void remove(const Change& change) {
    for (Line& line : form_.lines) {
      if (remove_criterion(line.test, change.name.text)) return;
    }
    std::erase_if(form_.lines, [&](const Line& line) { return line.name == change.name.text; });
  }
};

bool decides(const syntax::PolicyDeclaration& policy) {
  return policy.status.text.empty() || policy.status.text == "adopted" || policy.status.text == "superseded";
}

}  // namespace

namespace {

/// The expression, in one way however it is written: without brackets, and literals by their values.
std::string said(const syntax::Tree& tree, syntax::ExpressionId id) {
  if (id == syntax::no_expression) return "-";
  const syntax::Expression& e = tree.expression(id);
  std::string text = std::to_string(static_cast<int>(e.kind)) + '[';
  const Value literal = e.operands.empty() ? evaluate_literal(tree, id) : Value{};
  if (literal.known && literal.kind == Kind::decimal) {
    text += std::to_string(static_cast<long>(literal.number)) + literal.unit;
  } else {
    text += e.text + ' ' + e.word + ' ' + e.variable.text;
  }
  for (const syntax::ExpressionId operand : e.operands) text += said(tree, operand);
  return text + ']';
}

}  // namespace

std::string given_by(const Line& line) {
  if (line.payment == nullptr) return line.outcome;
  const syntax::Tree& tree = *line.file->tree;
  return line.payment->word + ' ' + line.payment->strength.text + ' ' + said(tree, line.payment->amount) + ' ' +
         said(tree, line.payment->code);
}

std::vector<Variation> variations_of(const World& world, const Version& version) {
  std::vector<Variation> result;
  for (const File& file : world.files()) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      const auto* variation = std::get_if<syntax::VariationDeclaration>(&declaration);
      if (variation == nullptr) continue;
      const File* of = &file;
      const auto* policy = world.find<syntax::PolicyDeclaration>(of, variation->policy.text);
      if (policy == nullptr || of->tree->library.text + '.' + policy->name.text != version.full_name()) continue;
      result.push_back({&file, variation, held(*file.tree, variation->place.text, variation->period)});
    }
  }
  return result;
}

Form form_of(const World& world, const Version& version, const std::string& place, std::optional<DayNumber> day) {
  Varying varying(world, version);
  const std::vector<Variation> all = variations_of(world, version);
  std::vector<std::string> from_outside = world.places().outwards(place);
  std::reverse(from_outside.begin(), from_outside.end());
  for (const std::string& at : from_outside) {
    varying.enter_place();
    for (const Variation& variation : all) {
      if (day && variation.held.place == at && variation.held.on(*day)) varying.apply(variation);
    }
  }
  return varying.take();
}

std::vector<std::vector<Version>> policies_on(const World& world, const std::string& record_name) {
  std::vector<std::vector<Version>> policies;
  for (const File& file : world.files()) {
    for (const syntax::Declaration& declaration : file.tree->declarations) {
      const auto* policy = std::get_if<syntax::PolicyDeclaration>(&declaration);
      if (policy == nullptr || policy->record.text != record_name || !decides(*policy)) continue;
      const Held days = held(*file.tree, "", policy->effective);
      const Version version{&file, policy, days.first, days.last};
      auto same = std::find_if(policies.begin(), policies.end(),
                               [&](const auto& others) { return others.front().full_name() == version.full_name(); });
      if (same == policies.end()) same = policies.insert(policies.end(), std::vector<Version>{});
      same->push_back(version);
    }
  }
  for (std::vector<Version>& versions : policies) {
    std::sort(versions.begin(), versions.end(), [](const Version& a, const Version& b) { return a.first < b.first; });
    // An open end lasts until something replaces it.
    for (std::size_t i = 0; i + 1 < versions.size(); ++i) {
      versions[i].last = std::min(versions[i].last, versions[i + 1].first - 1);
    }
  }
  return policies;
}

}  // namespace proviso::reference
