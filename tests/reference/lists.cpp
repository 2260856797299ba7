#include "reference/evaluate.hpp"

namespace proviso::reference {

using syntax::ExpressionKind;

bool is_list_form(ExpressionKind kind) {
  return kind == ExpressionKind::any || kind == ExpressionKind::every || kind == ExpressionKind::count ||
         has_list_value(kind);
}

bool has_list_value(ExpressionKind kind) {
  return kind == ExpressionKind::sum || kind == ExpressionKind::least || kind == ExpressionKind::greatest ||
         kind == ExpressionKind::latest || kind == ExpressionKind::earliest;
}

bool asks_nothing(const Written& form) { return form->kind == ExpressionKind::every && !form->has_condition; }

Written list_condition(const Written& form, const Scope& element) {
  if (!form->has_condition) return {};
  return {form.file, form->operands.back(), &element};
}

Written list_value(const Written& form, const Scope& element) { return {form.file, form->operands[1], &element}; }

std::optional<Fact> Evaluator::list_fact(const Written& name) const {
  std::optional<Fact> fact = meaning(name).fact;
  if (fact && unknown_of_type(world_, fact->file, *fact->type).kind != Kind::list) return std::nullopt;
  return fact;
}

Scope Evaluator::typical_element(const Written& form) const {
  const std::optional<Fact> list = list_fact(form.operand(0));
  Scope scope;
  scope.around = form.scope;
  scope.name = form->variable.text;
  if (list) scope.element = element_of(world_, *list, nullptr, true);
  return scope;
}

bool Evaluator::is_itself(const Fact& list, std::size_t element) const {
  if (list.related == nullptr || !list.related->is_group || !record_.json->contains(list.related->itself)) return false;
  return record_.json->at(list.related->itself).get<std::size_t>() == element;
}

std::vector<Scope> Evaluator::elements(const Written& form) const {
  std::vector<Scope> scopes;
  const std::optional<Fact> list = list_fact(form.operand(0));
  if (!list) return scopes;
  for (const Json& element : elements_of(*list)) {
    Scope scope;
    scope.around = form.scope;
    scope.name = form->variable.text;
    scope.element = element_of(world_, *list, &element);
    if (is_itself(*list, scopes.size())) {
      // What the line itself lacks is asked for by its own name.
      scope.element.name.clear();
      scope.element.asked_as.clear();
    }
    scopes.push_back(scope);
  }
  return scopes;
}

namespace {

/// The window of the relation that the form goes over; its variable stands for the element.
Written window_of(const Written& form, const std::optional<Fact>& list, const Scope& element, Scope& scope) {
  if (!list || list->related == nullptr || asks_nothing(form)) return {};
  scope.name = list->related->variable;
  scope.element = element.element;
  return {list->related->file, list->related->window, &scope};
}

}  // namespace

std::optional<bool> Evaluator::in_window(const Written& form, const Scope& element) const {
  Scope scope;
  const Written window = window_of(form, list_fact(form.operand(0)), element, scope);
  return window.id == syntax::no_expression ? std::optional<bool>(true) : truth(window);
}

void Evaluator::window_needs(const Written& form, const Scope& element, const Ask& ask) const {
  Scope scope;
  const Written window = window_of(form, list_fact(form.operand(0)), element, scope);
  if (window.id != syntax::no_expression) needs(window, ask);
}

void Evaluator::window_facts(const Written& form, const Scope& element, const Visit& visit) const {
  Scope scope;
  const Written window = window_of(form, list_fact(form.operand(0)), element, scope);
  if (window.id != syntax::no_expression) facts(window, visit);
}

std::optional<bool> Evaluator::meets(const Written& form, const Scope& element) const {
  const std::optional<bool> inside = in_window(form, element);
  const std::optional<bool> holds =
      form->has_condition ? truth(list_condition(form, element)) : std::optional<bool>(true);
  return form->kind == ExpressionKind::every ? either(opposite(inside), holds) : both(inside, holds);
}

Value Evaluator::over_list(const Written& form) const {
  const std::optional<Fact> list = list_fact(form.operand(0));
  const bool whole = list && is_whole(*list);
  const std::vector<Scope> all = elements(form);
  if (has_list_value(form->kind)) {
    const Scope typical = typical_element(form);
    if (!whole) return unknown_like(value(list_value(form, typical)));
    return fold(form, all, typical);
  }
  // Of a list that is not there whole, there may be elements of any sort beside those that are.
  Integer surely = 0;
  Integer maybe = whole ? 0 : unlimited;
  std::optional<bool> any = whole ? std::optional(false) : std::nullopt;
  std::optional<bool> every = whole ? std::optional(true) : std::nullopt;
  for (const Scope& element : all) {
    const std::optional<bool> found = meets(form, element);
    any = either(any, found);
    every = both(every, found);
    if (found != false && whole) ++maybe;
    if (found == true) ++surely;
  }
  if (form->kind == ExpressionKind::any) return reference::truth(any);
  if (form->kind == ExpressionKind::every) return reference::truth(every);
  if (surely == maybe) return decimal(surely * one);
  Value count = unknown_of(Kind::decimal);
  count.bounds = std::pair{surely * one, whole ? maybe * one : unlimited};
  return count;
}

/// `sum`, `minimum`, `maximum`, `latest`, `earliest`: unknown where it is not known whether an element is of those, or
/// what the value of one of those is.
Value Evaluator::fold(const Written& form, const std::vector<Scope>& all, const Scope& typical) const {
  const Value unknown = unknown_like(value(list_value(form, typical)));
  const bool is_sum = form->kind == ExpressionKind::sum;
  const bool wants_least = form->kind == ExpressionKind::least || form->kind == ExpressionKind::earliest;
  Integer total = 0;
  std::optional<Value> best;
  for (const Scope& element : all) {
    const std::optional<bool> is_one = meets(form, element);
    if (is_one == false) continue;
    const Value next = in_terms_of(value(list_value(form, element)), unknown);
    if (!is_one || !next.known) return unknown;
    total += next.number;
    const std::optional<int> found = best ? order(next, *best) : 0;
    if (!found) return unknown;
    if (!best || (wants_least ? *found < 0 : *found > 0)) best = next;
  }
  if (is_sum) return decimal(in_range(total), unknown.unit);
  return best ? *best : unknown;
}

std::optional<bool> Evaluator::in_codes(const Value& code, const File* file,
                                        const syntax::CodesDeclaration& codes) const {
  if (!code.known) return std::nullopt;
  std::vector<Held> periods;
  for (const syntax::CodeBlock& block : codes.blocks) {
    if (block.period && !deciding_) return std::nullopt;
    periods.push_back(held(*file->tree, block.place.text, block.period));
  }
  const std::optional<std::size_t> found = in_force(world_.places(), periods, place_, deciding_.value_or(epoch));
  if (!found) return std::nullopt;
  const syntax::CodeBlock& in_force_block = codes.blocks[*found];
  // A category covers all below it; numbers of other systems stand for themselves alone.
  const std::string& system = codes.system.text;
  const bool nests = system == "opcs4" || system == "icd10" || system == "hrg";
  const auto covers = [&](const syntax::CodeItem& item) {
    const std::string first = plain_code(item.first);
    const std::string last = item.last.empty() ? first : plain_code(item.last);
    if (!nests) return item.last.empty() ? code.text == first : first <= code.text && code.text <= last;
    return first <= code.text && code.text.substr(0, last.size()) <= last;
  };
  bool included = false;
  for (const syntax::CodeItem& item : in_force_block.included) included = included || covers(item);
  for (const syntax::CodeItem& item : in_force_block.excluded) included = included && !covers(item);
  return included;
}

Value Evaluator::membership(const Written& e) const {
  const Value a = value(e.operand(0));
  const Written right = e.operand(1);
  std::optional<bool> result = false;
  if (right->kind == ExpressionKind::set) {
    for (std::size_t i = 0; i < right->operands.size(); ++i) {
      result = either(result, compare(a, "=", value(right.operand(i))));
    }
    return reference::truth(result);
  }
  const File* file = e.file;
  const auto list = list_fact(right);
  if (!list) {
    const Value outer = value(right);
    if (outer.kind == Kind::place) {
      if (!a.known || !outer.known) return reference::truth(std::nullopt);
      return reference::truth(world_.places().inside(a.text, outer.text));
    }
    const auto* codes = world_.find<syntax::CodesDeclaration>(file, right->text);
    return reference::truth(codes == nullptr ? std::nullopt : in_codes(a, file, *codes));
  }
  if (!is_whole(*list)) result = std::nullopt;
  for (const Json& element : elements_of(*list)) {
    const std::optional<Fact> item = find_fact(world_, element_of(world_, *list, &element), "");
    result = either(result, compare(a, "=", read_fact(*item)));
  }
  return reference::truth(result);
}

}  // namespace proviso::reference
