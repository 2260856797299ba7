#include <fmt/format.h>

#include <algorithm>

#include "check/checker.hpp"

// The order of a policy's clauses, and whether each can be reached.
namespace proviso::check {

/// Whether something in the policy could not be read while a line of it begins with `otherwise`, perhaps misspelt.
bool Checker::unread_otherwise(Span policy) const {
  if (!is_broken(policy)) return false;
  std::string_view rest = sources_.text(policy);
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto word = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    const auto first = word.substr(0, word.find_first_of(" \t\r"));
    if (first == "otherwise" || text::closest(first, {"otherwise"})) return true;
  }
  return false;
}

void Checker::clause_order(const syntax::PolicyDeclaration& written) {
  const syntax::Clause* otherwise = nullptr;
  const syntax::Clause* other = nullptr;
  for (const auto& clause : written.clauses) {
    if (otherwise) {
      auto& diagnostic =
          complain(Code::clause_order, clause.span,
                   clause.word == "otherwise" ? "a policy has one `otherwise`"
                                              : fmt::format("`{}` stands after `otherwise`", clause.word));
      diagnostic.notes.push_back(
          {clause.word == "otherwise" ? "the first is here" : "`otherwise` comes last", otherwise->span});
      continue;
    }
    if (clause.word == "otherwise") {
      otherwise = &clause;
    } else if (clause.word != "exempt") {
      other = &clause;
    } else if (other) {
      auto& diagnostic =
          complain(Code::clause_order, clause.span, fmt::format("`exempt` stands after `{}`", other->word));
      diagnostic.notes.push_back({"`exempt` clauses come first", other->span});
    }
  }
  if (!otherwise && !written.name.text.empty() && !unread_otherwise(written.span)) {
    auto& diagnostic = complain(Code::missing_otherwise, written.name.span,
                                fmt::format("{} `{}` does not say what happens otherwise",
                                            written.payment ? "payment" : "policy", written.name.text));
    diagnostic.help =
        written.payment
            ? "end it with `otherwise pay in full`, or with `otherwise withhold must \"...\"` or another outcome"
            : "end it with `otherwise refuse \"...\"`, or with `otherwise approve` or `otherwise review`";
  }
}

/// A comparison of two values written out.
std::optional<bool> Checker::constant_comparison(const Node& node) const {
  const Node& a = library_.nodes[node.operands[0]];
  const Node& b = library_.nodes[node.operands[1]];
  if (a.kind != NodeKind::constant || b.kind != NodeKind::constant) return {};
  return model::holds(a.value, static_cast<model::Comparison>(node.word), b.value);
}

/// Yes/no of a condition that reads no fact; nothing where it may turn out either way.
std::optional<bool> Checker::constant_truth(NodeId id) const {
  const Node& node = library_.nodes[id];
  const auto operands = [&](bool absorbing) -> std::optional<bool> {
    bool all_known = true;
    for (const auto operand : node.operands) {
      const auto found = constant_truth(operand);
      if (found == absorbing) return absorbing;
      all_known = all_known && found.has_value();
    }
    return all_known ? std::optional<bool>(!absorbing) : std::nullopt;
  };
  switch (node.kind) {
    case NodeKind::constant:
      return node.value != 0;
    case NodeKind::definition:
      return constant_truth(node.operands[0]);
    case NodeKind::negation: {
      const auto found = constant_truth(node.operands[0]);
      return found ? std::optional<bool>(!*found) : std::nullopt;
    }
    case NodeKind::compare:
      return constant_comparison(node);
    case NodeKind::conjunction:
      return operands(false);
    case NodeKind::disjunction:
      return operands(true);
    default:
      return {};
  }
}

/// Whether `earlier` is yes whenever `later` is, as far as their shape tells.
bool Checker::implies(NodeId later, NodeId earlier) const {
  if (later == earlier) return true;
  const Node& a = library_.nodes[later];
  const Node& b = library_.nodes[earlier];
  if (a.kind == NodeKind::definition) return implies(a.operands[0], earlier);
  if (b.kind == NodeKind::definition) return implies(later, b.operands[0]);
  if (b.kind == NodeKind::conjunction) {
    return std::all_of(b.operands.begin(), b.operands.end(), [&](NodeId operand) { return implies(later, operand); });
  }
  if (a.kind == NodeKind::disjunction) {
    return std::all_of(a.operands.begin(), a.operands.end(), [&](NodeId operand) { return implies(operand, earlier); });
  }
  if (b.kind == NodeKind::disjunction) {
    return std::any_of(b.operands.begin(), b.operands.end(), [&](NodeId operand) { return implies(later, operand); });
  }
  if (a.kind == NodeKind::conjunction) {
    return std::any_of(a.operands.begin(), a.operands.end(), [&](NodeId operand) { return implies(operand, earlier); });
  }
  return false;
}

void Checker::reachable(const model::Form& form) {
  const model::Clause* always = nullptr;
  for (std::size_t i = 0; i < form.clauses.size(); ++i) {
    const auto& clause = form.clauses[i];
    // `otherwise` must be there, reached or not.
    if (always && clause.otherwise) continue;
    if (always) {
      auto& diagnostic =
          complain(Code::unreachable_clause, clause.span, fmt::format("no record reaches `{}`", clause.name));
      diagnostic.notes.push_back({"this clause always decides", always->span});
      continue;
    }
    if (clause.otherwise || clause.condition.node == none) continue;
    if (const auto found = constant_truth(clause.condition.node)) {
      if (*found) always = &clause;
      complain(Code::constant_condition, clause.span,
               fmt::format("the condition of `{}` is always {}", clause.name, *found ? "yes" : "no"));
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      const auto& earlier = form.clauses[j];
      if (earlier.otherwise || earlier.condition.node == none ||
          library_.nodes[clause.condition.node].kind == NodeKind::unknown ||
          !implies(clause.condition.node, earlier.condition.node)) {
        continue;
      }
      auto& diagnostic =
          complain(Code::unreachable_clause, clause.span,
                   fmt::format("no record reaches `{}`: whatever meets it meets an earlier clause", clause.name));
      diagnostic.notes.push_back({fmt::format("`{}` decides first", earlier.name), earlier.span});
      break;
    }
  }
}

}  // namespace proviso::check
