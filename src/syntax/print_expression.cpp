#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "grammar/words.hpp"
#include "syntax/print.hpp"
#include "syntax/print_parts.hpp"
#include "value/type.hpp"

/// Expressions with the brackets they need and no others.
namespace proviso::syntax {
namespace {

using Kind = ExpressionKind;

/// How tightly a form binds, loosest first: the levels of grammar/expressions.hpp.
enum Level {
  conditional_level,
  logic_level,
  not_level,
  comparison_level,
  measure_level,
  elapsed_level,
  sum_level,
  product_level,
  unary_level,
  primary_level
};

Level level_of(Kind kind) {
  switch (kind) {
    case Kind::conditional:
      return conditional_level;
    case Kind::conjunction:
    case Kind::disjunction:
      return logic_level;
    case Kind::negation:
      return not_level;
    case Kind::compare:
    case Kind::between:
    case Kind::in:
    case Kind::within:
    case Kind::is_known:
    case Kind::is_unknown:
      return comparison_level;
    case Kind::rounded:
      return measure_level;
    case Kind::elapsed:
      return elapsed_level;
    case Kind::add:
    case Kind::subtract:
      return sum_level;
    case Kind::multiply:
    case Kind::divide:
    case Kind::modulo:
      return product_level;
    case Kind::negate:
    case Kind::absolute:
    case Kind::month_of:
    case Kind::year_of:
    case Kind::financial_year_of:
    case Kind::start_of_month_of:
    case Kind::end_of_month_of:
    case Kind::working_day_of_month_of:
      return unary_level;
    default:
      return primary_level;
  }
}

/// What may stand behind an expression. A form that is open at its end would take it for its own, and needs brackets.
enum Follower : unsigned {
  nothing = 0,
  logic_word = 1,
  comparison_word = 2,
  rounding_word = 4,
  arithmetic_sign = 8,
  comma = 16,
  element_word = 32,  ///< `for`
  days_words = 64,    ///< `working days`
  of_word = 128,
  in_word = 256,       ///< `in` and a name
  calendar_word = 512  ///< a name that is the singular of a unit, as `day`
};

/// `month of` and its like are forms of their own, whatever the name was meant for.
bool begins_form(std::string_view name) {
  return name == "month" || name == "year" || name == "start" || name == "end";
}

/// Whether arithmetic cannot go on behind the last value of an expression: that is rounded already, or a word stands
/// there.
bool is_closed(const Tree& tree, ExpressionId id) {
  const Expression& expression = tree.expression(id);
  const auto last_is_closed = [&](Level least) {
    const ExpressionId last = expression.operands.back();
    return level_of(tree.expression(last).kind) >= least && is_closed(tree, last);
  };
  switch (expression.kind) {
    case Kind::rounded:
    case Kind::is_known:
    case Kind::is_unknown:
    case Kind::in:
      return true;
    case Kind::compare:
    case Kind::between:
    case Kind::within:
      return last_is_closed(measure_level);
    case Kind::negation:
    case Kind::conjunction:
    case Kind::disjunction:
      return last_is_closed(not_level);
    case Kind::conditional:
      return last_is_closed(conditional_level);
    default:
      return false;
  }
}

unsigned taken_by_name(std::string_view name) {
  if (name == "rank") return in_word;
  if (name == "working") return calendar_word;
  return begins_form(name) ? of_word : nothing;
}

unsigned taken_by(const Tree& tree, const Expression& expression) {
  const auto taken_behind_values = [&] {
    const bool closed = tree.expression(expression.operands.back()).kind == Kind::rounded;
    return closed ? comma : comma | rounding_word | arithmetic_sign;
  };
  switch (expression.kind) {
    case Kind::name:
      return taken_by_name(expression.text);
    case Kind::number:
      return calendar_word;
    case Kind::minimum_of:
    case Kind::maximum_of:
      return expression.operands.size() == 1 ? taken_behind_values() | element_word : taken_behind_values();
    case Kind::first_known:
      return taken_behind_values();
    case Kind::add:
    case Kind::subtract:
      return tree.expression(expression.operands[1]).kind == Kind::working_days ? nothing : days_words;
    default:
      break;
  }
  if (!expression.has_condition) return nothing;
  const bool closed = is_closed(tree, expression.operands.back());
  return closed ? logic_word | comparison_word : logic_word | comparison_word | rounding_word | arithmetic_sign;
}

bool is_one(const Expression& expression) { return expression.text == "1"; }

/// The tree has every unit in the plural.
std::string_view singular(std::string_view unit) {
  const auto known = value::unit_by_spelling(unit);
  return known ? value::singular_spelling(*known) : unit;
}

class Printer {
 public:
  explicit Printer(const Tree& tree) : tree_(tree) {}

