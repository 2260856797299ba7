#include "reference/evaluate.hpp"

// Where an expression divides by nought: said of a criterion whether that matters to it or not.
namespace proviso::reference {

using syntax::ExpressionKind;

bool Evaluator::divides_by_nought(const Written& e) const {
  const auto any_operand = [&](std::size_t first, std::size_t last) {
    bool found = false;
    for (std::size_t i = first; i < last; ++i) found = divides_by_nought(e.operand(i)) || found;
    return found;
  };
  switch (e->kind) {
    case ExpressionKind::name: {
      const Meaning found = meaning(e);
      if (found.scope != nullptr) return divides_by_nought(found.scope->argument);
      return !found.fact && found.definition != nullptr &&
             divides_by_nought({found.file, found.definition->body, nullptr});
    }
    case ExpressionKind::call: {
      const File* file = e.file;
      if (const auto* definition = world_.find<syntax::Definition>(file, e->text)) {
        const std::vector<Scope> scopes = parameters(e, *definition, file);
        return divides_by_nought({file, definition->body, scopes.empty() ? nullptr : &scopes.back()});
      }
      break;
    }
    case ExpressionKind::divide:
    case ExpressionKind::modulo: {
      const Value like = smaller_of(value(e.operand(0)), value(e.operand(1)));
      const Value a = in_terms_of(value(e.operand(0)), like);
      const Value b = in_terms_of(value(e.operand(1)), like);
      const bool is_nought = b.known && b.kind == Kind::decimal && b.number == 0;
      return any_operand(0, 2) || (a.known && is_nought);
    }
    case ExpressionKind::conditional: {
      const std::optional<bool> condition = truth(e.operand(0));
      const bool asked = divides_by_nought(e.operand(0));
      if (!condition) return any_operand(1, 3) || asked;
      return divides_by_nought(e.operand(*condition ? 1 : 2)) || asked;
    }
    case ExpressionKind::first_known:
      for (std::size_t i = 0; i < e->operands.size(); ++i) {
        if (divides_by_nought(e.operand(i))) return true;
        if (value(e.operand(i)).known) return false;
      }
      return false;
    case ExpressionKind::in:
      if (e.operand(1)->kind != ExpressionKind::set) return divides_by_nought(e.operand(0));
      break;
    default:
      if (is_list_form(e->kind)) return an_element_divides_by_nought(e);
  }
  return any_operand(0, e->operands.size());
}

/// The value of an element that is left out is not worked out.
bool Evaluator::an_element_divides_by_nought(const Written& form) const {
  for (const Scope& element : elements(form)) {
    if (form->has_condition && divides_by_nought(list_condition(form, element))) return true;
    const bool is_left_out = meets(form, element) == false;
    if (has_list_value(form->kind) && !is_left_out && divides_by_nought(list_value(form, element))) return true;
  }
  return false;
}

}  // namespace proviso::reference
