#include "check/policies/versions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/calendar.hpp"

// Policies over time: what in them depends on the date, and versions that do not overlap.
namespace proviso::check {

/// Whether the deciding date can make a difference within the policy: a value that changes, or a measurement that ages.
bool Versions::uses_dates(const model::Policy& policy) const {
  const auto dated = [](const auto& values) {
    return std::any_of(values.begin(), values.end(), [](const auto& value) {
      return value.period.first != INT32_MIN || value.period.last != INT32_MAX;
    });
  };
  if (!variations_.variations_of(policy.full_name()).empty()) return true;
  for (const auto id : reachable_nodes(variations_.all_roots(policy))) {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold && dated(library_.thresholds[node.index].values)) return true;
    if (node.kind == NodeKind::in_codes && dated(library_.code_lists[node.index].blocks)) return true;
    if (node.kind == NodeKind::fact && library_.records[policy.record].facts[node.index].measured) return true;
  }
  return false;
}

void Versions::check_versions() {
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
void Versions::check_succession(model::Policy& a, const model::Policy& b) {
  if (a.record != b.record) {
    auto& diagnostic = complain(Code::duplicate_name, b.span,
                                fmt::format("policy `{}` is declared twice, on different records", b.name));
    diagnostic.notes.push_back({"declared here too", a.span});
  } else if (a.effective.last == INT32_MAX && a.effective.first < b.effective.first) {
    // An open end lasts until something replaces it.
    a.effective.last = b.effective.first - 1;
  } else if (a.effective.last >= b.effective.first) {
    auto& diagnostic =
        complain(Code::overlapping_versions, b.span,
                 fmt::format("two versions of policy `{}` hold {}", b.name,
                             spell_period({b.effective.first, std::min(a.effective.last, b.effective.last)})));
    diagnostic.notes.push_back({fmt::format("this version holds {}", spell_period(a.effective)), a.span});
    if (a.effective.first < b.effective.first) {
      diagnostic.help = fmt::format("let the earlier version end the day before: `effective {} to {}`",
                                    value::format_date(a.effective.first), value::format_date(b.effective.first - 1));
    }
  }
}

}  // namespace proviso::check
