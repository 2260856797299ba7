#include <fmt/format.h>

#include <algorithm>

#include "check/agreements/agreement_building.hpp"
#include "value/decimal.hpp"

// What is saved on a line of an agreement, and what it may cost once the agreement is over.
namespace proviso::check {

namespace {

constexpr std::int64_t pound = value::decimal_scale;
constexpr std::int64_t penny = pound / 100;

}  // namespace

/// A value of that type, written out; nothing where there is none or it is not right.
std::optional<std::int64_t> Agreements::written_out(std::uint32_t tree, ExpressionId id, Kind kind) {
  if (id == syntax::no_expression) return {};
  const auto found = literals_.constant(tree, id, of(kind));
  if (!found) return {};
  if (found->known) return found->bits;
  const Span span = trees_[tree].tree.expression(id).span;
  complain(Code::type_mismatch, span, fmt::format("{} is wanted here, written out", model::format(library_, of(kind))));
  return {};
}

/// Likewise a sum that is paid, and so in whole pence.
std::optional<std::int64_t> Agreements::whole_pence(std::uint32_t tree, ExpressionId id) {
  const auto found = written_out(tree, id, Kind::money);
  if (!found || *found % penny == 0) return found;
  const Span span = trees_[tree].tree.expression(id).span;
  complain(Code::part_of_a_penny, span, fmt::format("{} is not in whole pence: it cannot be paid", quoted(span)));
  return {};
}

void Agreements::check_limits(std::uint32_t tree, std::optional<std::int64_t> floor, std::optional<std::int64_t> cap,
                              ExpressionId written) {
  if (!floor || !cap || *floor <= *cap) return;
  complain(
      Code::impossible_limits, trees_[tree].tree.expression(written).span,
      fmt::format("the cap of {} is below the floor of {}", value::format_money(*cap), value::format_money(*floor)));
}

/// The saving against another baseline than the agreement's own.
NodeId Agreements::saving_against(const AgreementBuilding& building, NodeId baseline) {
  Context context = building.context;
  if (baseline != none) context.bindings.push_back({"baseline", baseline, none});
  return expressions_.money(context, building.written.saving, "a saving");
}

/// Stands for the baseline where it matters how the saving depends on it: no other expression has this node.
NodeId Agreements::any_baseline(Span span) {
  Node node{NodeKind::unknown, of(Kind::money), {}, 0, 1, none, none, 0, span};
  node.value = static_cast<std::int64_t>(library_.agreements.size()) + 1;
  return make(std::move(node));
}

/// Whether an expression reads a baseline that the agreement does not have; complains about the first that does.
bool Agreements::misses_baseline(const AgreementBuilding& building, ExpressionId id) {
  if (id == syntax::no_expression) return false;
  const auto& written = at(building.context, id);
  if (written.text == "baseline" && expressions_.is_unknown(building.context, written)) {
    complain(Code::missing_line, written.span,
             fmt::format("agreement `{}` has no line `baseline`", building.agreement.name()))
        .help = "as `baseline £352.14 per unit`";
    return true;
  }
  return std::any_of(written.operands.begin(), written.operands.end(),
                     [&](ExpressionId operand) { return misses_baseline(building, operand); });
}

void Agreements::agreement_amounts(AgreementBuilding& building) {
  const auto& written = building.written;
  auto& agreement = building.agreement;
  const auto tree = building.context.tree;
  if (written.baseline != syntax::no_expression) {
    agreement.baseline = building.name(expressions_.money(building.context, written.baseline, "a baseline"));
    agreement.baseline_expression = print(building.context, written.baseline);
  }
  // A baseline that could not be read is not missed in the saving too.
  const bool missed = !building.unread && agreement.baseline == none && misses_baseline(building, written.saving);
  if ((building.unread || missed) && agreement.baseline == none) {
    agreement.baseline = unknown_node(of(Kind::money), written.span);
  }
  if (written.saving != syntax::no_expression) {
    const auto said = diagnostics_.all().size();
    agreement.saving = building.name(saving_against(building, agreement.baseline));
    agreement.saving_expression = print(building.context, written.saving);
    building.saving_is_right = !building.unread && !missed && said == diagnostics_.all().size();
  }
  agreement.line_floor = written_out(tree, written.floor, Kind::money);
  agreement.line_cap = written_out(tree, written.cap, Kind::money);
  check_limits(tree, agreement.line_floor, agreement.line_cap, written.cap);
  if (!building.saving_is_right || agreement.baseline == none || written.after) return;
  const Span span = at(building.context, written.baseline).span;
  if (saving_against(building, any_baseline(span)) == agreement.saving) {
    complain(Code::unused_definition, span, "`baseline` is never used: the saving does not read it");
  }
}

}  // namespace proviso::check
