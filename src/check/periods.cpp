#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "check/checker.hpp"
#include "value/calendar.hpp"

// Policies, thresholds and code lists over time: a value in force on every day that a policy needs one, the days on
// which something changes, and versions that do not overlap.
namespace proviso::check {

std::vector<NodeId> Checker::reachable_nodes(const model::Policy& policy) const {
  std::vector<NodeId> found;
  std::vector<NodeId> open;
  std::unordered_set<NodeId> seen;
  const auto visit = [&](NodeId node) {
    if (node != none && seen.insert(node).second) open.push_back(node);
  };
  visit(policy.applies);
  for (const auto& clause : policy.clauses) visit(clause.condition.node);
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    found.push_back(node);
    for (const auto operand : library_.nodes[node].operands) visit(operand);
  }
  std::sort(found.begin(), found.end());
  return found;
}

namespace {

/// The first stretch of `needed` on which nothing of `periods` (by first day; a later one replaces) is in force.
std::optional<model::Period> gap(const std::vector<model::Period>& periods, model::Period needed) {
  std::vector<std::int32_t> days = {needed.first};
  for (const auto& period : periods) {
    days.push_back(period.first);
    if (period.last != INT32_MAX) days.push_back(period.last + 1);
  }
  std::sort(days.begin(), days.end());
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (!needed.contains(days[i])) continue;
    const model::Period* in_force = nullptr;
    for (const auto& period : periods) {
      if (period.first <= days[i]) in_force = &period;
    }
    if (in_force && in_force->last >= days[i]) continue;
    model::Period missing{days[i], needed.last};
    for (const auto& period : periods) {
      if (period.first > days[i]) {
        missing.last = std::min(missing.last, period.first - 1);
        break;
      }
    }
    return missing;
  }
  return {};
}

std::string spell(model::Period period) {
  if (period.first == period.last) return "on " + value::format_date(period.first);
  const std::string from = period.first == INT32_MIN ? "the earliest day" : value::format_date(period.first);
  if (period.last == INT32_MAX) return fmt::format("from {} on", from);
  return fmt::format("from {} to {}", from, value::format_date(period.last));
}

}  // namespace

/// Whether the deciding date can make a difference within the policy: a value that changes, or a measurement that ages.
bool Checker::uses_dates(const model::Policy& policy) const {
  const auto dated = [](const auto& values) {
    return std::any_of(values.begin(), values.end(), [](const auto& value) {
      return value.period.first != INT32_MIN || value.period.last != INT32_MAX;
    });
  };
  for (const auto id : reachable_nodes(policy)) {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold && dated(library_.thresholds[node.index].values)) return true;
    if (node.kind == NodeKind::in_codes && dated(library_.code_lists[node.index].blocks)) return true;
    if (node.kind == NodeKind::fact && library_.records[policy.record].facts[node.index].measured) return true;
  }
  return false;
}

void Checker::in_force(model::Policy& policy) {
  std::vector<std::int32_t> changes;
  const auto need = [&](const std::string& name, const std::vector<model::Period>& periods, Span span) {
    for (const auto& period : periods) {
      changes.push_back(period.first);
      if (period.last != INT32_MAX) changes.push_back(period.last + 1);
    }
    if (const auto missing = gap(periods, policy.effective)) {
      auto& diagnostic = complain(
          Code::no_value_in_force, span,
          fmt::format("`{}` has no value {}, where policy `{}` needs one", name, spell(*missing), policy.name));
      diagnostic.notes.push_back({fmt::format("the policy holds {}", spell(policy.effective)), policy.span});
      if (!policy.has_start) diagnostic.help = "say from when the policy holds: `effective 2019-04-01`";
    }
  };
  for (const auto id : reachable_nodes(policy)) {
    const Node& node = library_.nodes[id];
    std::vector<model::Period> periods;
    if (node.kind == NodeKind::threshold && !broken_.count({SymbolKind::threshold, node.index})) {
      const auto& threshold = library_.thresholds[node.index];
      for (const auto& value : threshold.values) periods.push_back(value.period);
      need(threshold.name, periods, node.span);
    } else if (node.kind == NodeKind::in_codes && !broken_.count({SymbolKind::codes, node.index})) {
      const auto& list = library_.code_lists[node.index];
      for (const auto& block : list.blocks) periods.push_back(block.period);
      if (!periods.empty()) need(list.name, periods, node.span);
    }
  }
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  for (const auto day : changes) {
    if (day > policy.effective.first && day <= policy.effective.last) policy.changes.push_back(day);
  }
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
  for (auto& policy : policies) in_force(policy);
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