  std::string take() { return std::move(out_); }

  void print(ExpressionId id, Level least, unsigned followers) {
    const Expression& expression = tree_.expression(id);
    if (level_of(expression.kind) < least || (taken_by(tree_, expression) & followers) != 0) {
      out_ += '(';
      form(expression, nothing);
      out_ += ')';
    } else {
      form(expression, followers);
    }
  }

 private:
  void form(const Expression& e, unsigned followers) {
    switch (e.kind) {
      case Kind::error:
        out_ += "...";
        break;
      case Kind::yes:
        out_ += "yes";
        break;
      case Kind::no:
        out_ += "no";
        break;
      case Kind::unknown:
        out_ += "unknown";
        break;
      case Kind::number:
      case Kind::date:
      case Kind::name:
        out_ += e.text;
        break;
      case Kind::quantity:
      case Kind::duration:
        out_ += fmt::format("{} {}", e.text, is_one(e) ? singular(e.word) : e.word);
        break;
      case Kind::money:
        if (e.word.empty()) out_ += "£";
        out_ += e.text;
        out_ += e.word;
        break;
      case Kind::percent:
        out_ += e.text + '%';
        break;
      case Kind::text:
        out_ += quote(e.text);
        break;
      case Kind::code:
        out_ += e.word + ':' + e.text;
        break;
      case Kind::set:
        enclosed("{ ", e, " }", measure_level);
        break;
      case Kind::call:
        enclosed(e.text + '(', e, ")", conditional_level);
        break;
      case Kind::hook:
        enclosed("hook " + e.text + '(', e, ")", conditional_level);
        break;
      case Kind::negate:
        negate(e, followers);
        break;
      case Kind::absolute:
        prefix("absolute ", e, followers);
        break;
      case Kind::month_of:
        prefix("month of ", e, followers);
        break;
      case Kind::year_of:
        prefix("year of ", e, followers);
        break;
      case Kind::financial_year_of:
        prefix("financial year of ", e, followers);
        break;
      case Kind::start_of_month_of:
        prefix("start of month of ", e, followers);
        break;
      case Kind::end_of_month_of:
        prefix("end of month of ", e, followers);
        break;
      case Kind::working_day_of_month_of:
        working_day(e, followers);
        break;
      case Kind::add:
        binary(e, sum_level, " + ", followers);
        break;
      case Kind::subtract:
        binary(e, sum_level, " - ", followers);
        break;
      case Kind::multiply:
        binary(e, product_level, " * ", followers);
        break;
      case Kind::divide:
        binary(e, product_level, " / ", followers);
        break;
      case Kind::modulo:
        binary(e, product_level, " mod ", followers);
        break;
      case Kind::working_days:
        print(e.operands[0], primary_level, days_words);
        out_ += is_one(tree_.expression(e.operands[0])) ? " working day" : " working days";
        break;
      case Kind::elapsed:
        out_ += e.word + " from ";
        print(e.operands[0], sum_level, nothing);
        out_ += " to ";
        print(e.operands[1], sum_level, followers);
        break;
      case Kind::rounded:
        print(e.operands[0], elapsed_level, rounding_word);
        out_ += " rounded to ";
        print(e.operands[1], unary_level, nothing);
        out_ += ' ' + e.word;
        break;
      case Kind::compare:
        comparison(e, ' ' + e.word + ' ', followers);
        break;
      case Kind::in:
        print(e.operands[0], measure_level, comparison_word | before_in(e));
        out_ += " in ";
        print(e.operands[1], primary_level, nothing);
        break;
      case Kind::is_known:
        comparison(e, " is known", followers);
        break;
      case Kind::is_unknown:
        comparison(e, " is unknown", followers);
        break;
      case Kind::between:
        comparison(e, " between ", followers, " and ", logic_word);
        break;
      case Kind::within:
        comparison(e, " within ", followers, ' ' + e.word + ' ', nothing);
        break;
      case Kind::negation:
        out_ += "not ";
        print(e.operands[0], not_level, followers);
        break;
      case Kind::conjunction:
        logic(e, " and ", followers);
        break;
      case Kind::disjunction:
        logic(e, " or ", followers);
        break;
      case Kind::conditional:
        out_ += "if ";
        print(e.operands[0], conditional_level, nothing);
        out_ += " then ";
        print(e.operands[1], conditional_level, nothing);
        out_ += " else ";
        print(e.operands[2], conditional_level, followers);
        break;
      case Kind::first_known:
        values("first known of ", e, followers);
        break;
      case Kind::minimum_of:
        values("minimum of ", e, followers);
        break;
      case Kind::maximum_of:
        values("maximum of ", e, followers);
        break;
      case Kind::any:
        list_form("any ", e, followers);
        break;
      case Kind::every:
        list_form("every ", e, followers);
        break;
      case Kind::count:
        list_form("count of ", e, followers);
        break;
      case Kind::sum:
        list_form("sum of ", e, followers);
        break;
      case Kind::least:
        list_form("minimum of ", e, followers);
        break;
      case Kind::greatest:
        list_form("maximum of ", e, followers);
        break;
      case Kind::latest:
        list_form("latest ", e, followers);
        break;
      case Kind::earliest:
        list_form("earliest ", e, followers);
        break;
      case Kind::rank:
        out_ += "rank in " + e.text;
        break;
    }
  }

