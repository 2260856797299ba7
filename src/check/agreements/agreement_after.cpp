#include <fmt/format.h>

#include <algorithm>

#include "check/agreements/agreement_building.hpp"
#include "value/decimal.hpp"

// What a line may cost once an agreement is over: what was charged for it and for how many units, both read off the
// saving, and which other lines are of the same drug.
namespace proviso::check {

/// How much more a value becomes with each pound of the baseline: by node, none where it does not depend on it, nothing
/// where it does not grow evenly.
struct Agreements::Slopes {
  NodeId baseline;
  std::map<NodeId, std::optional<NodeId>> found;
  NodeId uneven = none;  ///< the innermost value that does not grow evenly
};

std::optional<NodeId> Agreements::slope(NodeId id, Slopes& slopes) {
  if (id == slopes.baseline) {
    return constant_node(of(Kind::money), value::decimal_scale, library_.nodes[id].span);
  }
  if (const auto it = slopes.found.find(id); it != slopes.found.end()) return it->second;
  const Node node = library_.nodes[id];
  std::vector<NodeId> parts;
  bool even = true;
  for (const auto operand : node.operands) {
    const auto part = slope(operand, slopes);
    even = even && part.has_value();
    parts.push_back(part.value_or(none));
  }
  std::optional<NodeId> result;
  if (even) {
    const bool free = std::all_of(parts.begin(), parts.end(), [](NodeId part) { return part == none; });
    result = free ? std::optional(none) : slope_of(node, parts);
    if (!result) slopes.uneven = id;
  }
  return slopes.found[id] = result;
}

/// `parts` are the slopes of the operands, of which one at least has one.
std::optional<NodeId> Agreements::slope_of(const Node& node, const std::vector<NodeId>& parts) {
  const auto with = [&](std::vector<NodeId> operands) {
    Node result = node;
    result.operands = std::move(operands);
    return make(std::move(result));
  };
  const auto or_nothing = [&](NodeId part) { return part == none ? constant_node(node.type, 0, node.span) : part; };
  switch (node.kind) {
    case NodeKind::definition:
      return parts[0];
    case NodeKind::negate:
    case NodeKind::rescale:
      return with({parts[0]});
    case NodeKind::add:
      if (parts[0] == none || parts[1] == none) return parts[0] == none ? parts[1] : parts[0];
      return with(parts);
    case NodeKind::subtract:
      if (parts[1] == none) return parts[0];
      if (parts[0] == none) return leaf(NodeKind::negate, node.type, {parts[1]}, node.span);
      return with(parts);
    case NodeKind::multiply:
      if (parts[1] == none) return with({parts[0], node.operands[1]});
      if (parts[0] == none) return with({node.operands[0], parts[1]});
      return {};
    case NodeKind::divide:
      if (parts[1] == none) return with({parts[0], node.operands[1]});
      return {};
    case NodeKind::conditional:
      if (parts[0] == none) return with({node.operands[0], or_nothing(parts[1]), or_nothing(parts[2])});
      return {};
    case NodeKind::sum:
      if (parts.size() == 1) return with(parts);
      if (parts[1] == none) return with({parts[0], node.operands[1]});
      return {};
    default:
      return {};
  }
}

void Agreements::agreement_after(AgreementBuilding& building) {
  if (!building.written.after) return;
  const auto& written = *building.written.after;
  model::Agreement::After after;
  after.lowest = agreement_fact(building, written.lowest, {Kind::money}, "the lowest price is money");
  for (const auto& name : written.same) {
    const auto fact = agreement_fact(
        building, name,
        {Kind::text, Kind::code, Kind::enumeration, Kind::scale, Kind::number, Kind::quantity, Kind::place},
        "a drug is told by a text, a code or another single value");
    if (fact != none) after.same.push_back(fact);
  }
  if (written.same.empty()) after.same = same_drug(building);
  charged_and_quantity(building, after);
  building.agreement.after = std::move(after);
}

void Agreements::charged_and_quantity(AgreementBuilding& building, model::Agreement::After& after) {
  if (!building.saving_is_right || !workspace_.unread.empty()) return;
  const Span span = building.written.after->span;
  const auto refuse = [&](Span where, std::string message) -> text::Diagnostic& {
    auto& diagnostic = complain(Code::uneven_saving, where, std::move(message));
    diagnostic.help = "as `saving (baseline - unit_price) * quantity`";
    return diagnostic;
  };
  Slopes slopes{any_baseline(span), {}, none};
  const auto slope = this->slope(saving_against(building, slopes.baseline), slopes);
  if (building.agreement.baseline == none || slope == none) {
    refuse(span, "the saving has no baseline in it, so it does not say for how many units a line is charged");
    return;
  }
  if (!slope) {
    refuse(library_.nodes[slopes.uneven].span,
           fmt::format("{} does not grow evenly with the baseline, so the saving does not say for how many units a "
                       "line is charged",
                       quoted(library_.nodes[slopes.uneven].span)))
        .notes.push_back({"asked for by this line", span});
    return;
  }
  const auto pounds = [&](std::int64_t sum) {
    return constant_node(of(Kind::money), sum * value::decimal_scale, span);
  };
  after.charged = building.name(leaf(NodeKind::negate, of(Kind::money), {saving_against(building, pounds(0))}, span));
  after.quantity = building.name(leaf(NodeKind::divide, of(Kind::number), {*slope, pounds(1)}, span));
}

namespace {

/// The facts of the record itself that the nodes compare with codes or values written in the policy.
void compared_facts(const model::Library& library, const Node& node, std::vector<model::FactId>& facts) {
  const auto through = [&](NodeId id) -> const Node& {
    while (library.nodes[id].kind == NodeKind::definition) id = library.nodes[id].operands[0];
    return library.nodes[id];
  };
  const auto add = [&](NodeId id) {
    const Node& fact = through(id);
    if (fact.kind == NodeKind::fact && fact.loop == none) facts.push_back(fact.index);
  };
  const auto constant = [&](NodeId id) { return through(id).kind == NodeKind::constant; };
  if (node.kind == NodeKind::in_codes) add(node.operands[0]);
  if (node.kind == NodeKind::in_set && std::all_of(node.operands.begin() + 1, node.operands.end(), constant)) {
    add(node.operands[0]);
  }
  const bool equal = node.kind == NodeKind::compare && node.word == static_cast<std::uint8_t>(model::Comparison::equal);
  if (equal && constant(node.operands[1])) add(node.operands[0]);
  if (equal && constant(node.operands[0])) add(node.operands[1]);
}

}  // namespace

/// The facts that tell one drug from another: the codes that `covers` asks, or else the texts.
std::vector<model::FactId> Agreements::same_drug(const AgreementBuilding& building) {
  const auto& agreement = building.agreement;
  if (agreement.lines.applies == none) return {};
  std::vector<model::FactId> asked;
  for (const auto id : reachable_nodes({agreement.lines.applies})) {
    compared_facts(library_, library_.nodes[id], asked);
  }
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  const auto of_kind = [&](Kind kind) {
    std::vector<model::FactId> found;
    for (const auto fact : asked) {
      const bool party = std::any_of(agreement.parties.begin(), agreement.parties.end(),
                                     [&](const auto& each) { return each.fact == fact; });
      if (!party && library_.records[building.context.record].facts[fact].type.kind == kind) found.push_back(fact);
    }
    return found;
  };
  auto found = of_kind(Kind::code);
  if (found.empty()) found = of_kind(Kind::text);
  if (found.empty() && workspace_.unread.empty()) {
    complain(Code::no_same_drug, building.written.after->span,
             "the lowest price is that of lines of the same drug, and `covers` asks no code by which to tell it")
        .help = "say which fact tells it: `after pay lowest market_price by drug`";
  }
  return found;
}

}  // namespace proviso::check
