#include <fmt/format.h>

#include "check/expressions/expressions.hpp"
#include "check/expressions/meant.hpp"

// What a name in an expression stands for: a name bound around it, a fact of the record, a declared name, or a value of
// the enumeration that is wanted there.
namespace proviso::check {

Resolved Expressions::resolve_binding(const Context& context, const Binding& binding, const std::string& rest,
                                      Span span) {
  Resolved result;
  if (binding.loop == none) {
    if (rest.empty()) {
      result.kind = Resolved::Kind::node;
      result.node = binding.node;
      return result;
    }
    complain(Code::unknown_field, span, fmt::format("`{}` is a parameter and has no field `{}`", binding.name, rest));
    result.kind = Resolved::Kind::complained;
    return result;
  }
  const auto& record = library_.records[context.record];
  const auto& level = record.levels[library_.loops[binding.loop].level];
  const auto fact = record.find(library_.loops[binding.loop].level, rest);
  if (fact != none) {
    result.kind = Resolved::Kind::fact;
    result.fact = fact;
    result.loop = binding.loop;
    return result;
  }
  const std::string list = record.facts[library_.loops[binding.loop].list].name;
  result.kind = Resolved::Kind::complained;
  if (!rest.empty() && unread(rest)) return result;
  if (rest.empty()) {
    auto& diagnostic = complain(Code::type_mismatch, span,
                                fmt::format("`{}` is a whole element of `{}`, not a value", binding.name, list));
    diagnostic.help = fmt::format("name one of its fields, as `{}.{}`", binding.name,
                                  level.facts.empty() ? "field" : record.facts[level.facts.front()].path);
  } else {
    auto& diagnostic =
        complain(Code::unknown_field, span, fmt::format("the elements of `{}` have no field `{}`", list, rest));
    std::vector<std::string> names;
    for (const auto id : level.facts) names.push_back(record.facts[id].path);
    if (const auto close = text::closest(rest, names)) {
      diagnostic.help = fmt::format("did you mean `{}.{}`?", binding.name, *close);
    }
  }
  return result;
}

Resolved Expressions::resolve(const Context& context, const std::string& path, Span span) {
  const auto dot = path.find('.');
  const std::string head = path.substr(0, dot);
  for (auto it = context.bindings.rbegin(); it != context.bindings.rend(); ++it) {
    if (it->name == head) {
      return resolve_binding(context, *it, dot == std::string::npos ? "" : path.substr(dot + 1), span);
    }
  }
  Resolved result;
  if (context.record != none) result.fact = library_.records[context.record].find(0, path);
  result.symbol = find_symbol(context.tree, path, span);
  const bool value =
      result.symbol && result.symbol->kind != SymbolKind::record && result.symbol->kind != SymbolKind::type;
  if (result.fact != none && value) {
    result.symbol->used = true;
    auto& diagnostic = complain(Code::ambiguous_name, span,
                                fmt::format("`{}` is a fact of `{}` and also declared in library `{}`", path,
                                            library_.records[context.record].name, result.symbol->library));
    diagnostic.notes.push_back({"declared here", result.symbol->span});
    diagnostic.help = fmt::format("give one of them another name, or write `{}.{}` for the declared one",
                                  result.symbol->library, path);
  }
  if (result.fact != none) {
    result.kind = Resolved::Kind::fact;
  } else if (result.symbol) {
    result.kind = Resolved::Kind::symbol;
    result.symbol->used = true;
  }
  return result;
}

NodeId Expressions::fact_node(const Context& context, model::FactId fact, LoopId loop, Span span) {
  const auto& entry = library_.records[context.record].facts[fact];
  if (entry.type.kind == Kind::any) return unknown_node(entry.type, span);
  // `value` keeps the facts of different records apart.
  Node node{NodeKind::fact, entry.type, {}, context.record, 1, fact, loop, 0, span};
  return make(std::move(node));
}

NodeId Expressions::symbol_value(const Context& context, Symbol& symbol, Span span) {
  switch (symbol.kind) {
    case SymbolKind::threshold: {
      const Type type = library_.thresholds[symbol.index].type;
      if (type.kind == Kind::error) return failed(span);
      Node node{NodeKind::threshold, type, {}, 0, 1, symbol.index, none, 0, span};
      return make(std::move(node));
    }
    case SymbolKind::definition: {
      const auto& definition = declaration<syntax::Definition>(symbol);
      if (definition.parameters.empty()) return definition_value(context, symbol, span);
      auto& diagnostic =
          complain(Code::wrong_arguments, span,
                   fmt::format("`{}` takes {} argument{} and is given none", symbol.name, definition.parameters.size(),
                               definition.parameters.size() == 1 ? "" : "s"));
      diagnostic.notes.push_back({"defined here", symbol.span});
      return failed(span);
    }
    case SymbolKind::codes: {
      auto& diagnostic =
          complain(Code::type_mismatch, span, fmt::format("`{}` is a code list, not a value", symbol.name));
      diagnostic.help = fmt::format("ask `... in {}`", symbol.name);
      return failed(span);
    }
    case SymbolKind::table: {
      auto& diagnostic =
          complain(Code::wrong_arguments, span, fmt::format("`{}` is a table, not a value", symbol.name));
      diagnostic.help = fmt::format("look a row up: `{}(...)`", symbol.name);
      return failed(span);
    }
    case SymbolKind::hook: {
      auto& diagnostic = complain(Code::wrong_arguments, span, fmt::format("`{}` is a hook, not a value", symbol.name));
      diagnostic.help = fmt::format("call it: `hook {}(...)`", symbol.name);
      return failed(span);
    }
    case SymbolKind::record:
    case SymbolKind::type:
    case SymbolKind::policy:
    case SymbolKind::agreement:
      complain(Code::type_mismatch, span, fmt::format("`{}` is the name of a type, not a value", symbol.name));
      return failed(span);
  }
  return failed(span);
}

NodeId Expressions::name(const Context& context, const syntax::Expression& written, const Type* expected) {
  // A value of the enumeration that the other side asks for comes before a fact of the same name.
  if (expected) {
    if (const auto value = value_names_.named_value(*expected, written.text)) {
      return constant_node(*expected, *value, written.span);
    }
  }
  const Resolved found = resolve(context, written.text, written.span);
  switch (found.kind) {
    case Resolved::Kind::node:
      return found.node;
    case Resolved::Kind::fact:
      return fact_node(context, found.fact, found.loop, written.span);
    case Resolved::Kind::symbol:
      return symbol_value(context, *found.symbol, written.span);
    case Resolved::Kind::complained:
      return failed(written.span);
    case Resolved::Kind::nothing:
      break;
  }
  if (const auto place = value_names_.place_named(written.text); place != none)
    return value_names_.place_node(place, written.span);
  unknown_name(context, written.text, written.span, expected);
  return failed(written.span);
}

/// `patient.bmy` where `patient` is a record, or `bmi.value` where `bmi` is a value: the fault is in the field.
bool Expressions::unknown_field(const Context& context, const std::string& path, Span span) {
  const auto dot = path.rfind('.');
  if (dot == std::string::npos || context.record == none) return false;
  const auto& record = library_.records[context.record];
  const std::string owner = path.substr(0, dot);
  if (const auto fact = record.find(0, owner); fact != none) {
    auto& diagnostic = complain(Code::unknown_field, span,
                                fmt::format("`{}` is {}, and has no field `{}`", owner,
                                            model::format(library_, record.facts[fact].type), path.substr(dot + 1)));
    if (record.facts[fact].type.kind == Kind::list) {
      diagnostic.help = fmt::format("go over its elements: `any e in {} where e.{} ...`", owner, path.substr(dot + 1));
    }
    return true;
  }
  std::vector<std::string> fields;
  for (const auto& fact : record.facts) {
    if (fact.level != 0 || fact.path.size() <= dot + 1 || fact.path.compare(0, dot + 1, path, 0, dot + 1) != 0)
      continue;
    const std::string rest = fact.path.substr(dot + 1);
    fields.push_back(rest.substr(0, rest.find('.')));
  }
  if (fields.empty()) return false;
  auto& diagnostic =
      complain(Code::unknown_field, span, fmt::format("`{}` has no field `{}`", owner, path.substr(dot + 1)));
  if (const auto close = text::closest(path.substr(dot + 1), fields)) {
    diagnostic.help = fmt::format("did you mean `{}.{}`?", owner, *close);
  }
  return true;
}

/// `patient`, where that is a record: a value is one of its fields.
bool Expressions::whole_record(const Context& context, const std::string& path, Span span) {
  if (context.record == none) return false;
  std::vector<std::string> fields;
  for (const auto& fact : library_.records[context.record].facts) {
    const bool inside =
        fact.level == 0 && fact.relation == none && fact.path.compare(0, path.size() + 1, path + '.') == 0;
    if (inside) fields.push_back(fmt::format("`{}`", fact.path));
  }
  if (fields.empty()) return false;
  constexpr std::size_t most = 6;
  const bool all = fields.size() <= most;
  if (!all) fields.resize(most);
  complain(Code::type_mismatch, span, fmt::format("`{}` is a whole record, not a value", path)).help =
      fmt::format("name one of its fields: {}{}", fmt::join(fields, ", "), all ? "" : ", ...");
  return true;
}

void Expressions::unknown_name(const Context& context, const std::string& path, Span span, const Type* expected) {
  if (unread(path)) return;
  if (whole_record(context, path, span) || unknown_field(context, path, span)) return;
  std::vector<std::string> names = visible_names(context.tree);
  std::string where;
  if (context.record != none) {
    const auto& record = library_.records[context.record];
    if (!record.name.empty()) where = fmt::format(" for records of type `{}`", record.name);
    for (const auto& fact : record.facts) {
      if (fact.level == 0) names.push_back(fact.path);
    }
  }
  for (const auto& binding : context.bindings) names.push_back(binding.name);
  const bool place = expected && expected->kind == Kind::place;
  const bool enumerated = expected && !place && ValueNames::names_values(*expected);
  if (enumerated || place) {
    const auto values = value_names_.value_names(*expected);
    names.insert(names.end(), values.begin(), values.end());
  }
  auto& diagnostic = enumerated
                         ? complain(Code::not_a_value_of, span,
                                    fmt::format("`{}` is not a value of {}", path, model::format(library_, *expected)))
                         : complain(Code::unknown_name, span, fmt::format("there is no `{}`{}", path, where));
  diagnostic.help = meant_by(path);
  if (const auto close = text::closest(path, names); close && diagnostic.help.empty()) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  }
  // A field of a nested record, named without the record.
  if (diagnostic.help.empty() && context.record != none) {
    for (const auto& fact : library_.records[context.record].facts) {
      const std::string ending = '.' + path;
      if (fact.level == 0 && fact.path.size() > ending.size() &&
          fact.path.compare(fact.path.size() - ending.size(), ending.size(), ending) == 0) {
        diagnostic.help = fmt::format("did you mean `{}`?", fact.path);
        break;
      }
    }
  }
}

bool Expressions::is_unknown(const Context& context, const syntax::Expression& written) {
  return written.kind == ExpressionKind::name && written.text.find('.') == std::string::npos &&
         library_.records[context.record].find(0, written.text) == none &&
         find_symbol(context.tree, written.text, written.span) == nullptr;
}

}  // namespace proviso::check