  /// `rank in` and a name is a form of its own.
  unsigned before_in(const Expression& e) const {
    return tree_.expression(e.operands[1]).kind == Kind::name ? in_word : nothing;
  }

  void enclosed(const std::string& open, const Expression& e, const char* close, Level least) {
    out_ += open;
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(e.operands[i], least, i + 1 < e.operands.size() ? comma : nothing);
    }
    out_ += close;
  }

  void values(const char* head, const Expression& e, unsigned followers) {
    out_ += head;
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(e.operands[i], measure_level, i + 1 < e.operands.size() ? comma : followers);
    }
  }

  void prefix(const char* head, const Expression& e, unsigned followers) {
    out_ += head;
    print(e.operands[0], unary_level, followers);
  }

  void negate(const Expression& e, unsigned followers) {
    // `- -1`: two signs run together read as one.
    prefix(tree_.expression(e.operands[0]).kind == Kind::negate ? "- " : "-", e, followers);
  }

  void working_day(const Expression& e, unsigned followers) {
    out_ += "working day ";
    print(e.operands[0], unary_level, of_word);
    out_ += " of month of ";
    print(e.operands[1], unary_level, followers);
  }

  /// From the left: the right operand binds more tightly.
  void binary(const Expression& e, Level level, const char* sign, unsigned followers) {
    print(e.operands[0], level, arithmetic_sign);
    out_ += sign;
    print(e.operands[1], level == sum_level ? product_level : unary_level, followers);
  }

  void comparison(const Expression& e, const std::string& word, unsigned followers, const std::string& second = {},
                  unsigned before_second = nothing) {
    print(e.operands[0], measure_level, comparison_word);
    out_ += word;
    if (e.operands.size() > 1) print(e.operands[1], measure_level, e.operands.size() > 2 ? before_second : followers);
    if (e.operands.size() > 2) {
      out_ += second;
      print(e.operands[2], measure_level, followers);
    }
  }

  void logic(const Expression& e, const char* word, unsigned followers) {
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      if (i > 0) out_ += word;
      print(e.operands[i], not_level, i + 1 < e.operands.size() ? logic_word : followers);
    }
  }

  void list_form(const char* head, const Expression& e, unsigned followers) {
    const bool has_value = e.operands.size() > (e.has_condition ? 2U : 1U);
    out_ += head;
    if (has_value) {
      print(e.operands[1], measure_level, element_word);
      out_ += " for ";
    }
    out_ += e.variable.text + " in ";
    print(e.operands[0], primary_level, nothing);
    if (!e.has_condition) return;
    out_ += " where ";
    print(e.operands.back(), conditional_level, followers);
  }

  const Tree& tree_;
  std::string out_;
};

}  // namespace

std::string quote(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\t':
        result += "\\t";
        break;
      default:
        result += c;
    }
  }
  return result + '"';
}

std::string print(const Tree& tree, ExpressionId id) {
  Printer printer(tree);
  printer.print(id, conditional_level, nothing);
  return printer.take();
}

std::string print_operand(const Tree& tree, ExpressionId id) {
  Printer printer(tree);
  printer.print(id, unary_level, arithmetic_sign | comma);
  return printer.take();
}

std::string print_before(const Tree& tree, ExpressionId id, std::string_view name) {
  Printer printer(tree);
  printer.print(id, conditional_level, grammar::plural_unit(name).empty() ? nothing : calendar_word);
  return printer.take();
}

}  // namespace proviso::syntax
