#include "trial/coverage/goals_limits.hpp"

#include <functional>
#include <optional>
#include <utility>

#include "trial/drawing/step.hpp"
#include "value/decimal.hpp"

namespace proviso::trial {
namespace {

using model::LoopId;
using model::Node;
using model::NodeId;
using model::NodeKind;
using value::Kind;
using value::Wide;

bool is_ordering(std::uint8_t word) {
  const auto comparison = static_cast<model::Comparison>(word);
  return comparison != model::Comparison::equal && comparison != model::Comparison::not_equal;
}

/// What a value is worked out from, as far as arithmetic and operations on dates go.
bool is_worked_out(NodeKind kind) {
  switch (kind) {
    case NodeKind::definition:
    case NodeKind::negate:
    case NodeKind::absolute:
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::modulo:
    case NodeKind::minimum:
    case NodeKind::maximum:
    case NodeKind::rescale:
    case NodeKind::rounded:
    case NodeKind::duration_times:
    case NodeKind::narrow_duration:
    case NodeKind::duration_as_decimal:
    case NodeKind::add_duration:
    case NodeKind::subtract_duration:
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days:
    case NodeKind::financial_year_of:
    case NodeKind::start_of_month_of:
    case NodeKind::end_of_month_of:
    case NodeKind::conditional:
    case NodeKind::first_known:
      return true;
    default:
      return false;
  }
}

class Finder {
 public:
  Finder(const model::Library& library, decide::SeenNodes& seen) : library_(library), seen_(seen) {}

  std::vector<Limit> found;

  void visit(NodeId id) {
    if (id == model::none || !seen_.see(id)) return;
    const Node& node = library_.nodes[id];
    switch (node.kind) {
      case NodeKind::compare:
        if (is_ordering(node.word)) add(id, node.operands[0], node.operands[1], 1, 1);
        break;
      case NodeKind::compare_scaled:
        if (is_ordering(node.word)) add(id, node.operands[0], node.operands[1], node.value, node.second);
        break;
      case NodeKind::between:
        add(id, node.operands[0], node.operands[1], 1, 1);
        add(id, node.operands[0], node.operands[2], 1, 1);
        break;
      default:
        break;
    }
    for (const NodeId operand : node.operands) visit(operand);
  }

 private:
  const model::Library& library_;
  decide::SeenNodes& seen_;

  /// A threshold before a constant; none where neither takes part. `facts` says whether anything else does.
  NodeId limit_in(NodeId id, bool& facts) const {
    const Node& node = library_.nodes[id];
    if (node.kind == NodeKind::threshold || node.kind == NodeKind::constant) {
      return is_ordered(node.type) ? id : model::none;
    }
    if (!is_worked_out(node.kind)) {
      facts = true;
      return model::none;
    }
    NodeId best = model::none;
    for (std::size_t i = node.kind == NodeKind::conditional ? 1 : 0; i < node.operands.size(); ++i) {
      const NodeId inner = limit_in(node.operands[i], facts);
      const bool better = best == model::none || library_.nodes[best].kind != NodeKind::threshold;
      if (inner != model::none && better) best = inner;
    }
    return best;
  }

  /// The side without facts is the limit; else the side with a threshold or constant, the second before the first.
  void add(NodeId comparison, NodeId a, NodeId b, std::int64_t factor_a, std::int64_t factor_b) {
    if (!is_ordered(library_.nodes[a].type) || !is_ordered(library_.nodes[b].type)) return;
    bool facts_a = false;
    bool facts_b = false;
    const NodeId limit_a = limit_in(a, facts_a);
    const NodeId limit_b = limit_in(b, facts_b);
    if (!facts_a && !facts_b) return;
    const bool second = limit_b != model::none && (facts_a || limit_a == model::none);
    if (second) {
      found.push_back({comparison, a, b, limit_b, factor_a, factor_b, counts(a)});
    } else if (limit_a != model::none) {
      found.push_back({comparison, b, a, limit_a, factor_b, factor_a, counts(b)});
    }
  }

