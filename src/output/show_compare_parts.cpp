#include "output/show_compare_parts.hpp"

#include <algorithm>
#include <functional>

#include "output/policy_view.hpp"

namespace proviso::output {

using model::Clause;
using model::Criterion;
using model::GroupKind;

bool Sameness::operator()(model::NodeId a, model::NodeId b) {
  if (a == b || found_.count({a, b}) != 0) return true;
  if (a == model::none || b == model::none || !alike(library_.nodes[a], library_.nodes[b])) return false;
  const auto& ones = library_.nodes[a].operands;
  const auto& others = library_.nodes[b].operands;
  const bool same = std::equal(ones.begin(), ones.end(), others.begin(), others.end(), std::ref(*this));
  if (same) found_.insert({a, b});
  return same;
}

bool Sameness::alike(const model::Node& a, const model::Node& b) const {
  if (a.kind != b.kind || !(a.type == b.type) || a.value != b.value || a.second != b.second || a.index != b.index ||
      a.word != b.word || (a.loop == model::none) != (b.loop == model::none)) {
    return false;
  }
  return a.loop == model::none || library_.loops[a.loop].list == library_.loops[b.loop].list;
}

std::string head(const Criterion& criterion) {
  const std::string group = spell_group(criterion.condition);
  return group.empty() ? criterion.expression : group;
}

void add_head(std::vector<std::string>& lines, const Criterion& criterion, std::size_t indent, bool with_label) {
  const std::string spaces(indent, ' ');
  const bool labelled = with_label && !criterion.label.empty();
  if (criterion.condition.kind != GroupKind::expression) {
    lines.push_back(spaces + (labelled ? criterion.label + ": " : "") + head(criterion));
    return;
  }
  if (labelled) lines.push_back(spaces + criterion.label + ":");
  lines.push_back(spaces + head(criterion));
}

void add_lines(std::vector<std::string>& lines, const Criterion& criterion, std::size_t indent) {
  add_head(lines, criterion, indent, true);
  for (const Criterion& inner : criterion.condition.criteria) add_lines(lines, inner, indent + 2);
}

std::string head(const Clause& clause) {
  std::string out = (clause.otherwise ? "otherwise " : "") + spell_outcome(clause);
  if (clause.otherwise) return out;
  const std::string group = spell_group(clause.condition);
  return out + " when " + (group.empty() ? clause.expression : group);
}

bool pay_same(const Clause& a, const Clause& b, Sameness& same) {
  if (!a.payment || !b.payment) return a.payment.has_value() == b.payment.has_value();
  return same(a.payment->amount, b.payment->amount) && same(a.payment->code, b.payment->code);
}

}  // namespace proviso::output
