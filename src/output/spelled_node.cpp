#include "output/spelled_node.hpp"

#include <cstddef>
#include <string_view>

#include "output/shown_value.hpp"
#include "value/decimal.hpp"

namespace proviso::output {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

std::string_view word_of(model::Comparison word) {
  switch (word) {
    case model::Comparison::equal:
      return " = ";
    case model::Comparison::not_equal:
      return " != ";
    case model::Comparison::less:
      return " < ";
    case model::Comparison::less_or_equal:
      return " <= ";
    case model::Comparison::greater:
      return " > ";
    case model::Comparison::greater_or_equal:
      break;
  }
  return " >= ";
}

std::string_view word_of(model::Elapsed word) {
  switch (word) {
    case model::Elapsed::years:
      return "years";
    case model::Elapsed::months:
      return "months";
    case model::Elapsed::weeks:
      return "weeks";
    case model::Elapsed::days:
      return "days";
    case model::Elapsed::working_days:
      break;
  }
  return "working days";
}

/// How tightly a form binds, loosest first: as the language says. What takes all that follows it is loosest.
enum class Binding : std::uint8_t {
  loosest,
  logic,
  denial,
  comparison,
  rounding,
  elapsed_time,
  sum,
  product,
  sign,
  single
};

Binding binding_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::conditional:
    case NodeKind::first_known:
    case NodeKind::minimum:
    case NodeKind::maximum:
    case NodeKind::at_least:
    case NodeKind::none_of:
    case NodeKind::any:
    case NodeKind::every:
    case NodeKind::count:
    case NodeKind::sum:
    case NodeKind::least:
    case NodeKind::greatest:
      return Binding::loosest;
    case NodeKind::conjunction:
    case NodeKind::disjunction:
      return Binding::logic;
    case NodeKind::negation:
      return Binding::denial;
    case NodeKind::compare:
    case NodeKind::compare_scaled:
    case NodeKind::between:
    case NodeKind::in_codes:
    case NodeKind::in_set:
    case NodeKind::in_list:
    case NodeKind::is_known:
      return Binding::comparison;
    case NodeKind::rounded:
      return Binding::rounding;
    case NodeKind::elapsed:
      return Binding::elapsed_time;
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::add_duration:
    case NodeKind::subtract_duration:
    case NodeKind::add_working_days:
    case NodeKind::subtract_working_days:
      return Binding::sum;
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::modulo:
    case NodeKind::duration_times:
      return Binding::product;
    case NodeKind::negate:
    case NodeKind::absolute:
    case NodeKind::month_of:
    case NodeKind::year_of:
    case NodeKind::financial_year_of:
    case NodeKind::start_of_month_of:
    case NodeKind::end_of_month_of:
    case NodeKind::working_day_of_month_of:
      return Binding::sign;
    default:
      return Binding::single;
  }
}

/// How tightly an operand must bind to stand without brackets.
Binding least_binding(NodeKind kind, std::size_t operand) {
  const Binding own = binding_of(kind);
  switch (own) {
    case Binding::loosest:
      return Binding::loosest;
    case Binding::logic:
    case Binding::denial:
      return Binding::denial;
    case Binding::comparison:
      return Binding::rounding;
    case Binding::rounding:
      return Binding::elapsed_time;
    case Binding::elapsed_time:
      return Binding::sum;
    case Binding::sum:
    case Binding::product:  // from the left
      return operand == 0 ? own : static_cast<Binding>(static_cast<std::uint8_t>(own) + 1);
    case Binding::sign:
    case Binding::single:
      break;
  }
  return own == Binding::single ? Binding::loosest : Binding::sign;
}

class NodeSpeller {
 public:
  NodeSpeller(const model::Library& library, const model::Record& record, const std::set<std::uint32_t>& written_out)
      : library_(library), record_(record), written_out_(written_out) {}

