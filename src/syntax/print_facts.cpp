#include <algorithm>

#include <fmt/format.h>

#include "syntax/print.hpp"
#include "syntax/print_file.hpp"
#include "syntax/print_parts.hpp"
#include "text/utf8.hpp"

/// Types, and the declarations that are not policies.
namespace proviso::syntax {
namespace {

bool is_name(const std::string& text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto inner = [&](char c) { return letter(c) || c == '_' || (c >= '0' && c <= '9'); };
  return !text.empty() && letter(text[0]) && std::all_of(text.begin(), text.end(), inner) && !is_reserved(text);
}

std::string joined(const std::vector<Name>& values, std::string_view separator) {
  std::string result;
  for (const Name& value : values) {
    if (!result.empty()) result += separator;
    result += is_name(value.text) ? value.text : quote(value.text);
  }
  return result;
}

std::string attributes(const Tree& tree, const Field& field) {
  std::string result;
  const auto add = [&](const std::string& attribute) { result += (result.empty() ? "" : " ") + attribute; };
  if (!field.label.empty()) add(quote(field.label));
  if (field.price) add("price");
  if (field.assume != no_expression) add("assume " + print_operand(tree, field.assume));
  if (field.measured) add("measured");
  if (field.valid != no_expression) add("valid " + print_operand(tree, field.valid));
  if (!field.check.text.empty()) add("check " + field.check.text);
  if (!field.ask.empty()) add("ask " + quote(field.ask));
  return result;
}

std::string items(const CodeBlock& block) {
  std::string result;
  const auto add = [&](const std::vector<CodeItem>& list) {
    for (const CodeItem& item : list) result += ' ' + (item.last.empty() ? item.first : item.first + ".." + item.last);
  };
  add(block.included);
  if (!block.excluded.empty()) result += " except";
  add(block.excluded);
  return result;
}

/// Words in lines of a readable length.
std::vector<std::string> wrapped(const std::string& words) {
  constexpr std::size_t longest = 100;
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < words.size()) {
    std::size_t end = words.size();
    if (end - begin > longest) end = words.rfind(' ', begin + longest);
    lines.push_back(words.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::string print(const TypeExpression& type) {
  if (type.word == "number") return type.unit.empty() ? "number" : "number " + type.unit;
  if (type.word == "code") return "code " + type.name;
  if (type.word == "one of") return "one of " + joined(type.values, ", ");
  if (type.word == "scale") return "scale " + joined(type.values, " < ");
  if (type.word == "list of") return "list of " + print(type.element.front());
  return type.word == "name" ? type.name : type.word;
}

std::string parameter_list(const std::vector<Parameter>& parameters) {
  std::string result;
  for (const Parameter& parameter : parameters) {
    if (!result.empty()) result += "; ";
    result += parameter.name.text + ' ' + print(parameter.type);
  }
  return '(' + result + ')';
}

std::string FilePrinter::citation(const std::optional<Citation>& source) const {
  if (!source) return {};
  return "source " + quote(source->document) + (source->section.empty() ? "" : " section " + quote(source->section));
}

std::string FilePrinter::period(const Period& period) const {
  std::string result = print(tree_, period.first);
  if (period.last != no_expression) result += " to " + print(tree_, period.last);
  return result;
}

void FilePrinter::declaration(const RecordDeclaration& record) {
  const std::string label = record.label.empty() ? "" : ' ' + quote(record.label);
  page_.line(record.span.begin, fmt::format("record {}{} {{", record.name.text, label));
  page_.indent();
  std::size_t name_width = 0;
  std::size_t type_width = 0;
  for (const Field& field : record.fields) {
    constexpr std::size_t widest = 24;
    name_width = std::max(name_width, field.name.text.size());
    const std::size_t width = print(field.type).size();
    if (width <= widest) type_width = std::max(type_width, width);
  }
  for (const Field& field : record.fields) {
    const std::string rest = attributes(tree_, field);
    const std::string type = print(field.type);
    page_.line(field.span.begin,
               rest.empty() ? fmt::format("{:<{}}  {}", field.name.text, name_width, type)
                            : fmt::format("{:<{}}  {:<{}}  {}", field.name.text, name_width, type, type_width, rest));
  }
  close(record.span);
}

void FilePrinter::declaration(const Use& use) { page_.line(use.span.begin, "use " + use.library.text); }

void FilePrinter::declaration(const TypeDeclaration& type) {
  page_.line(type.span.begin, fmt::format("type {} = {}", type.name.text, print(type.type)));
}

void FilePrinter::declaration(const Definition& definition) {
  const std::string parameters = definition.parameters.empty() ? "" : parameter_list(definition.parameters);
  page_.line(definition.span.begin,
             fmt::format("define {}{} = {}", definition.name.text, parameters, print(tree_, definition.body)));
}

void FilePrinter::code_block(const CodeBlock& block) {
  std::string head;
  if (!block.place.text.empty()) head += "in " + block.place.text + ' ';
  if (block.period) head += "from " + period(*block.period) + ' ';
  const std::string source = block.source ? ' ' + citation(block.source) : "";
  page_.line(block.span.begin, fmt::format("{}{{{} }}{}", head, items(block), source));
}

void FilePrinter::declaration(const CodesDeclaration& codes) {
  const std::string head = fmt::format("codes {} {} {{", codes.name.text, codes.system.text);
  const bool dated = codes.blocks.size() != 1 || codes.blocks.front().period.has_value();
  const std::string single = dated ? "" : items(codes.blocks.front());
  std::string tail = "}";
  if (codes.source) tail += ' ' + citation(codes.source);
  if (!codes.unverified.empty()) tail += " unverified " + quote(codes.unverified);
  constexpr std::size_t longest = 100;
  if (!dated && head.size() + single.size() <= longest) {
    page_.line(codes.span.begin, fmt::format("{}{} {}", head, single, tail));
    return;
  }
  page_.line(codes.span.begin, head);
  page_.indent();
  if (dated) {
    for (const CodeBlock& block : codes.blocks) code_block(block);
  } else {
    for (const std::string& line : wrapped(single.substr(1))) page_.line(line);
  }
  page_.comments_before(codes.span.end);
  page_.outdent();
  page_.line(tail);
}

void FilePrinter::declaration(const TableDeclaration& table) {
  const std::string head =
      fmt::format("table {}{} -> {}", table.name.text, parameter_list(table.keys), print(table.value));
  if (!table.file.empty()) {
    page_.line(table.span.begin, fmt::format("{} from {}", head, quote(table.file)));
    return;
  }
  page_.line(table.span.begin, head + " {");
  page_.indent();
  for (const TableRow& row : table.rows) {
    std::string keys;
    for (ExpressionId key : row.keys) keys += (keys.empty() ? "" : ", ") + print_operand(tree_, key);
    page_.line(row.span.begin, fmt::format("{} -> {}", keys, print_operand(tree_, row.value)));
  }
  close(table.span);
}

void FilePrinter::declaration(const ThresholdDeclaration& threshold) {
  page_.line(threshold.span.begin, fmt::format("threshold {}: {} {{", threshold.name.text, print(threshold.type)));
  page_.indent();
  if (threshold.may_vary) {
    const std::string range = threshold.least == no_expression
                                  ? ""
                                  : fmt::format(" from {} to {}", print_operand(tree_, threshold.least),
                                                print_operand(tree_, threshold.greatest));
    page_.line(threshold.may_vary->begin, "may vary" + range);
  }
  const auto head_of = [&](const ThresholdValue& value) {
    return (value.place.text.empty() ? "" : "in " + value.place.text + ' ') + print_operand(tree_, value.value);
  };
  // Where places have values of their own, the periods stand in a column.
  std::size_t width = 0;
  const bool placed = std::any_of(threshold.values.begin(), threshold.values.end(),
                                  [](const ThresholdValue& value) { return !value.place.text.empty(); });
  for (const ThresholdValue& value : threshold.values) {
    if (placed) width = std::max(width, text::count_characters(head_of(value)));
  }
  for (const ThresholdValue& value : threshold.values) {
    const std::string source = value.source ? ' ' + citation(value.source) : "";
    page_.line(value.span.begin,
               fmt::format("{} from {}{}", padded(head_of(value), width), period(value.period), source));
  }
  close(threshold.span, threshold.unverified.empty() ? "" : " unverified " + quote(threshold.unverified));
}

}  // namespace proviso::syntax