  bool counts(NodeId id) const {
    const Node& node = library_.nodes[id];
    switch (node.kind) {
      case NodeKind::definition:
        return counts(node.operands[0]);
      case NodeKind::elapsed:
      case NodeKind::count:
      case NodeKind::month_of:
      case NodeKind::year_of:
        return true;
      default:
        return false;
    }
  }
};

/// Every row, for one record, of the space that a node's register is in.
void for_each_row(const decide::View& view, LoopId loop, const std::function<void(std::size_t)>& visit) {
  if (loop == model::none) return visit(view.row);
  for_each_row(view, view.chunk->library().loops[loop].enclosing, [&](std::size_t row) {
    const auto [first, last] = view.registers->rows_of(loop, row);
    for (std::size_t inner = first; inner < last; ++inner) visit(inner);
  });
}

/// Nothing where it is unknown. Of a count, only what is certain.
std::optional<std::int64_t> read(const decide::View& view, NodeId id, std::size_t row, LoopId at) {
  const Node& node = view.node(id);
  if (node.kind == NodeKind::constant) return node.value;
  if (node.kind == NodeKind::threshold) {
    const model::Library& library = view.chunk->library();
    const program::Setting& setting = view.segment->setting();
    const model::ThresholdValue* in_force =
        library.in_force(library.thresholds[node.index], setting.place, setting.date);
    return in_force == nullptr ? std::nullopt : std::optional(in_force->constant.bits);
  }
  if (view.program->has(id)) return view.registers->value(id, row, at);
  return node.kind == NodeKind::definition ? read(view, node.operands[0], row, at) : std::nullopt;
}

/// In the lane of the limit's side.
std::int64_t step(const decide::View& view, const Limit& limit, std::int64_t limit_bits, std::size_t row, LoopId at) {
  const value::Type& side = view.node(limit.limit_side).type;
  if (limit.whole_units) return value::decimal_scale;
  const value::Type& written = view.node(limit.limit).type;
  const bool same = written.kind == side.kind && written.unit == side.unit && written.duration == side.duration;
  const std::int64_t bits = same ? read(view, limit.limit, row, at).value_or(limit_bits) : limit_bits;
  return step_of(view.chunk->library(), side, bits);
}

}  // namespace

bool is_ordered(const value::Type& type) {
  switch (type.kind) {
    case Kind::number:
    case Kind::money:
    case Kind::percent:
    case Kind::quantity:
    case Kind::date:
    case Kind::duration:
    case Kind::scale:
      return true;
    default:
      return false;
  }
}

std::vector<Limit> limits_in(const model::Library& library, NodeId root, decide::SeenNodes& seen) {
  Finder finder(library, seen);
  finder.visit(root);
  return std::move(finder.found);
}

unsigned position(const decide::View& view, const Limit& limit) {
  if (!view.program->has(limit.comparison)) return 0;
  const LoopId loop = view.program->space(limit.comparison);
  unsigned result = 0;
  for_each_row(view, loop, [&](std::size_t row) {
    const std::optional<std::int64_t> fact = read(view, limit.fact_side, row, loop);
    const std::optional<std::int64_t> bound = read(view, limit.limit_side, row, loop);
    if (!fact || !bound) return;
    const Wide difference =
        value::detail::product(*fact, limit.fact_factor) - value::detail::product(*bound, limit.limit_factor);
    const Wide most = value::detail::product(step(view, limit, *bound, row, loop), limit.limit_factor);
    if (difference == 0) result |= Position::at;
    if (difference < 0 && -difference <= most) result |= Position::below;
    if (difference > 0 && difference <= most) result |= Position::above;
  });
  return result;
}

namespace {

NodeId seen_through(const model::Library& library, NodeId id) {
  while (library.nodes[id].kind == NodeKind::definition) id = library.nodes[id].operands[0];
  return id;
}

}  // namespace

bool nothing_below(const model::Library& library, const model::Record& record, const Limit& limit, std::int64_t bits) {
  if (seen_through(library, limit.limit_side) != limit.limit) return false;
  if (library.nodes[limit.limit].type.kind == Kind::scale) return bits <= 0;
  const Node& fact_side = library.nodes[seen_through(library, limit.fact_side)];
  // A rank counts from 1.
  const bool is_rank = fact_side.kind == NodeKind::fact && fact_side.loop == model::none &&
                       record.facts[fact_side.index].relation != model::none;
  if (is_rank) return bits <= value::decimal_scale;
  return bits <= 0 && fact_side.kind == NodeKind::count;
}

bool nothing_above(const model::Library& library, const Limit& limit, std::int64_t bits) {
  const value::Type& type = library.nodes[limit.limit].type;
  if (type.kind != Kind::scale || seen_through(library, limit.limit_side) != limit.limit) return false;
  return bits + 1 >= static_cast<std::int64_t>(library.enumerations[type.id].values.size());
}

}  // namespace proviso::trial
