#include "reference/evaluate.hpp"

namespace proviso::reference {

using syntax::ExpressionKind;

void Evaluator::needs(const Written& e, const Ask& ask) const {
  if (e->kind != ExpressionKind::name && value(e).known) return;
  switch (e->kind) {
    case ExpressionKind::name:
      name_needs(e, ask);
      return;
    case ExpressionKind::call: {
      const File* file = e.file;
      if (const auto* definition = world_.find<syntax::Definition>(file, e->text)) {
        const std::vector<Scope> scopes = parameters(e, *definition, file);
        needs({file, definition->body, scopes.empty() ? nullptr : &scopes.back()}, ask);
        return;
      }
      break;
    }
    case ExpressionKind::conditional: {
      const std::optional<bool> condition = truth(e.operand(0));
      if (condition) {
        needs(e.operand(*condition ? 1 : 2), ask);
        return;
      }
      break;
    }
    case ExpressionKind::rank:
      if (const std::optional<Fact> rank = fact("rank in " + e->text)) ask_whole(*rank, ask);
      return;
    case ExpressionKind::is_known:
    case ExpressionKind::is_unknown:
      return;
    case ExpressionKind::within:
      // In the order of the comparisons that it stands for.
      needs(e.operand(0), ask);
      needs(e.operand(2), ask);
      needs(e.operand(1), ask);
      return;
    case ExpressionKind::in: {
      needs(e.operand(0), ask);
      const Written right = e.operand(1);
      if (right->kind == ExpressionKind::set) {
        for (std::size_t i = 0; i < right->operands.size(); ++i) needs(right.operand(i), ask);
      } else if (const std::optional<Fact> list = list_fact(right)) {
        bool unknown = !is_whole(*list);
        for (const Json& element : elements_of(*list)) {
          const std::optional<Fact> item = find_fact(world_, element_of(world_, *list, &element), "");
          unknown = unknown || !read_fact(*item).known;
        }
        if (unknown) ask(*list, false);
      } else if (value(right).kind == Kind::place) {
        needs(right, ask);
      }
      return;
    }
    default:
      if (is_list_form(e->kind)) {
        list_needs(e, ask);
        return;
      }
  }
  for (std::size_t i = 0; i < e->operands.size(); ++i) needs(e.operand(i), ask);
}

void Evaluator::name_needs(const Written& name, const Ask& ask) const {
  const Meaning found = meaning(name);
  if (found.scope != nullptr) {
    needs(found.scope->argument, ask);
  } else if (found.fact) {
    const Reading reading = read(world_, *found.fact, deciding_);
    const bool is_list = reading.value.kind == Kind::list;
    if (is_list ? !is_whole(*found.fact) : !reading.value.known) {
      if (is_list) return ask_whole(*found.fact, ask);
      ask(*found.fact, reading.out_of_date);
    }
  } else if (found.definition != nullptr) {
    needs({found.file, found.definition->body, nullptr}, ask);
  }
}

/// Goes into the elements that are not known to be left out.
void Evaluator::list_needs(const Written& form, const Ask& ask) const {
  const Fact list = *list_fact(form.operand(0));
  if (!is_whole(list)) ask_whole(list, ask);
  for (const Scope& element : elements(form)) {
    const std::optional<bool> found = meets(form, element);
    if (found == (form->kind == ExpressionKind::every)) continue;
    if (has_list_value(form->kind)) needs(list_value(form, element), ask);
    window_needs(form, element, ask);
    if (form->has_condition) needs(list_condition(form, element), ask);
  }
}

bool Evaluator::can_be_given(const Fact& fact) const {
  if (fact.related == nullptr) return true;
  const std::string& list = fact.related->list.name.text;
  if (fact.asked_as != list && fact.asked_as != fact.related->rank.name.text) return true;
  return !record_.json->contains(list) || !record_.json->at(list).is_object();
}

void Evaluator::ask_whole(const Fact& whole, const Ask& ask) const {
  bool asked = false;
  const std::vector<RelationKey> keys = whole.related == nullptr ? std::vector<RelationKey>{} : whole.related->keys;
  for (const RelationKey& key : keys) {
    const std::optional<Fact> own = fact(key.own);
    if (!own || read_fact(*own).known) continue;
    ask(*own, false);
    asked = true;
  }
  if (whole.related != nullptr && whole.name == whole.related->rank.name.text) {
    for (const std::string& path : whole.related->order) {
      const std::optional<Fact> own = fact(path);
      if (!own || read_fact(*own).known) continue;
      ask(*own, false);
      asked = true;
    }
  }
  if (!asked) ask(whole, false);
}

void Evaluator::facts(const Written& e, const Visit& visit) const {
  const auto visit_fact = [&](const Fact& found) {
    if (!found.made_up) visit(found);
    // A list or a rank is there by the keys of the record.
    const bool is_brought = found.related != nullptr && found.asked_as == found.name;
    for (std::size_t i = 0; is_brought && i < found.related->keys.size(); ++i) {
      if (const std::optional<Fact> key = fact(found.related->keys[i].own)) visit(*key);
    }
  };
  if (e->kind == ExpressionKind::rank) {
    if (const std::optional<Fact> rank = fact("rank in " + e->text)) visit_fact(*rank);
    return;
  }
  if (e->kind == ExpressionKind::name) {
    const Meaning found = meaning(e);
    if (found.scope != nullptr) facts(found.scope->argument, visit);
    if (found.fact) visit_fact(*found.fact);
    if (found.definition != nullptr) facts({found.file, found.definition->body, nullptr}, visit);
    return;
  }
  if (e->kind == ExpressionKind::call) {
    const File* file = e.file;
    if (const auto* definition = world_.find<syntax::Definition>(file, e->text)) {
      const std::vector<Scope> scopes = parameters(e, *definition, file);
      facts({file, definition->body, scopes.empty() ? nullptr : &scopes.back()}, visit);
      return;
    }
  }
  if (is_list_form(e->kind)) {
    std::vector<Scope> all = elements(e);
    // What is read of the record itself is read though the list be empty.
    all.push_back(typical_element(e));
    facts(e.operand(0), visit);
    for (const Scope& element : all) {
      if (has_list_value(e->kind)) facts(list_value(e, element), visit);
      window_facts(e, element, visit);
      if (e->has_condition) facts(list_condition(e, element), visit);
    }
    return;
  }
  for (std::size_t i = 0; i < e->operands.size(); ++i) facts(e.operand(i), visit);
}

}  // namespace proviso::reference