  std::string spell(NodeId id) const {
    const Node& node = library_.nodes[seen_through(id)];
    switch (node.kind) {
      case NodeKind::constant:
        return node.type.kind == value::Kind::truth ? (node.value != 0 ? "yes" : "no")
                                                    : model::format(library_, {node.type, true, node.value});
      case NodeKind::unknown:
        return "unknown";
      case NodeKind::fact:
        return fact(node);
      case NodeKind::threshold:
        return library_.thresholds[node.index].name;
      case NodeKind::definition:
        return library_.definitions[node.index].name;
      case NodeKind::compare:
      case NodeKind::compare_scaled:
        return infix(node, word_of(static_cast<model::Comparison>(node.word)));
      case NodeKind::between:
        return between(node);
      case NodeKind::in_codes:
        return inner(node, 0) + " in " + library_.code_lists[node.index].name;
      case NodeKind::in_set:
        return inner(node, 0) + " in { " + joined(node, ", ", 1) + " }";
      case NodeKind::in_list:
        return inner(node, 0) + " in " + inner(node, 1);
      case NodeKind::is_known:
        return inner(node, 0) + " is known";
      case NodeKind::negation:
        return negation(node);
      case NodeKind::conjunction:
        return infix(node, " and ");
      case NodeKind::disjunction:
        return infix(node, " or ");
      case NodeKind::at_least:
        return "at least " + std::to_string(node.value) + " of " + joined(node, ", ");
      case NodeKind::none_of:
        return "none of " + joined(node, ", ");
      case NodeKind::conditional:
        return "if " + inner(node, 0) + " then " + inner(node, 1) + " else " + inner(node, 2);
      case NodeKind::first_known:
        return "first known of " + joined(node, ", ");
      case NodeKind::any:
        return loop("any ", node, model::none, 0);
      case NodeKind::every:
        return loop("every ", node, model::none, 0);
      case NodeKind::count:
        return loop("count of ", node, model::none, 0);
      case NodeKind::sum:
        return loop("sum of ", node, 0, 1);
      case NodeKind::least:
        return loop(node.type.kind == value::Kind::date ? "earliest " : "minimum of ", node, 0, 1);
      case NodeKind::greatest:
        return loop(node.type.kind == value::Kind::date ? "latest " : "maximum of ", node, 0, 1);
      case NodeKind::lookup:
        return library_.tables[node.index].name + "(" + joined(node, ", ") + ")";
      case NodeKind::hook:
        return "hook " + library_.hooks[node.index].name + "(" + joined(node, ", ") + ")";
      default:
        return calculated(node);
    }
  }

 private:
  const model::Library& library_;
  const model::Record& record_;
  const std::set<std::uint32_t>& written_out_;

  std::string calculated(const Node& node) const {
    switch (node.kind) {
      case NodeKind::negate:
        return "-" + inner(node, 0);
      case NodeKind::absolute:
        return "absolute " + inner(node, 0);
      case NodeKind::add:
      case NodeKind::add_duration:
        return infix(node, " + ");
      case NodeKind::subtract:
      case NodeKind::subtract_duration:
        return infix(node, " - ");
      case NodeKind::multiply:
      case NodeKind::duration_times:
        return infix(node, " * ");
      case NodeKind::divide:
        return infix(node, " / ");
      case NodeKind::modulo:
        return infix(node, " mod ");
      case NodeKind::minimum:
        return "minimum of " + joined(node, ", ");
      case NodeKind::maximum:
        return "maximum of " + joined(node, ", ");
      case NodeKind::rounded:
        return inner(node, 0) + " rounded to " + model::format(library_, {node.type, true, node.value}) + " " +
               std::string(spelling(static_cast<value::Rounding>(node.word)));
      case NodeKind::add_working_days:
        return infix(node, " + ") + working_days(node);
      case NodeKind::subtract_working_days:
        return infix(node, " - ") + working_days(node);
      case NodeKind::elapsed:
        return std::string(word_of(static_cast<model::Elapsed>(node.word))) + " from " + inner(node, 0) + " to " +
               inner(node, 1);
      case NodeKind::month_of:
        return "month of " + inner(node, 0);
      case NodeKind::year_of:
        return "year of " + inner(node, 0);
      case NodeKind::financial_year_of:
        return "financial year of " + inner(node, 0);
      case NodeKind::start_of_month_of:
        return "start of month of " + inner(node, 0);
      case NodeKind::end_of_month_of:
        return "end of month of " + inner(node, 0);
      case NodeKind::working_day_of_month_of:
        return "working day " + inner(node, 0) + " of month of " + inner(node, 1);
      default:
        return {};
    }
  }

