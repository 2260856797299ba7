#include <map>
#include <utility>

#include <fmt/format.h>

#include "syntax/build.hpp"

/// Records, types, code lists, definitions, tables, thresholds.
namespace proviso::syntax {

TypeExpression Builder::type(NodeIndex node) {
  const auto parts = children(node);
  TypeExpression type;
  type.span = span(node);
  switch (rule(node)) {
    case Rule::yes_no_type:
      type.word = "yes/no";
      break;
    case Rule::number_type:
      type.word = "number";
      if (!parts.empty()) type.unit = text(parts[0]);
      break;
    case Rule::code_type:
      type.word = "code";
      type.name = text(parts[0]);
      break;
    case Rule::one_of_type:
    case Rule::scale_type:
      type.word = rule(node) == Rule::scale_type ? "scale" : "one of";
      for (NodeIndex part : parts) {
        type.values.push_back(rule(part) == Rule::text ? Name{words(part), span(part)} : name(part));
      }
      break;
    case Rule::list_type:
      type.word = "list of";
      type.element.push_back(this->type(parts[0]));
      break;
    case Rule::named_type:
      type.word = "name";
      type.name = text(node);
      break;
    default:
      type.word = text(node);
  }
  return type;
}

Citation Builder::citation(NodeIndex node) const {
  const auto parts = children(node);
  return Citation{words(parts[0]), parts.size() > 1 ? words(parts[1]) : std::string(), span(node)};
}

Period Builder::period(NodeIndex node) {
  const auto parts = children(node);
  Period period;
  period.first = expression(parts[0]);
  if (parts.size() > 1) period.last = expression(parts[1]);
  period.span = span(node);
  return period;
}

Field Builder::field(NodeIndex node) {
  const auto parts = children(node);
  Field field;
  field.name = name(parts[0]);
  field.type = type(parts[1]);
  field.span = span(node);
  std::map<Rule, Span> firsts;
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const auto inner = children(parts[i]);
    const auto [first, fresh] = firsts.emplace(rule(parts[i]), span(parts[i]));
    if (!fresh) repeated_attribute(parts[i], field, first->second);
    switch (rule(parts[i])) {
      case Rule::label:
        field.label = words(parts[i]);
        break;
      case Rule::assume:
        field.assume = expression(inner[0]);
        break;
      case Rule::ask:
        field.ask = words(inner[0]);
        break;
      case Rule::price:
        field.price = span(parts[i]);
        break;
      case Rule::check:
        field.check = name(inner[0]);
        break;
      case Rule::measured:
        field.measured = true;
        if (!inner.empty()) field.valid = expression(children(inner[0])[0]);
        break;
      default:
        break;
    }
  }
  return field;
}

void Builder::repeated_attribute(NodeIndex node, const Field& field, Span first) {
  const Span word = head(node);
  const std::string what =
      rule(node) == Rule::label ? "the label" : fmt::format("`{}`", content_.substr(word.begin, word.end - word.begin));
  complain(text::Code::repeated_line, span(node), fmt::format("{} of `{}` is given twice", what, field.name.text))
      .notes.push_back({"the first is here", first});
}

RecordDeclaration Builder::record(NodeIndex node) {
  const auto parts = children(node);
  RecordDeclaration record;
  record.name = name(parts[0]);
  record.span = span(node);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (rule(parts[i]) == Rule::label) {
      record.label = words(parts[i]);
    } else {
      record.fields.push_back(field(parts[i]));
    }
  }
  return record;
}

TypeDeclaration Builder::type_declaration(NodeIndex node) {
  const auto parts = children(node);
  return TypeDeclaration{name(parts[0]), type(parts[1]), span(node)};
}

CodeItem Builder::code_item(NodeIndex node) const {
  const auto parts = children(node);
  CodeItem item;
  item.first = text(parts[0]);
  if (parts.size() > 1) item.last = text(parts[1]);
  item.span = span(node);
  return item;
}

