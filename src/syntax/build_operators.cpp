#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "syntax/build.hpp"

/// Operators: arithmetic, comparisons, logic.
namespace proviso::syntax {
namespace {

ExpressionKind arithmetic(std::string_view sign) {
  if (sign == "+") return ExpressionKind::add;
  if (sign == "-") return ExpressionKind::subtract;
  if (sign == "*") return ExpressionKind::multiply;
  return sign == "/" ? ExpressionKind::divide : ExpressionKind::modulo;
}

/// Forms of the level of the minus sign.
bool is_prefix(Rule rule) {
  switch (rule) {
    case Rule::negate:
    case Rule::absolute:
    case Rule::month_of:
    case Rule::year_of:
    case Rule::financial_year:
    case Rule::start_of_month:
    case Rule::end_of_month:
    case Rule::working_day:
      return true;
    default:
      return false;
  }
}

/// One space between words, whatever stood there; `half  even` is `half even`.
std::string single_spaced(std::string_view words) {
  std::string result;
  for (const char c : words) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

/// The words of a form of several words; comments between them are none of it.
std::string first_and_last_word(std::string_view words) {
  const auto first = words.substr(0, words.find_first_of(" \t\r\n#"));
  const auto last = words.substr(words.find_last_of(" \t\r\n") + 1);
  return single_spaced(first.size() == words.size() ? std::string(first) : fmt::format("{} {}", first, last));
}

}  // namespace

/// `a + b - c`: from the left. The span of each step runs over the brackets of its operands.
ExpressionId Builder::chain(NodeIndex node) {
  const auto parts = children(node);
  ExpressionId left = expression(parts[0]);
  for (std::size_t i = 1; i + 1 < parts.size(); i += 2) {
    Expression step;
    step.kind = arithmetic(text(parts[i]));
    step.span = Span{file_, nodes_[node].begin, nodes_[parts[i + 1]].end};
    step.mark = span(parts[i]);
    const std::uint16_t height = heights_[left];
    step.operands = {left, expression(parts[i + 1])};
    left = add(std::move(step));
    if (height >= height_limit) return left;
  }
  return left;
}

/// `10 working days`, behind a plus or a minus.
ExpressionId Builder::addend(NodeIndex node) {
  const auto parts = children(node);
  const Rule operand = rule(parts[0]);
  if (operand == Rule::product || is_prefix(operand)) {
    complain(text::Code::syntax, span(parts[1]), "`working days` stands behind a number or a name").help =
        "put brackets round the number of days";
  }
  Expression days;
  days.kind = ExpressionKind::working_days;
  days.span = span(node);
  days.mark = span(parts[1]);
  days.operands = {expression(parts[0])};
  return add(std::move(days));
}

ExpressionId Builder::elapsed(NodeIndex node) {
  const auto parts = children(node);
  Expression expression;
  expression.kind = ExpressionKind::elapsed;
  expression.span = span(node);
  expression.mark = span(parts[0]);
  expression.word = first_and_last_word(text(parts[0]));
  if (expression.word.back() != 's') expression.word += 's';  // `month from`, which has been complained about
  expression.operands = {this->expression(parts[1]), this->expression(parts[2])};
  return add(std::move(expression));
}

std::string Builder::rounding_mode(NodeIndex node) const { return first_and_last_word(text(node)); }

ExpressionId Builder::rounded(NodeIndex node) {
  const auto parts = children(node);
  const auto rounding = children(parts[1]);
  Expression expression;
  expression.kind = ExpressionKind::rounded;
  expression.span = span(node);
  expression.mark = head(parts[1]);
  expression.word = rounding_mode(rounding[1]);
  expression.operands = {this->expression(parts[0]), this->expression(rounding[0])};
  return add(std::move(expression));
}

ExpressionId Builder::comparison(NodeIndex node) {
  const auto parts = children(node);
  if (parts.size() > 2) return chained(node);
  return comparison_tail(parts[0], expression(parts[0]), parts[1]);
}

/// The sign as the language writes it; one of another language is complained about.
std::string Builder::comparison_word(NodeIndex sign) {
  static constexpr std::pair<std::string_view, std::string_view> foreign[] = {
      {"==", "="}, {"=>", ">="}, {"=<", "<="}, {"<>", "!="}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="}};
  for (const auto& [written, meant] : foreign) {
    if (text(sign) != written) continue;
    complain(text::Code::foreign_operator, span(sign), fmt::format("`{}` is no operator of the language", written))
        .help = fmt::format("did you mean `{}`?", meant);
    return std::string(meant);
  }
  return std::string(text(sign));
}

ExpressionId Builder::comparison_tail(NodeIndex left, ExpressionId operand, NodeIndex tail) {
  const auto parts = children(tail);
  Expression expression;
  expression.span = Span{file_, nodes_[left].begin, nodes_[tail].end};
  expression.mark = head(tail);
  expression.operands = {operand};
  for (NodeIndex part : parts) {
    switch (rule(part)) {
      case Rule::comparison_sign:
        expression.word = comparison_word(part);
        expression.mark = span(part);
        break;
      case Rule::within_side:
        expression.word = text(part);
        break;
      case Rule::is_known:
      case Rule::is_unknown:
        break;
      default:
        expression.operands.push_back(this->expression(part));
    }
  }
  switch (rule(tail)) {
    case Rule::between_tail:
      expression.kind = ExpressionKind::between;
      break;
    case Rule::in_tail:
      expression.kind = ExpressionKind::in;
      break;
    case Rule::within_tail:
      expression.kind = ExpressionKind::within;
      break;
    case Rule::is_tail:
      expression.kind = rule(parts[0]) == Rule::is_known ? ExpressionKind::is_known : ExpressionKind::is_unknown;
      break;
    default:
      expression.kind = ExpressionKind::compare;
  }
  return add(std::move(expression));
}

/// `a < b < c` means nothing here; the help says it with `and` where the parts are short.
ExpressionId Builder::chained(NodeIndex node) {
  const auto parts = children(node);
  auto& diagnostic = complain(text::Code::chained_comparison, head(parts[2]), "comparisons do not chain");
  constexpr std::uint32_t longest = 100;
  if (rule(parts[1]) == Rule::compare_tail && rule(parts[2]) == Rule::compare_tail &&
      nodes_[parts[2]].end - nodes_[node].begin <= longest) {
    const auto middle = text(children(parts[1])[1]);
    diagnostic.help =
        fmt::format("did you mean `{} {} and {} {}`?", text(parts[0]), text(parts[1]), middle, text(parts[2]));
  } else {
    diagnostic.help = "join two comparisons by `and`, or put brackets round one";
  }
  return broken(span(node));
}

ExpressionId Builder::logic(NodeIndex node) {
  const auto parts = children(node);
  for (std::size_t i = 3; i < parts.size(); i += 2) {
    if (text(parts[i]) != text(parts[1])) return mixed(node);
  }
  Expression expression;
  expression.kind = text(parts[1]) == "and" ? ExpressionKind::conjunction : ExpressionKind::disjunction;
  expression.span = span(node);
  expression.mark = span(parts[1]);
  expression.operands.reserve(parts.size() / 2 + 1);
  for (std::size_t i = 0; i < parts.size(); i += 2) expression.operands.push_back(this->expression(parts[i]));
  return add(std::move(expression));
}

/// Says both readings of `a and b or c`. Of a long chain, only the three operands round the first mixture are shown.
ExpressionId Builder::mixed(NodeIndex node) {
  auto parts = children(node);
  std::size_t change = 3;
  while (text(parts[change]) == text(parts[1])) change += 2;
  const Span where = span(parts[change]);
  constexpr std::size_t whole = 13;
  if (parts.size() > whole)
    parts = {parts.begin() + static_cast<std::ptrdiff_t>(change) - 3,
             parts.begin() + static_cast<std::ptrdiff_t>(change) + 2};

  std::vector<std::string> operands;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    constexpr std::size_t longest = 60;
    const std::string printed =
        nodes_[parts[i]].end - nodes_[parts[i]].begin > longest ? "..." : single_spaced(text(parts[i]));
    operands.push_back(printed);
  }
  // Brackets round each run of operands that `tight` joins.
  const auto reading = [&](std::string_view tight) {
    std::string result;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const bool joined_before = i > 0 && text(parts[2 * i - 1]) == tight;
      const bool joined_behind = i + 1 < operands.size() && text(parts[2 * i + 1]) == tight;
      if (i > 0) result += fmt::format(" {} ", text(parts[2 * i - 1]));
      if (joined_behind && !joined_before) result += '(';
      result += operands[i];
      if (joined_before && !joined_behind) result += ')';
    }
    return result;
  };
  complain(text::Code::mixed_and_or, where,
           fmt::format("`and` and `or` are mixed: expected `{}` or `{}`", reading("and"), reading("or")))
      .help = "put brackets round the part that belongs together";
  return broken(span(node));
}

}  // namespace proviso::syntax
