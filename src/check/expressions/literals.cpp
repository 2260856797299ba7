#include "check/expressions/literals.hpp"

#include <fmt/format.h>

#include "check/expressions/meant.hpp"
#include "value/calendar.hpp"
#include "value/code.hpp"
#include "value/decimal.hpp"

// Literals as values.
namespace proviso::check {

NodeId Literals::number_literal(const syntax::Expression& written) {
  // A hundredth of what is written, exactly: 70,000,000,000,000% is a number that there is, though what stands before
  // the sign is none.
  const bool hundredths =
      written.kind == ExpressionKind::percent || (written.kind == ExpressionKind::money && written.word == "p");
  const auto parsed =
      hundredths ? value::parse_decimal(written.text + "e-2", true) : value::parse_decimal(written.text);
  if (!parsed.value) {
    if (parsed.error == value::DecimalError::too_many_places) {
      complain(
          Code::bad_number, written.span,
          fmt::format("{} has more than {} places after the point", quoted(written.span), hundredths ? "four" : "six"));
    } else {
      complain(Code::bad_number, written.span,
               fmt::format("{} is out of range: numbers stay below {}", quoted(written.span),
                           hundredths ? "922,337,203,685,478" : "9,223,372,036,854"));
    }
    return failed(written.span);
  }
  const std::int64_t bits = *parsed.value;
  switch (written.kind) {
    case ExpressionKind::quantity: {
      Type type = of(Kind::quantity);
      const auto unit = value::unit_by_spelling(written.word);
      if (!unit) {
        complain(Code::unknown_type, written.span, fmt::format("there is no unit `{}`", written.word));
        return failed(written.span);
      }
      type.unit = *unit;
      return constant_node(type, bits, written.span);
    }
    case ExpressionKind::percent:
      return constant_node(of(Kind::percent), bits, written.span);
    case ExpressionKind::money:
      return constant_node(of(Kind::money), bits, written.span);
    default:
      return constant_node(of(Kind::number), bits, written.span);
  }
}

NodeId Literals::date_literal(const syntax::Expression& written) {
  if (const auto parsed = value::parse_date(written.text)) {
    return constant_node(of(Kind::date), *parsed, written.span);
  }
  complain(Code::impossible_date, written.span, fmt::format("there is no day {}", quoted(written.span)));
  return failed(written.span);
}

NodeId Literals::duration_literal(const syntax::Expression& written, const Type* expected) {
  const auto of_time = value::unit_by_spelling(written.word);
  if (expected && is_time(*expected) && of_time && value::dimension(*of_time) == value::dimension(expected->unit)) {
    syntax::Expression quantity = written;
    quantity.kind = ExpressionKind::quantity;
    return number_literal(quantity);
  }
  const auto parsed = value::parse_decimal(written.text);
  if (!of_time) return failed(written.span);
  const auto count = parsed.value.value_or(0) / value::decimal_scale;
  const std::int64_t factor = written.word == "years" ? 12 : written.word == "weeks" ? 7 : 1;
  if (parsed.value && *parsed.value % value::decimal_scale != 0) {
    auto& diagnostic = complain(Code::not_whole, written.span,
                                fmt::format("{} is not a whole number of {}", quoted(written.span), written.word));
    diagnostic.help = "a duration is in whole months or whole days";
    return failed(written.span);
  }
  if (!parsed.value || count > INT32_MAX / 24) {
    complain(Code::bad_number, written.span, fmt::format("{} is out of range", quoted(written.span)));
    return failed(written.span);
  }
  Type type = of(Kind::duration);
  const bool months = written.word == "years" || written.word == "months";
  type.duration = months ? value::DurationKind::months : value::DurationKind::days;
  return constant_node(type, count * factor, written.span);
}

NodeId Literals::length_of_time(const syntax::Expression& written) {
  if (written.kind == ExpressionKind::duration) return duration_literal(written);
  if (written.kind != ExpressionKind::error) {
    complain(Code::type_mismatch, written.span,
             fmt::format("{} is not a length of time, as `18 months` is", quoted(written.span)));
  }
  return failed(written.span);
}

NodeId Literals::code_literal(const syntax::Expression& written) {
  const auto system = value::code_system_by_spelling(written.word);
  if (!system) {
    auto& diagnostic =
        complain(Code::bad_code, written.span, fmt::format("there is no code system `{}`", written.word));
    diagnostic.help = "code systems are opcs4, icd10, snomed, dmd, hrg, tfc and ods";
    return failed(written.span);
  }
  const auto code = value::parse_code(*system, written.text);
  if (!code) {
    complain(Code::bad_code, written.span,
             fmt::format("`{}` is not a code of {}: expected one such as `{}`", written.text, written.word,
                         value::example_code(*system)));
    return failed(written.span);
  }
  Type type = of(Kind::code);
  type.system = *system;
  return constant_node(type, *code, written.span);
}

NodeId Literals::literal(const syntax::Expression& written, const Type* expected) {
  switch (written.kind) {
    case ExpressionKind::yes:
      return constant_node(of(Kind::truth), 1, written.span);
    case ExpressionKind::no:
      return constant_node(of(Kind::truth), 0, written.span);
    case ExpressionKind::unknown:
      return unknown_node(of(Kind::any), written.span);  // it takes the type of what it stands beside
    case ExpressionKind::date:
      return date_literal(written);
    case ExpressionKind::duration:
      return duration_literal(written, expected);
    case ExpressionKind::code:
      return code_literal(written);
    case ExpressionKind::text: {
      if (expected) {
        if (const auto value = value_names_.named_value(*expected, written.text)) {
          return constant_node(*expected, *value, written.span);
        }
        if (ValueNames::names_values(*expected)) {
          value_names_.not_a_value(*expected, written.text, written.span);
          return failed(written.span);
        }
      }
      return constant_node(of(Kind::text), text_number(written.text), written.span);
    }
    default:
      return number_literal(written);
  }
}

std::string Literals::inexact(Span span, const Type& type) const {
  return fmt::format("{} cannot be written exactly in {}", quoted(span), value::spelling(type.unit));
}

std::optional<model::Constant> Literals::constant(std::uint32_t tree, ExpressionId id, const Type& type) {
  if (type.kind == Kind::error) return {};
  Context context;
  context.tree = tree;
  const auto& written = at(context, id);
  NodeId node = none;
  bool minus = false;
  const syntax::Expression* inner = &written;
  if (written.kind == ExpressionKind::negate) {
    minus = true;
    inner = &at(context, written.operands[0]);
  }
  const bool named = inner->kind == ExpressionKind::name || inner->kind == ExpressionKind::text;
  if (named && ValueNames::names_values(type) && !minus) {
    const auto value = value_names_.named_value(type, inner->text);
    if (!value) {
      value_names_.not_a_value(type, inner->text, inner->span);
      return {};
    }
    return model::Constant{type, true, *value};
  }
  switch (inner->kind) {
    case ExpressionKind::error:
      return {};
    case ExpressionKind::yes:
    case ExpressionKind::no:
    case ExpressionKind::unknown:
    case ExpressionKind::number:
    case ExpressionKind::quantity:
    case ExpressionKind::duration:
    case ExpressionKind::money:
    case ExpressionKind::percent:
    case ExpressionKind::date:
    case ExpressionKind::text:
    case ExpressionKind::code:
      node = literal(*inner, &type);
      break;
    default:
      complain(Code::type_mismatch, written.span,
               fmt::format("{} is not a value written out: {} is wanted here", quoted(written.span),
                           model::format(library_, type)))
          .help = inner->kind == ExpressionKind::name ? meant_by(inner->text) : "";
      return {};
  }
  if (is_error(node)) return {};
  if (inner->kind == ExpressionKind::unknown) return model::Constant{type, false, 0};
  const Kind kind = library_.nodes[node].type.kind;
  const bool signed_kind = kind == Kind::number || kind == Kind::quantity || kind == Kind::money ||
                           kind == Kind::percent || kind == Kind::duration;
  // A threshold's value is in the threshold's unit: a plain number is taken so.
  if (kind == Kind::number && type.kind == Kind::quantity) {
    node = constant_node(type, library_.nodes[node].value, inner->span);
  }
  const std::string percentage = with_percent_sign(trees_[tree].tree, id, type);
  const bool misfits = (minus && !signed_kind) || !percentage.empty();
  const auto converted = misfits ? std::nullopt : conversions_.as(node, type);
  if (converted && library_.nodes[*converted].kind != NodeKind::constant) {
    complain(Code::unit_mismatch, written.span, inexact(written.span, type)).help =
        fmt::format("write it in {}", value::spelling(type.unit));
    return {};
  }
  if (!converted) {
    const bool units = kind == Kind::quantity && type.kind == Kind::quantity;
    complain(units ? Code::unit_mismatch : Code::type_mismatch, written.span,
             fmt::format("{} is {}; {} is wanted here", quoted(written.span),
                         model::format(library_, library_.nodes[node].type), model::format(library_, type)))
        .help = percentage;
    return {};
  }
  const auto& found = library_.nodes[*converted];
  std::int64_t bits = found.value;
  if (minus) {
    // Negating twice the count plus a kind bit would touch the bit.
    bits = type.kind == Kind::duration && type.duration == value::DurationKind::either
               ? (bits & 1) - (bits & ~std::int64_t{1})
               : -bits;
  }
  return model::Constant{type, true, bits};
}

std::optional<std::int32_t> Literals::date(std::uint32_t tree, ExpressionId id) {
  if (id == syntax::no_expression) return {};
  const auto found = constant(tree, id, of(Kind::date));
  if (!found || !found->known) return {};
  return static_cast<std::int32_t>(found->bits);
}

/// A quantity of what a duration written out may be of: beside one, that is a quantity too, `1.5 weeks`.
bool Literals::is_time(const Type& type) {
  if (type.kind != Kind::quantity) return false;
  const auto dimension = value::dimension(type.unit);
  return dimension == value::dimension(value::Unit::days) || dimension == value::dimension(value::Unit::months);
}

std::optional<model::Period> Literals::period(std::uint32_t tree, const syntax::Period& written) {
  model::Period result;
  const auto first = date(tree, written.first);
  const auto last = date(tree, written.last);
  if (!first || (written.last != syntax::no_expression && !last)) return {};
  result.first = *first;
  if (last) result.last = *last;
  if (result.last < result.first) {
    complain(Code::reversed_period, written.span,
             fmt::format("the period ends on {}, before it begins on {}", value::format_date(result.last),
                         value::format_date(result.first)));
    return {};
  }
  return result;
}

}  // namespace proviso::check
