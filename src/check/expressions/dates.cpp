#include <fmt/format.h>

#include "check/expressions/expressions.hpp"

// Calendar forms: what they take, and that they give a date or a number.
namespace proviso::check {

namespace {

model::Elapsed elapsed_unit(std::string_view word) {
  if (word == "years") return model::Elapsed::years;
  if (word == "months") return model::Elapsed::months;
  if (word == "weeks") return model::Elapsed::weeks;
  return word == "days" ? model::Elapsed::days : model::Elapsed::working_days;
}

}  // namespace

NodeId Expressions::date_operand(const Context& context, ExpressionId id, std::string_view word) {
  const NodeId node = expression(context, id);
  const Type found = type(node);
  if (found.kind == Kind::date || found.kind == Kind::error) return node;
  if (found.kind == Kind::any) return *conversions_.as(node, of(Kind::date));
  complain(Code::type_mismatch, at(context, id).span,
           fmt::format("{}; `{}` needs a date", describe(context, id, node), word));
  return failed(at(context, id).span);
}

NodeId Expressions::number_operand(const Context& context, ExpressionId id, std::string_view word) {
  const NodeId node = expression(context, id);
  const Type found = type(node);
  if (found.kind == Kind::number || found.kind == Kind::error) return node;
  if (found.kind == Kind::any) return *conversions_.as(node, of(Kind::number));
  complain(Code::type_mismatch, at(context, id).span,
           fmt::format("{}; `{}` needs a number", describe(context, id, node), word));
  return failed(at(context, id).span);
}

NodeId Expressions::calendar(const Context& context, const syntax::Expression& written) {
  const Span span = written.span;
  if (written.kind == ExpressionKind::elapsed) {
    const NodeId from = date_operand(context, written.operands[0], written.word + " from");
    const NodeId to = date_operand(context, written.operands[1], written.word + " from");
    if (is_error(from) || is_error(to)) return unknown_node(of(Kind::number), span);
    Node node{NodeKind::elapsed, of(Kind::number), {from, to}, 0, 1, none, none, 0, span};
    node.word = static_cast<std::uint8_t>(elapsed_unit(written.word));
    return make(std::move(node));
  }
  if (written.kind == ExpressionKind::working_day_of_month_of) {
    const NodeId number = number_operand(context, written.operands[0], "working day");
    const NodeId date = date_operand(context, written.operands[1], "working day of month of");
    if (is_error(number) || is_error(date)) return unknown_node(of(Kind::date), span);
    return leaf(NodeKind::working_day_of_month_of, of(Kind::date), {number, date}, span);
  }
  struct Form {
    ExpressionKind kind;
    NodeKind node;
    Kind result;
    std::string_view word;
  };
  static constexpr Form forms[] = {
      {ExpressionKind::month_of, NodeKind::month_of, Kind::number, "month of"},
      {ExpressionKind::year_of, NodeKind::year_of, Kind::number, "year of"},
      {ExpressionKind::financial_year_of, NodeKind::financial_year_of, Kind::date, "financial year of"},
      {ExpressionKind::start_of_month_of, NodeKind::start_of_month_of, Kind::date, "start of month of"},
      {ExpressionKind::end_of_month_of, NodeKind::end_of_month_of, Kind::date, "end of month of"}};
  for (const auto& form : forms) {
    if (form.kind != written.kind) continue;
    const NodeId date = date_operand(context, written.operands[0], form.word);
    if (is_error(date)) return unknown_node(of(form.result), span);
    return leaf(form.node, of(form.result), {date}, span);
  }
  return failed(span);
}

}  // namespace proviso::check
