#include "check/declarations/types.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/code.hpp"

// What a type as written means.
namespace proviso::check {

Type Types::enumeration(const syntax::TypeExpression& written, const std::string& name) {
  std::vector<std::string> values;
  for (const auto& value : written.values) {
    if (std::find(values.begin(), values.end(), value.text) != values.end()) {
      complain(Code::duplicate_name, value.span, fmt::format("the value `{}` is given twice", value.text));
      continue;
    }
    values.push_back(value.text);
  }
  const bool ordered = written.word == "scale";
  const auto fresh = static_cast<std::uint32_t>(library_.enumerations.size());
  const auto [it, added] = enumerations_.emplace(std::pair{values, ordered}, fresh);
  if (added) library_.enumerations.push_back({name, values, ordered});
  auto& entry = library_.enumerations[it->second];
  if (entry.name.empty()) entry.name = name;
  Type type;
  type.kind = ordered ? Kind::scale : Kind::enumeration;
  type.id = it->second;
  return type;
}

Type Types::list_type(const Type& element) {
  Type type;
  type.kind = Kind::list;
  for (std::uint32_t i = 0; i < library_.list_types.size(); ++i) {
    if (library_.list_types[i] == element) {
      type.id = i;
      return type;
    }
  }
  type.id = static_cast<std::uint32_t>(library_.list_types.size());
  library_.list_types.push_back(element);
  return type;
}

Type Types::resolve_type(std::uint32_t tree, const syntax::TypeExpression& written) {
  Type type;
  const auto plain = [&](Kind kind) {
    type.kind = kind;
    return type;
  };
  if (written.word == "yes/no") return plain(Kind::truth);
  if (written.word == "money") return plain(Kind::money);
  if (written.word == "percent") return plain(Kind::percent);
  if (written.word == "date") return plain(Kind::date);
  if (written.word == "text") return plain(Kind::text);
  if (written.word == "place") return plain(Kind::place);
  if (written.word == "one of" || written.word == "scale") return enumeration(written, "");
  if (written.word == "duration") {
    type.duration = value::DurationKind::either;
    return plain(Kind::duration);
  }
  if (written.word == "number") {
    if (written.unit.empty()) return plain(Kind::number);
    if (written.unit == "%") return plain(Kind::percent);
    const auto unit = value::unit_by_spelling(written.unit);
    if (!unit) {
      complain(Code::unknown_type, written.span, fmt::format("there is no unit `{}`", written.unit));
      return type;
    }
    type.unit = *unit;
    return plain(Kind::quantity);
  }
  if (written.word == "code") {
    const auto system = value::code_system_by_spelling(written.name);
    if (!system) {
      auto& diagnostic =
          complain(Code::unknown_type, written.span, fmt::format("there is no code system `{}`", written.name));
      diagnostic.help = "code systems are opcs4, icd10, snomed, dmd, hrg, tfc and ods";
      return type;
    }
    type.system = *system;
    return plain(Kind::code);
  }
  if (written.word == "list of") {
    if (written.element.empty()) return type;
    const Type element = resolve_type(tree, written.element.front());
    if (element.kind == Kind::list) {
      complain(Code::unknown_type, written.span, "a list holds values or records, not lists");
      return type;
    }
    return element.kind == Kind::error ? type : list_type(element);
  }
  return named_type(tree, written);
}

Type Types::named_type(std::uint32_t tree, const syntax::TypeExpression& written) {
  Type type;
  Symbol* symbol = find_symbol(tree, written.name, written.span);
  if (symbol && symbol->kind == SymbolKind::record) {
    symbol->used = true;
    type.kind = Kind::record;
    type.id = symbol->index;
    return type;
  }
  if (symbol && symbol->kind == SymbolKind::type) {
    symbol->used = true;
    const std::string key = symbol->library + '.' + symbol->name;
    if (const auto it = types_.find(key); it != types_.end()) return it->second;
    if (std::find(resolving_.begin(), resolving_.end(), key) != resolving_.end()) {
      complain(Code::circular_definition, symbol->span, fmt::format("type `{}` is defined by itself", symbol->name));
      return type;
    }
    if (resolving_.size() > type_depth_limit) {
      complain(Code::too_deep, symbol->span,
               fmt::format("more than {} types are each another name of the next", type_depth_limit));
      return type;
    }
    resolving_.push_back(key);
    const auto& named = declaration<syntax::TypeDeclaration>(*symbol);
    const bool enumerated = named.type.word == "one of" || named.type.word == "scale";
    const Type result = enumerated ? enumeration(named.type, named.name.text) : resolve_type(symbol->tree, named.type);
    resolving_.pop_back();
    types_[key] = result;
    return result;
  }
  if (unread(written.name)) return type;
  auto& diagnostic = complain(Code::unknown_type, written.span, fmt::format("there is no type `{}`", written.name));
  std::vector<std::string> names = {"number", "money", "percent", "date", "duration", "text", "place"};
  for (const auto& [key, other] : symbols_) {
    if (other.kind == SymbolKind::record || other.kind == SymbolKind::type) names.push_back(other.name);
  }
  if (const auto close = text::closest(written.name, names))
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  return type;
}

void Types::resolve_types() {
  for (auto& [key, symbol] : symbols_) {
    if (symbol.kind != SymbolKind::type) continue;
    syntax::TypeExpression reference;
    reference.word = "name";
    reference.name = symbol.name;
    reference.span = symbol.span;
    const bool used = symbol.used;
    named_type(symbol.tree, reference);
    symbol.used = used;
  }
}

void Types::check_parameters(const std::vector<syntax::Parameter>& parameters) {
  std::map<std::string, Span> names;
  for (const auto& parameter : parameters) {
    const auto [it, fresh] = names.emplace(parameter.name.text, parameter.name.span);
    if (fresh) continue;
    complain(Code::duplicate_name, parameter.name.span,
             fmt::format("there are two parameters `{}`", parameter.name.text))
        .notes.push_back({"the first is here", it->second});
  }
}

std::uint32_t Types::record_named(std::uint32_t tree, const syntax::Name& name) {
  if (name.text.empty()) return none;
  const Symbol* found = find_symbol(tree, name.text, name.span);
  if (found != nullptr && found->kind == SymbolKind::record) return found->index;
  if (unread(name.text)) return none;
  auto& diagnostic = complain(Code::unknown_type, name.span, fmt::format("there is no record `{}`", name.text));
  if (const auto close = text::closest(name.text, library_.record_names)) {
    diagnostic.help = fmt::format("did you mean `{}`?", *close);
  }
  return none;
}

}  // namespace proviso::check
