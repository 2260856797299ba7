#include "trial/mutation/mutant_text.hpp"

#include "value/calendar.hpp"

namespace proviso::trial {
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

class NodeSpeller {
 public:
  NodeSpeller(const model::Library& library, const model::Record& record) : library_(library), record_(record) {}

  std::string spell(NodeId id) const {
    const Node& node = library_.nodes[id];
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
        return inner(node, 0) + " between " + inner(node, 1) + " and " + inner(node, 2);
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
        return node.operands.size() == 1 ? spell(node.operands[0]) : infix(node, " and ");
      case NodeKind::disjunction:
        return node.operands.size() == 1 ? spell(node.operands[0]) : infix(node, " or ");
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
        return loop("minimum ", node, 0, 1);
      case NodeKind::greatest:
        return loop("maximum ", node, 0, 1);
      case NodeKind::lookup:
        return library_.tables[node.index].name + "(" + joined(node, "; ") + ")";
      case NodeKind::hook:
        return "hook " + library_.hooks[node.index].name + "(" + joined(node, ", ") + ")";
      default:
        return calculated(node);
    }
  }

 private:
  const model::Library& library_;
  const model::Record& record_;

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
        return inner(node, 0) + " rounded";
      case NodeKind::add_working_days:
        return infix(node, " + ") + " working days";
      case NodeKind::subtract_working_days:
        return infix(node, " - ") + " working days";
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
      default:  // a change of unit or of a duration's kind
        return spell(node.operands[0]);
    }
  }

  /// In an element by the name of the loop's variable, as far as the loop's own record is the fact's.
  std::string fact(const Node& node) const {
    const model::Fact& fact = record_.facts[node.index];
    if (node.loop == model::none) return fact.name;
    const std::string& variable = library_.loops[node.loop].variable;
    return fact.path.empty() ? variable : variable + "." + fact.path;
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

  /// An operand, in brackets where it is made of several parts.
  std::string inner(const Node& node, std::size_t index) const {
    const NodeId id = node.operands[index];
    NodeId seen = id;
    while (library_.nodes[seen].kind == NodeKind::rescale) seen = library_.nodes[seen].operands[0];
    const Node& operand = library_.nodes[seen];
    const bool logical = node.type.kind == value::Kind::truth;
    switch (operand.kind) {
      case NodeKind::conjunction:
      case NodeKind::disjunction:
      case NodeKind::conditional:
      case NodeKind::any:
      case NodeKind::every:
      case NodeKind::count:
      case NodeKind::sum:
      case NodeKind::least:
      case NodeKind::greatest:
        return "(" + spell(id) + ")";
      case NodeKind::add:
      case NodeKind::subtract:
      case NodeKind::multiply:
      case NodeKind::divide:
      case NodeKind::modulo:
        return logical ? spell(id) : "(" + spell(id) + ")";
      default:
        return spell(id);
    }
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

std::string spell_node(const model::Library& library, const model::Record& record, NodeId node) {
  return NodeSpeller(library, record).spell(node);
}

std::string spell_period(const model::Period& period) {
  std::string out;
  if (period.first != INT32_MIN) out += "from " + value::format_date(period.first);
  if (period.last == INT32_MAX) return out;
  if (!out.empty()) out += ' ';
  return out += "to " + value::format_date(period.last);
}

std::string spell_value(const model::Library& library, const model::Threshold& threshold,
                        const model::ThresholdValue& value) {
  std::string out = threshold.name + ": ";
  if (value.place != model::none) out += "in " + library.places[value.place].name + " ";
  out += model::format(library, value.constant);
  const std::string period = spell_period(value.period);
  return period.empty() ? out : out + " " + period;
}

}  // namespace proviso::trial