CodeBlock Builder::code_block(NodeIndex node) {
  CodeBlock block;
  block.span = span(node);
  bool excluding = false;
  for (NodeIndex part : children(node)) {
    switch (rule(part)) {
      case Rule::codes_place:
        block.place = name(children(part)[0]);
        break;
      case Rule::period:
        block.period = period(part);
        break;
      case Rule::except:
        excluding = true;
        break;
      case Rule::code_item:
        (excluding ? block.excluded : block.included).push_back(code_item(part));
        break;
      case Rule::citation:
        block.source = citation(part);
        break;
      default:
        break;
    }
  }
  return block;
}

CodesDeclaration Builder::codes(NodeIndex node) {
  const auto parts = children(node);
  CodesDeclaration codes;
  codes.name = name(parts[0]);
  codes.span = span(node);
  codes.system = name(parts[1]);
  for (std::size_t i = 2; i < parts.size(); ++i) {
    switch (rule(parts[i])) {
      case Rule::citation:
        codes.source = citation(parts[i]);
        break;
      case Rule::unverified:
        codes.unverified = words(children(parts[i])[0]);
        break;
      default:
        codes.blocks.push_back(code_block(parts[i]));
    }
  }
  return codes;
}

std::vector<Parameter> Builder::parameters(NodeIndex node) {
  std::vector<Parameter> parameters;
  for (NodeIndex parameter : children(node)) {
    const auto parts = children(parameter);
    parameters.push_back(Parameter{name(parts[0]), type(parts[1])});
  }
  return parameters;
}

Definition Builder::definition(NodeIndex node) {
  const auto parts = children(node);
  Definition definition;
  definition.name = name(parts[0]);
  definition.span = span(node);
  if (parts.size() > 2) definition.parameters = parameters(parts[1]);
  definition.body = expression(parts.back());
  return definition;
}

TableRow Builder::row(NodeIndex node) {
  TableRow row;
  row.span = span(node);
  for (NodeIndex part : children(node)) row.keys.push_back(expression(part));
  row.value = row.keys.back();
  row.keys.pop_back();
  return row;
}

TableDeclaration Builder::table(NodeIndex node) {
  const auto parts = children(node);
  TableDeclaration table;
  table.name = name(parts[0]);
  table.span = span(node);
  table.keys = parameters(parts[1]);
  table.value = type(parts[2]);
  for (std::size_t i = 3; i < parts.size(); ++i) {
    if (rule(parts[i]) == Rule::row) {
      table.rows.push_back(row(parts[i]));
    } else {
      const NodeIndex file = children(parts[i])[0];
      table.file = words(file);
      table.file_span = span(file);
    }
  }
  return table;
}

ThresholdDeclaration Builder::threshold(NodeIndex node) {
  const auto parts = children(node);
  ThresholdDeclaration threshold;
  threshold.name = name(parts[0]);
  threshold.type = type(parts[1]);
  threshold.span = span(node);
  for (std::size_t i = 2; i < parts.size(); ++i) {
    if (rule(parts[i]) == Rule::unverified) {
      threshold.unverified = words(children(parts[i])[0]);
    } else {
      limit(parts[i], threshold);
    }
  }
  return threshold;
}

void Builder::limit(NodeIndex node, ThresholdDeclaration& threshold) {
  const auto parts = children(node);
  if (rule(parts[0]) == Rule::bounds) {
    const auto bounds = children(parts[0]);
    if (threshold.may_vary || !threshold.values.empty()) {
      complain(text::Code::syntax, head(parts[0]), "`may vary` stands once, on the first line of the threshold");
      return;
    }
    threshold.may_vary = span(parts[0]);
    if (bounds.empty()) return;
    threshold.least = expression(bounds[0]);
    threshold.greatest = expression(bounds[1]);
    return;
  }
  ThresholdValue value;
  value.span = span(node);
  for (NodeIndex part : parts) {
    switch (rule(part)) {
      case Rule::limit_place:
        value.place = name(children(part)[0]);
        break;
      case Rule::period:
        value.period = period(part);
        break;
      case Rule::citation:
        value.source = citation(part);
        break;
      default:
        value.value = expression(part);
    }
  }
  threshold.values.push_back(std::move(value));
}

}  // namespace proviso::syntax
