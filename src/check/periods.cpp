#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "check/checker.hpp"
#include "value/calendar.hpp"

// Policies over time: what in them depends on the date, and versions that do not overlap.
namespace proviso::check {

std::vector<NodeId> Checker::reachable_nodes(const std::vector<NodeId>& roots) const {
  std::vector<NodeId> found;
  std::vector<NodeId> open;
  std::unordered_set<NodeId> seen;
  const auto visit = [&](NodeId node) {
    if (node != none && seen.insert(node).second) open.push_back(node);
  };
  for (const auto root : roots) visit(root);
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    found.push_back(node);
    for (const auto operand : library_.nodes[node].operands) visit(operand);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<NodeId> Checker::roots_of(const model::Policy& policy, const model::Form& form) const {
  std::vector<NodeId> roots = {policy.applies};
  roots.insert(roots.end(), form.values.begin(), form.values.end());
  for (const auto& clause : form.clauses) {
    roots.push_back(clause.condition.node);
    if (clause.payment) roots.insert(roots.end(), {clause.payment->amount, clause.payment->code});
  }
  return roots;
}

std::vector<NodeId> Checker::all_roots(const model::Policy& policy) const {
  std::vector<NodeId> roots = roots_of(policy, policy.written());
  for (const auto variation : variations_of(policy.full_name())) {
    for (const auto& part : varied_[variation].parts) roots.push_back(part.condition.node);
  }
  return roots;
}

std::string Checker::spell(model::Period period) {
  if (period.first == period.last) return "on " + value::format_date(period.first);
  const std::string from = period.first == INT32_MIN ? "the earliest day" : value::format_date(period.first);
  if (period.last == INT32_MAX) return fmt::format("from {} on", from);
  return fmt::format("from {} to {}", from, value::format_date(period.last));
}

/// Whether the deciding date can make a difference within the policy: a value that changes, or a measurement that ages.
bool Checker::uses_dates(const model::Policy& policy) const {
  const auto dated = [](const auto& values) {
    return std::any_of(values.begin(), values.end(), [](const auto& value) {
      return value.period.first != INT32_MIN || value.period.last != INT32_MAX;
    });
  };
  if (!variations_of(policy.full_name()).empty()) return true;
  for (const auto id : reachable_nodes(all_roots(policy))) {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold && dated(library_.thresholds[node.index].values)) return true;
    if (node.kind == NodeKind::in_codes && dated(library_.code_lists[node.index].blocks)) return true;
    if (node.kind == NodeKind::fact && library_.records[policy.record].facts[node.index].measured) return true;
  }
  return false;
}

void Checker::check_versions() {
  auto& policies = library_.policies;
  std::stable_sort(policies.begin(), policies.end(), [](const auto& a, const auto& b) {
    const bool a_draft = a.status == model::Status::draft;
    const bool b_draft = b.status == model::Status::draft;
    return std::tie(a.library, a.name, a.effective.first, a_draft) <
           std::tie(b.library, b.name, b.effective.first, b_draft);
  });
  for (std::size_t i = 0; i < policies.size(); ++i) {
    auto& a = policies[i];
    for (std::size_t j = i + 1; j < policies.size() && policies[j].full_name() == a.full_name(); ++j) {
      // A draft replaces nothing: writing one must not switch off the version in force.
      if ((policies[j].status == model::Status::draft) != (a.status == model::Status::draft)) continue;
      check_succession(a, policies[j]);
      break;
    }
  }
}

/// `b` is the version after `a`, in order of their first days.
void Checker::check_succession(model::Policy& a, const model::Policy& b) {
  if (a.record != b.record) {
    auto& diagnostic = complain(Code::duplicate_name, b.span,
                                fmt::format("policy `{}` is declared twice, on different records", b.name));
    diagnostic.notes.push_back({"declared here too", a.span});
  } else if (a.effective.last == INT32_MAX && a.effective.first < b.effective.first) {
    // An open end lasts until something replaces it.
    a.effective.last = b.effective.first - 1;
  } else if (a.effective.last >= b.effective.first) {
    auto& diagnostic = complain(Code::overlapping_versions, b.span,
                                fmt::format("two versions of policy `{}` hold {}", b.name,
                                            spell({b.effective.first, std::min(a.effective.last, b.effective.last)})));
    diagnostic.notes.push_back({fmt::format("this version holds {}", spell(a.effective)), a.span});
    if (a.effective.first < b.effective.first) {
      diagnostic.help = fmt::format("let the earlier version end the day before: `effective {} to {}`",
                                    value::format_date(a.effective.first), value::format_date(b.effective.first - 1));
    }
  }
}

}  // namespace proviso::check
