#include "check/expressions/meant.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "syntax/percentage.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

namespace proviso::check {

std::string meant_by(std::string name) {
  if (value::parse_code(value::CodeSystem::opcs4, name)) {
    return fmt::format("a code stands behind its system: `opcs4:{}`", name);
  }
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::transform(name.begin(), name.end(), name.begin(), small);
  if (name == "true" || name == "yes") return "did you mean `yes`?";
  if (name == "false" || name == "no") return "did you mean `no`?";
  return {};
}

std::string written_as(const syntax::Expression& written, const value::Type& type) {
  using value::Kind;
  const bool is_date = type.kind == Kind::date;
  if (is_date && written.kind == syntax::ExpressionKind::divide) {
    return "a date is written year, month and day: `2019-04-01`";
  }
  if (written.kind != syntax::ExpressionKind::text) return {};
  if (is_date && !value::parse_date(written.text)) {
    return "a date is written year, month and day, without quotes: `2019-04-01`";
  }
  const bool is_decimal = type.kind == Kind::number || type.kind == Kind::percent || type.kind == Kind::quantity;
  if (!is_date && !(is_decimal && value::parse_decimal(written.text).value)) return {};
  const std::string unit = type.kind == Kind::quantity ? fmt::format(" {}", value::spelling(type.unit)) : std::string();
  return fmt::format("write it without quotes: `{}{}`", written.text, unit);
}

bool lacks_percent_sign(const syntax::Tree& tree, syntax::ExpressionId written, const value::Type& wanted) {
  if (wanted.kind != value::Kind::percent) return false;
  const auto& whole = tree.expression(written);
  const bool minus = whole.kind == syntax::ExpressionKind::negate;
  return (minus ? tree.expression(whole.operands[0]) : whole).kind == syntax::ExpressionKind::number;
}

std::string with_percent_sign(const syntax::Tree& tree, syntax::ExpressionId written, const value::Type& wanted) {
  if (!lacks_percent_sign(tree, written, wanted)) return {};
  const auto& whole = tree.expression(written);
  const bool minus = whole.kind == syntax::ExpressionKind::negate;
  const auto& number = minus ? tree.expression(whole.operands[0]) : whole;
  return fmt::format("did you mean `{}{}`?", minus ? "-" : "", syntax::percentage(number.text));
}

}  // namespace proviso::check
