#include <string_view>

#include "trial/coverage/goals_limits.hpp"
#include "value/decimal.hpp"

namespace proviso::trial {
namespace {

using model::Node;
using model::NodeId;
using model::NodeKind;

/// How tightly an expression holds together: what holds less tightly than where it stands is put in brackets.
enum class Tightness : std::uint8_t { loose, sum, product, single };

class LimitSpeller {
 public:
  LimitSpeller(const model::Library& library, const model::Record& record) : library_(library), record_(record) {}

  std::string spell(NodeId id, Tightness within = Tightness::loose) const {
    const Node& node = library_.nodes[id];
    std::string text = whole(node);
    return tightness(node.kind) < within ? "(" + text + ")" : text;
  }

 private:
  const model::Library& library_;
  const model::Record& record_;

  static Tightness tightness(NodeKind kind) {
    switch (kind) {
      case NodeKind::add:
      case NodeKind::subtract:
      case NodeKind::add_duration:
      case NodeKind::subtract_duration:
      case NodeKind::add_working_days:
      case NodeKind::subtract_working_days:
        return Tightness::sum;
      case NodeKind::multiply:
      case NodeKind::divide:
      case NodeKind::modulo:
      case NodeKind::duration_times:
        return Tightness::product;
      case NodeKind::constant:
      case NodeKind::unknown:
      case NodeKind::threshold:
      case NodeKind::definition:
      case NodeKind::fact:
      case NodeKind::lookup:
      case NodeKind::hook:
        return Tightness::single;
      default:
        return Tightness::loose;
    }
  }

  std::string infix(const Node& node, std::string_view word, Tightness left, Tightness right,
                    std::string_view after = {}) const {
    std::string text = spell(node.operands[0], left);
    text.append(" ").append(word).append(" ").append(spell(node.operands[1], right)).append(after);
    return text;
  }

  std::string sum(const Node& node, std::string_view word, std::string_view after = {}) const {
    return infix(node, word, Tightness::sum, Tightness::product, after);
  }

  std::string product(const Node& node, std::string_view word) const {
    return infix(node, word, Tightness::product, Tightness::single);
  }

  std::string prefix(std::string_view word, const Node& node) const {
    return std::string(word) + ' ' + spell(node.operands[0], Tightness::single);
  }

  std::string listed(std::string_view word, const Node& node) const {
    std::string text(word);
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      text += i == 0 ? " " : ", ";
      text += spell(node.operands[i], Tightness::sum);
    }
    return text;
  }

  std::string called(std::string_view name, const Node& node) const { return listed(std::string(name) + " of", node); }

  std::string elapsed(const Node& node) const {
    constexpr std::string_view words[] = {"years", "months", "weeks", "days", "working days"};
    return std::string(words[node.word]) + " from " + spell(node.operands[0], Tightness::sum) + " to " +
           spell(node.operands[1], Tightness::sum);
  }

  std::string over_list(std::string_view word, const Node& node, bool takes_value) const {
    const model::Loop& loop = library_.loops[node.loop];
    const std::string& list = record_.facts[loop.list].name;
    if (!takes_value) return std::string(word) + " " + list;
    return std::string(word) + " " + spell(node.operands[0], Tightness::sum) + " for " + list;
  }

  std::string whole(const Node& node) const {
    switch (node.kind) {
      case NodeKind::constant:
        return model::format(library_, model::Constant{node.type, true, node.value});
      case NodeKind::unknown:
        return "unknown";
      case NodeKind::fact:
        return record_.facts[node.index].name;
      case NodeKind::threshold:
        return library_.thresholds[node.index].name;
      case NodeKind::definition:
        return library_.definitions[node.index].name;
      case NodeKind::negate:
        return "-" + spell(node.operands[0], Tightness::single);
      case NodeKind::absolute:
        return prefix("absolute", node);
      case NodeKind::add:
      case NodeKind::add_duration:
        return sum(node, "+");
      case NodeKind::subtract:
      case NodeKind::subtract_duration:
        return sum(node, "-");
      case NodeKind::add_working_days:
        return sum(node, "+", " working days");
      case NodeKind::subtract_working_days:
        return sum(node, "-", " working days");
      case NodeKind::multiply:
      case NodeKind::duration_times:
        return product(node, "*");
      case NodeKind::divide:
        return product(node, "/");
      case NodeKind::modulo:
        return product(node, "mod");
      case NodeKind::minimum:
        return called("minimum", node);
      case NodeKind::maximum:
        return called("maximum", node);
      case NodeKind::first_known:
        return called("first known", node);
      case NodeKind::rescale:
      case NodeKind::narrow_duration:
      case NodeKind::duration_as_decimal:
        return spell(node.operands[0]);  // the same value in another unit
      case NodeKind::rounded:
        return spell(node.operands[0], Tightness::sum) + " rounded";
      case NodeKind::elapsed:
        return elapsed(node);
      case NodeKind::month_of:
        return prefix("month of", node);
      case NodeKind::year_of:
        return prefix("year of", node);
      case NodeKind::financial_year_of:
        return prefix("financial year of", node);
      case NodeKind::start_of_month_of:
        return prefix("start of month of", node);
      case NodeKind::end_of_month_of:
        return prefix("end of month of", node);
      case NodeKind::working_day_of_month_of:
        return "working day of month of " + spell(node.operands[1], Tightness::single);
      case NodeKind::count:
        return over_list("count of", node, false);
      case NodeKind::sum:
        return over_list("sum of", node, true);
      case NodeKind::least:
        return over_list(node.type.kind == value::Kind::date ? "earliest" : "minimum", node, true);
      case NodeKind::greatest:
        return over_list(node.type.kind == value::Kind::date ? "latest" : "maximum", node, true);
      case NodeKind::lookup:
        return library_.tables[node.index].name;
      case NodeKind::hook:
        return "hook " + library_.hooks[node.index].name;
      case NodeKind::conditional:
        return "what depends on a condition";
      default:
        return "the value";
    }
  }
};

}  // namespace

std::string spell(const model::Library& library, const model::Record& record, NodeId id) {
  return LimitSpeller(library, record).spell(id);
}

}  // namespace proviso::trial