  /// In an element by the name of the loop's variable, as far as the loop's own record is the fact's.
  std::string fact(const Node& node) const {
    const model::Fact& fact = record_.facts[node.index];
    if (node.loop == model::none) return fact.name;
    const std::string& variable = library_.loops[node.loop].variable;
    return fact.path.empty() ? variable : variable + "." + fact.path;
  }

  /// A place inside a place is one between that and the last in it.
  std::string between(const Node& node) const {
    if (library_.nodes[node.operands[1]].type.kind == value::Kind::place)
      return inner(node, 0) + " in " + inner(node, 1);
    return inner(node, 0) + " between " + inner(node, 1) + " and " + inner(node, 2);
  }

  std::string working_days(const Node& node) const {
    const Node& days = library_.nodes[node.operands[1]];
    const bool one = days.kind == NodeKind::constant && days.value == value::decimal_scale;
    return one ? " working day" : " working days";
  }

  std::string negation(const Node& node) const {
    const Node& denied = library_.nodes[node.operands[0]];
    if (denied.kind == NodeKind::is_known) return inner(denied, 0) + " is unknown";
    return "not " + inner(node, 0);
  }

  std::string loop(std::string_view word, const Node& node, NodeId value, std::size_t condition) const {
    const model::Loop& over = library_.loops[node.loop];
    std::string out(word);
    if (value != model::none) out += spell(node.operands[value]) + " for ";
    out += over.variable + " in " + record_.facts[over.list].path;
    if (node.operands.size() > condition) out += " where " + spell(node.operands[condition]);
    return out;
  }

  /// What a node is shown as: definitions that are written out, changes of unit and groups of one as what they are of.
  NodeId seen_through(NodeId id) const {
    for (;;) {
      const Node& node = library_.nodes[id];
      const bool of_one =
          (node.kind == NodeKind::conjunction || node.kind == NodeKind::disjunction) && node.operands.size() == 1;
      const bool is_same = node.kind == NodeKind::rescale || node.kind == NodeKind::narrow_duration ||
                           node.kind == NodeKind::duration_as_decimal;
      const bool is_written_out = node.kind == NodeKind::definition && written_out_.count(node.index) != 0;
      if (!of_one && !is_same && !is_written_out) return id;
      id = node.operands[0];
    }
  }

  /// An operand, in brackets where it would be read otherwise without.
  std::string inner(const Node& node, std::size_t index) const {
    const NodeId id = node.operands[index];
    const bool stands = binding_of(library_.nodes[seen_through(id)].kind) >= least_binding(node.kind, index);
    return stands ? spell(id) : "(" + spell(id) + ")";
  }

  std::string infix(const Node& node, std::string_view word) const {
    std::string out;
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      if (i > 0) out += word;
      out += inner(node, i);
    }
    return out;
  }

  std::string joined(const Node& node, std::string_view separator, std::size_t first = 0) const {
    std::string out;
    for (std::size_t i = first; i < node.operands.size(); ++i) {
      if (i > first) out += separator;
      out += spell(node.operands[i]);
    }
    return out;
  }
};

}  // namespace

std::string spell_node(const model::Library& library, const model::Record& record, model::NodeId node,
                       const std::set<std::uint32_t>& written_out) {
  return NodeSpeller(library, record, written_out).spell(node);
}

}  // namespace proviso::output
