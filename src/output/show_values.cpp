#include "output/show_values.hpp"

#include <algorithm>

#include "value/calendar.hpp"

namespace proviso::output {
namespace {

using model::NodeKind;

class Visitor {
 public:
  Visitor(const model::Library& library, Reads& found)
      : library_(library), found_(found), seen_(library.nodes.size()) {}

  void visit(model::NodeId id, bool directly = true) {
    const Seen now = directly ? Seen::directly : Seen::in_a_definition;
    if (id == model::none || seen_[id] >= now) return;
    const bool fresh = seen_[id] == Seen::never;
    seen_[id] = now;
    const model::Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold) add(found_.thresholds, node.index);
    if (node.kind == NodeKind::in_codes) add(found_.code_lists, node.index);
    if (node.kind == NodeKind::lookup) add(found_.tables, node.index);
    if (node.kind == NodeKind::hook) add(found_.hooks, node.index);
    if (node.kind == NodeKind::definition && fresh) found_.definitions.push_back({id, false});
    if (node.kind == NodeKind::fact) add(found_.facts, node.index);
    if (node.loop != model::none) add(found_.facts, library_.loops[node.loop].list);
    directly = directly && node.kind != NodeKind::definition;
    for (const model::NodeId operand : node.operands) visit(operand, directly);
  }

  void finish() {
    for (Reads::Use& each : found_.definitions) each.directly = seen_[each.node] == Seen::directly;
  }

 private:
  enum class Seen : std::uint8_t { never, in_a_definition, directly };

  const model::Library& library_;
  Reads& found_;
  std::vector<Seen> seen_;

  static void add(std::vector<std::uint32_t>& to, std::uint32_t number) {
    if (std::find(to.begin(), to.end(), number) == to.end()) to.push_back(number);
  }
};

/// The last of the days from `day` on through which the value stays in force in the place.
template <class Declared, class Value>
std::int32_t last_day(const model::Library& library, const Declared& declared, const std::vector<Value>& values,
                      const Value& value, model::PlaceId place, std::int32_t day) {
  std::int32_t last = INT32_MAX;
  const auto ends_before = [&](std::int32_t other) {
    if (other > day && other - 1 < last && library.in_force(declared, place, other) != &value) last = other - 1;
  };
  for (const Value& each : values) {
    ends_before(each.period.first);
    if (each.period.last != INT32_MAX) ends_before(each.period.last + 1);
  }
  return last;
}

/// The values asked for, each with its place and days; what each says is left to the caller.
template <class Declared, class Value, class Spell>
void add_values(DependencyView& result, const model::Library& library, const Declared& declared,
                const std::vector<Value>& values, const When& when, const Spell& spell_value) {
  std::vector<const Value*> wanted;
  for (const Value& value : values) {
    result.by_place = result.by_place || value.place != model::none;
    const model::PlaceId seen_from = when.place == model::none ? value.place : when.place;
    const bool in_force = when.on && library.in_force(declared, seen_from, *when.on) == &value;
    if (in_force || (when.place == model::none && !when.on)) wanted.push_back(&value);
  }
  const auto order = [](const Value* a, const Value* b) {
    // No place stands before all others.
    if (a->place + 1 != b->place + 1) return a->place + 1 < b->place + 1;
    return a->period.first < b->period.first;
  };
  std::stable_sort(wanted.begin(), wanted.end(), order);
  for (const Value* value : wanted) {
    const bool everywhere = value->place == model::none;
    const model::PlaceId seen_from = when.place == model::none ? value->place : when.place;
    const std::int32_t day = when.on ? *when.on : value->period.first;
    const model::Period days{value->period.first, last_day(library, declared, values, *value, seen_from, day)};
    result.values.push_back({{}, everywhere ? "" : library.places[value->place].name, days, {}, {}, {}});
    spell_value(*value, result.values.back());
  }
}

}  // namespace

DependencyView view_threshold(const model::Library& library, std::uint32_t number, const When& when) {
  const model::Threshold& threshold = library.thresholds[number];
  DependencyView result{number, threshold.name,      model::format(library, threshold.type), {}, false,
                        {},     threshold.unverified};
  if (threshold.bounds && threshold.bounds->least && threshold.bounds->greatest) {
    result.bounds =
        model::format(library, *threshold.bounds->least) + " to " + model::format(library, *threshold.bounds->greatest);
  }
  add_values(result, library, threshold, threshold.values, when,
             [&](const model::ThresholdValue& value, ValueView& shown) {
               shown.value = model::format(library, value.constant);
               shown.source = spell(value.source);
               shown.limit = &value;
             });
  return result;
}

DependencyView view_code_list(const model::Library& library, std::uint32_t number, const When& when) {
  const model::CodeList& list = library.code_lists[number];
  DependencyView result{number, list.name,      "code " + std::string(value::spelling(list.system)), {}, false,
                        {},     list.unverified};
  add_values(result, library, list, list.blocks, when, [&](const model::CodeBlock& block, ValueView& shown) {
    shown.value = spell_codes(list.system, block);
    shown.source = spell(block.source ? block.source : list.source);
    shown.codes = &block;
  });
  return result;
}

Reads reads_of(const model::Library& library, const std::vector<model::NodeId>& roots) {
  Reads found;
  Visitor visitor(library, found);
  for (const model::NodeId root : roots) visitor.visit(root);
  visitor.finish();
  return found;
}

Reads reads_of(const model::Library& library, const model::Policy& policy, const model::Form& form) {
  std::vector<model::NodeId> roots = {policy.applies};
  add_roots(form, roots);
  return reads_of(library, roots);
}

void add_roots(const model::Form& form, std::vector<model::NodeId>& roots) {
  for (const model::Clause& clause : form.clauses) {
    roots.push_back(clause.condition.node);
    if (clause.payment) roots.insert(roots.end(), {clause.payment->amount, clause.payment->code});
  }
}

std::string spell(const model::Period& period) {
  std::string out;
  if (period.first != INT32_MIN) out += "from " + value::format_date(period.first);
  if (period.last != INT32_MAX) out += (out.empty() ? "to " : " to ") + value::format_date(period.last);
  return out;
}

std::string spell(const std::optional<model::Citation>& source) {
  return source ? model::format(*source) : std::string();
}

}  // namespace proviso::output
