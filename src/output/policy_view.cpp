#include "output/policy_view.hpp"

#include <algorithm>

#include "value/calendar.hpp"
#include "value/code.hpp"

namespace proviso::output {
namespace {

using model::NodeKind;

/// The shortest code that covers everything down to the interval's end: `S11` for the end of `S05..S11`.
std::string last_code(value::CodeSystem system, std::int64_t last) {
  std::string whole = value::format_code(system, last);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto code = value::parse_code(system, std::string_view(whole).substr(0, length));
    if (code && value::covered(system, *code).last == last) return value::format_code(system, *code);
  }
  return whole;
}

std::string spell_source(const std::optional<model::Citation>& source) {
  return source ? model::format(*source) : std::string();
}

/// The numbers of what the policy's expressions use, each once, in the order of use.
class Uses {
 public:
  Uses(const model::Library& library, const model::Policy& policy)
      : library_(library), seen_(library.nodes.size(), false) {
    visit(policy.applies);
    for (const model::Clause& clause : policy.clauses) visit(clause.condition.node);
  }

  std::vector<std::uint32_t> thresholds;
  std::vector<std::uint32_t> code_lists;
  std::vector<std::uint32_t> tables;

 private:
  const model::Library& library_;
  std::vector<bool> seen_;

  static void add(std::vector<std::uint32_t>& to, std::uint32_t number) {
    if (std::find(to.begin(), to.end(), number) == to.end()) to.push_back(number);
  }

  void visit(model::NodeId id) {
    if (id == model::none || seen_[id]) return;
    seen_[id] = true;
    const model::Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold) add(thresholds, node.index);
    if (node.kind == NodeKind::in_codes) add(code_lists, node.index);
    if (node.kind == NodeKind::lookup) add(tables, node.index);
    for (const model::NodeId operand : node.operands) visit(operand);
  }
};

DependencyView view(const model::Library& library, const model::Threshold& threshold, std::optional<std::int32_t> on) {
  DependencyView result{threshold.name, model::format(library, threshold.type), {}, threshold.unverified};
  const model::ThresholdValue* in_force = on ? threshold.on(*on) : nullptr;
  for (const model::ThresholdValue& value : threshold.values) {
    if (on && &value != in_force) continue;
    result.values.push_back(
        {model::format(library, value.constant), value.place, spell(value.period), spell_source(value.source)});
  }
  return result;
}

DependencyView view(const model::CodeList& list, std::optional<std::int32_t> on) {
  DependencyView result{list.name, "code " + std::string(value::spelling(list.system)), {}, list.unverified};
  const model::CodeBlock* in_force = on ? list.on(*on) : nullptr;
  for (const model::CodeBlock& block : list.blocks) {
    if (on && &block != in_force) continue;
    result.values.push_back({spell_codes(list.system, block), "", spell(block.period), spell_source(list.source)});
  }
  return result;
}

const model::Policy* choose(const std::vector<const model::Policy*>& versions, std::optional<std::int32_t> on) {
  const model::Policy* chosen = nullptr;
  for (const model::Policy* version : versions) {
    if (on && !version->effective.contains(*on)) continue;
    if (chosen == nullptr || version->decides(false)) chosen = version;
  }
  return chosen;
}

void fill(PolicyView& result, const model::Library& library) {
  const model::Policy& policy = *result.policy;
  const model::Record& record = library.records[policy.record];
  result.record = record.name;
  if (policy.dated_by != model::none) result.dated_by = record.facts[policy.dated_by].name;
  const Uses uses(library, policy);
  for (const std::uint32_t each : uses.thresholds) {
    result.thresholds.push_back(view(library, library.thresholds[each], result.on));
  }
  for (const std::uint32_t each : uses.code_lists)
    result.code_lists.push_back(view(library.code_lists[each], result.on));
  for (const std::uint32_t each : uses.tables) result.tables.push_back(library.tables[each].name);
}

}  // namespace

std::string spell(const model::Period& period) {
  std::string out;
  if (period.first != INT32_MIN) out += "from " + value::format_date(period.first);
  if (period.last != INT32_MAX) out += (out.empty() ? "to " : " to ") + value::format_date(period.last);
  return out;
}

std::string spell_codes(value::CodeSystem system, const model::CodeBlock& block) {
  std::string out;
  for (std::size_t i = 0; i < block.firsts.size(); ++i) {
    const std::string first = value::format_code(system, block.firsts[i]);
    const std::string last = last_code(system, block.lasts[i]);
    if (i != 0) out += ' ';
    out += first;
    if (first != last) out.append("..").append(last);
  }
  return out;
}

std::string spell_group(const model::Condition& condition) {
  switch (condition.kind) {
    case model::GroupKind::expression:
      return "";
    case model::GroupKind::all:
      return "all";
    case model::GroupKind::any:
      return "any";
    case model::GroupKind::at_least:
      return "at least " + std::to_string(condition.count) + " of";
    case model::GroupKind::none_of:
      return "none of";
  }
  return "";
}

std::vector<PolicyView> view_policy(const model::Library& library, std::string_view name,
                                    std::optional<std::int32_t> on) {
  std::vector<PolicyView> views;
  for (const model::Policy& policy : library.policies) {
    if (policy.name != name && policy.full_name() != name) continue;
    const bool another = !views.empty() && views.back().versions.front()->full_name() == policy.full_name();
    if (!another) views.emplace_back();
    views.back().versions.push_back(&policy);
  }
  for (PolicyView& each : views) {
    each.on = on;
    each.policy = choose(each.versions, on);
    if (each.policy != nullptr) fill(each, library);
  }
  return views;
}

}  // namespace proviso::output
