#include <fmt/format.h>

#include "syntax/print.hpp"
#include "syntax/print_file.hpp"
#include "syntax/print_parts.hpp"

/// What payments have that policies do not, relations and groups.
namespace proviso::syntax {

std::string FilePrinter::outcome(const PaymentOutcome& outcome, std::string_view name) const {
  std::string result = outcome.word;
  if (!outcome.strength.text.empty()) result += ' ' + outcome.strength.text;
  if (outcome.code != no_expression) {
    const bool last = outcome.amount == no_expression;
    result += ' ' + (last ? print_before(tree_, outcome.code, name) : print(tree_, outcome.code) + " pay");
  }
  if (outcome.amount != no_expression) result += ' ' + print_before(tree_, outcome.amount, name);
  return result;
}

void FilePrinter::declaration(const RelationDeclaration& relation) {
  const std::string other = relation.other.text.empty() ? "" : " in " + relation.other.text;
  page_.line(relation.span.begin,
             fmt::format("relate {} on {}: {}{} where {}", relation.name.text, relation.record.text,
                         relation.variable.text, other, print(tree_, relation.condition)));
}

void FilePrinter::declaration(const GroupDeclaration& group) {
  const std::string order = group.order.empty() ? "" : " ordered by " + listed(group.order);
  page_.line(group.span.begin,
             fmt::format("group {} on {} by {}{}", group.name.text, group.record.text, listed(group.keys), order));
}

}  // namespace proviso::syntax
