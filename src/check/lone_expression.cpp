#include <fmt/format.h>

#include <set>

#include "check/checker.hpp"
#include "syntax/parse.hpp"

// A lone expression, as `eval` takes it: the values that it is given become the facts of a made-up record.
namespace proviso::check {

/// The parsed literals of the values, in the order of the values; lists give one for each element that is there.
struct Checker::GivenLiterals {
  const std::vector<std::pair<std::uint32_t, ExpressionId>>& parsed;
  std::size_t next = 0;
};

std::optional<model::Constant> Checker::next_literal(GivenLiterals& literals) {
  const auto [tree, id] = literals.parsed[literals.next++];
  if (id == syntax::no_expression) return {};
  Context context;
  context.tree = tree;
  const NodeId found = expressions_.expression(context, id);
  if (is_error(found)) return {};
  const Node& node = library_.nodes[found];
  if (node.kind == NodeKind::unknown) return model::Constant{of(Kind::any), false, 0};
  if (node.kind == NodeKind::constant) return model::Constant{node.type, true, node.value};
  complain(Code::type_mismatch, at(context, id).span, fmt::format("{} is not a literal", quoted(at(context, id).span)));
  return {};
}

void Checker::add_value(const NamedValue& value, GivenLiterals& literals, model::Record& record,
                        CheckedExpression& result) {
  model::Fact fact;
  fact.path = fact.name = value.name;
  fact.type = of(Kind::any);
  CheckedExpression::Value held;
  held.fact = static_cast<model::FactId>(record.facts.size());
  if (value.form != NamedValue::Form::list) {
    if (value.form == NamedValue::Form::literal) {
      if (const auto found = next_literal(literals)) {
        fact.type = found->type;
        held.constants.push_back(*found);
      }
    }
    record.levels[0].facts.push_back(held.fact);
    record.facts.push_back(std::move(fact));
    result.values.push_back(std::move(held));
    return;
  }
  Type element = of(Kind::any);
  for (const auto& part : value.elements) {
    auto found = part.form == NamedValue::Form::literal ? next_literal(literals)
                                                        : std::optional(model::Constant{of(Kind::any), false, 0});
    if (!found) continue;
    const auto both = conversions_.common(element, found->type);
    if (!both) {
      const auto [tree, id] = literals.parsed[literals.next - 1];
      Context context;
      context.tree = tree;
      complain(Code::type_mismatch, at(context, id).span,
               fmt::format("the elements of `{}` are of different types: {} and {}", value.name,
                           model::format(library_, element), model::format(library_, found->type)));
      continue;
    }
    element = *both;
    held.constants.push_back(*found);
  }
  for (auto& constant : held.constants) {
    if (!constant.known) {
      constant.type = element;
      continue;
    }
    const auto converted = conversions_.as(constant_node(constant.type, constant.bits, {}), element);
    if (converted && library_.nodes[*converted].kind == NodeKind::constant) {
      constant = {element, true, library_.nodes[*converted].value};
    }
  }
  fact.type = types_.list_type(element);
  fact.elements = static_cast<model::LevelId>(record.levels.size());
  record.levels[0].facts.push_back(held.fact);
  record.levels.push_back({0, held.fact, true, {held.fact + 1}});
  model::Fact plain;
  plain.name = value.name;
  plain.type = element;
  plain.level = fact.elements;
  record.facts.push_back(std::move(fact));
  record.facts.push_back(std::move(plain));
  result.values.push_back(std::move(held));
}

CheckedExpression Checker::lone_expression(std::uint32_t tree, ExpressionId root, const std::vector<NamedValue>& values,
                                           const std::vector<std::pair<std::uint32_t, ExpressionId>>& parsed) {
  CheckedExpression result;
  model::Record record;
  record.levels.emplace_back();
  GivenLiterals literals{parsed};
  for (const auto& value : values) add_value(value, literals, record, result);
  result.record = static_cast<std::uint32_t>(library_.records.size());
  library_.record_names.emplace_back();
  library_.records.push_back(std::move(record));
  Context context;
  context.tree = tree;
  context.record = result.record;
  NodeId found = expressions_.expression(context, root);
  const Type type_found = type(found);
  if (type_found.kind == Kind::list) {
    complain(Code::type_mismatch, at(context, root).span,
             fmt::format("{} is a list, not a single value", quoted(at(context, root).span)));
  }
  if (type_found.kind == Kind::any) {
    const bool nothing = library_.nodes[found].kind == NodeKind::unknown;
    found = *conversions_.as(found, of(nothing ? Kind::truth : Kind::number));
  }
  result.root = diagnostics_.has_errors() ? none : found;
  result.library = std::move(library_);
  return result;
}

CheckedExpression check_expression(const std::vector<SourceTree>& trees, text::Sources& sources,
                                   const std::string& expression, const std::vector<NamedValue>& values,
                                   text::Diagnostics& diagnostics) {
  std::vector<SourceTree> all = trees;
  const auto parse = [&](const std::string& name, const std::string& content) {
    const auto file = sources.add(name, content);
    auto parsed = syntax::parse_expression(sources, file, diagnostics);
    std::set<std::string> libraries;
    for (const auto& source : trees) libraries.insert(source.tree.library.text);
    for (const auto& library : libraries) {
      syntax::Use use;
      use.library = {library, {file, 0, 0}};
      parsed.tree.declarations.emplace_back(std::move(use));
    }
    all.push_back({std::move(parsed.tree), file, ""});
    return std::pair{static_cast<std::uint32_t>(all.size() - 1), parsed.root};
  };
  const auto [tree, root] = parse("expression", expression);
  std::vector<std::pair<std::uint32_t, ExpressionId>> literals;
  for (const auto& value : values) {
    if (value.form == NamedValue::Form::literal) literals.push_back(parse(value.name, value.literal));
    for (const auto& element : value.elements) {
      if (element.form == NamedValue::Form::literal) literals.push_back(parse(value.name, element.literal));
    }
  }
  if (diagnostics.has_errors()) return {};
  Workspace workspace{all, sources, diagnostics};
  Checker checker(workspace);
  checker.declare_all();
  return checker.lone_expression(tree, root, values, literals);
}

}  // namespace proviso::check
